// Fields of each kind as people fill them in, get them wrong and empty them, and as others change them.

import { equal, ok, texts, walk } from "./harness.mjs";
import { choose, fresh, open, pass, TEXTS, write } from "./forms/page.mjs";

const OPTIONS = [{ id: "a", label: "Alpha" }, { id: "b", label: "Beta", help: "The second" }];
const many = (count) => Array.from({ length: count }, (_, n) => ({ id: `o${n + 1}`, label: `Option ${n + 1}` }));
const leave = (field) => field.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
const WORDS = [
  { id: "why", type: "text", label: "Why?", help: "In your own words.", words: [3, 8], required: true, placeholder: "Because …" },
  { id: "story", type: "text", label: "Story", words: [null, 30] },
  { id: "free", type: "text", label: "Free" },
  { id: "name", type: "line", label: "Name", chars: 5, help: "Short." },
  { id: "office", type: "email", label: "Office" },
];
const NUMBERS = [
  { id: "share", type: "number", label: "Share", range: [0, 100], unit: "%", help: "Of all.", placeholder: "12" },
  { id: "people", type: "number", label: "People", range: [1, null], step: 1, required: true },
  { id: "change", type: "number", label: "Change", range: [-5, 5], step: 0.5 },
  { id: "most", type: "number", label: "Most", range: [null, 20] },
  { id: "day", type: "date", label: "Day", earliest: "2026-01-01", latest: "2026-12-31", required: true },
];
const CHOICES = [
  { id: "one", type: "choice", label: "One", options: OPTIONS, help: "Just one." },
  { id: "must", type: "choice", label: "Must", options: many(2), required: true },
  { id: "big", type: "choice", label: "Big", options: [...OPTIONS, ...many(4)], required: true },
  { id: "some", type: "multi", label: "Some", options: OPTIONS, choose: [1, 1], required: true },
  { id: "how", type: "scale", label: "How?", range: [1, 3], low: "not", high: "very" },
  { id: "much", type: "scale", label: "Much?", high: "a lot", required: true },
  { id: "sure", type: "bool", label: "Sure", help: "Tick it.", required: true },
];

export const tests = {
  "words are counted, and what no one can mean is said when it is left"() {
    const page = open(WORDS);
    const step = walk("form/words", page.root);
    step("opened");
    write(page.at("why"), "one two");
    write(page.at("name"), "José");
    write(page.at("office"), "office@");
    step("typed");
    equal(page.settle(), [["why", "one two"], ["name", "José"], ["office", "office@"]]);
    leave(page.at("office"));
    step("left");
    write(page.at("why"), "one two three");
    write(page.at("name"), "José María");
    write(page.at("office"), "office@union.example");
    leave(page.at("office"));
    step("one within, one over, one mended");
    write(page.at("why"), "");
    write(page.at("name"), "Jo");
    write(page.at("free"), "و");
    step("emptied");
    equal(page.settle(), [["why", "one two three"], ["office", "office@union.example"], ["why", null], ["name", "Jo"], ["free", "و"]]);
    page.elsewhere("why", "They wrote more than three words");
    page.elsewhere("story", "A story", null);
    step("others wrote");
    write(page.at("why"), "They wrote more than four words");
    equal(texts(page.root, ".changed:not([hidden])"), []);
  },
  "numbers are read as people write them, and asked about where they can be two"() {
    const page = open(NUMBERS, { doc: { values: { change: 2.5, most: "about 4" } } });
    const step = walk("form/numbers", page.root);
    step("opened");
    for (const [id, text] of [["share", "120"], ["people", "1.2"], ["change", "0.3"], ["most", "12500"]]) {
      write(page.at(id), text);
      leave(page.at(id));
    }
    step("wrong");
    equal(page.settle(), [["share", 120], ["people", 1.2], ["change", 0.3], ["most", 12500]]);
    for (const [id, text] of [["share", "-1"], ["people", "0"], ["change", "7"], ["most", "many"]]) {
      write(page.at(id), text);
      leave(page.at(id));
    }
    step("wrong in other ways");
    for (const [id, text] of [["share", "0"], ["people", "1"], ["change", "-5"], ["most", "12,500"]]) {
      write(page.at(id), text);
      leave(page.at(id));
    }
    step("three mended, one to choose");
    page.button("12.5").focus();
    document.activeElement.click();
    step("chosen");
    equal(page.settle(), [["share", -1], ["share", 0], ["people", 1], ["change", -5], ["most", 12.5]]);
    write(page.at("share"), "100");
    write(page.at("people"), "12 500");
    write(page.at("change"), "5");
    write(page.at("most"), "");
    for (const id of ["share", "people", "change", "most"]) leave(page.at(id));
    step("to the edges, and one emptied");
    write(page.at("people"), "12\u00a0500");
    equal(page.root.querySelectorAll(".understood:not([hidden])").length, 0);
    page.settle();
    page.elsewhere("people", 7, null);
    page.elsewhere("most", "1,250", null);
    step("others wrote");
  },
  "a day is chosen, and one that is half typed is left alone"() {
    const page = open([NUMBERS[4], { id: "open", type: "date", label: "Open" }], { doc: { values: { open: "2026-02-03" } } });
    const step = walk("form/days", page.root);
    step("opened");
    const day = page.at("day");
    write(day, "2026-03-09");
    choose(day, "2026-03-10");
    step("chosen");
    equal(page.settle(), [["day", "2026-03-10"]]);
    Object.defineProperty(day, "validity", { value: { badInput: true }, configurable: true });
    write(day, "");
    leave(day);
    step("half typed");
    equal(page.settle(), [["day", null]]);
    day.value = "2026-05-05";
    page.elsewhere("day", "2026-04-01", null);
    equal(day.value, "2026-05-05");
    delete day.validity;
    page.elsewhere("day", "2026-04-02", null);
    choose(page.at("open"), "");
    step("others wrote, and one was emptied");
    equal(page.settle(), [["open", null]]);
  },
  "choices are made, counted and taken back"() {
    const page = open(CHOICES);
    const step = walk("form/choices", page.root);
    step("opened");
    page.at("one", "-1").click();
    page.at("must", "-0").click();
    choose(page.at("big"), "b");
    page.at("some", "-0").click();
    page.at("some", "-1").click();
    page.at("how", "-3").click();
    page.at("much", "-5").click();
    page.at("sure").click();
    step("chosen");
    equal(page.settle(), [["one", "b"], ["must", "o1"], ["big", "b"], ["some", ["a", "b"]], ["how", 3], ["much", 5], ["sure", true]]);
    page.form.context.views.get("one").focus();
    equal(document.activeElement, page.at("one", "-1"));
    page.form.context.views.get("some").focus();
    equal(document.activeElement, page.at("some", "-0"));
    page.form.context.views.get("how").focus();
    equal(document.activeElement, page.at("how", "-3"));
    page.button("clear_choice").click();
    step("the first taken back");
    page.button("clear_choice").click();
    equal(document.activeElement, page.at("how", "-1"));
    page.at("some", "-0").click();
    choose(page.at("big"), "");
    page.at("sure").click();
    step("more taken back");
    equal(page.settle(), [["one", null], ["how", null], ["some", ["b"]], ["big", null], ["sure", false]]);
    for (const [path, value] of [["one", "a"], ["must", "o2"], ["big", "b"], ["some", []], ["how", 1], ["much", null], ["sure", true]]) page.elsewhere(path, value, null);
    step("others chose");
    page.elsewhere("big", "there is no such", null);
    for (const [id, at] of [["must", "must/-1"], ["big", "big/"], ["some", "some/-0"], ["much", "much/-1"], ["sure", "sure/"]]) {
      page.form.context.views.get(id).focus();
      equal(document.activeElement.id, `f1/${at}`);
    }
  },
  "what stands elsewhere is chosen, and let go when it is gone"() {
    const fields = [
      { id: "need", type: "ref", label: "Need" },
      { id: "sum", type: "computed", label: "Sum", help: "Worked out." },
      { id: "colour", type: "colour", label: "Colour" },
      { id: "some", type: "multi", label: "Some", options: OPTIONS },
      { id: "first", type: "ref", label: "First", choose: [1, 1], from: { field: "some" } },
      { id: "far", type: "ref", label: "Far", choose: [1, 1], required: true },
      { id: "both", type: "ref", label: "Both", choose: [1, 2], required: true },
      { id: "long", type: "ref", label: "Long", choose: [1, 1], as: "select" },
      { id: "none", type: "ref", label: "None", choose: [1, 1] },
    ];
    const doc = {
      values: { first: "b" },
      shown: { need: ["Heat", "Rain"] },
      computed: { sum: 1250 },
      options: { far: [...OPTIONS, ...many(4)], both: OPTIONS, long: OPTIONS },
      where: { none: { text: "Go there", page: "/there" } },
    };
    const page = open(fields, { doc });
    const step = walk("form/elsewhere", page.root);
    step("opened");
    page.at("some", "-0").click();
    page.at("some", "-1").click();
    step("there is something to choose");
    page.at("first", "-0").click();
    choose(page.at("far"), "o1");
    const kept = page.at("both", "-0");
    kept.click();
    page.hear({ kind: "current", n: 0, options: doc.options });
    equal(page.at("both", "-0"), kept);
    page.at("both", "-1").click();
    choose(page.at("long"), "b");
    step("chosen");
    page.settle();
    page.hear({ kind: "current", n: 0, shown: { need: [] }, computed: { sum: null }, options: { far: [], both: [OPTIONS[1]], long: [OPTIONS[0]] }, where: { far: { text: "Nothing there" }, need: { text: "Read it", page: "/read" } } });
    page.at("some", "-0").click();
    step("gone");
    choose(page.at("far"), "");
    page.at("both", "-1").click();
    equal(document.activeElement, page.at("both", "-0"));
    page.at("first", "-0").focus();
    page.at("some", "-0").click();
    step("let go, and one is there again");
    equal(page.settle(), [["some", ["b"]], ["far", null], ["both", ["b"]], ["some", ["a", "b"]]]);
    page.hear({ kind: "current", n: 0, shown: { need: "Heat" }, options: {}, where: { none: { text: "Go there", page: "/there" } } });
    step("elsewhere there is a need, and nothing to choose");
    for (const [id, at] of [["need", "need/"], ["first", "first/-0"], ["both", "both/-0"]]) {
      page.form.context.views.get(id).focus();
      equal(document.activeElement.id, `f1/${at}`);
    }
    page.form.context.views.get("none").focus();
    equal(document.activeElement.textContent, "Go there");
  },
  "fields are asked while other answers make sense of them"() {
    const when = (field, ...is) => ({ only_if: { field, is } });
    const fields = [
      { id: "sure", type: "bool", label: "Sure" },
      { id: "yes", type: "line", label: "Yes", ...when("sure", "true") },
      { id: "no", type: "choice", label: "No", options: OPTIONS, ...when("sure", "false") },
      { id: "after", type: "multi", label: "After", options: OPTIONS, ...when("no", "a") },
      { id: "last", type: "line", label: "Last", ...when("after", "b", "c") },
      { id: "lost", type: "line", label: "Lost", ...when("not there", "b") },
      { id: "round", type: "line", label: "Round", ...when("trip", "b") },
      { id: "trip", type: "line", label: "Trip", ...when("round", "b") },
    ];
    const page = open(fields);
    const asked = () => texts(page.root, ".fields > :not([hidden]) .label-text, .fields > :not([hidden]) .option-text").filter((text) => !/Alpha|Beta/.test(text));
    equal(asked(), ["Sure", "No", "Lost"]);
    page.at("no", "-0").click();
    equal(asked(), ["Sure", "No", "After", "Lost"]);
    page.at("after", "-1").click();
    equal(asked(), ["Sure", "No", "After", "Last", "Lost"]);
    page.at("sure").click();
    equal(asked(), ["Sure", "Yes", "Lost"]);
    page.at("sure").click();
    equal(asked(), ["Sure", "No", "After", "Last", "Lost"]);
  },
  "what was wrong with an answer is not said of the one that takes its place"() {
    const page = open([NUMBERS[0]], { doc: { values: { share: 120 } } });
    const wrong = () => texts(page.root, ".invalid .error:not([hidden])");
    const share = page.form.context.views.get("share");
    equal(wrong(), ["number_between 0 100"]);
    page.elsewhere("share", 50);
    equal(wrong(), []);
    share.dropNotice();
    share.setError("Ask Bao.");
    share.setNotice({ path: "share", yours: 60, now: 50 });
    equal(wrong(), ["Ask Bao."]);
    page.button("use_other").click();
    equal([wrong(), page.at("share").value, document.activeElement, page.settle()], [[], "60", page.at("share"), [["share", 60]]]);
  },
  "an answer of another device is offered beside the newest one"() {
    const fields = [WORDS[1], { ...CHOICES[0], required: true }, { id: "first", type: "ref", label: "First", choose: [1, 1], options: OPTIONS }];
    const page = open(fields, { doc: { values: { story: "They", one: "a", first: "a" } } });
    const step = walk("form/rivals", page.root);
    step("opened");
    write(page.at("story"), "Mine");
    pass(600);
    const [{ edits }] = page.sent;
    page.answer({ changed: { story: { value: "Theirs", rev: 1 } }, overtaken: [{ path: "story", yours: "Mine", now: "Theirs" }], rivals: { story: { by: { name: "Bao", file: false, at_text: "noon" } } } });
    step("Bao was quicker");
    equal(edits.map(({ value, base }) => [value, base]), [["Mine", 0]]);
    page.button("use_other").click();
    step("mine is taken");
    equal(page.settle(), [["story", "Mine"]]);
    for (const by of [{ name: "", file: true, at_text: "noon" }, { name: "", file: false, at_text: "noon" }]) {
      page.form.context.views.get("story").setNotice({ path: "story", yours: "Mine", now: "Other", by });
      step(by.file ? "a file" : "another device");
      page.button("keep_shown").click();
      equal(document.activeElement, page.at("story"));
    }
    page.form.context.views.get("story").setNotice({ path: "story", yours: " Mine ", now: "Mine" });
    page.form.context.views.get("first").setNotice({ path: "first", yours: "b", now: "a" });
    page.form.context.views.get("one").setNotice({ path: "one", yours: null, now: "a" });
    step("one that is the same, one chosen, one that was empty");
    page.at("one", "-1").click();
    step("another is chosen");
    page.settle();
    page.at("story").focus();
    page.elsewhere("story", "Mine and theirs");
    step("Bao went on where I am");
    page.elsewhere("story", "Not mine", { name: "", file: false, at_text: "noon" });
    step("and took words away, it was me elsewhere");
    page.elsewhere("story", "Not mine, his");
    equal(texts(page.root.querySelector(".field"), ".changed:not([hidden]), .rival:not([hidden]) blockquote"), ["changed_by \u2068Bao\u2069 noon"]);
    page.elsewhere("one", "a", { name: "Bao", file: false, at_text: "noon" });
    step("and elsewhere on the page");
    write(page.at("story"), "Again");
    step("typed on");
  },
  "few options are shown and many open in a list, unless the exercise says otherwise"() {
    const made = (count, as) => {
      const page = open([{ id: "one", type: "choice", label: "One", options: many(count), as }]);
      return page.root.querySelector(".field select") ? "list" : "shown";
    };
    equal([made(5), made(6), made(6, "radio"), made(2, "select")], ["shown", "list", "shown", "list"]);
    const refer = (count, as) => (open([{ id: "one", type: "ref", label: "One", choose: [1, 1], options: many(count), as }]).root.querySelector(".field select") ? "list" : "shown");
    equal([refer(5), refer(6), refer(6, "radio"), refer(2, "select")], ["shown", "list", "shown", "list"]);
  },
  "a number that stands in a language from the right is written in its signs"() {
    const page = open([NUMBERS[0], CHOICES[4]], { lang: "ar-EG", dir: "rtl", doc: { values: { share: 12.5 } } });
    equal([page.at("share").value, page.root.dir, texts(page.root, ".face")], ["١٢٫٥", "rtl", ["١", "٢", "٣"]]);
    write(page.at("share"), "٩٩");
    equal(page.settle(), [["share", 99]]);
  },
  async "where an area can't grow by itself its text stands behind it"() {
    const { supports } = CSS;
    CSS.supports = () => false;
    const { makeText, makeLine } = await import("/js/form/fields/text.js?old");
    CSS.supports = supports;
    const root = fresh();
    const said = [];
    const setting = { field: WORDS[1], id: "x", t: (key) => TEXTS[key] ?? key, lang: "en", input: (value) => said.push(value) };
    const area = makeText(setting);
    const line = makeLine({ ...setting, field: WORDS[3] });
    root.append(area.el, line.el);
    area.show("one");
    ok(area.el.matches(".grows") && area.el.dataset.text === "one" && line.el.matches("input"));
    write(area.inputs[0], "one two");
    equal([area.el.dataset.text, said], ["one two", ["one two"]]);
  },
};
