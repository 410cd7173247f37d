// A poll made on the fly: a question, and one answer a line.

import { h } from "../form/dom.js";
import { openDialog } from "./dialogs.js";
import { ON_THE_FLY } from "./kinds.js";

/** @param {import("./room.js").Room} room @param {import("./types.js").Translate} t */
export function makePoll(room, t) {
  const title = h("input", { id: "poll-title", maxlength: "200", required: true, autocomplete: "off" });
  const kind = h("select", { id: "poll-kind" }, ...Object.keys(ON_THE_FLY).map((name) => h("option", { value: name }, t(`kind_${name}`))));
  const options = h("textarea", { id: "poll-options", rows: "5" });
  const held = h("input", { type: "checkbox", id: "poll-held" });
  const optionField = field("poll-options", t("poll_options"), options);
  kind.addEventListener("change", () => (optionField.hidden = !ON_THE_FLY[kind.value].options));
  const form = h(
    "form",
    { class: "poll", method: "dialog" },
    field("poll-title", t("poll_title"), title),
    field("poll-kind", t("poll_kind"), kind),
    optionField,
    h("p", { class: "check" }, held, h("label", { for: "poll-held" }, t("poll_held"))),
    h("button", null, t("poll_ask")),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const lines = options.value.split("\n").map((line) => line.trim()).filter(Boolean);
    const given = { title: title.value, kind: kind.value, options: lines, show: held.checked ? "reveal" : "live" };
    if (await room.control("spot", given)) dialog.close();
  });
  const dialog = openDialog(t("key_poll"), { close: t("close") }, form);
  title.focus();
}

/** @param {string} id @param {string} label @param {HTMLElement} control */
function field(id, label, control) {
  return h("p", null, h("label", { for: id }, label), control);
}
