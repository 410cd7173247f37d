// What a section of the join page shows while one looks at it: numbers, bars, and texts that come and go.

import { at, show } from "/js/live/numbers.js";
import { equal, ok, place, texts, walk } from "./harness.mjs";

const section = (inside) => {
  const el = place();
  el.innerHTML = inside;
  return el;
};
const asked = (items, more = {}) => ({ results: { items, ...more } });
const SUPPORT = '<template id="support"><form><button name="v" value="">+1</button></form></template>';

export const tests = {
  "a number is found by its path, or is not there"() {
    equal(at({ results: { counts: { phone: 2 } } }, "results.counts.phone"), 2);
    equal([at({ results: null }, "results.counts.phone") ?? null, at({}, "people") ?? null], [null, null]);
  },
  "numbers and bars follow the state, and what is no number stays"() {
    const room = section(`<b data-k="people">1</b><b data-k="phase">open</b><b data-k="gone">7</b>
      <progress data-k="results.n" max="9"></progress><progress data-k="results.points.a" data-each="10" max="10"></progress>
      <progress data-k="results.mean.a" data-less="6" max="5"></progress>`);
    const step = walk("live/numbers", room);
    step("as it came");
    show(room, { people: 4, phase: "locked", results: { n: 3, points: { a: 12 }, mean: { a: 1.5 } } });
    step("three answered");
    const text = room.querySelector("b").firstChild;
    show(room, { people: 4, results: null });
    ok(room.querySelector("b").firstChild === text, "what is the same is left alone");
    show(room, { people: 4, results: { n: 0, points: { a: 0 } } });
    equal(room.querySelector("[data-each]").max, 1);
  },
  "lines are put in the order of their numbers, and stay where they are when that is right"() {
    const room = section('<ol data-sort><li><b data-k="mean.a">1</b></li><li><b data-k="mean.b">2</b></li><li><b data-k="mean.c">3</b></li></ol>');
    const [a, b, c] = room.querySelectorAll("li");
    const moved = [];
    const { append } = Element.prototype;
    room.firstChild.append = (...lines) => (moved.push(lines.length), append.apply(room.firstChild, lines));
    show(room, { mean: { a: 1, b: 2.5, c: 3 } });
    equal(moved, []);
    show(room, { mean: { a: 2, b: 3, c: 1 } });
    ok([...room.firstChild.children].every((line, n) => line === [c, a, b][n]));
    equal(moved, [3]);
  },
  "texts come, are said to be many, and go; nothing of them is more than text"() {
    const room = section('<ul data-items=""><li data-item="old">Old</li></ul>');
    const step = walk("live/texts", room);
    show(room, asked({ old: { text: "Old" }, one: { text: "<i>One</i>" }, two: { text: "Two", by: "Amina", n: 1 } }));
    step("two have come");
    show(room, asked({ one: { text: "<i>One</i>", n: 2 }, two: { text: "Two", by: "Amina", n: 3 } }));
    step("more say so, and the old one is gone");
    const number = room.querySelector("b").firstChild;
    show(room, asked({ one: { text: "<i>One</i>", n: 2 }, two: { text: "Two", by: "Amina", n: 1 } }));
    step("fewer");
    ok(room.querySelector("b").firstChild === number, "what is the same is left alone");
    show(room, { results: null });
    equal(texts(room, "li").length, 2);
  },
  "a card stands below its heading only"() {
    const room = section('<ul data-items="p"></ul><ul data-items="e"></ul><ul data-items=""></ul>');
    show(room, asked({ one: { text: "One", column: "e" }, two: { text: "Two" } }));
    equal(texts(room, "ul"), ["", "One", "Two"]);
  },
  "questions stand by their support, and one that has just come can be supported"() {
    const room = section(`${SUPPORT}<ol data-items="" data-by-support></ol>`);
    const step = walk("live/questions", room.querySelector("ol"));
    show(room, asked({ one: { text: "One", n: 1 }, two: { text: "Two", n: 2 }, three: { text: "Three" } }));
    step("three have come");
    show(room, asked({ one: { text: "One", n: 3 }, two: { text: "Two", n: 2 }, three: { text: "Three" } }));
    step("one overtakes");
  },
  "where nothing can be supported there is no button"() {
    const room = section('<template id="support"><form></form></template><ol data-items=""></ol>');
    show(room, asked({ one: { text: "One" } }));
    equal(room.querySelector("ol").innerHTML, '<li data-item="one" dir="auto">One</li>');
  },
};
