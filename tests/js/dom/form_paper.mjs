// The form on paper: room for what is not answered, answers where they are, and sheets that are full before the next begins.

import { hidePaper, printPaper, showPaper } from "/js/form/paper/paper.js";
import { paperSize, Sheets } from "/js/form/paper/sheets.js";
import { equal, ok, texts, walk } from "./harness.mjs";
import { fresh, open } from "./forms/page.mjs";

const OPTIONS = [{ id: "a", label: "Alpha" }, { id: "b", label: "Beta" }];
const many = Array.from({ length: 4 }, (_, n) => ({ id: `o${n + 1}`, label: `Option ${n + 1}` }));
const FIELDS = [
  { id: "why", type: "text", label: "Why", help: "In your own words.", words: [2, 20], required: true },
  { id: "name", type: "line", label: "Name", chars: 30 },
  { id: "long", type: "line", label: "Long", chars: 121 },
  { id: "one", type: "choice", label: "One", options: OPTIONS },
  { id: "four", type: "choice", label: "Four", options: many },
  { id: "some", type: "multi", label: "Some", options: OPTIONS, choose: [1, 2] },
  { id: "how", type: "scale", label: "How", range: [1, 3], low: "not", high: "very" },
  { id: "share", type: "number", label: "Share", unit: "%" },
  { id: "day", type: "date", label: "Day", help: "When?" },
  { id: "sure", type: "bool", label: "Sure" },
  { id: "need", type: "ref", label: "Need" },
  { id: "pick", type: "ref", label: "Pick", choose: [1, 1] },
  { id: "far", type: "ref", label: "Far", choose: [1, 1] },
  { id: "sum", type: "computed", label: "Sum" },
  { id: "office", type: "email", label: "Office" },
];
const TABLE = {
  id: "map",
  type: "table",
  label: "Map",
  help: "Row by row.",
  rows: [2, 3],
  row_label: "Change",
  columns: [{ id: "what", type: "line", label: "What", help: "What changes?" }, { id: "sum", type: "computed", label: "Sum" }, { id: "kind", type: "choice", label: "Kind", options: OPTIONS }],
};
const SHEET = { course: "Course", intro: "First words.\n \n Second words. \n\n", texts: { paper_page: "page {n} of {all}" } };

const language = (value) => Object.defineProperty(navigator, "language", { value, configurable: true });
const article = () => document.querySelector(".academy-paper");
/** The form on paper, as it would be printed. */
function onPaper(fields, more = {}, sheet = SHEET) {
  language("en-GB");
  showPaper(open(fields, more).form, sheet);
  return article();
}

/** Sheets that are 100 high, and pieces for them. */
function sheets(pieces) {
  const root = fresh();
  root.innerHTML = "<style>.paper-body{height:100px;overflow:hidden} .paper-body>*{display:block;margin:0} .paper-body b{display:block;height:20px}</style>";
  new Sheets(root, () => document.createElement("header")).fill(pieces);
  return [...root.querySelectorAll(".paper-sheet")].map((sheet) => [...sheet.lastChild.children].map((one) => one.title + one.textContent).join(" "));
}
const block = (title, height, more = {}) => ({ el: Object.assign(document.createElement("div"), { title, style: `height:${height}px` }), ...more });
function lines(title, count, more = {}) {
  const parts = Array.from({ length: count }, (_, n) => Object.assign(document.createElement("b"), { textContent: n }));
  const el = Object.assign(document.createElement("div"), { title });
  el.append(...parts);
  return { el, parts, ...more };
}

export const tests = {
  "a blank form has room for every kind"() {
    const root = onPaper([...FIELDS, TABLE], { doc: { options: { pick: OPTIONS }, shown: { need: "Heat" } } });
    walk("form/paper-blank", root)("printed");
    ok(document.documentElement.classList.contains("academy-on-paper"));
    hidePaper();
    equal([article(), document.documentElement.className], [null, ""]);
    hidePaper();
  },
  "a form that is filled in has its answers and its marks"() {
    const values = { why: "Because we can.", name: "Ana", one: "b", four: "o2", some: ["a"], how: 3, share: 12.5, day: "2026-03-09", sure: true, pick: "a", far: "b", office: "office@union.example", map: ["r1", "r2", "r3"], "map/r2/what": "Heat", "map/r3/kind": "a" };
    const doc = { values, options: { pick: OPTIONS }, shown: {}, computed: { sum: "12", "map/r1/sum": "3", "map.sum": "4" } };
    walk("form/paper-filled", onPaper([...FIELDS, TABLE], { doc }, { ...SHEET, name: "Ana", intro: "" }))("printed");
  },
  "what is asked only sometimes says when, until that is answered"() {
    const when = (id, field, ...is) => ({ id, type: "line", label: id, only_if: { field, is } });
    const table = { id: "map", type: "table", label: "Map", columns: [{ id: "kind", type: "choice", label: "Kind", options: OPTIONS }, when("note", "kind", "b"), when("more", "sure", "false")] };
    const fields = [{ id: "sure", type: "bool", label: "Sure" }, FIELDS[3], when("yes", "sure", "true"), when("either", "one", "a", "b", "c"), when("lost", "gone", "a"), table];
    const said = (values) => texts(onPaper(fields, { doc: { values } }), ".item").filter((text) => !["Sure", "One"].includes(text));
    equal(said({ map: ["r1"] }), [
      "", "paper_only_if Sure yesyes", "paper_only_if One Alpha, Beta, or ceither", "lost", "Kind", "paper_only_if Kind Betanote", "paper_only_if Sure nomore",
    ]);
    equal(said({ sure: true, one: "a", map: ["r1"], "map/r1/kind": "a" }), ["", "yes", "either", "lost", "Kind"]);
    equal(said({ sure: false, one: "z", map: ["r1"], "map/r1/kind": "b" }), ["", "lost", "Kind", "note", "more"]);
  },
  "what may be written says how much"() {
    const limits = [{ words: [2, 20] }, { words: [2, null] }, { words: [null, 20] }, { chars: 30 }, { choose: [1, 2], type: "multi", options: OPTIONS }, {}];
    const root = onPaper(limits.map((more, n) => ({ id: `f${n}`, type: "text", label: "X", ...more })));
    equal(texts(root, ".name"), ["X (words_between …… 2 20)", "X (words_least …… 2)", "X (words_most …… 20)", "X (chars_most …… 30)", "X (chosen_between …… 1 2)", "X"]);
  },
  "a scale has five steps where nothing else is said, and a paper of its own direction"() {
    const root = onPaper([{ id: "how", type: "scale", label: "How" }], { lang: "ar-EG", dir: "rtl" });
    equal([texts(root, ".steps li"), root.dir, root.lang, texts(root, ".paper-number")], [["١", "٢", "٣", "٤", "٥"], "rtl", "ar-EG", ["page ١ of ١"]]);
  },
  "papers of America are letters, others are A4"() {
    for (const [name, size] of [["en-US", "letter"], ["es-mx", "letter"], ["en", "a4"], ["en-GB", "a4"], ["es-ES", "a4"]]) {
      language(name);
      equal(paperSize(), size);
    }
  },
  "what is printed is taken away afterwards, and there is one of it"() {
    const page = open([FIELDS[1]]);
    const seen = [];
    window.print = () => seen.push(document.querySelectorAll(".academy-paper").length);
    showPaper(page.form, SHEET);
    showPaper(page.form, SHEET);
    equal(document.querySelectorAll(".academy-paper").length, 1);
    hidePaper();
    printPaper(page.form, SHEET);
    window.dispatchEvent(new Event("afterprint"));
    equal([seen, article()], [[1], null]);
    showPaper(page.form, SHEET);
    window.dispatchEvent(new Event("afterprint"));
    ok(article());
    hidePaper();
  },
  "a name stays with what it names, on whatever sheet"() {
    const table = { ...TABLE, columns: TABLE.columns.slice(0, 1), rows: [1, 1] };
    const divided = (height) => {
      const style = document.head.appendChild(document.createElement("style"));
      style.textContent = `.paper-body{height:${height}px;overflow:hidden} .paper-body>*{display:block;box-sizing:border-box;height:20px!important;margin:0!important;overflow:hidden}`;
      const root = onPaper([FIELDS[0], table, FIELDS[2]], {}, { ...SHEET, intro: "" });
      style.remove();
      return [...root.querySelectorAll(".paper-body")].map((body) => [...body.children].map((one) => one.className || one.localName).join(" "));
    };
    const [head, why, map, row, long] = ["course h1 who day", "item lines", "h2 p helps", "paper-row pair", "item lines"];
    for (const height of [20, 60]) equal(divided(height), [head, why, map, row, long]);
    equal(divided(80), [head, why, map, `${row} ${long}`]);
    equal(divided(100), [`${head} ${why}`, `${map} ${row}`, long]);
  },
  "a sheet is full before the next begins"() {
    equal(sheets([block("a", 40), block("b", 60), block("c", 40)]), ["a b", "c"]);
    equal(sheets([block("a", 60), block("b", 60), block("c", 40)]), ["a", "b c"]);
  },
  "what belongs to the next stays with it"() {
    const keep = { keep: true };
    equal(sheets([block("a", 40), block("name", 40, keep), block("b", 40)]), ["a", "name b"]);
    equal(sheets([block("a", 20), block("name", 20, keep), block("b", 40), block("name", 20, keep), block("c", 20)]), ["a name b", "name c"]);
    equal(sheets([block("a", 40), block("big", 20, keep), block("name", 20, keep), block("b", 40)]), ["a", "big name b"]);
    equal(sheets([block("name", 60, keep), lines("l", 4)]), ["name l01", "l23"]);
    equal(sheets([block("a", 90), block("name", 20, keep), lines("l", 6)]), ["a", "name l0123", "l45"]);
  },
  "what may be torn apart fills the sheet, if enough of it stays together"() {
    equal(sheets([block("a", 60), lines("l", 5, { least: 2 })]), ["a l01", "l234"]);
    equal(sheets([block("a", 60), lines("l", 5, { least: 3 })]), ["a", "l01234"]);
    equal(sheets([block("a", 100), lines("l", 2)]), ["a", "l01"]);
    equal(sheets([lines("l", 12, { least: 6 })]), ["l01234", "l56789", "l1011"]);
    equal(sheets([block("a", 90), lines("l", 1)]), ["a", "l0"]);
    equal(sheets([block("a", 60), lines("l", 2)]), ["a l01"]);
  },
  "what fits no sheet stands alone on one"() {
    equal(sheets([block("a", 150), block("b", 40)]), ["a", "b"]);
    equal(sheets([block("b", 40), block("a", 150)]), ["b", "a"]);
    equal(sheets([block("name", 20, { keep: true }), block("a", 150)]), ["name a"]);
  },
  "the halves of an answer have the direction of the whole"() {
    const torn = lines("l", 8);
    torn.el.dir = "auto";
    torn.parts[0].textContent = "أ";
    sheets([torn]);
    equal([...document.querySelectorAll("[title=l]")].map(({ dir }) => dir), ["rtl", "rtl"]);
    sheets([lines("l", 8)]);
    equal([...document.querySelectorAll("[title=l]")].map(({ dir }) => dir), ["", ""]);
  },
};
