/**
 * @typedef {import("./types.js").Doc} Doc
 * @typedef {import("./types.js").Line} Line
 */

/** Letters of exercises that somebody has handed in. */
const HANDED_IN = new Set(["m", "f", "a", "d"]);

/** Those who are counted as people of the course, wherever it says how many: mentors accompany them. @param {Line[]} lines */
export const participants = (lines) => lines.filter((line) => line[2] === "p");

/** The cohort as it was told, and what can be counted in it. It knows nothing of the page. */
export class State {
  /** @param {Doc} doc */
  constructor(doc) {
    this.doc = doc;
  }

  /**
   * Take over what changed.
   * @param {Partial<Doc> & {gone?: string[]}} changes
   * @returns {Set<string>} the parts that changed
   */
  apply({ people, gone = [], ...rest }) {
    const parts = new Set(Object.keys(rest));
    if (people || gone.length) {
      const lines = new Map(this.doc.people.map((line) => [line[0], line]));
      for (const line of people ?? []) lines.set(line[0], line);
      for (const id of gone) lines.delete(id);
      this.doc.people = [...lines.values()].sort((a, b) => a[1].localeCompare(b[1]));
      parts.add("people");
    }
    Object.assign(this.doc, rest);
    return parts;
  }

  /** How many are stuck. */
  get stuck() {
    return this.doc.people.filter((line) => line[6]).length;
  }

  /** The places of a module's exercises in everybody's letters. @param {string} module */
  places(module) {
    return this.doc.exercises.flatMap((exercise, place) => (exercise.module === module ? [place] : []));
  }

  /**
   * How much of a module somebody has handed in.
   * @param {Line} line
   * @param {string} module
   */
  light(line, module) {
    const letters = this.places(module).map((place) => line[4][place]);
    const done = letters.filter((letter) => HANDED_IN.has(letter)).length;
    const begun = letters.some((letter) => letter === "s");
    const all = letters.length;
    return { done, all, kind: all && done === all ? "all" : done || begun ? "some" : "none" };
  }

  /** How many people have begun, handed in and got feedback on an exercise. @param {number} place */
  counts(place) {
    const letters = participants(this.doc.people).map((line) => line[4][place]);
    const count = (/** @type {string} */ which) => letters.filter((letter) => which.includes(letter)).length;
    return { begun: count("smfad"), submitted: count("mfad"), feedback: count("fa") };
  }

  /**
   * The people that fit what is looked for.
   * @param {string} words
   * @param {string} which "" for all, "stuck", or the id of an exercise that they have not handed in
   */
  found(words, which) {
    const wanted = words.trim().toLocaleLowerCase();
    const place = this.doc.exercises.findIndex((exercise) => exercise.id === which);
    return this.doc.people.filter((line) => {
      const fits = !wanted || line[1].toLocaleLowerCase().includes(wanted) || line[0] === wanted;
      const among = which === "stuck" ? line[6] : place < 0 || (line[2] === "p" && !HANDED_IN.has(line[4][place]));
      return fits && among;
    });
  }
}
