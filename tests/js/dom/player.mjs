// The player of a unit, from its title to its end, beside a kernel that answers when it is told to.

import player from "/js/play/main.js";
import { equal, ok, place, walk } from "./harness.mjs";

const texts = { card: "card {n} of {all}", part: "part {n} of {all}", question: "question {n} of {all}", scene: "scene {n}", ending: "ending {n}" };
const way = (text, to) => ({ text, said: `You ${text}.`, to });
const SCENARIO = {
  kind: "scenario",
  title: "A day",
  scenes: [
    { id: "a", body: "Morning.\n \nThe phone rings.", end: false, choices: [way("answer", "b"), way("wait", "gone")] },
    { id: "b", body: "Evening.", end: true, choices: [] },
  ],
};
const LESSON = {
  kind: "micro-lesson",
  title: "Book",
  cards: [{ heading: "One", body: "First.", ask: "Sure?", answer: "No.\nYes." }, { heading: "", body: "Second.", ask: "", answer: "" }],
  action: "Write.",
};
const QUIZ = {
  kind: "quiz",
  title: "Quiz",
  questions: [{ question: "Why?", answers: [{ text: "yes", said: "Since.", right: true }, { text: "no", said: "But.", right: false }] }],
};
const STORY = { kind: "story", title: "Tale", parts: ["1", "2", "3", "4", "5"] };

/** The player of a unit in a page: what it sends, what its kernel says, and what it waits for. */
function open(unit, more = {}) {
  const given = { texts, unit, lang: "en", dir: "ltr", ...more };
  const [sent, heard, waiting] = [[], new Set(), new Map()];
  const model = { get: (name) => given[name], send: (message) => sent.push(message), on: (_, hear) => heard.add(hear), off: (_, hear) => heard.delete(hear) };
  const el = place();
  const { setTimeout, clearTimeout } = window;
  window.setTimeout = (work, pause) => (waiting.set(work, pause), work);
  window.clearTimeout = (work) => waiting.delete(work);
  const close = player.render({ model, el });
  return {
    el,
    sent,
    heard,
    waiting,
    press: (text) => [...el.querySelectorAll("button")].find((button) => button.textContent === text).click(),
    say: (message) => heard.forEach((hear) => hear(message)),
    close() {
      close();
      Object.assign(window, { setTimeout, clearTimeout });
    },
  };
}

export const tests = {
  "a scenario is read, decided and begun again"() {
    const { el, press, say, sent, waiting, close } = open(SCENARIO);
    const step = walk("play/scenario", el);
    step("its title");
    press("begin");
    press("begin");
    step("asked, and nothing is shown before the kernel answers");
    equal([sent, [...waiting.values()]], [[{ kind: "read" }], [4000]]);
    say({ kind: "other" });
    say(null);
    equal(waiting.size, 1);
    say({ kind: "unit", unit: SCENARIO });
    step("the first scene");
    equal(waiting.size, 0);
    press("answer");
    step("chosen");
    press("next");
    step("the end");
    press("again");
    say({ kind: "unit", unit: { ...SCENARIO, title: "Another day" } });
    step("from the beginning, as it is written now");
    press("wait");
    press("next");
    step("a way that leads nowhere");
    close();
  },
  "cards are turned, gone through and gone back"() {
    const { el, press, say, close } = open(LESSON);
    const step = walk("play/lesson", el);
    step("its title");
    press("begin");
    say({ kind: "unit", unit: LESSON });
    step("the first card");
    press("next");
    step("one without a heading and a question");
    press("back");
    equal(el.querySelector("h4").textContent, "One");
    press("next");
    press("next");
    step("what to do");
    close();
  },
  "a quiz says what holds, with the reasons of the other answers"() {
    const { el, press, say, close } = open(QUIZ);
    press("begin");
    say({ kind: "unit", unit: QUIZ });
    const step = walk("play/quiz", el);
    step("a question");
    press("no");
    step("a wrong answer");
    press("again");
    say({ kind: "unit", unit: QUIZ });
    press("yes");
    step("the right one");
    close();
  },
  "a story stops for the decision"() {
    const { el, press, say, close } = open(STORY, { lang: "ar", dir: "rtl" });
    press("begin");
    say({ kind: "unit", unit: STORY });
    const step = walk("play/story", el);
    step("part 1");
    press("next");
    press("next");
    press("next");
    step("the decision");
    press("next");
    step("the end");
    close();
  },
  "what is not written yet is looked for again"() {
    const { el, press, say, sent, close } = open(null);
    const step = walk("play/empty", el);
    step("nothing yet");
    press("look_again");
    say({ kind: "unit", unit: { ...STORY, title: "", parts: [""] } });
    step("a unit without words");
    press("look_again");
    say({ kind: "unit", unit: STORY });
    equal([el.querySelector(".where").textContent, sent.length], ["part 1 of 5", 2]);
    close();
  },
  "a kernel that does not answer is not waited for"() {
    const { el, press, say, waiting, close } = open({ ...STORY, title: "" });
    equal(el.querySelector("h4").textContent, "untitled");
    press("begin");
    [...waiting.keys()][0]();
    equal([el.querySelector(".where").textContent, waiting.size], ["part 1 of 5", 0]);
    press("next");
    say({ kind: "unit", unit: QUIZ });
    equal(el.querySelector(".where").textContent, "part 2 of 5", "news that come late move nobody");
    close();
  },
  "what is taken away hears and waits for nothing"() {
    const { el, press, heard, waiting, close } = open(STORY);
    press("begin");
    close();
    equal([heard.size, waiting.size, el.childElementCount], [0, 0, 0]);
    ok(!document.querySelector(".academy-play"));
  },
};
