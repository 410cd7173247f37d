// What opens above the stage and closes with Escape: the keys, the way to a slide.

import { h } from "../form/dom.js";

/** @typedef {import("./keys.js").Command} Command */
/** @typedef {import("./deck.js").Deck} Deck */

/**
 * A dialog with a title and a button that closes it. Nothing of it stays when it is closed.
 * @param {string} title
 * @param {Record<string, string>} texts
 * @param {...HTMLElement} content
 */
export function openDialog(title, texts, ...content) {
  const id = `dialog-${title.length}-${Date.now()}`;
  const close = h("button", { type: "button", class: "plain", onclick: () => dialog.close() }, texts.close);
  const dialog = h(
    "dialog",
    { class: "over-stage", "aria-labelledby": id },
    h("header", null, h("h2", { id }, title), close),
    ...content,
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** @param {Command[]} commands @param {Record<string, string>} texts */
export function showKeys(commands, texts) {
  const rows = commands.map(({ shown, text }) =>
    h("div", null, h("dt", null, ...shown.split(" ").map((key) => h("kbd", null, key))), h("dd", null, text)),
  );
  openDialog(texts.keys, texts, h("dl", { class: "keys" }, ...rows)).classList.add("wide");
}

/** All topics to choose from; typing the beginning of one finds it, as in any list. @param {Deck} deck */
export function chooseSlide(deck) {
  const { texts } = deck;
  const places = deck.slides.map(({ title, live }, n) => ({ title, live, n }));
  const named = places.filter(({ title, live }, n) => title && (live || title !== places[n - 1]?.title));
  const buttons = named.map(({ title, live, n }) => {
    const go = () => {
      dialog.close();
      deck.go(n);
    };
    const here = deck.at >= n && !named.some((other) => other.n > n && other.n <= deck.at);
    const mark = live ? h("span", { class: "mark" }, texts.live) : null;
    return h("li", null, h("button", { type: "button", "aria-current": here && "true", onclick: go }, title, mark));
  });
  const dialog = openDialog(texts.go_to, texts, h("ol", { class: "places" }, ...buttons));
  /** @type {HTMLElement | null} */ (dialog.querySelector("[aria-current]"))?.focus();
}
