// Grading from work to work: what stands there, what is kept and refused, and what goes to the kernel.

import { Kept } from "/js/grade/kept.js";
import main from "/js/grade/main.js";
import { points, words } from "/js/grade/marks.js";
import { GradePage } from "/js/grade/page.js";
import { clock, equal, instead, ok, place, settled, t, texts, walk } from "./harness.mjs";

const SENTENCES = {
  waits: "{n} of {all} wait", all_graded: "all {all} graded", work: "work {n}", of_points: "{n} of {max}",
  points_of: "points for {title}", level_of: "level of {title}", they_gave: "they gave {value}",
};
const EXERCISES = [{ id: "map", title: "Map", works: 3, waits: 2 }, { id: "talk", title: "Talk", works: 1, waits: 0 }];
const WORKS = [
  { id: "w-1", n: 1, who: "p-1", name: "Amina", waits: true, points: 1.005, most: 4 },
  { id: "w-2", n: 2, who: "p-2", name: "Bao", waits: false, points: 3.14159, most: 4 },
];
const grade = (id, more = {}) => ({ id, version: "v1", manual_score: null, auto_score: null, max_score: 2, needs_manual_grade: true, ...more });
const note = (id, manual_comment = null) => ({ id, version: "k1", manual_comment });
const LEVELS = [{ points: 1, text: "some", comments: [] }, { points: 2, text: "all", comments: ["Go on.", "Who else?"] }];
const WORK = {
  id: "w-1", exercise: "map", title: "Map", who: "p-1", name: "Amina", lang: "ar", dir: "rtl", answers: "<p>Heat</p>",
  criteria: [
    { label: "Clear", levels: LEVELS, grade: grade("g-1"), comment: note("c-1") },
    { label: "Fair", levels: LEVELS, grade: grade("g-2", { manual_score: 2 }), comment: null },
  ],
  checks: [
    { title: "A story", said: "It has one.", grade: grade("g-3", { auto_score: 0, max_score: 1 }) },
    { title: "A date", said: "", grade: grade("g-4", { auto_score: 1, manual_score: 0.5, needs_manual_grade: false }) },
  ],
  whole: note("c-2", "Good."),
};

/** The page with a kernel that answers each kind of question as it is told to. */
async function open(answers, hash = "") {
  const sent = [];
  const heard = new Set();
  const say = (message) => heard.forEach((work) => work(message));
  const model = {
    get: (name) => ({ texts: SENTENCES, dir: "ltr", lang: "en", doc: { exercises: EXERCISES } })[name],
    on: (_, work) => heard.add(work),
    off: (_, work) => heard.delete(work),
    send(message) {
      sent.push(message);
      const answer = answers[message.kind];
      queueMicrotask(() => say({ ...(typeof answer === "function" ? answer(message) : answer), ask: message.ask }));
    },
  };
  history.replaceState(null, "", hash || location.pathname);
  const el = place();
  const page = new GradePage(model, el);
  await again();
  const out = () => sent.splice(0).map(({ ask, ...message }) => message);
  return { page, el, out, heard, model, answers, said: () => el.querySelector(".said").textContent };
}

const again = async () => (await settled(), await settled(), await settled());
const button = (root, text) => [...root.querySelectorAll("button")].find(({ textContent }) => textContent === text);
/** Whether a key was taken. */
const key = (element, name, more = {}) => !element.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true, ...more }));
const change = (field, value, kind = "change") => {
  field.value = value;
  field.dispatchEvent(new Event(kind, { bubbles: true }));
};
const leaves = () => dispatchEvent(new Event("beforeunload", { cancelable: true }));
/** What the gradebook says when it has kept something. */
const keeps = (message) =>
  message.kind === "points"
    ? { kind: "kept", now: grade(message.id, { version: "v2", manual_score: message.points && Number(message.points), needs_manual_grade: false }) }
    : { kind: "kept", now: { ...note(message.id, message.text), version: "k2" } };
const all = (more = {}) => ({ exercises: { exercises: EXERCISES }, works: { works: WORKS }, work: { work: WORK }, points: keeps, comment: keeps, ...more });
const given = (id, points, version = "v1") => ({ kind: "points", id, version, points });

export const tests = {
  async "one goes from exercises to works to one work, with names when they are wanted"() {
    const { page, el, out, answers, said } = await open(all());
    const step = walk("grade/page", el);
    step("exercises");
    equal(out(), [{ kind: "exercises" }]);
    location.hash = "#map";
    await again();
    equal(out(), [{ kind: "exercises" }, { kind: "works", id: "map" }]);
    step("works");
    button(el, "names").click();
    step("with names");
    answers.work = { work: { ...WORK, criteria: [], checks: [], whole: null } };
    location.hash = "#map/w-1";
    await again();
    equal(out(), [{ kind: "work", id: "w-1" }]);
    step("one work, with nothing to give");
    button(el, "names").click();
    step("without names");
    answers.work = { text: "It is gone." };
    location.hash = "#map/w%201";
    await again();
    equal(out(), [{ kind: "work", id: "w 1" }]);
    step("a work that is not there");
    answers.works = { text: "No line." };
    location.hash = "#talk";
    await again();
    equal(said(), "No line.");
    answers.exercises = { exercises: [] };
    location.hash = "#talk";
    await page.open();
    step("no exercises");
    page.close();
    const other = await open({ exercises: { text: "No line." } });
    equal(texts(other.el, ".list a"), ["Map", "Talk"], "without an answer those are there that came with the page");
    other.page.close();
  },
  async "the next work comes by button and by key, and it is said when there is none"() {
    const { page, el, out, answers, said } = await open(all({ next: { kind: "next", id: "w-2" } }), "#map");
    out();
    button(el, "next").click();
    await again();
    equal([location.hash, out()], ["#map/w-2", [{ kind: "next", id: "map", after: "" }, { kind: "work", id: "w-2" }]]);
    answers.next = { kind: "next", id: "w-1" };
    ok(key(el.querySelector(".level"), "F8"));
    await again();
    equal([location.hash, out()[0]], ["#map/w-1", { kind: "next", id: "map", after: "w-2" }]);
    equal([key(el.querySelector(".level"), "Enter"), out()], [false, []]);
    answers.next = { kind: "next", id: "w-1" };
    ok(key(el.querySelector(".level"), "Enter", { ctrlKey: true }));
    await again();
    equal([said(), location.hash], ["only_this", "#map/w-1"]);
    answers.next = { kind: "not-done", text: "No line." };
    ok(key(el.querySelector(".level"), "Enter", { metaKey: true }));
    await again();
    equal([said(), location.hash], ["No line.", "#map/w-1"]);
    equal(key(el.querySelector(".level"), "x", { ctrlKey: true }), false);
    answers.next = { kind: "next", id: "" };
    button(el, "next").click();
    await again();
    equal([said(), location.hash, texts(el, ".list .name")], ["done", "#map", ["Amina", "Bao"]]);
    out();
    button(el, "next").click();
    await again();
    equal([said(), out().map(({ kind }) => kind)], ["done", ["next", "exercises", "works"]], "it stays there and is looked up again");
    location.hash = "#";
    await again();
    equal([said(), el.querySelector(".said").hidden], ["", true], "it is said once");
    page.close();
  },
  async "what is written is kept before one goes on, and one stays with what was refused"() {
    const scrolled = [];
    instead(Element.prototype, { scrollIntoView(how) { scrolled.push([this.className, how.block]); } });
    const { page, el, out, answers } = await open(all({ next: { kind: "next", id: "w-2" } }), "#map/w-1");
    equal([leaves(), page.view.open, scrolled.splice(0)], [true, false, [["academy-grade", "nearest"]]]);
    const comment = el.querySelector("textarea");
    comment.value = "Go on.";
    equal([leaves(), page.view.open], [false, true]);
    answers.comment = { kind: "not-done", text: "No line." };
    out();
    button(el, "next").click();
    await again();
    equal([out(), scrolled.splice(0), location.hash], [[{ kind: "comment", id: "c-1", version: "k1", text: "Go on." }], [["clash", "center"]], "#map/w-1"]);
    location.hash = "#talk";
    await again();
    equal([texts(el, "h3"), out().length, comment.isConnected], [["Map"], 1, true], "it is tried again, and waits for a choice");
    answers.comment = keeps;
    button(el, "again").click();
    await again();
    equal([leaves(), out()], [true, [{ kind: "comment", id: "c-1", version: "k1", text: "Go on." }]]);
    for (const field of el.querySelectorAll("input, textarea")) field.value = field.type === "number" ? "1" : "Yes.";
    await page.open();
    equal(out().filter(({ kind }) => ["points", "comment"].includes(kind)).map(({ id }) => id).sort(), ["c-1", "c-2", "g-1", "g-2", "g-3", "g-4"]);
    comment.value = "Nobody sees it.";
    await page.open();
    equal([out().map(({ kind }) => kind), leaves()], [["exercises", "works"], true], "what is not shown any more is not kept");
    page.close();
  },
  async "what was given again may be refused, and is given all the same"() {
    const sent = [];
    const answers = [{ kind: "stale", text: "Somebody was faster.", now: grade("g-1", { version: "v2" }) }, { kind: "not-done", text: "No line." }];
    const port = { t, ask: async (message) => (sent.push([message.version, message.points]), answers.shift() ?? keeps(message)) };
    const { el, kept } = points(port, grade("g-1", { manual_score: 1 }), "Clear", () => {});
    button(el, "right").click();
    await settled();
    for (const label of ["mine", "again"]) {
      button(kept.clash, label).click();
      await settled();
    }
    equal([sent, kept.open], [[["v1", "1"], ["v2", "1"], ["v2", "1"]], false]);
  },
  async "a page that is left hears nothing any more"() {
    const { page, el, heard, out, model } = await open(all(), "#map/w-1");
    el.querySelector("textarea").value = "Go on.";
    page.close();
    equal([el.childElementCount, heard.size, leaves()], [0, 0, true]);
    out();
    location.hash = "#talk";
    await again();
    equal(out(), []);
    const close = main.render({ model, el });
    equal([el.childElementCount, heard.size, el.querySelector(".said").hidden], [1, 1, true]);
    close();
    equal([el.childElementCount, heard.size], [0, 0]);
    const refused = new GradePage({ ...model, get: (name) => ({ texts: {}, doc: { refused: "No." } })[name] }, el);
    equal([el.textContent, heard.size], ["No.", 0]);
    refused.close();
    equal(el.childElementCount, 0);
  },
  async "a work is graded"() {
    const { page, el, out, answers } = await open(all(), "#map/w-1");
    out();
    const step = walk("grade/work", el.querySelector(".work"));
    step("opened");
    const [one, two] = el.querySelectorAll(".level");
    equal(document.activeElement === one, true);
    const at = () => [one, two].indexOf(document.activeElement);
    for (const [name, place_] of [["ArrowDown", 1], ["ArrowRight", 0], ["ArrowUp", 1], ["ArrowLeft", 0]]) {
      ok(key(document.activeElement, name), name);
      equal(at(), place_, name);
    }
    for (const [name, more] of [["3", {}], ["0", {}], ["x", {}], ["2", { ctrlKey: true }], ["2", { altKey: true }], ["2", { metaKey: true }]]) ok(!key(one, name, more));
    equal(out(), []);
    ok(key(one, "2"));
    step("points are on their way");
    await again();
    equal([out(), at()], [[given("g-1", "2")], 1]);
    step("points are kept, and there are words to begin with");
    const [first, second] = el.querySelectorAll(".offer");
    first.click();
    equal(document.activeElement.localName, "textarea");
    await again();
    second.click();
    await again();
    equal(out().map(({ text }) => text), ["Go on.", "Go on.\n\nWho else?"]);
    step("words are taken over");
    one.click();
    await again();
    equal(out(), [given("g-1", "1", "v2")]);
    step("the other level has none");
    button(el.querySelectorAll(".criterion")[1], "right").click();
    await again();
    equal(out(), [given("g-2", "2")]);
    step("points that stood there are right");
    const [, , , check] = el.querySelectorAll("input");
    change(check, " ");
    await again();
    equal(out(), [given("g-4", null)]);
    step("points of a check are taken away");
    answers.points = { kind: "stale", text: "Somebody was faster.", now: grade("g-3", { version: "v7", manual_score: null }) };
    change(el.querySelectorAll("input")[2], "1");
    await again();
    step("somebody took them away meanwhile");
    button(el.querySelector(".checks"), "theirs").click();
    equal([page.view.open, leaves()], [false, true], "there is nothing left to keep");
    step("theirs is taken");
    answers.comment = { kind: "stale", text: "Somebody was faster.", now: { ...note("c-2", "Very good."), version: "k7" } };
    const whole = [...el.querySelectorAll("textarea")].at(-1);
    change(whole, "Fine.");
    await again();
    step("somebody wrote meanwhile");
    answers.comment = keeps;
    out();
    button(el, "mine").click();
    await again();
    equal(out(), [{ kind: "comment", id: "c-2", version: "k7", text: "Fine." }]);
    step("mine is taken");
    page.close();
  },
  async "a comment is kept when somebody pauses"() {
    const time = clock();
    const sent = [];
    const port = { t, ask: async (message) => (sent.push(message.text), keeps(message)) };
    const { el, kept } = words(port, note("c-1"), "Comment");
    const area = el.querySelector("textarea");
    change(area, "one", "input");
    await time.pass(1000);
    change(area, "one two", "input");
    await time.pass(1199);
    equal([sent, kept.open], [[], true]);
    await time.pass(1);
    equal([sent, kept.open], [["one two"], false]);
  },
  async "points are told to who shows them as they are typed, and once more as they are kept"() {
    const told = [];
    const field = points({ t, ask: async (message) => keeps(message) }, grade("g-1"), "Clear", (value) => told.push(value));
    change(field.el.querySelector("input"), "1");
    equal(told, ["", "1"]);
    await settled();
    equal(told, ["", "1", "1"]);
    field.give(2);
    equal(told.slice(3), ["2"]);
  },
  async "what is typed while its last words are on their way stays, and is open"() {
    const answers = [];
    let text = "one";
    const shown = [];
    const kept = new Kept({ t, ask: () => new Promise((resolve) => answers.push(resolve)) }, "comment", note("c"), () => text, (row) => shown.push(row.version));
    text = "two";
    const saved = kept.save();
    equal([kept.open, kept.state.textContent], [true, "saving"]);
    text = "three";
    answers[0]({ kind: "kept", now: { id: "c", version: "k2" } });
    await saved;
    equal([shown, kept.open, kept.state.textContent], [[], true, "saved"]);
    text = "two";
    equal(kept.open, false);
    const again_ = kept.save(true);
    ok(kept.open, "it is open while it is sent");
    answers[1]({ kind: "not-done", text: "No line." });
    await again_;
    equal([kept.open, kept.state.textContent, kept.clash.hidden], [true, "", false]);
    const third = kept.save(true);
    ok(kept.clash.hidden, "what was said before goes");
    answers[2]({ kind: "kept", now: { id: "c", version: "k3" } });
    await third;
    equal([shown, kept.open], [["k3"], false]);
  },
};
