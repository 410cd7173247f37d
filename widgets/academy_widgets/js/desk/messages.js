import { h } from "../form/dom.js";
import { field } from "./people.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./types.js").Message} Message
 * @typedef {import("./types.js").Translate} Translate
 * @typedef {import("./types.js").Port} Port
 */


/** Messages to the cohort: one in each language of the course, and those that stand now. */
export class Messages {
  /**
   * @param {State} state
   * @param {Translate} t
   * @param {Port} port
   */
  constructor(state, t, port) {
    this.state = state;
    this.t = t;
    this.port = port;
    this.person = "";
    this.whom = h("p", { class: "whom" });
    const { languages, longest } = state.doc;
    this.texts = languages.map(({ id, dir }) =>
      h("textarea", { id: `desk-say-${id}`, rows: 3, maxlength: longest, lang: id, dir, "data-language": id }),
    );
    this.days = h("input", { type: "number", min: 1, max: 60, value: 7, id: "desk-say-days" });
    const fields = languages.map(({ name }, n) => field(t("message_in", { language: name }), this.texts[n]));
    this.form = h("form", { class: "compose" }, this.whom, ...fields, h("p", { class: "small" }, t("one_is_enough")), field(t("stands_for"), this.days), h("button", null, t("put_up")));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.send();
    });
    this.list = h("ul", { class: "standing" });
    this.none = h("p", { class: "empty" }, t("no_messages"));
    this.el = h("div", null, this.form, h("h3", null, t("standing")), this.none, this.list);
    this.to("");
  }

  /** @param {string} person whom to write to, "" for all */
  to(person) {
    this.person = person;
    const name = this.state.doc.people.find(([id]) => id === person)?.[1] ?? person;
    const all = person && h("button", { type: "button", class: "quiet", onclick: () => this.to("") }, this.t("rather_all"));
    this.whom.replaceChildren(h("bdi", null, person ? this.t("to_one", { name }) : this.t("to_all")), ...(all ? [" ", all] : []));
    if (person) this.texts[0].focus();
  }

  async send() {
    const texts = Object.fromEntries(this.texts.map((area) => [area.dataset.language, area.value]));
    const answer = await this.port.ask({ kind: "say", texts, days: Number(this.days.value), person: this.person });
    this.port.tell(answer.text, answer.kind === "not-done");
    if (answer.kind === "not-done") return;
    for (const area of this.texts) area.value = "";
    this.to("");
  }

  /** @param {Set<string>} changed */
  update(changed) {
    if (!changed.has("messages")) return;
    const { messages } = this.state.doc;
    this.none.hidden = messages.length > 0;
    this.list.replaceChildren(...messages.map((message) => this.item(message)));
  }

  /** @param {Message} message */
  item({ id, by, person, texts, until }) {
    const { t } = this;
    const said = Object.entries(texts).map(([lang, text]) => h("p", { class: "text", lang, dir: "auto" }, text));
    const about = `${person ? t("to_one", { name: person }) : t("to_all")} · ${by} · ${t("until", { when: until })}`;
    const back = async () => {
      const answer = await this.port.ask({ kind: "message-back", id });
      this.port.tell(answer.text, answer.kind === "not-done");
    };
    return h("li", null, ...said, h("p", { class: "small", dir: "auto" }, about), h("button", { type: "button", class: "plain", onclick: back }, t("take_back")));
  }
}
