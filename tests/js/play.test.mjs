import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";
import { Game } from "../../widgets/academy_widgets/js/play/game.js";

const folder = new URL("../../widgets/academy_widgets/js/play/", import.meta.url);

const way = (to) => ({ text: `To ${to}`, said: "You go.", to });
const scenario = (...scenes) => ({ kind: "scenario", title: "A day", scenes });
const scene = (id, ...to) => ({ id, body: `In ${id}.`, end: to.length === 0, choices: to.map(way) });
const quiz = {
  kind: "quiz",
  title: "Quiz",
  questions: [1, 2].map((n) => ({ question: `${n}?`, answers: [{ text: "yes", said: "Since.", right: true }, { text: "no", said: "But.", right: false }] })),
};
const lesson = {
  kind: "micro-lesson",
  title: "Book",
  cards: [{ heading: "One", body: "First.", ask: "", answer: "" }, { heading: "", body: "", ask: "", answer: "" }, { heading: "Two", body: "Second.", ask: "Sure?", answer: "No." }],
  action: "Write.",
};

test("a scenario goes where its choices lead, and says its end", () => {
  const game = new Game(scenario(scene("a", "b", "c"), scene("b"), scene("c", "b", "a")));
  assert.equal(game.screen.body, "In a.");
  assert.ok(game.waits);
  game.next();
  assert.equal(game.screen.body, "In a.", "nothing moves before a choice");
  game.choose(1);
  game.choose(0);
  assert.equal(game.chosen, 1, "what was chosen stays chosen");
  game.next();
  assert.equal(game.screen.body, "In c.");
  game.choose(0);
  game.next();
  assert.ok(game.ended && game.screen.end);
  assert.equal(game.seen, 3);
  game.next();
  assert.equal(game.screen.body, "In b.");
});

test("a way that leads nowhere is said, and nothing breaks", () => {
  const game = new Game(scenario(scene("a", "gone", "a")));
  game.choose(0);
  game.next();
  assert.ok(game.screen.stuck && game.ended);
  game.next();
  assert.ok(game.screen.stuck);
  const open = new Game(scenario({ id: "a", body: "In a.", end: false, choices: [] }));
  assert.ok(open.screen.stuck && open.ended);
});

test("a choice that is not there is not taken", () => {
  const game = new Game(quiz);
  game.choose(7);
  assert.equal(game.chosen, null);
});

test("cards without words are left out, and the thing to do comes last", () => {
  const game = new Game(lesson);
  assert.equal(game.all, 3);
  assert.ok(!game.canGoBack);
  game.next();
  assert.equal(game.screen.heading, "Two");
  assert.ok(game.canGoBack);
  game.back();
  assert.equal(game.screen.heading, "One");
  game.next();
  game.next();
  assert.equal(game.screen.name, "action");
  assert.ok(game.ended);
});

test("a quiz ends after the last question is answered, not before", () => {
  const game = new Game(quiz);
  game.choose(1);
  game.next();
  assert.ok(!game.ended);
  game.choose(0);
  assert.ok(game.ended);
  assert.ok(!game.canGoBack, "what was answered is answered");
});

test("a story stops for the decision and leaves out parts that are not written", () => {
  const whole = new Game({ kind: "story", title: "T", parts: ["1", "2", "3", "4", "5", "6"] });
  assert.deepEqual(whole.screens.map(({ pause }) => pause), [false, false, false, true, false, false]);
  const half = new Game({ kind: "story", title: "T", parts: ["1", "", "", "4", "", ""] });
  assert.deepEqual(half.screens.map(({ body, pause }) => [body, pause]), [["1", false], ["4", true]]);
});

test("a unit without words is empty, of every kind", () => {
  assert.ok(new Game(scenario()).empty);
  assert.ok(new Game({ kind: "story", title: "T", parts: ["", ""] }).empty);
  assert.ok(new Game({ kind: "quiz", title: "T", questions: [{ question: "", answers: quiz.questions[0].answers }, { question: "Why?", answers: [] }] }).empty);
  assert.ok(new Game({ kind: "micro-lesson", title: "T", cards: [], action: "" }).empty);
});

test("every sentence of the player is there and used", async () => {
  const texts = JSON.parse(await readFile(new URL("texts.json", folder), "utf8"));
  const files = (await readdir(folder)).filter((name) => name.endsWith(".js"));
  const code = (await Promise.all(files.map((name) => readFile(new URL(name, folder), "utf8")))).join("\n");
  for (const [, key] of code.matchAll(/\bt\("([\w-]+)"/g)) assert.ok(key in texts, key);
  for (const key of Object.keys(texts)) assert.ok(code.includes(`"${key}"`), key);
});
