// The join page: sends answers without leaving the page, and shows what is on as it changes. Without it the forms work.

import { about, follow } from "./line.js";
import { clock, show } from "./numbers.js";
import { newId, Outbox } from "./outbox.js";

/** @typedef {import("./line.js").State} State */

const line = /** @type {HTMLElement} */ (document.getElementById("line"));
const address = line.dataset.address ?? "";
/** Activities opened at home are read by their own name. */
const chosen = new URLSearchParams(location.search).get("activity") ?? "";
const BURST = 1200;
const KEPT_OUT = ["_xsrf", "id", "activity", "change", "ticket"];
/** Behind a draft's name: its answer came too late. */
const LATE = "-late";

let wanted = "";
let away = false;
/** @type {State | null} */
let state = null;

const room = () => /** @type {HTMLElement} */ (document.getElementById("room"));
const form = () => /** @type {HTMLFormElement | null} */ (document.getElementById("answer"));

/** @param {string} text @param {boolean} [aloud] whether screen readers say it */
function announce(text, aloud = true) {
  line.setAttribute("aria-live", aloud ? "polite" : "off");
  if (line.textContent !== text) line.textContent = text;
}

/** Within a page that says itself when the line is lost, or beside another frame, this one shows it and is silent. */
function speaksOfTheLine() {
  const frame = window.frameElement;
  if (!frame) return true;
  const around = frame.ownerDocument;
  return !around.querySelector("[data-model]") && around.querySelector("iframe.live-frame") === frame;
}

const outbox = new Outbox(`${address}/answer`, `academy-live-outbox-${address}`, (letter, reply) => {
  if (!reply) return announce(line.dataset.away ?? "");
  const elsewhere = letter.title && letter.activity !== room().dataset.activity;
  const about = (/** @type {string} */ text) => announce(elsewhere ? `\u2068${letter.title}\u2069: ${text}` : text);
  if (reply.status === 200) {
    about(line.dataset.received ?? "");
    forget(letter.draft);
    refresh();
  } else if (reply.said.late) {
    about(line.dataset.late ?? reply.said.error);
    note(letter.draft, LATE);
  } else {
    about(reply.said.error ?? line.dataset.again ?? "");
    if ("mine" in reply.said) refresh();
    else form()?.querySelector("button")?.removeAttribute("disabled");
  }
});

// -- the form ----------------------------------------------------------------------------------------------------

/** The button that was pressed last: older browsers do not say which one sent a form. @type {HTMLButtonElement | null} */
let pressed = null;
document.addEventListener("click", ({ target }) => (pressed = /** @type {HTMLElement} */ (target).closest?.("button") ?? null), true);

document.addEventListener("submit", (event) => {
  const sent = /** @type {HTMLFormElement} */ (event.target);
  if (!sent.action.endsWith("/answer")) return;
  event.preventDefault();
  const fields = new FormData(sent);
  if (pressed?.form === sent && pressed.name) fields.append(pressed.name, pressed.value);
  const id = newId();
  fields.set("id", id);
  fields.set("after", String(sinceShown()));
  const body = new URLSearchParams(/** @type {any} */ (fields)).toString();
  announce(line.dataset.sending ?? "");
  const title = room().querySelector("h1")?.textContent ?? "";
  outbox.put({ activity: String(fields.get("activity")), id, body, round: room().dataset.round ?? "", draft: draft(), title });
});

document.addEventListener("click", (event) => {
  const link = /** @type {HTMLElement} */ (event.target).closest?.("[data-change]");
  if (!link) return;
  event.preventDefault();
  refresh("&change=1");
});

/** A place that is given twice goes to the line that had the other's. */
document.addEventListener("change", (event) => {
  const field = event.target;
  if (!(field instanceof HTMLSelectElement) || !field.name.startsWith("p-")) return;
  const all = /** @type {HTMLSelectElement[]} */ ([...(form()?.querySelectorAll("select[name^=p-]") ?? [])]);
  const other = all.find((one) => one !== field && one.value === field.value && field.value);
  if (other) other.value = field.dataset.had ?? "";
  for (const one of all) one.dataset.had = one.value;
  keep();
});

// -- when an answer is given: the server said when it gave the form; this device only adds how long ago that was ------

/** @type {{ran: number, date: number}} when the form came, by two clocks: one stands still while a phone sleeps, the other can be set */
let came = { ran: 0, date: 0 };

/** @param {number} ran */
function cameAt(ran) {
  came = { ran, date: Date.now() - (performance.now() - ran) };
}

function sinceShown() {
  return Math.max(0, Math.round(Math.max(performance.now() - came.ran, Date.now() - came.date)));
}

// -- what is typed, kept until it is sent ------------------------------------------------------------------------

const draft = () => `academy-live-draft-${address}-${room().dataset.activity}-${room().dataset.round}`;

function keep() {
  const typed = form();
  if (!typed) return;
  const fields = [...new FormData(typed)].filter(([name]) => !KEPT_OUT.includes(name));
  try {
    localStorage.setItem(draft(), JSON.stringify(fields));
  } catch {
    // it stays in the form
  }
}

/** @param {string} [place] the draft's name */
function forget(place = draft()) {
  try {
    localStorage.removeItem(place);
    localStorage.removeItem(place + LATE);
  } catch {
    // nothing was kept
  }
}

/** @param {string | undefined} place @param {string} what */
function note(place, what) {
  try {
    localStorage.setItem(place + what, "1");
  } catch {
    // it was said once
  }
}

/** What came too late stands in the form again: whether it still holds is its owner's to say. */
function askAgain() {
  try {
    if (!localStorage.getItem(draft() + LATE)) return;
    localStorage.removeItem(draft() + LATE);
    announce(line.dataset.reopened ?? "");
  } catch {
    // nothing was kept
  }
}

function restore() {
  const typed = form();
  if (!typed || typed.querySelector("[name=change]")) return;
  try {
    /** @type {[string, string][]} */
    const kept = JSON.parse(localStorage.getItem(draft()) ?? "[]");
    /** @type {Record<string, number>} */
    const nth = {};
    for (const [name, value] of kept) {
      const fields = /** @type {HTMLInputElement[]} */ ([...typed.querySelectorAll(`[name="${CSS.escape(name)}"]`)]);
      const box = fields.find((field) => field.value === value && ["radio", "checkbox"].includes(field.type));
      if (box) box.checked = true;
      else if (fields[0] && !["radio", "checkbox"].includes(fields[0].type)) {
        const field = fields[nth[name] ?? 0];
        nth[name] = (nth[name] ?? 0) + 1;
        if (field) field.value = value;
      }
    }
  } catch {
    // an old or damaged draft
  }
  for (const one of typed.querySelectorAll("select")) one.dataset.had = one.value;
  sayRest();
  askAgain();
}

/** Where numbers are to make a sum, what is still missing of it. */
function sayRest() {
  const typed = form();
  const rest = /** @type {HTMLElement | null | undefined} */ (typed?.querySelector("[data-sum]"));
  if (!typed || !rest) return;
  const fields = /** @type {HTMLInputElement[]} */ ([...typed.querySelectorAll("input[type=number]")]);
  const sum = fields.reduce((all, field) => all + Number(field.value), 0);
  rest.textContent = (rest.dataset.rest ?? "").replace("{n}", String(Number(rest.dataset.sum) - sum));
}

document.addEventListener("input", () => {
  keep();
  sayRest();
});

// -- the room ----------------------------------------------------------------------------------------------------

/** What of a state makes the section another one. @param {State} now */
function shape(now) {
  if (chosen && now.state !== "live") return [now.state, now.activities?.[chosen]?.phase].join("/");
  return [now.state, now.activity ?? "", now.phase, now.round, now.held, now.few ?? ""].join("/");
}

let asked = 0;

/** Take the section anew from the server. @param {string} [words] */
async function refresh(words = "") {
  const turn = ++asked;
  const activity = chosen && state?.state !== "live" ? `&activity=${encodeURIComponent(chosen)}` : "";
  try {
    const answer = await fetch(`${address}?part=1${activity}${words}`, { cache: "no-store" });
    const ran = performance.now();
    const text = await answer.text();
    if (turn !== asked) return;
    const found = new DOMParser().parseFromString(text, "text/html").getElementById("room");
    if (!answer.ok || !found) throw new Error(String(answer.status));
    const inside = room().contains(document.activeElement) && document.activeElement !== room();
    room().replaceWith(document.adoptNode(found));
    cameAt(ran);
    restore();
    if (inside || words) room().focus({ preventScroll: !words });
    if (state && state.activity === room().dataset.activity) show(room(), state);
    tick();
  } catch {
    setTimeout(() => turn === asked && refresh(words), about(3000));
  }
}

/** How far the server's clock is ahead of this device's, in seconds. */
let ahead = 0;

/** A timer of the facilitator runs down; nothing closes by itself when it has. */
function tick() {
  const timer = document.getElementById("timer");
  const ends = state?.activity === room().dataset.activity ? state?.timer_ends : null;
  if (!timer) return;
  timer.hidden = !ends;
  const text = ends ? clock(ends - Date.now() / 1000 - ahead) : "";
  const shown = timer.querySelector("b");
  if (shown && shown.textContent !== text) shown.textContent = text;
}

/** @param {State} now */
function seen(now) {
  state = now;
  ahead = (now.now ?? 0) - Date.now() / 1000;
  tick();
  const next = shape(now);
  if (wanted && next !== wanted) {
    if (line.textContent === line.dataset.received) announce("");
    // everybody is told at the same moment, and not everybody asks at the same moment
    setTimeout(() => wanted === next && refresh(), Math.random() * Math.min(BURST, 4 * (now.people ?? 0)));
  } else if (now.activity === room().dataset.activity) show(room(), now);
  wanted = next;
}

if (address) {
  wanted = chosen ? "" : (room().dataset.shape ?? "");
  cameAt(/** @type {PerformanceNavigationTiming | undefined} */ (performance.getEntriesByType("navigation")[0])?.responseStart ?? 0);
  restore();
  outbox.send();
  setInterval(tick, 1000);
  follow(address, seen, (there) => {
    if (there === !away) return;
    away = !there;
    if (outbox.waiting.length) return;
    if (away) announce(line.dataset.offline ?? "", speaksOfTheLine());
    else if (line.textContent === line.dataset.offline) announce("");
  });
}
