// Writing down an answer for somebody who telephoned or wrote in the chat.

import { h } from "../form/dom.js";
import { ENTER } from "./kinds.js";

const HOW = ["phone", "chat", "paper"];

/** @typedef {import("./types.js").Activity} Activity */
/** @typedef {import("./types.js").Translate} Translate */

/**
 * @param {import("./room.js").Room} room
 * @param {Activity} activity
 * @param {Translate} t
 * @param {() => void} done
 */
export function enterAnswer(room, activity, t, done) {
  const asked = ENTER[activity.kind](activity, t);
  const how = h("select", { id: "enter-how" }, ...HOW.map((name) => h("option", { value: name }, t(`how_${name}`))));
  const name = h("input", { id: "enter-name", maxlength: "60", autocomplete: "off" });
  const said = h("p", { role: "status" });
  const form = h(
    "form",
    { class: "poll" },
    ...asked.fields,
    h("p", null, h("label", { for: "enter-how" }, t("enter_how")), how),
    activity.names === "named" && h("p", null, h("label", { for: "enter-name" }, t("enter_name")), name),
    h("button", null, t("enter_send")),
    said,
  );
  let id = newId();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const given = { activity: activity.id, value: asked.value(), id, how: how.value, name: name.value };
    if (!(await room.control("enter", given))) return;
    id = newId();
    form.reset();
    said.textContent = t("entered");
    done();
  });
  return form;
}

function newId() {
  return [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
