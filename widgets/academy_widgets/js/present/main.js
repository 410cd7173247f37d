// The presenter's page: the week's own page, cut into slides for the whole room.

import { h } from "../form/dom.js";
import { translator } from "../form/texts.js";
import { readJson } from "../page/dom.js";
import { frameTables } from "../page/tables.js";
import { commandsOf } from "./commands.js";
import { Deck } from "./deck.js";
import { showKeys } from "./dialogs.js";
import { armKeys } from "./keys.js";
import { PresenterControls } from "./presenter_controls.js";
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
  const { slides, presenter } = live(slidesOf(topicsOf(main), stage), deck, config);
  deck.slides = slides;
  const commands = commandsOf(deck, presenter, config);
  stage.append(foot(deck, presenter, commands, texts));
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
  const t = translator({ ...config.texts, dir: document.documentElement.dir });
  /** @type {PresenterControls | null} */
  let presenter = null;
  const found = slides.flatMap((slide) => {
    const webinar = slide.live && config.webinars[slide.live.dataset.webinar ?? ""];
    if (!slide.live || !webinar) return [slide];
    presenter ??= new PresenterControls(deck, config, webinar, t);
    const only = slide.live.dataset.activity;
    const activities = webinar.activities.filter(({ id }) => !only || id === only);
    slide.live.remove();
    return activities.map((activity, n) => {
      const el = n ? slide.el.parentElement?.appendChild(/** @type {HTMLElement} */ (slide.el.cloneNode(false))) : slide.el;
      const place = webinar.activities.indexOf(activity) + 1;
      const where = t("board_of", { n: place, all: webinar.activities.length });
      presenter?.add(/** @type {HTMLElement} */ (el), activity, where);
      return { el: /** @type {HTMLElement} */ (el), title: activity.title, live: /** @type {HTMLElement} */ (el) };
    });
  });
  return { slides: found, presenter: /** @type {PresenterControls | null} */ (presenter) };
}

/** @param {Deck} deck @param {PresenterControls | null} presenter @param {import("./keys.js").Command[]} commands @param {Record<string, string>} texts */
function foot(deck, presenter, commands, texts) {
  const button = (/** @type {string} */ text, /** @type {() => void} */ act) => h("button", { type: "button", onclick: act }, text);
  return h(
    "footer",
    { class: "foot" },
    presenter?.complaint,
    presenter?.others,
    h("p", { class: "course", dir: "auto" }, document.querySelector(".bar .home")?.textContent ?? ""),
    presenter?.controls,
    h(
      "div",
      { class: "ways" },
      button(texts.before, () => (presenter ?? deck).step(-1)),
      deck.place,
      button(texts.after, () => (presenter ?? deck).step(1)),
      button(texts.show_keys, () => showKeys(commands, texts)),
    ),
  );
}

void start();
