import { h, set } from "../form/dom.js";
import { Kept } from "./kept.js";

/**
 * @typedef {import("./types.js").Port} Port
 * @typedef {import("./types.js").Grade} Grade
 * @typedef {import("./types.js").Comment} Comment
 */

/** How long somebody stops typing before a comment is kept. */
const PAUSE = 1200;

/**
 * The field for points, which tells whether they are still to be given.
 * @param {Port} port
 * @param {Grade} grade
 * @param {string} label
 * @param {(points: string) => void} changed
 */
export function points({ t, ...port }, grade, label, changed) {
  const field = h("input", { type: "number", min: 0, max: grade.max_score, step: "any", inputmode: "decimal", "aria-label": t("points_of", { title: label }) });
  const waits = h("span", { class: "waits" }, t("to_give"));
  const right = h("button", { type: "button", class: "plain", onclick: () => kept.save(true) }, t("right"));
  const show = (/** @type {Grade} */ row) => {
    field.value = row.manual_score === null ? "" : String(row.manual_score);
    set(field, "placeholder", row.auto_score);
    waits.hidden = !row.needs_manual_grade;
    right.hidden = !row.needs_manual_grade || row.manual_score === null;
    changed(field.value);
  };
  show(grade);
  const kept = new Kept({ t, ...port }, "points", grade, () => field.value, show);
  field.addEventListener("change", () => (changed(field.value), kept.save()));
  const el = h("div", { class: "points" }, h("label", null, h("span", null, t("points")), field), h("span", null, `/ ${grade.max_score}`), waits, right, kept.state);
  const give = (/** @type {number} */ value) => ((field.value = String(value)), changed(field.value), void kept.save(true));
  return { el, kept, give };
}

/**
 * The field for a comment.
 * @param {Port} port
 * @param {Comment} comment
 * @param {string} label
 */
export function words(port, comment, label) {
  const field = h("textarea", { rows: 3, dir: "auto" });
  const show = (/** @type {Comment} */ row) => (field.value = row.manual_comment ?? "");
  show(comment);
  const kept = new Kept(port, "comment", comment, () => field.value, show);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;
  field.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => kept.save(), PAUSE);
  });
  field.addEventListener("change", () => kept.save());
  const el = h("div", { class: "words" }, h("label", null, h("span", null, label, " ", kept.state), field));
  const add = (/** @type {string} */ text) => {
    field.value = [field.value.trimEnd(), text].filter(Boolean).join("\n\n");
    field.focus();
    void kept.save();
  };
  return { el, kept, add };
}
