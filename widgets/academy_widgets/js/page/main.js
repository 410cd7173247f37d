// The page's front end: shows the widgets a notebook has made and keeps them talking to their kernel.

import { comeBack, typedIn, watchTyping } from "./comeback.js";
import { readJson } from "./dom.js";
import { Entries } from "./entries.js";
import { armForms, renewParts } from "./forms.js";
import { bytes } from "./kernel/framing.js";
import { restoreKept } from "./kernel/kept.js";
import { Kernel } from "./kernel/kernel.js";
import { fetchBriefly } from "./kernel/link.js";
import { ModuleHost } from "./kernel/modules.js";
import { capture } from "./kernel/outputs.js";
import { restorePlace } from "./place.js";
import { tellPresence } from "./presence.js";
import { putBuffers } from "./kernel/state.js";
import { Status } from "./status.js";
import { frameTables } from "./tables.js";
import { Views } from "./kernel/widgets.js";

/** @typedef {import("./types.js").Config} Config */
/** @typedef {import("./comeback.js").Anew} Anew */

const SLOW_AFTER = 10_000;
const GIVE_UP_AFTER = 180_000;

/** @type {Config} */
const config = readJson("academy-config");
const status = new Status(/** @type {HTMLElement} */ (document.getElementById("academy-status")), config.texts);

// The style in older words, for Chrome before 88, Firefox before 89 and Safari before 15.
if (config.floor && !CSS.supports("aspect-ratio", "1")) {
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: config.floor }));
}

/** The server believes that it is called by another name: then it refuses what the page sends. */
const misled = Boolean(config.host) && config.host !== location.host;

// Voilà calls this from the page it streams, to keep proxies awake.
Object.assign(window, { voila_heartbeat() {} });

/** The page arrives in parts while Python starts. Say so if it takes long, and say so if it has failed. */
function watchStart() {
  const begun = Date.now();
  const timer = setInterval(async () => {
    status.say("slow_start");
    const answer = config.kernel && (await fetchBriefly(addressOf(config.kernel)));
    if (document.readyState !== "loading") return;
    if ((answer && answer.status === 404) || Date.now() - begun > GIVE_UP_AFTER) {
      clearInterval(timer);
      document.getElementById("academy-starting")?.remove();
      status.say("failed_start", status.reopen());
    }
  }, SLOW_AFTER);
  return () => {
    clearInterval(timer);
    document.getElementById("academy-starting")?.remove();
    status.say("");
  };
}

/** @param {string} kernel */
function addressOf(kernel) {
  return `${config.base}api/kernels/${kernel}`;
}

/**
 * The whole page is here: mount its widgets and connect.
 * @param {AbortController} life of what this page shows, which may come anew while its window stays
 * @param {import("./anew.js").Catcher | null} [caught] what was typed meanwhile
 */
async function start(life, caught) {
  const main = /** @type {HTMLElement} */ (document.getElementById("main"));
  frameTables(main);
  armForms(main, config.xsrf);
  openLiveParts(main);
  if (main.querySelector("button.quote")) {
    import(config.modules["@academy/quote"]?.js).then(({ armQuotes }) => armQuotes(main), console.error);
  }
  /** @type {string | null} */
  const id = readJson("academy-kernel");
  if (!id) {
    // The server has ended the page early, and may have said so itself.
    if (!document.querySelector(".academy-failed")) status.say("failed_start", status.reopen());
    return;
  }
  const parts = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-model]"));
  if (!parts.length) {
    shutDown(id); // a page without widgets is done with its kernel
    restorePlace(caught);
    return;
  }
  const { signal } = life;
  renewParts(config.xsrf, signal);
  const kernel = new Kernel(addressOf(id));
  const entries = new Entries(signal);
  const host = new ModuleHost(config.modules, (reference) => kernel.get_model(reference));
  const views = new Views(kernel, host, config);
  kernel.created = (model) => {
    if (model.get("_model_name") === "OutputModel") capture(kernel, model);
  };
  const tell = tellPresence(kernel, () => entries.atRisk, signal);
  kernel.connection.on((state) => {
    if (state === "online") tell();
    if (misled && state !== "online") return status.say("misled");
    status.follow(state, kernel.connection.listeners.size > 1);
    const renew = (/** @type {Document} */ fresh, /** @type {Anew} */ anew) => startAnew(fresh, anew, life);
    if (state === "ended") void comeBack(addressOf(id), config, status, () => entries.atRisk, renew, kernel.asleep);
  });
  loadEmbedded(kernel);
  kernel.link.connect();
  watchLine(kernel, signal);
  const leave = leaver(kernel, id);
  addEventListener("pagehide", leave, { signal });
  const shown = [...parts].map((part) => {
    const { el, ready } = views.show(part.dataset.model ?? "", signal);
    part.replaceChildren(el);
    return ready;
  });
  await Promise.all(shown);
  // Widgets send their last words on pagehide too. What is owed is known after them: leaving comes last.
  removeEventListener("pagehide", leave);
  addEventListener("pagehide", leave, { signal });
  restorePlace(caught);
}

/**
 * The same page with another kernel, under the fingers of somebody who types.
 * @param {Document} fresh
 * @param {Anew} anew
 * @param {AbortController} before
 */
function startAnew(fresh, anew, before) {
  const field = typedIn();
  const caught = field && new anew.Catcher(field);
  const main = /** @type {HTMLElement} */ (document.getElementById("main"));
  main.style.minHeight = `${main.offsetHeight}px`; // so that nothing scrolls while it is empty
  before.abort();
  anew.putInPlace(fresh, config);
  status.say("");
  void start(new AbortController(), caught).finally(() => (main.style.minHeight = ""));
}

/** The script of live parts comes only where there is one; who presents has another. @param {HTMLElement} main */
function openLiveParts(main) {
  const parts = /** @type {NodeListOf<HTMLElement>} */ (main.querySelectorAll(".academy-live[data-base]"));
  if (!parts.length || document.body.matches(".presenting")) return;
  import(config.modules["@academy/webinar"].js).then(({ open }) => parts.forEach(open), console.error);
}

/** The widgets' state as it was when the last cell had run; without it the kernel is asked. @param {Kernel} kernel */
function loadEmbedded(kernel) {
  const states = readJson("academy-state");
  if (!states || !restoreKept(states)) return;
  for (const { model, path, data } of readJson("academy-buffers") ?? []) {
    const buffer = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    putBuffers(states[model], [path], [new DataView(bytes(buffer).buffer)]);
  }
  kernel.load(states);
}

/**
 * What the browser says about the line: a phone wakes, a network is back.
 * @param {Kernel} kernel
 * @param {AbortSignal} signal
 */
function watchLine(kernel, signal) {
  const test = () => kernel.link.test();
  addEventListener("online", test, { signal });
  document.addEventListener("visibilitychange", test, { signal });
  addEventListener("pageshow", (event) => event.persisted && test(), { signal });
}

/**
 * The page is left. Its kernel ends with it if the page may not come back and owes the kernel nothing.
 * @param {Kernel} kernel
 * @param {string} id
 * @returns {(event: PageTransitionEvent) => void}
 */
function leaver(kernel, id) {
  return (event) => {
    if (event.persisted) kernel.link.drop();
    else if (kernel.connection.state === "online" && !kernel.outbox.size) shutDown(id);
  };
}

/** Nobody needs this kernel any more. @param {string} id */
function shutDown(id) {
  // Chrome 86 to 88 sent these words without saying what they are, and nobody reads such: so it is said here.
  const words = new URLSearchParams({ _xsrf: config.xsrf }).toString();
  const body = new Blob([words], { type: "application/x-www-form-urlencoded;charset=UTF-8" });
  navigator.sendBeacon(`${config.base}voila/api/shutdown/${id}`, body);
}

watchTyping();
const started = watchStart();
const whole = () => {
  started();
  void start(new AbortController());
};
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", whole);
else whole();
