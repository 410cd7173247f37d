import { DRAW } from "/js/present/kinds.js";
import { equal, ok, place, t, texts, walk } from "./harness.mjs";

const options = [{ id: "a", text: "Phone" }, { id: "b", text: "Paper", why: "It does not run out." }];
const draw = (kind, results, activity = {}) => {
  const el = place();
  const about = { id: "x", kind, title: "?", options, ...activity };
  DRAW[kind](el, about, results, t);
  return { el, again: (newer) => DRAW[kind](el, about, newer, t) };
};
const widths = (el) => [...el.querySelectorAll(".fill")].map(({ style }) => style.width || style.height);

/** Draw one result after the other, and note down what stands there, with sizes and places. */
function drawn(kind, activity, ...all) {
  const { el, again } = draw(kind, all[0], activity);
  const step = walk(`results/${kind}${activity.name ?? ""}`, el);
  for (const [n, results] of all.entries()) {
    if (n) again(results);
    for (const part of el.querySelectorAll("[style]")) part.dataset.style = part.style.cssText;
    step(JSON.stringify(results));
  }
  return el;
}
const moves = (el) => el.getAnimations({ subtree: true }).map(({ effect }) => [effect.target.textContent, "opacity" in effect.getKeyframes()[0] ? "appears" : "glides"]);

export const tests = {
  "bars, points and scales are drawn again when their numbers change"() {
    drawn("quiz", {}, { n: 0, counts: {} }, { n: 4, counts: { a: 1, b: 3 }, right: ["b"] });
    drawn("choice", { options: [{ id: "a", text: "Phone" }] }, { n: 1, counts: { a: 1 } });
    drawn("points", { points: 5 }, { n: 0, points: {} }, { n: 2, points: { a: 10 } });
    drawn("scale", {}, { n: 0, counts: {} }, { n: 2, counts: { 5: 2 }, mean: 5 });
  },
  "things on an order and on a grid are drawn again when they move"() {
    const order = { n: 2, spread: { b: 0.5 }, first: { a: 0, b: 2 } };
    drawn("ranking", {}, { ...order, mean: {} }, { ...order, mean: { b: 1 } }, { ...order, mean: { a: 1, b: 2 }, spread: { a: 0, b: 0 } });
    drawn("ranking", { name: "-one", options: options.slice(0, 1) }, { n: 1, mean: { a: 1 }, spread: {}, first: { a: 1 }, right: ["a", "gone"], placed: { a: 1 } });
    const axes = { x: { title: "Cost", least: "low", most: "high" }, y: { title: "Reach", most: "far" } };
    const things = { a: { n: 4, x: 1, y: 5, cells: { "1,5": 4 } }, b: { n: 1, x: 3, y: 3, cells: { "3,3": 1 } } };
    drawn("place", { axes }, { n: 0, things: {} }, { n: 4, things });
    drawn("place", { name: "-here", axes, options: [] }, { n: 1, things: { here: { n: 1, x: 2, y: 2, cells: { "2,2": 1 } } } });
  },
  "on a grid in a page from right to left much lies to the left"() {
    document.documentElement.dir = "rtl";
    const axes = { x: { title: "Cost", least: "low", most: "high" }, y: { title: "Reach" } };
    const { el } = draw("place", { n: 1, things: { a: { n: 1, x: 1, y: 5, cells: { "1,5": 1 } } } }, { axes, options: options.slice(0, 1) });
    document.documentElement.dir = "";
    equal([...el.querySelectorAll("circle")].map((dot) => [dot.getAttribute("cx"), dot.getAttribute("cy")]), [["1260", "100"], ["1260", "100"]]);
    equal(texts(el, ".across"), ["Cost: low – high ←"]);
  },
  "what people write comes, changes and goes"() {
    const [one, two, three] = [{ text: "One", column: "p" }, { text: "Two", by: "Amina", column: "e" }, { text: "Three", column: "e" }];
    const columns = [{ id: "p", title: "Power" }, { id: "e", title: "Economy" }];
    drawn("text", {}, { items: {} }, { items: { one, two } }, { items: { two, three: { ...three, text: "Three!" } } });
    drawn("cards", { columns }, { items: {} }, { items: { one, two, three } }, { items: { one, three } });
    drawn("words", {}, { items: {} }, { items: { one } }, { items: { one: { ...one, n: 2 }, two, three: { ...three, n: 5 } } });
    const asked = { one: { ...one, n: 3, answered: true, by: "Rosa" }, two: { ...two, n: 2 } };
    drawn("questions", {}, { items: {} }, { items: { one, two } }, { items: asked }, { items: { two } });
  },
  "a wall of few texts and a cloud of many words are set otherwise"() {
    const items = (n) => Object.fromEntries(Array.from({ length: n }, (_, k) => [`i${k}`, { text: String(k) }]));
    equal([6, 7].map((n) => draw("text", { items: items(n) }).el.firstChild.className), ["wall few", "wall"]);
    equal([18, 19].map((n) => draw("words", { items: items(n) }).el.firstChild.className), ["cloud", "cloud many"]);
  },
  "lines that change places glide, new ones appear, and what stays where it is is left alone"() {
    const asked = (a, b, more = {}) => ({ items: { a: { text: "A", n: a }, b: { text: "B", n: b }, ...more } });
    const { el, again } = draw("questions", asked(2, 1));
    el.getAnimations({ subtree: true }).forEach((animation) => animation.cancel());
    again(asked(3, 1));
    equal(moves(el), []);
    again(asked(3, 4));
    equal(moves(el), [["support 4B", "glides"], ["support 3A", "glides"]]);
    el.getAnimations({ subtree: true }).forEach((animation) => animation.cancel());
    again(asked(3, 4, { c: { text: "C", n: 1 } }));
    equal(moves(el), [["support 1C", "appears"]]);
  },
  "bars are as long as the share of those who answered"() {
    const { el, again } = draw("choice", { n: 4, counts: { a: 1, b: 3 } });
    equal(texts(el, ".label"), ["Phone", "Paper"]);
    equal(texts(el, ".amount"), ["count_share 1 25", "count_share 3 75"]);
    equal(widths(el), ["25%", "75%"]);
    const first = el.querySelector("li");
    again({ n: 5, counts: { a: 2, b: 3 } });
    equal(widths(el), ["40%", "60%"]);
    ok(el.querySelector("li") === first, "a line is made anew instead of growing");
  },
  "nobody has answered, and nothing is divided by nobody"() {
    equal(widths(draw("multi", { n: 0, counts: {} }).el), ["0%", "0%"]);
  },
  "what is right is marked by a sign and a word"() {
    const { el } = draw("quiz", { n: 2, counts: { a: 1, b: 1 }, right: ["b"] });
    equal(texts(el, ".verdict"), ["", "✓ right"]);
    equal([...el.querySelectorAll("li")].map(({ className }) => className), ["", "right"]);
    equal(texts(el, ".why"), ["", "It does not run out."]);
  },
  "points fill their track when one option was given all of them"() {
    const { el } = draw("points", { n: 2, points: { a: 5, b: 15 } }, { points: 10 });
    equal(widths(el), ["25%", "75%"]);
    equal(texts(el, ".amount"), ["points_share_other 5 25", "points_share_other 15 75"]);
  },
  "a scale shows each step, and the mean below"() {
    const scale = { least: 1, most: 3, low: "little", high: "much" };
    const { el, again } = draw("scale", { n: 4, counts: { 1: 1, 2: 0, 3: 3 }, mean: 2.5 }, { scale });
    equal(texts(el, ".step"), ["1", "2", "3"]);
    equal(texts(el, ".label"), ["little", "", "much"]);
    equal(widths(el), ["25%", "0%", "75%"]);
    equal(texts(el, ".mean"), ["mean 2.5"]);
    again({ n: 0, counts: {} });
    equal(texts(el, ".mean"), [""]);
  },
  "a ranking begins with the smallest mean place"() {
    const { el } = draw("ranking", { n: 3, mean: { a: 1.7, b: 1.3 }, spread: { a: 0.5, b: 0.5 }, first: { a: 1, b: 2 } });
    equal(texts(el, ".place"), ["1", "2"]);
    equal(texts(el, ".label"), ["Paper", "Phone"]);
    equal(texts(el, ".amount"), ["mean_spread 1.3 0.5 2", "mean_spread 1.7 0.5 1"]);
  },
  "a right order stands as it is right, with how many had each place"() {
    const results = { n: 3, mean: { a: 1.3, b: 1.7 }, spread: { a: 0, b: 0 }, first: {}, right: ["b", "a"], placed: { a: 1, b: 2 }, exact: 1 };
    const { el } = draw("ranking", results);
    equal(texts(el, ".label"), ["Paper", "Phone"]);
    equal(texts(el, ".amount"), ["placed 2 3", "placed 1 3"]);
  },
  "a thing on a grid stands at its mean, and says it"() {
    const axes = { x: { title: "Cost", least: "low", most: "high" }, y: { title: "Reach" } };
    const { el } = draw("place", { n: 2, things: { a: { n: 2, x: 1, y: 5, cells: { "1,5": 2 } }, b: { n: 0, cells: {} } } }, { axes });
    equal(texts(el, ".legend li span"), ["Phone", "Paper"]);
    equal(texts(el, ".legend small"), ["means 1.0 5.0", ""]);
    equal(texts(el, ".letter"), ["A"]);
    equal(el.querySelector(".mean").getAttribute("cx"), "140");
    equal(el.querySelector(".mean").getAttribute("cy"), "100");
    equal(texts(el, ".across"), ["Cost: low – high →"]);
  },
  "texts of people are text, the newest first"() {
    const items = { i1: { text: "<img src=x onerror=alert(1)>" }, i2: { text: "Later", by: "Amina" } };
    const { el } = draw("text", { n: 2, items });
    equal(texts(el, ".text"), ["Later", "<img src=x onerror=alert(1)>"]);
    equal(el.querySelectorAll("img").length, 0);
    equal([...el.querySelectorAll(".by")].map(({ hidden }) => hidden), [false, true]);
  },
  "the most frequent word stands in the middle, and larger"() {
    const items = { hope: { text: "Hope", n: 5 }, fear: { text: "Fear", n: 2 }, rest: { text: "Rest", n: 1 } };
    const { el } = draw("words", { n: 6, items });
    equal(texts(el, "bdi"), ["Fear", "Hope", "Rest"]);
    const sizes = [...el.querySelectorAll("li")].map(({ style }) => Number(style.getPropertyValue("--scale")));
    ok(sizes[1] > sizes[0] && sizes[0] > sizes[2], String(sizes));
    equal(texts(el, ".times"), ["times 2", "times 5", ""]);
  },
  "cards stand below the heading of their column"() {
    const columns = [{ id: "p", title: "Power" }, { id: "e", title: "Economy" }];
    const { el } = draw("cards", { n: 1, items: { i1: { text: "Prices", column: "e" } } }, { columns });
    equal(texts(el, "h3"), ["Power", "Economy"]);
    equal([...el.querySelectorAll("ul")].map((list) => list.textContent), ["", "Prices"]);
  },
  "questions stand by their support, and what is answered at the end"() {
    const items = { i1: { text: "When?", n: 9, answered: true }, i2: { text: "Who?", n: 2 }, i3: { text: "Why?", n: 4 } };
    const { el } = draw("questions", { n: 9, items });
    equal(texts(el, ".text"), ["Why?", "Who?", "When?"]);
    equal(texts(el, ".support"), ["support 4", "support 2", "support 9"]);
    equal(texts(el, ".by"), ["", "", "✓ answered"]);
  },
};
