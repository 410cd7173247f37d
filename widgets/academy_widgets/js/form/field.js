import { displayValue } from "./display.js";
import { about, h, setText, set } from "./dom.js";
import { sayChanged, whoWhen } from "./saving/elsewhere.js";
import { factsOf } from "./fields/facts.js";
import { makeControl } from "./fields/kinds.js";
import { describeValue } from "./values/limits.js";
import { alike, isBlank } from "./values/values.js";

/**
 * @typedef {import("./types.js").Field} Field
 * @typedef {import("./types.js").Value} Value
 * @typedef {import("./types.js").Overtaken} Overtaken
 * @typedef {import("./form.js").Context} Context
 *
 * @typedef {object} Place where a field stands
 * @property {string} path
 * @property {boolean} [cell] it is one of a table's
 * @property {Field} [table] the table
 * @property {string} [row] and the row
 * @property {() => string} [before] words that go before its label where it stands alone, such as "Driver 2"
 * @property {() => void} [reveal] open what it is folded into
 */

/** Help longer than this is folded away in tables, where it would be repeated in each row. */
const SHORT_HELP = 90;

/**
 * The help of a column, and of its options, folded away.
 * @param {Field} field
 * @param {import("./types.js").Translate} t
 */
export function makeHint(field, t) {
  const options = (field.options ?? []).filter((option) => option.help);
  return h(
    "details",
    { class: "hint" },
    h("summary", null, t("hint"), h("span", { class: "unseen" }, ` – ${field.label}`)),
    field.help && h("p", { class: "help" }, field.help),
    options.length > 0 &&
      h("ul", { class: "help" }, ...options.map(({ label, help }) => h("li", null, h("b", null, label), ` – ${help}`))),
  );
}

/** One field of the form: label, help, control, count, error, notice and questions. */
export class FieldView {
  /**
   * @param {Context} context
   * @param {Field} field
   * @param {Place} place
   */
  constructor(context, field, place) {
    const { t, lang, answers } = context;
    this.context = context;
    this.field = field;
    this.place = place;
    this.path = place.path;
    this.id = context.newId(this.path);
    /** @type {"under"|"within"|"over"|null} */
    this.standing = null;
    this.sentence = "";
    const input = (/** @type {Value} */ value) => this.typed(value);
    this.table = place.table ?? null;
    this.row = place.row ?? "";
    this.control = makeControl({
      field,
      id: this.id,
      t,
      lang,
      bare: place.cell,
      input,
      options: () => context.refs.of(field, this.path),
      instead: () => context.refs.instead(field, this.path),
    });
    this.help = this.makeHelp();
    this.count = h("p", { class: "count", id: `${this.id}-count`, hidden: true });
    this.error = h("p", { class: "error", id: `${this.id}-error`, hidden: true });
    this.notice = h("div", { class: "rival", hidden: true });
    this.changed = h("p", { class: "changed", hidden: true });
    this.questions = h("ul", { class: "questions", hidden: true });
    this.el = this.assemble();
    this.described();
    this.refresh(answers.get(this.path));
    // A number is judged when it is finished, not while it is typed.
    this.el.addEventListener("focusout", () => this.complain());
    this.complain();
  }

  makeHelp() {
    const { field, place, context } = this;
    const short = (field.help ?? "").length <= SHORT_HELP && !field.options?.some((option) => option.help);
    if (place.cell && !short) return makeHint(field, context.t);
    return field.help ? h("p", { class: "help", id: `${this.id}-help` }, field.help) : null;
  }

  /** Whether the control is a group of which one is chosen. */
  get radios() {
    const { named, inputs, group } = this.control;
    return named === "legend" && (group ? group === "radiogroup" : !inputs.length);
  }

  assemble() {
    const { field, control, id } = this;
    const mark = field.required ? this.context.t("required") : "";
    const name = [h("span", { class: "label-text" }, field.label), mark && h("span", { class: "needed" }, ` ${mark}`)];
    const rest = [this.count, this.error, this.changed, this.notice, this.questions];
    const kind = `field ${field.type}`;
    if (control.named === "legend") {
      return h(
        "fieldset",
        { class: kind, id: `${id}-group`, role: this.radios ? "radiogroup" : null },
        h("legend", { class: "label" }, ...name),
        this.help,
        control.el,
        ...rest,
      );
    }
    const label =
      control.named === "label"
        ? h("label", { class: "label", for: id }, ...name)
        : control.named === "output"
          ? h("span", { class: "label", id: `${id}-name` }, ...name)
          : null;
    if (control.named === "output") control.el.setAttribute("aria-labelledby", `${id}-name`);
    if (control.named === "inside" && mark) control.el.append(h("span", { class: "needed" }, mark));
    const [first, second] = control.named === "inside" ? [control.el, this.help] : [this.help, control.el];
    return h("div", { class: kind }, label, first, second, ...rest);
  }

  /** Tie help, unit, count and error to the control for who can't see them beside it. */
  described() {
    const { field, control, id } = this;
    const ids = [
      this.help?.tagName === "P" && `${id}-help`,
      field.unit && `${id}-unit`,
      control.explains,
      !this.count.hidden && this.count.id,
      !this.error.hidden && this.error.id,
    ].filter(Boolean);
    const group = control.named === "legend" ? [this.el] : control.inputs;
    for (const element of group) set(element, "aria-describedby", ids.join(" ") || null);
    const { radios } = this;
    const marked = radios ? [this.el] : control.inputs;
    const several = control.named === "legend" && !radios;
    for (const element of marked) {
      set(element, "aria-invalid", this.error.hidden ? null : "true");
      set(element, "aria-required", field.required && !several ? "true" : null);
    }
    this.el.classList.toggle("invalid", !this.error.hidden);
  }

  /** @param {Value} value */
  typed(value) {
    // What was wrong was said about another answer.
    this.setError(null);
    this.context.typed(this.path, value);
    this.recount(value, true);
    this.dropNotice();
    setText(this.changed, "");
  }

  /**
   * Show a value that did not come from this control.
   * @param {Value} value
   */
  refresh(value) {
    const { computed, shown } = this.context;
    const read = factsOf(this.field).computed ? computed : shown;
    const given = read[this.path] ?? (this.table ? read[`${this.table.id}.${this.field.id}`] : null) ?? null;
    const anew = this.control.show(this.control.named === "output" ? given : value);
    if (anew) this.described();
    this.recount(value, false);
  }

  /**
   * @param {Value} value
   * @param {boolean} aloud say when a limit is crossed
   */
  recount(value, aloud) {
    const found = describeValue(this.context.t, this.field, value);
    if (!found) return;
    const was = this.standing;
    this.standing = found.standing;
    set(this.count, "data-standing", found.standing);
    const first = this.count.hidden;
    setText(this.count, found.text);
    if (first) this.described();
    if (aloud && was && was !== found.standing) this.context.announce(found.text);
  }

  /** Say beside the field what can't be meant, such as letters in a number. */
  complain() {
    const value = this.context.answers.get(this.path);
    const text = this.control.complain?.(value);
    if (text) this.setError(text);
  }

  /** @param {string | null} text */
  setError(text) {
    if (text === this.sentence) return;
    this.sentence = text ?? "";
    setText(this.error, text);
    this.described();
  }

  /**
   * Somebody else wrote here, and that is shown now. Where words of before are gone, they are offered.
   * @param {import("./saving/answers.js").Learned} learned
   */
  setChanged({ by, was, now, path }) {
    const { t } = this.context;
    this.dropNotice();
    setText(this.changed, sayChanged(t, by));
    if (!by) return;
    const here = this.el.contains(document.activeElement);
    if (!isBlank(was) && !String(now ?? "").includes(String(was))) {
      this.setNotice({ path, yours: was, now, by }, t("changed_before", whoWhen(t, by)), here);
      setText(this.changed, "");
    } else if (here) this.context.announce(`${this.name()} – ${sayChanged(t, by)}`);
  }

  /**
   * Another device's answer stands here now, or this one's replaced it: offer the one that is not shown.
   * @param {Overtaken} overtaken
   * @param {string} [text] what is said of it
   * @param {boolean} [aloud]
   */
  setNotice({ yours, now, by }, text, aloud = true) {
    const { t, lang, answers } = this.context;
    const shown = answers.get(this.path);
    const other = alike(yours, shown) ? now : yours;
    if (alike(other, shown)) return;
    const known = factsOf(this.field).refers ? { ...this.field, options: this.context.refs.of(this.field, this.path) } : this.field;
    const said = text ?? (by?.name || by?.file ? t("overtaken_by", whoWhen(t, by)) : t("overtaken"));
    const use = () => {
      this.typed(other);
      this.refresh(other);
      this.focus();
    };
    this.notice.replaceChildren(
      h("p", null, said),
      h("blockquote", { dir: "auto" }, displayValue(known, other, t, lang) || t("nothing_yet")),
      h(
        "div",
        { class: "buttons" },
        h("button", { type: "button", onclick: use }, ...about(t("use_other"), this.name())),
        h("button", { type: "button", class: "quiet", onclick: () => (this.dropNotice(), this.focus()) }, ...about(t("keep_shown"), this.name())),
      ),
    );
    this.notice.hidden = false;
    if (aloud) this.context.announce(`${this.name()} – ${said}`);
  }

  dropNotice() {
    this.notice.hidden = true;
    this.notice.replaceChildren();
  }

  /** @param {boolean} shown whether it is asked; its answer is kept while it is not */
  setShown(shown) {
    this.el.hidden = !shown;
  }

  /** @param {string[]} texts questions that the checks ask about this field */
  setQuestions(texts) {
    const shown = Array.from(this.questions.children, (item) => item.textContent).join("\n");
    if (shown !== texts.join("\n")) this.questions.replaceChildren(...texts.map((text) => h("li", null, text)));
    this.questions.hidden = texts.length === 0;
  }

  /** The name of this field where it is spoken of elsewhere. */
  name() {
    const before = this.place.before?.();
    return before ? `${before} · ${this.field.label}` : this.field.label;
  }

  focus() {
    this.place.reveal?.();
    this.control.focus();
  }
}
