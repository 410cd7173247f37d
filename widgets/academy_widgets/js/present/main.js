// The presenter's page: the week's own page, cut into slides for the whole room.

import { h } from "../form/dom.js";
import { translator } from "../form/texts.js";
import { readJson } from "../page/dom.js";
import { frameTables } from "../page/tables.js";
import { commandsOf } from "./commands.js";
import { Deck } from "./deck.js";
import { showKeys } from "./dialogs.js";
import { armKeys } from "./keys.js";
import { Lectern } from "./presenter_controls.js";
import { slidesOf } from "./paginate.js";
import { topicsOf } from "./topics.js";

/** @typedef {import("./presenter_controls.js").Webinar} Webinar */

const ARRIVES_BY = 180_000;
const LOOKS_AGAIN = 100;

/** The page arrives in parts while Python starts. @returns {Promise<void>} */
function whole() {
  return new Promise((resolve) => {
    const begun = Date.now();
    const look = () => {
      if (document.getElementById("academy-kernel") || Date.now() - begun > ARRIVES_BY) resolve();
      else setTimeout(look, LOOKS_AGAIN);
    };
    look();
  });
}

async function start() {
  await whole();
  const config = readJson("academy-present");
  const { texts } = config;
  const main = /** @type {HTMLElement} */ (document.getElementById("main"));
  frameTables(main); // before they are measured
  const stage = h("div", { class: "stage", role: "region", "aria-label": texts.stage });
  main.append(stage);
  const deck = new Deck(stage, [], texts);
  const { slides, lectern } = live(slidesOf(topicsOf(main), stage), deck, config);
  deck.slides = slides;
  const commands = commandsOf(deck, lectern, config);
  stage.append(foot(deck, lectern, commands, texts));
  armKeys(commands);
  document.body.classList.add("ready");
  deck.begin();
}

/**
 * Each activity of a live part gets a slide of its own.
 * @param {import("./paginate.js").Slide[]} slides
 * @param {Deck} deck
 * @param {{base: string, xsrf: string, join: string, me: string, texts: Record<string, string>, webinars: Record<string, Webinar>}} config
 */
function live(slides, deck, config) {
  const say = translator({ ...config.texts, dir: document.documentElement.dir });
  /** @type {Lectern | null} */
  let lectern = null;
  const found = slides.flatMap((slide) => {
    const webinar = slide.live && config.webinars[slide.live.dataset.webinar ?? ""];
    if (!slide.live || !webinar) return [slide];
    lectern ??= new Lectern(deck, config, webinar, say);
    const only = slide.live.dataset.activity;
    const activities = webinar.activities.filter(({ id }) => !only || id === only);
    slide.live.remove();
    return activities.map((activity, n) => {
      const el = n ? slide.el.parentElement?.appendChild(/** @type {HTMLElement} */ (slide.el.cloneNode(false))) : slide.el;
      const place = webinar.activities.indexOf(activity) + 1;
      const where = say("board_of", { n: place, all: webinar.activities.length });
      lectern?.add(/** @type {HTMLElement} */ (el), activity, where);
      return { el: /** @type {HTMLElement} */ (el), title: activity.title, live: /** @type {HTMLElement} */ (el) };
    });
  });
  return { slides: found, lectern: /** @type {Lectern | null} */ (lectern) };
}

/** @param {Deck} deck @param {Lectern | null} lectern @param {import("./keys.js").Command[]} commands @param {Record<string, string>} texts */
function foot(deck, lectern, commands, texts) {
  const button = (/** @type {string} */ text, /** @type {() => void} */ act) => h("button", { type: "button", onclick: act }, text);
  return h(
    "footer",
    { class: "foot" },
    lectern?.complaint,
    lectern?.others,
    h("p", { class: "course", dir: "auto" }, document.querySelector(".bar .home")?.textContent ?? ""),
    lectern?.controls,
    h(
      "div",
      { class: "ways" },
      button(texts.before, () => (lectern ?? deck).step(-1)),
      deck.place,
      button(texts.after, () => (lectern ?? deck).step(1)),
      button(texts.show_keys, () => showKeys(commands, texts)),
    ),
  );
}

void start();
