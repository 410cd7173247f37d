// What only the presenter needs: notes, texts that wait, answers that came by telephone, who is there.

import { h } from "../form/dom.js";
import { openDialog } from "./dialogs.js";
import { enterAnswer } from "./enter_answer.js";
import { FACTS } from "./kinds.js";

/** @typedef {import("./types.js").Activity} Activity */
/** @typedef {import("./types.js").Translate} Translate */
/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("../documents.js").ModeratedText} Item */

const ORDER = ["pending", "shown", "hidden"];

/** @param {Room} room @param {Activity} activity @param {Translate} t */
export function openNotes(room, activity, t) {
  const notes = h("div", { class: "notes", dir: "auto" });
  notes.innerHTML = activity.notes ?? "";
  const items = h("div", { class: "items", "aria-live": "polite" });
  const few = h("div", { class: "few" });
  const people = h("div", { class: "people-list" });
  let asked = 0;
  const read = async () => {
    const turn = ++asked;
    const view = await room.presenterView(activity.id);
    if (!view || turn !== asked) return; // an older answer that comes last tells of what was
    if (FACTS[activity.kind].written) items.replaceChildren(...itemsOf(view.items, activity, act, t));
    few.replaceChildren(...fewOf(/** @type {import("./types.js").Results | null} */ (view.few), activity, t));
    people.replaceChildren(peopleOf(view.people, act, t));
  };
  const act = async (/** @type {string} */ name, /** @type {Record<string, unknown>} */ given) => {
    await room.control(name, { activity: activity.id, ...given });
    await read();
  };
  const part = (/** @type {string} */ title, /** @type {HTMLElement} */ content, open = false) =>
    h("details", { open }, h("summary", null, title), content);
  const dialog = openDialog(
    t("notes_title", { title: activity.title }),
    { close: t("close") },
    activity.notes ? part(t("notes"), notes, !FACTS[activity.kind].written) : h("span"),
    few,
    FACTS[activity.kind].written ? items : h("span"),
    part(t("enter_title"), enterAnswer(room, activity, t, read)),
    part(t("people_title"), people),
    resultsLinks(room, activity, t),
  );
  dialog.classList.add("wide");
  room.listeners.add(read);
  dialog.addEventListener("close", () => room.listeners.delete(read));
  void read();
}

/** What so few have said that the room does not see it yet. @param {import("./types.js").Results | null} results @param {Activity} activity @param {Translate} t @returns {HTMLElement[]} */
function fewOf(results, activity, t) {
  if (!results) return [];
  const label = (/** @type {string} */ id) => activity.options?.find((option) => option.id === id)?.text ?? (id === "here" ? activity.title : id);
  const { numbers: name = "", sorted } = FACTS[activity.kind];
  const numbers = Object.entries(results[name] ?? {});
  const told = (/** @type {any} */ n) => (typeof n === "number" ? String(n) : n.n ? t("means", { x: n.x.toFixed(1), y: n.y.toFixed(1) }) : "–");
  const lines = (sorted ? numbers.sort(([, a], [, b]) => a - b) : numbers).map(([id, n]) => h("li", null, h("bdi", null, label(id)), `: ${told(n)}`));
  return [h("p", { class: "text" }, t("few_notes", { n: results.n })), h("ul", null, ...lines)];
}

/** @param {Item[]} all @param {Activity} activity @param {(act: string, given: Record<string, unknown>) => void} act @param {Translate} t @returns {HTMLElement[]} */
function itemsOf(all, activity, act, t) {
  return ORDER.flatMap((state) => {
    const items = all.filter((item) => item.state === state && !item.merged);
    if (!items.length && state !== "pending") return [];
    const title = h("h3", null, t(`items_${state}`, { n: items.length }));
    return [title, h("ul", null, ...items.map((item) => itemOf(item, all, activity, act, t)))];
  });
}

/** @param {Item} item @param {Item[]} all @param {Activity} activity @param {(act: string, given: Record<string, unknown>) => void} act @param {Translate} t */
function itemOf(item, all, activity, act, t) {
  const button = (/** @type {string} */ text, /** @type {string} */ name) =>
    h("button", { type: "button", class: "plain", onclick: () => act(name, { item: item.id }) }, text);
  const buttons = [
    item.state !== "shown" && button(t("do_approve"), "approve"),
    item.state !== "hidden" && button(t("do_hide_answer"), "hide-answer"),
    FACTS[activity.kind].answers && button(t(item.answered ? "do_unanswered" : "do_answered"), item.answered ? "unanswered" : "answered"),
    FACTS[activity.kind].merges && mergeInto(item, all, act, t),
    ...all.filter(({ merged }) => merged === item.id).map((part) => h("button", { type: "button", class: "plain", onclick: () => act("split", { item: part.id }) }, t("do_split", { text: part.text }))),
  ];
  const about = [item.n > 1 && t("times", { n: item.n }), item.by, item.answered && `✓ ${t("answered")}`].filter(Boolean).join(" · ");
  return h("li", null, h("p", { class: "text", dir: "auto" }, item.text), about && h("p", { class: "by" }, about), h("p", { class: "acts" }, ...buttons));
}

/** Put a text together with another that says the same. @param {Item} item @param {Item[]} all @param {(act: string, given: Record<string, unknown>) => void} act @param {Translate} t */
function mergeInto(item, all, act, t) {
  const others = all.filter((other) => other.id !== item.id && !other.merged && other.state !== "hidden");
  if (!others.length) return null;
  const options = others.map(({ id, text }) => h("option", { value: id }, text.slice(0, 80)));
  const select = h("select", { "aria-label": t("do_merge") }, h("option", { value: "" }, `${t("do_merge")} …`), ...options);
  select.addEventListener("change", () => select.value && act("merge", { item: item.id, into: select.value }));
  return select;
}

/** @param {import("../documents.js").SeatView[]} people @param {(act: string, given: Record<string, unknown>) => void} act @param {Translate} t */
function peopleOf(people, act, t) {
  return h(
    "ul",
    null,
    ...people.map(({ who, name, guest, removed }) =>
      h(
        "li",
        null,
        h("p", { class: "text" }, h("bdi", null, name), guest && ` (${t("guest")})`),
        h("button", { type: "button", class: "plain", onclick: () => act(removed ? "admit" : "remove", { who }) }, t(removed ? "do_admit" : "do_remove")),
      ),
    ),
  );
}

/** @param {Room} room @param {Activity} activity @param {Translate} t */
function resultsLinks(room, activity, t) {
  const link = (/** @type {string} */ kind) => h("a", { href: room.resultsAddress(activity.id, kind), download: true }, kind.toUpperCase());
  return h("p", { class: "take" }, h("span", null, t("take_results")), ...["csv", "json", "svg", "png"].map(link));
}
