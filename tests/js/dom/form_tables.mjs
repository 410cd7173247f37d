// Tables of a form as cards and as real tables: rows that come, go, move and are filled in.

import { makeDraggable } from "/js/form/tables/drag.js";
import { equal, ok, texts, walk } from "./harness.mjs";
import { choose, fresh, open, seen, sized, watched, write } from "./forms/page.mjs";

const HELP = "This is more help than stands in each row of a table, and so it is folded away where it is repeated.";
const MAP = {
  id: "map",
  type: "table",
  label: "Map",
  help: "Row by row.",
  rows: [1, 3],
  required: true,
  row_label: "Change",
  add_label: "Add a change",
  columns: [
    { id: "what", type: "line", label: "What", required: true, help: HELP },
    { id: "kind", type: "choice", label: "Kind", options: [{ id: "a", label: "Alpha", help: "The first" }, { id: "b", label: "Beta" }], required: true },
    { id: "note", type: "line", label: "Note", help: "Short.", only_if: { field: "kind", is: ["b"] } },
  ],
};
const PLAIN = { id: "map", type: "table", label: "List", columns: [{ id: "a", type: "number", label: "A" }, { id: "b", type: "text", label: "B" }] };
const TWO = { map: ["r1", "r2"], "map/r1/what": "Heat", "map/r1/kind": "a", "map/r2/what": "Rain" };
const ids = (page) => page.form.answers.get("map");
const row = (page, id) => page.form.tables[0].rows.get(id);
const tool = (page, id, kind) => row(page, id)[kind === "remove" ? "removeButton" : kind];
const said = (page) => page.form.announcer.el.textContent.trim();
const wide = (page) => !!page.root.querySelector(".scroller");

export const tests = {
  "rows of cards are added, filled in, moved, removed and put back"() {
    const page = open([MAP], { width: 400 });
    const step = walk("form/cards", page.root);
    step("opened");
    page.button("Add a change").click();
    step("a row");
    const [first] = ids(page);
    write(page.at(`map/${first}/what`), "Heat");
    page.at(`map/${first}/kind`, "-1").click();
    step("filled");
    page.button("Add a change").click();
    const [, second] = ids(page);
    tool(page, first, "up").click();
    equal([ids(page), said(page)], [[first, second], ""]);
    tool(page, first, "down").click();
    step("two, and the first moved down");
    tool(page, first, "down").click();
    tool(page, first, "remove").click();
    const undo = page.button("undo");
    equal([ids(page), document.activeElement, undo.closest(".cards").lastElementChild, said(page)], [[second], undo, undo.parentElement, "row_removed Change 2"]);
    equal(texts(page.root, ".undo"), ["row_removed Change 2undo – Change 2"]);
    undo.click();
    equal([ids(page), document.activeElement, said(page)], [[second, first], tool(page, first, "remove"), "row_restored Change 2"]);
    ok(row(page, first).open && !page.root.contains(undo));
    tool(page, first, "remove").click();
    page.button("Add a change").click();
    ok(!page.root.contains(undo));
    equal(page.settle(), [
      [`map/${first}/what`, "Heat"], [`map/${first}/kind`, "b"], ["map", [first, second]], ["map", ids(page)],
    ]);
  },
  "where there is room the same rows stand in a table"() {
    const page = open([MAP], { doc: { values: TWO } });
    const step = walk("form/table", page.root);
    step("opened");
    tool(page, "r1", "remove").click();
    step("removed");
    page.button("undo").click();
    tool(page, "r2", "up").click();
    equal(texts(page.root, ".row-head"), ["Change 1", "Change 2"]);
    equal([...page.root.querySelectorAll("tbody input.line")].map(({ value }) => value), ["Rain", "", "Heat", ""]);
    equal(said(page), "row_moved Rain 1 2");
    page.at("map/r2/what").focus();
    page.el.style.width = "400px";
    sized(page.el);
    ok(!wide(page) && document.activeElement === page.at("map/r2/what"));
    page.el.style.width = "1000px";
    sized(page.el);
    ok(wide(page));
  },
  "a row is named by what stands in it, and says how far it is"() {
    const page = open([MAP], { width: 400, doc: { values: TWO } });
    const names = () => texts(page.root, ".row-title, .progress");
    equal(names(), ["row_heading Change 1 Heat", "row_complete", "row_heading Change 2 Rain", "row_progress 1 2"]);
    equal([row(page, "r1").open, row(page, "r2").open], [false, true]);
    write(page.at("map/r2/what"), "R".repeat(61));
    equal(names()[2], `row_heading Change 2 ${"R".repeat(60)}…`);
    write(page.at("map/r2/what"), `${"R".repeat(59)} R`);
    equal(names()[2], `row_heading Change 2 ${"R".repeat(59)}…`);
    write(page.at("map/r2/what"), "R".repeat(60));
    equal(names()[2], `row_heading Change 2 ${"R".repeat(60)}`);
    page.at("map/r2/kind", "-0").click();
    equal([names()[2], names()[3], row(page, "r2").card.classList.contains("complete")], [`row_heading Change 2 ${"R".repeat(60)}`, "row_complete", true]);
    write(page.at("map/r2/what"), " ");
    equal(names().slice(2), ["row_heading Change 2 Alpha", "row_progress 1 2"]);
    page.elsewhere("map/r1/what", "Floods");
    equal(names()[0], "row_heading Change 1 Floods");
    equal(page.form.context.views.get("map/r1/what").name(), "Change 1 · What");
  },
  "the column that names rows is the one that the exercise says"() {
    const page = open([{ ...MAP, row_title: "kind" }, { ...PLAIN, id: "list" }], { width: 400, doc: { values: { ...TWO, list: ["l1"], "list/l1/a": 3 } } });
    equal(texts(page.root, ".row-title, .progress"), ["row_heading Change 1 Alpha", "row_complete", "Change 2", "row_progress 1 2", "row 1", "row_progress 1 2"]);
  },
  "a table that asks for nothing may stay empty, and takes as many rows as one likes"() {
    const page = open([PLAIN], { width: 400 });
    equal(texts(page.root, ".table .count, .add, .empty, .table legend"), ["List", "no_rows", "add_row – List", "rows_least 0 0"]);
    for (let n = 0; n < 4; n++) page.button("add_row").click();
    equal([ids(page).length, page.root.querySelector(".table > .empty").hidden, texts(page.root, ".table-foot .count")], [4, true, ["rows_least 4 0"]]);
    equal(page.at("map", "-add").getAttribute("aria-describedby"), "f1/map/-count");
    equal(texts(page.root, ".row-title"), [1, 2, 3, 4].map((n) => `row ${n}`));
    write(page.at(`map/${ids(page)[0]}/a`), "5");
    write(page.at(`map/${ids(page)[0]}/b`), "Heat");
    equal(texts(page.root, ".row-title")[0], "row_heading row 1 Heat");
    for (const id of ids(page)) tool(page, id, "remove").click();
    equal([ids(page), page.root.querySelector(".table > .empty").hidden, texts(page.root, ".undo p")], [[], true, ["row_removed row 1"]]);
    page.form.tables[0].undo();
    page.form.tables[0].undo();
    equal([ids(page).length, said(page), document.activeElement], [1, "row_restored row 1", tool(page, ids(page)[0], "remove")]);
  },
  "a full table takes no more rows, and says so"() {
    const page = open([MAP], { width: 400, doc: { values: { map: ["r1", "r2", "r3"] } } });
    const add = page.at("map", "-add");
    equal(add.getAttribute("aria-disabled"), "true");
    add.click();
    equal(ids(page), ["r1", "r2", "r3"]);
    equal(["up", "down"].map((kind) => ["r1", "r2", "r3"].map((id) => tool(page, id, kind).getAttribute("aria-disabled"))), [["true", null, null], [null, null, "true"]]);
    tool(page, "r3", "remove").click();
    equal(add.getAttribute("aria-disabled"), null);
    page.elsewhere("map", ["r1", "r2", "r3", "r4"]);
    page.settle();
    page.elsewhere("map", ["r1", "r2", "r3", "r4"]);
    equal([texts(page.root, ".table-foot .count"), page.root.querySelector(".table-foot .count").dataset.standing], [["rows_between 4 1 3"], "over"]);
  },
  "rows of others come and go around the one that is written in"() {
    const page = open([MAP], { width: 400, doc: { values: TWO } });
    const field = page.at("map/r2/what");
    field.focus();
    const moved = [];
    new MutationObserver((records) => moved.push(...records.flatMap(({ removedNodes }) => [...removedNodes]))).observe(page.root.querySelector(".cards"), { childList: true });
    page.elsewhere("map", ["r3", "r2"]);
    equal([page.at("map/r2/what"), document.activeElement, texts(page.root, ".row-title")], [field, field, ["Change 1", "row_heading Change 2 Rain"]]);
    equal([page.form.context.views.has("map/r1/what"), page.form.tables[0].rows.size], [false, 2]);
    equal(texts(page.root, ".table > .changed"), ["changed_by \u2068Bao\u2069 noon"]);
    tool(page, "r2", "up").click();
    ok(page.root.querySelector(".table > .changed").hidden);
    page.elsewhere("map", ["r9"], null);
  },
  "what is wrong with a table, and what is asked about it, stands with it"() {
    const table = { ...MAP, columns: [MAP.columns[1], MAP.columns[0]], help: "" };
    const page = open([table, { id: "why", type: "line", label: "Why" }], { width: 400, doc: { values: { ...TWO, map: ["r1"] } } });
    const step = walk("form/table-problems", page.root);
    step("opened");
    page.form.submit();
    page.answer({ kind: "not-submitted", text: "Look again.", problems: [{ path: "map", text: "One more." }, { path: "map/r1/kind", text: "Choose." }, { path: "gone", text: "Gone." }], advice: [{ id: "q", text: "Who else?", fields: ["map", "why"] }] });
    step("two problems and a question");
    const [, second] = page.root.querySelectorAll(".summary a");
    page.root.querySelector(".summary a").click();
    equal(document.activeElement, page.at("map", "-add"));
    row(page, "r1").setOpen(false);
    second.click();
    equal([row(page, "r1").open, document.activeElement], [true, page.at("map/r1/kind", "-0")]);
    page.button("Add a change").click();
    page.at("map/r1/kind", "-1").click();
    page.hear({ kind: "current", n: 0, advice: [] });
    equal([page.root.querySelectorAll(".invalid, .questions:not([hidden]), .advice:not([hidden])").length, page.root.querySelector(".table").getAttribute("aria-describedby")], [0, "f1/map/-count"]);
  },
  "a card is folded and unfolded, also by who finds a text in it"() {
    const page = open([MAP], { width: 400, doc: { values: TWO } });
    const { toggle, body } = row(page, "r1");
    const state = () => [toggle.getAttribute("aria-expanded"), body.hidden, row(page, "r1").open];
    equal(state(), ["false", true, false]);
    toggle.click();
    equal(state(), ["true", false, true]);
    toggle.click();
    equal(state(), ["false", true, false]);
    body.dispatchEvent(new Event("beforematch"));
    equal(state(), ["true", false, true]);
  },
  "of several rows the first that waits is unfolded, and one alone always"() {
    const all = { ...TWO, "map/r2/kind": "a" };
    for (const [values, open_] of [[TWO, [false, true]], [all, [false, false]], [{ ...all, map: ["r1"] }, [true]], [{ map: ["r1", "r2"] }, [true, false]]]) {
      const page = open([MAP], { width: 400, doc: { values } });
      equal([...page.form.tables[0].rows.values()].map((one) => one.open), open_);
    }
  },
  "a table is one where it has room, a little more than there is at most"() {
    const page = open([PLAIN], { width: 690, doc: { values: { map: ["r1"] } } });
    const table = page.form.tables[0];
    equal([table.needs, wide(page)], [24, false]);
    const looks = (...sizes) => (table.resize(...sizes), [wide(page), table.el.classList.contains("broad")]);
    equal(looks(699, 699, 16), [false, false]);
    equal(looks(700, 700, 16), [true, false]);
    equal(looks(300, 700, 16), [true, true]);
    equal(looks(384, 700, 16), [true, false]);
    equal(looks(1014, 1014, 61.3), [false, false]);
    equal(looks(1015, 1015, 61.3), [true, true]);
    equal(open([{ ...PLAIN, columns: undefined }, { ...PLAIN, id: "x", columns: [{ id: "y", type: "colour", label: "Y" }] }]).form.tables.map(({ needs }) => needs), [6, 6]);
  },
  "a form in the page's main part may be wider than its text"() {
    const main = fresh().appendChild(document.createElement("main"));
    const page = open([PLAIN], { width: 300, doc: { values: { map: ["r1"] } } });
    main.style.width = "300px";
    document.body.append(main);
    ok(!wide(page) && page.root.matches(".tabular:not(.roomy)"));
    main.append(page.el);
    window.dispatchEvent(new Event("resize"));
    ok(wide(page) && page.root.querySelector(".table.broad"));
    const alone = open([{ id: "why", type: "line", label: "Why" }], { width: 960 });
    ok(alone.root.matches(".roomy:not(.tabular)"));
    alone.el.style.width = "959px";
    sized(alone.el);
    ok(!alone.root.matches(".roomy"));
  },
  "a row is drawn to another place by its grip, and let go where it was"() {
    const held = [];
    Element.prototype.setPointerCapture = (id) => held.push(id);
    const root = fresh();
    const frames = [];
    window.requestAnimationFrame = (work) => frames.push(work);
    window.cancelAnimationFrame = (id) => (frames[id - 1] = null);
    const scrolled = [];
    window.scrollBy = (...by) => scrolled.push(by);
    const dropped = [];
    const make = (name, grip = true) => {
      const frame = root.appendChild(document.createElement("div"));
      frame.id = name;
      frame.style.height = "100px";
      if (grip) frame.appendChild(document.createElement("span")).className = "grip";
      if (grip) makeDraggable(frame.firstChild, () => frame, (place) => dropped.push([name, place]));
      return frame;
    };
    const [a, , , c] = [make("a"), make("b"), make("undo", false), make("c")];
    const order = () => [...root.children].map(({ id }) => id).join(" ");
    const send = (frame, type, clientY, more = {}) => {
      const event = new PointerEvent(type, { clientY, pointerId: 1, cancelable: true, bubbles: true, ...more });
      frame.firstChild.dispatchEvent(event);
      return event.defaultPrevented;
    };
    const next = () => frames.splice(-1)[0]?.();
    const top = root.getBoundingClientRect().top;

    makeDraggable(root.appendChild(document.createElement("i")), () => null, () => {});
    equal([send({ firstChild: root.lastChild }, "pointerdown", top), send(a, "pointerdown", top + 50, { button: 2 }), root.className, held], [false, false, "", []]);
    root.lastChild.remove();
    equal([send(a, "pointerdown", top + 50), root.className, a.className], [true, "dragging", "moving"]);
    equal(held, [1]);
    send(a, "pointermove", top + 149);
    next();
    equal(order(), "a b undo c");
    send(a, "pointermove", top + 151);
    next();
    equal(order(), "b a undo c");
    send(a, "pointermove", top + 390);
    next();
    equal(order(), "b undo c a");
    send(a, "pointermove", top + 120);
    next();
    equal(order(), "b a undo c");
    send(a, "pointerup", top + 120);
    equal([dropped, root.className, a.className, order()], [[["a", 1]], "", "", "b a undo c"]);
    send(a, "pointerup", top + 390);
    equal([dropped.length, frames.filter(Boolean).length], [1, 0]);
    send(a, "pointermove", top + 390);
    next();
    equal(order(), "b a undo c");

    send(c, "pointerdown", top + 350);
    send(c, "pointermove", top + 10);
    next();
    equal(order(), "c b a undo");
    send(c, "pointercancel", top + 10);
    equal([order(), dropped.length], ["b a undo c", 1]);
    send(c, "pointerdown", top + 350);
    send(c, "pointermove", top + 10);
    next();
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "a" }));
    equal(order(), "c b a undo");
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    equal([order(), dropped.length, root.className], ["b a undo c", 1, ""]);
    send(c, "pointerdown", top + 350);
    send(c, "pointermove", top + 260);
    next();
    send(c, "pointerup", top + 260);
    equal([order(), dropped.length], ["b a undo c", 1]);

    scrolled.length = 0;
    send(a, "pointerdown", 72);
    for (const y of [71, 72, innerHeight - 72, innerHeight - 71]) {
      send(a, "pointermove", y);
      next();
    }
    equal(scrolled, [[0, -10], [0, 10]]);
    send(a, "pointercancel", 0);
  },
  "who comes to a form hears what its neighbours have kept"() {
    const page = open([{ id: "need", type: "ref", label: "Need", choose: [1, 1] }, { id: "why", type: "line", label: "Why" }], { doc: { options: { need: [{ id: "a", label: "Alpha" }] } } });
    const tell = (submitted, el = document.body) => document.dispatchEvent(new CustomEvent("academy-form-heard", { detail: { el, submitted } }));
    const kinds = () => page.sent.map(({ kind }) => kind);
    page.at("why").focus();
    equal(kinds(), []);
    tell(true, page.root);
    tell(false);
    equal(kinds(), []);
    page.at("need", "-0").focus();
    equal(kinds(), ["sync"]);
    page.answer();
    page.at("why").focus();
    equal(kinds(), []);
    tell(true);
    equal(kinds(), ["sync"]);
    page.answer();
    tell(false);
    seen(page.root);
    equal(kinds(), ["sync"]);
    page.answer();
    document.dispatchEvent(new Event("academy-form-heard"));
    page.form.close();
    tell(true);
    equal([kinds(), watched()], [[], 0]);
  },
};
