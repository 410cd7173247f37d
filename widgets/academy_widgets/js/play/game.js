/**
 * @typedef {import("./types.js").Unit} Unit
 * @typedef {import("./types.js").Screen} Screen
 */

/** Part of a story at which the learner thinks before going on. */
const DECISION = 3;

/**
 * Where a learner is in a unit, and where she can go. It knows nothing of the page.
 */
export class Game {
  /** @param {Unit} unit */
  constructor(unit) {
    this.unit = unit;
    this.place = 0;
    /** @type {number | null} the way chosen on this screen */
    this.chosen = null;
    /** The screens seen so far, this one among them. */
    this.seen = 1;
    /** @type {string | null} */
    this.scene = this.unit.scenes?.[0]?.id ?? null;
    this.screens = linear(this.unit);
  }

  /** Whether there is anything to play. */
  get empty() {
    return this.unit.kind === "scenario" ? !this.unit.scenes?.length : this.screens.length === 0;
  }

  /** How many screens there are, or null where that depends on the way. */
  get all() {
    return this.unit.kind === "scenario" ? null : this.screens.length;
  }

  /** @returns {Screen} what the learner sees now */
  get screen() {
    return this.unit.kind === "scenario" ? this.sceneScreen() : this.screens[this.place];
  }

  /** Whether nothing follows this screen. */
  get ended() {
    const screen = this.screen;
    return Boolean(screen.end || screen.stuck || (this.unit.kind !== "scenario" && this.place === this.screens.length - 1 && !this.waits));
  }

  /** Whether the learner must choose before going on. */
  get waits() {
    return Boolean(this.screen.ways?.length) && this.chosen === null;
  }

  /** Whether one can go back. What was decided in a scenario or a quiz is decided. */
  get canGoBack() {
    return this.place > 0 && !this.screen.ways && this.unit.kind !== "scenario";
  }

  /** @param {number} way */
  choose(way) {
    if (this.waits && this.screen.ways?.[way]) this.chosen = way;
  }

  next() {
    if (this.waits || this.ended) return;
    if (this.unit.kind === "scenario") this.scene = this.screen.ways?.[this.chosen ?? 0]?.to ?? null;
    else this.place += 1;
    this.chosen = null;
    this.seen += 1;
  }

  back() {
    if (!this.canGoBack) return;
    this.place -= 1;
    this.seen -= 1;
  }

  /** @returns {Screen} */
  sceneScreen() {
    const scene = this.unit.scenes?.find(({ id }) => id === this.scene);
    if (!scene) return { name: "scene", body: "", stuck: true };
    const stuck = !scene.end && scene.choices.length === 0;
    return { name: "scene", body: scene.body, ways: scene.end ? undefined : scene.choices, end: scene.end, stuck };
  }
}

/**
 * The screens of a unit that is the same for everybody.
 * @param {Unit} unit
 * @returns {Screen[]}
 */
function linear({ cards, action, parts, questions }) {
  if (cards) {
    const shown = cards.filter(({ heading, body }) => heading || body).map((card) => ({ name: "card", ...card }));
    return action ? [...shown, { name: "action", body: action }] : shown;
  }
  if (parts) {
    const shown = parts.map((body, place) => ({ name: "part", body, pause: place === DECISION }));
    return shown.filter(({ body }) => body);
  }
  const asked = (questions ?? []).filter(({ question, answers }) => question && answers.length > 0);
  return asked.map(({ question, answers }) => ({ name: "question", body: question, ways: answers }));
}
