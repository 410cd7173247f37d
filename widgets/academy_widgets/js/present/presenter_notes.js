// What only the presenter needs: notes, texts that wait, answers that came by telephone, who is there.

import { h } from "../form/dom.js";
import { openDialog } from "./dialogs.js";
import { enterAnswer } from "./enter_answer.js";
import { FACTS } from "./kinds.js";

/** @typedef {import("./types.js").Activity} Activity */
/** @typedef {import("./types.js").Translate} Translate */
/** @typedef {import("./room.js").Room} Room */
/** @typedef {{id: string, text: string, by: string, state: string, n: number, merged: string | null, answered: boolean}} Item */

const ORDER = ["pending", "shown", "hidden"];

/** @param {Room} room @param {Activity} activity @param {Translate} say */
export function openDesk(room, activity, say) {
  const notes = h("div", { class: "notes", dir: "auto" });
  notes.innerHTML = activity.notes ?? "";
  const items = h("div", { class: "items", "aria-live": "polite" });
  const few = h("div", { class: "few" });
  const people = h("div", { class: "people-list" });
  let asked = 0;
  const read = async () => {
    const turn = ++asked;
    const desk = await room.desk(activity.id);
    if (!desk || turn !== asked) return; // an older answer that comes last tells of what was
    if (FACTS[activity.kind].written) items.replaceChildren(...itemsOf(desk.items, activity, act, say));
    few.replaceChildren(...fewOf(desk.few, activity, say));
    people.replaceChildren(peopleOf(desk.people, act, say));
  };
  const act = async (/** @type {string} */ name, /** @type {Record<string, unknown>} */ given) => {
    await room.control(name, { activity: activity.id, ...given });
    await read();
  };
  const part = (/** @type {string} */ title, /** @type {HTMLElement} */ content, open = false) =>
    h("details", { open }, h("summary", null, title), content);
  const dialog = openDialog(
    say("desk_title", { title: activity.title }),
    { close: say("close") },
    activity.notes ? part(say("notes"), notes, !FACTS[activity.kind].written) : h("span"),
    few,
    FACTS[activity.kind].written ? items : h("span"),
    part(say("enter_title"), enterAnswer(room, activity, say, read)),
    part(say("people_title"), people),
    resultsLinks(room, activity, say),
  );
  dialog.classList.add("wide");
  room.listeners.add(read);
  dialog.addEventListener("close", () => room.listeners.delete(read));
  void read();
}

/** What so few have said that the room does not see it yet. @param {import("./types.js").Results | null} results @param {Activity} activity @param {Translate} say @returns {HTMLElement[]} */
function fewOf(results, activity, say) {
  if (!results) return [];
  const label = (/** @type {string} */ id) => activity.options?.find((option) => option.id === id)?.text ?? (id === "here" ? activity.title : id);
  const numbers = Object.entries(results.counts ?? results.points ?? results.mean ?? results.things ?? {});
  const told = (/** @type {any} */ n) => (typeof n === "number" ? String(n) : n.n ? say("means", { x: n.x.toFixed(1), y: n.y.toFixed(1) }) : "–");
  const lines = (results.mean && typeof results.mean === "object" ? numbers.sort(([, a], [, b]) => a - b) : numbers).map(([id, n]) => h("li", null, h("bdi", null, label(id)), `: ${told(n)}`));
  return [h("p", { class: "text" }, say("few_desk", { n: results.n })), h("ul", null, ...lines)];
}

/** @param {Item[]} all @param {Activity} activity @param {(act: string, given: Record<string, unknown>) => void} act @param {Translate} say @returns {HTMLElement[]} */
function itemsOf(all, activity, act, say) {
  return ORDER.flatMap((state) => {
    const items = all.filter((item) => item.state === state && !item.merged);
    if (!items.length && state !== "pending") return [];
    const title = h("h3", null, say(`items_${state}`, { n: items.length }));
    return [title, h("ul", null, ...items.map((item) => itemOf(item, all, activity, act, say)))];
  });
}

/** @param {Item} item @param {Item[]} all @param {Activity} activity @param {(act: string, given: Record<string, unknown>) => void} act @param {Translate} say */
function itemOf(item, all, activity, act, say) {
  const button = (/** @type {string} */ text, /** @type {string} */ name) =>
    h("button", { type: "button", class: "plain", onclick: () => act(name, { item: item.id }) }, text);
  const buttons = [
    item.state !== "shown" && button(say("do_approve"), "approve"),
    item.state !== "hidden" && button(say("do_hide_answer"), "hide-answer"),
    FACTS[activity.kind].answers && button(say(item.answered ? "do_unanswered" : "do_answered"), item.answered ? "unanswered" : "answered"),
    FACTS[activity.kind].merges && mergeInto(item, all, act, say),
    ...all.filter(({ merged }) => merged === item.id).map((part) => h("button", { type: "button", class: "plain", onclick: () => act("split", { item: part.id }) }, say("do_split", { text: part.text }))),
  ];
  const about = [item.n > 1 && say("times", { n: item.n }), item.by, item.answered && `✓ ${say("answered")}`].filter(Boolean).join(" · ");
  return h("li", null, h("p", { class: "text", dir: "auto" }, item.text), about && h("p", { class: "by" }, about), h("p", { class: "acts" }, ...buttons));
}

/** Put a text together with another that says the same. @param {Item} item @param {Item[]} all @param {(act: string, given: Record<string, unknown>) => void} act @param {Translate} say */
function mergeInto(item, all, act, say) {
  const others = all.filter((other) => other.id !== item.id && !other.merged && other.state !== "hidden");
  if (!others.length) return null;
  const options = others.map(({ id, text }) => h("option", { value: id }, text.slice(0, 80)));
  const select = h("select", { "aria-label": say("do_merge") }, h("option", { value: "" }, `${say("do_merge")} …`), ...options);
  select.addEventListener("change", () => select.value && act("merge", { item: item.id, into: select.value }));
  return select;
}

/** @param {{who: string, name: string, guest: boolean, removed: boolean}[]} people @param {(act: string, given: Record<string, unknown>) => void} act @param {Translate} say */
function peopleOf(people, act, say) {
  return h(
    "ul",
    null,
    ...people.map(({ who, name, guest, removed }) =>
      h(
        "li",
        null,
        h("p", { class: "text" }, h("bdi", null, name), guest && ` (${say("guest")})`),
        h("button", { type: "button", class: "plain", onclick: () => act(removed ? "admit" : "remove", { who }) }, say(removed ? "do_admit" : "do_remove")),
      ),
    ),
  );
}

/** @param {Room} room @param {Activity} activity @param {Translate} say */
function resultsLinks(room, activity, say) {
  const link = (/** @type {string} */ kind) => h("a", { href: room.resultsAddress(activity.id, kind), download: true }, kind.toUpperCase());
  return h("p", { class: "take" }, h("span", null, say("take_results")), ...["csv", "json", "svg", "png"].map(link));
}
