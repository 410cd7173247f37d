import { h, keepingFocus } from "../dom.js";
import { isBlank } from "../values/values.js";
import { makeChoice, makeSelect } from "./choice.js";
import { makeMulti } from "./multi.js";

/** More options than this make a list that opens. */
const MOST_RADIOS = 5;

/**
 * One or several of what stands elsewhere: in other exercises, or in this form while it is written.
 * @param {import("./kinds.js").Setting} setting
 * @returns {import("./kinds.js").Control}
 */
export function makeRef(setting) {
  const { field, t, options = () => [], instead = () => null } = setting;
  const several = (field.choose?.[1] ?? 1) > 1;
  const long = (field.as ?? (options().length > MOST_RADIOS ? "select" : "radio")) === "select";
  const el = h("div", { class: "chosen" });
  /** @type {HTMLElement[]} */
  const inputs = [];
  let drawn = "";
  /** @type {import("./kinds.js").Control | null} */
  let inner = null;

  /** @param {import("../types.js").Value} value */
  const draw = (value) => {
    const there = options();
    const known = new Set(there.map((option) => option.id));
    const held = isBlank(value) ? [] : Array.isArray(value) ? value : [String(value)];
    // What was chosen and is gone stays in view, so that it can be let go.
    const gone = held.filter((id) => !known.has(id)).map((id) => ({ id, label: t("gone") }));
    const all = [...there, ...gone];
    const hint = there.length ? null : instead();
    const now = JSON.stringify([all, hint]);
    if (now === drawn) return false;
    drawn = now;
    const make = several ? makeMulti : long ? makeSelect : makeChoice;
    const input = (/** @type {import("../types.js").Value} */ chosen) => {
      setting.input(chosen);
      if (!gone.length || !draw(chosen)) return;
      inner?.show(chosen);
      inner?.focus();
    };
    inner = all.length ? make({ ...setting, field: { ...field, options: all }, input }) : null;
    inputs.splice(0, inputs.length, ...(inner?.inputs ?? []));
    const text = hint && h("p", { class: "nothing" }, hint.page ? h("a", { href: hint.page }, hint.text) : hint.text);
    const none = inner || text ? null : h("p", { class: "nothing" }, t("nothing_yet"));
    keepingFocus(el, () => el.replaceChildren(...[inner?.el, text, none].flatMap((part) => part || [])));
    return true;
  };
  return {
    el,
    named: several || !long ? "legend" : "label",
    group: several ? "group" : "radiogroup",
    inputs,
    show(value) {
      const anew = draw(value);
      inner?.show(value);
      return anew;
    },
    focus: () => (inner ? inner.focus() : el.querySelector("a")?.focus()),
  };
}
