/**
 * @typedef {import("../types.js").Translate} Translate
 * @typedef {import("../types.js").By} By
 */

/**
 * Who wrote something elsewhere and when, for a sentence. A name keeps its own direction in it.
 * @param {Translate} t
 * @param {By} by
 */
export function whoWhen(t, { name, file, at_text: when }) {
  return { who: file ? t("by_file") : name ? `\u2068${name}\u2069` : t("by_you"), when };
}

/**
 * @param {Translate} t
 * @param {By | undefined} by nothing where it was this browser, in another tab
 */
export function sayChanged(t, by) {
  return by ? t("changed_by", whoWhen(t, by)) : "";
}

/**
 * Show beside the fields what others wrote, and what of one's own is not shown any more.
 * @param {import("../form.js").Context["views"]} views
 * @param {import("../types.js").Message} message
 * @param {import("../types.js").Overtaken[]} late
 * @param {import("./answers.js").Learned[]} learned
 */
export function showOthers(views, { overtaken = [], rivals = {}, changed = {} }, late, learned) {
  for (const item of [...overtaken, ...late]) {
    views.get(item.path)?.setNotice({ ...item, by: rivals[item.path]?.by ?? changed[item.path]?.by });
  }
  for (const item of learned) views.get(item.path)?.setChanged({ ...item, by: item.by ?? rivals[item.path]?.by });
}
