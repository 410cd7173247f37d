import { Kept } from "/js/grade/kept.js";
import { points, words } from "/js/grade/marks.js";
import { GradePage } from "/js/grade/page.js";
import { equal, ok, place, settled, t, texts } from "./harness.mjs";

const grade = { id: "g-1", version: "v1", manual_score: null, auto_score: 1, max_score: 4, needs_manual_grade: true };
const line = (answer) => {
  const sent = [];
  const ask = async (message) => (sent.push(message), typeof answer === "function" ? answer(message) : answer);
  return { sent, port: { t, ask } };
};
const kept = (now) => ({ kind: "kept", now });
const work = {
  id: "w-1", exercise: "map", title: "Map", who: "p-1", name: "Amina", lang: "ar", dir: "rtl", answers: "<p>Heat</p>",
  criteria: [{ label: "Clear", levels: [1, 2, 3, 4].map((n) => ({ points: n, text: `level ${n}`, comments: n > 2 ? ["Go on."] : [] })), grade, comment: { id: "c-1", version: "k1", manual_comment: null } }],
  checks: [{ title: "A story", said: "It has one.", grade: { ...grade, id: "g-2", manual_score: 2, needs_manual_grade: false } }],
  whole: { id: "c-2", version: "k2", manual_comment: "Good." },
};
const openPage = async (answers, hash = "") => {
  const sent = [];
  let hear = () => {};
  const model = {
    get: (name) => ({ texts: {}, dir: "ltr", lang: "en", doc: { exercises: [] } })[name],
    on: (_, heard) => (hear = heard),
    off() {},
    send: (message) => (sent.push(message), queueMicrotask(() => hear({ ...(answers[message.kind] ?? {}), ask: message.ask }))),
  };
  history.replaceState(null, "", hash || location.pathname);
  const el = place();
  const page = new GradePage(model, el);
  await settled();
  await settled();
  return { page, el, sent };
};

export const tests = {
  async "points are sent with the version that the page has seen"() {
    const { sent, port } = line(kept({ ...grade, version: "v2", manual_score: 3, needs_manual_grade: false }));
    const field = points(port, grade, "Clear", () => {});
    const input = field.el.querySelector("input");
    equal([input.value, input.placeholder, input.max], ["", "1", "4"]);
    input.value = "3";
    input.dispatchEvent(new Event("change"));
    await settled();
    equal(sent, [{ kind: "points", id: "g-1", version: "v1", points: "3" }]);
    ok(field.el.querySelector(".waits").hidden, "it says that points are still to be given");
    ok(!field.kept.open);
    await field.kept.save();
    equal(sent.length, 1, "what has not changed is not sent again");
  },
  async "an empty field gives no points"() {
    const { sent, port } = line(kept(grade));
    const field = points(port, { ...grade, manual_score: 2 }, "Clear", () => {});
    field.el.querySelector("input").value = " ";
    await field.kept.save(true);
    equal(sent[0].points, null);
  },
  async "what a colleague gave meanwhile is shown beside one's own, and one chooses"() {
    const theirs = { ...grade, version: "v9", manual_score: 1 };
    let answer = { kind: "stale", text: "Somebody else graded.", now: theirs };
    const { sent, port } = line(() => answer);
    const field = points(port, grade, "Clear", () => {});
    const input = field.el.querySelector("input");
    input.value = "4";
    await field.kept.save();
    ok(!field.kept.clash.hidden && field.kept.open);
    equal(texts(field.kept.clash, "p"), ["Somebody else graded.", "they_gave 1"]);
    answer = kept({ ...grade, version: "v10", manual_score: 4 });
    field.kept.clash.querySelectorAll("button")[0].click();
    await settled();
    equal([sent[1].version, sent[1].points], ["v9", "4"]);
    ok(field.kept.clash.hidden);
  },
  async "theirs is taken over without sending anything"() {
    const theirs = { ...grade, version: "v9", manual_score: 1 };
    const { sent, port } = line({ kind: "stale", text: "Somebody else graded.", now: theirs });
    const field = points(port, grade, "Clear", () => {});
    field.el.querySelector("input").value = "4";
    await field.kept.save();
    field.kept.clash.querySelectorAll("button")[1].click();
    equal([field.el.querySelector("input").value, sent.length], ["1", 1]);
  },
  async "without an answer one may try again, and what was written is still there"() {
    let answer = { kind: "not-done", text: "No line." };
    const { sent, port } = line(() => answer);
    const note = words(port, work.whole, "Comment");
    const area = note.el.querySelector("textarea");
    area.value = "Better.";
    await note.kept.save();
    equal(area.value, "Better.");
    answer = kept({ ...work.whole, manual_comment: "Better." });
    note.kept.clash.querySelector("button").click();
    await settled();
    equal([sent.length, note.kept.open], [2, false]);
  },
  async "what is typed while something is being sent is sent after it"() {
    const answers = [];
    const { sent, port } = line(() => new Promise((resolve) => answers.push(resolve)));
    let text = "one";
    const one = new Kept(port, "comment", { id: "c", version: "1" }, () => text, () => {});
    text = "two";
    const first = one.save();
    text = "three";
    const second = one.save();
    answers[0](kept({ id: "c", version: "2" }));
    await settled();
    answers[1](kept({ id: "c", version: "3" }));
    await Promise.all([first, second]);
    equal(sent.map(({ text: said, version }) => [said, version]), [["two", "1"], ["three", "2"]]);
  },
  async "the page lists exercises, with how many works wait"() {
    const exercises = [{ id: "map", title: "Map", works: 3, waits: 2 }, { id: "talk", title: "Talk", works: 1, waits: 0 }];
    const { el, page } = await openPage({ exercises: { exercises } });
    equal(texts(el, ".list a"), ["Map", "Talk"]);
    equal(texts(el, ".list span"), ["waits", "all_graded"]);
    page.close();
  },
  async "a work shows its answers, and names only when they are asked for"() {
    const { el, page } = await openPage({ work: { work } }, "#map/w-1");
    equal(el.querySelector(".answers").innerHTML, "<p>Heat</p>");
    ok(!el.firstElementChild.classList.contains("named"));
    [...el.querySelectorAll("button")].find(({ textContent }) => textContent === "names").click();
    ok(el.firstElementChild.classList.contains("named"));
    page.close();
  },
  async "a digit gives a level, and words to start from come with it"() {
    const { el, page, sent } = await openPage({ work: { work }, points: kept({ ...grade, version: "v2", manual_score: 3, needs_manual_grade: false }), comment: kept({ id: "c-1", version: "k3", manual_comment: "Go on." }) }, "#map/w-1");
    const levels = [...el.querySelectorAll(".level")];
    equal(levels.map((level) => level.getAttribute("tabindex")), ["0", "-1", "-1", "-1"]);
    levels[0].focus();
    levels[0].dispatchEvent(new KeyboardEvent("keydown", { key: "3", bubbles: true, cancelable: true }));
    await settled();
    const sentPoints = sent.find(({ kind }) => kind === "points");
    equal([sentPoints.id, sentPoints.points], ["g-1", "3"]);
    equal(levels.map((level) => level.getAttribute("aria-checked")), ["false", "false", "true", "false"]);
    el.querySelector(".offer").click();
    await settled();
    equal(sent.find(({ kind }) => kind === "comment").text, "Go on.");
    page.close();
  },
  async "at the last work it is said that nothing else waits"() {
    const { el, page } = await openPage({ work: { work }, next: { kind: "next", id: "w-1" } }, "#map/w-1");
    el.querySelector(".next").click();
    await settled();
    await settled();
    equal(texts(el, ".said"), ["only_this"]);
    page.close();
  },
};
