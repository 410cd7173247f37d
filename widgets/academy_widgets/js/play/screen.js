import { h } from "../form/dom.js";

/**
 * @typedef {import("./game.js").Game} Game
 * @typedef {import("./types.js").Way} Way
 * @typedef {import("./types.js").Translate} Translate
 */

/** One screen of a unit: what is said, what can be chosen, and the ways on. */
export class ScreenView {
  /**
   * @param {Game} game
   * @param {Translate} t
   * @param {{moved: () => void, again: () => void}} on
   */
  constructor(game, t, on) {
    this.game = game;
    this.t = t;
    this.on = on;
    const { screen } = game;
    this.where = h("p", { class: "where", tabindex: "-1" }, this.position());
    this.first = this.where;
    this.el = h("div", { class: `screen ${screen.name}` }, this.where);
    if (screen.heading) this.el.append(h("h4", { dir: "auto" }, screen.heading));
    this.el.append(...paragraphs(screen.body));
    if (screen.pause) this.el.append(h("p", { class: "note" }, t("think")));
    if (screen.ask) this.el.append(this.card(screen.ask, screen.answer ?? ""));
    if (screen.ways && game.chosen === null) this.el.append(this.choices(screen.ways));
    if (screen.ways && game.chosen !== null) this.el.append(this.outcome(screen.ways, game.chosen));
    if (screen.stuck) this.el.append(h("p", { class: "note" }, t("stuck")));
    const ways = this.ways();
    if (ways) this.el.append(ways);
  }

  /** Begin to read where something new begins. */
  focus() {
    this.first.focus();
  }

  position() {
    const { game, t } = this;
    const { name, end } = game.screen;
    if (game.all === null) return t(end ? "ending" : "scene", { n: game.seen });
    return t(name, { n: game.place + 1, all: game.all });
  }

  /** A question, and its answer behind it. @param {string} ask @param {string} answer */
  card(ask, answer) {
    return h(
      "details",
      { class: "card-back" },
      h("summary", null, h("span", { dir: "auto" }, ask), h("span", { class: "turn" }, this.t("turn"))),
      ...paragraphs(answer),
    );
  }

  /** @param {Way[]} ways */
  choices(ways) {
    const press = (/** @type {number} */ n) => () => {
      this.game.choose(n);
      this.on.moved();
    };
    const items = ways.map(({ text }, n) =>
      h("li", null, h("button", { type: "button", class: "way", dir: "auto", onclick: press(n) }, text)),
    );
    return h("div", { role: "group", "aria-label": this.t("choose") }, h("ul", { class: "ways" }, ...items));
  }

  /** What the learner chose and what follows; in a quiz, the reasons of the other answers too. @param {Way[]} ways @param {number} chosen */
  outcome(ways, chosen) {
    const { t } = this;
    const way = ways[chosen];
    const judged = "right" in way;
    this.first = h("p", { class: "chosen", tabindex: "-1" }, h("span", { class: "small" }, t("you_chose")), " ", h("span", { dir: "auto" }, way.text));
    const said = h("div", { class: "said" }, judged && h("p", { class: "verdict" }, t(way.right ? "holds" : "holds_not")), ...paragraphs(way.said));
    const others = judged ? ways.filter((_, n) => n !== chosen) : [];
    const reasons = others.map(({ text, said: reason, right }) =>
      h("li", null, h("p", { dir: "auto" }, h("strong", null, text), " ", h("span", { class: "small" }, t(right ? "holds" : "holds_not"))), ...paragraphs(reason)),
    );
    const list = reasons.length > 0 && h("div", { class: "others" }, h("p", { class: "small" }, t("others")), h("ul", null, ...reasons));
    return h("div", null, this.first, said, list);
  }

  /** The buttons below: on, from the beginning, or back. None while something is to be chosen. */
  ways() {
    const { game, t, on } = this;
    const back = h("button", { type: "button", class: "quiet", onclick: () => (game.back(), on.moved()) }, t("back"));
    const next = h("button", { type: "button", class: "go", onclick: () => (game.next(), on.moved()) }, t("next"));
    const again = h("button", { type: "button", class: "go", onclick: on.again }, t("again"));
    const end = game.ended && !game.screen.stuck && h("p", { class: "note" }, t(game.unit.kind === "scenario" ? "another_way" : "the_end"));
    if (game.waits) return null;
    return h("div", { class: "foot" }, end, h("div", { class: "buttons" }, game.ended ? again : next, game.canGoBack && back));
  }
}

/** @param {string} text */
function paragraphs(text) {
  const parts = text.split(/\n+/).filter((part) => part.trim());
  return parts.map((part) => h("p", { dir: "auto" }, part));
}
