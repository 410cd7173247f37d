// What a form says of its answers' whereabouts: saved, kept, refused, submitted, asked about, taken away, drawn.

import { drawing } from "/js/form/pictures.js";
import { equal, ok, settled, texts, walk } from "./harness.mjs";
import { gone, open, pass, seen, sized, waiting, watched, write } from "./forms/page.mjs";

const WHY = { id: "why", type: "line", label: "Why" };
const WHO = { id: "who", type: "line", label: "Who" };
const said = (page) => page.form.announcer.el.textContent.trim();
const status = (page) => [page.form.status.el.textContent, page.form.status.el.getAttribute("aria-live")];
const end = (page) => texts(page.root, ".end > :not([hidden])");
const kinds = (page) => page.sent.map(({ kind }) => kind);
const silent = (type, target) => {
  const event = new Event(type, { cancelable: true, bubbles: true });
  target.dispatchEvent(event);
  return event.defaultPrevented;
};
const hide = (hidden) => {
  Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
  silent("visibilitychange", document);
};

export const tests = {
  "an answer is saved, refused, kept without a line and saved again"() {
    const page = open([WHY, { id: "share", type: "number", label: "Share" }]);
    const step = walk("form/saving", page.root);
    step("opened");
    write(page.at("why"), "a");
    step("typed");
    pass(600);
    const { edits, ...sent } = page.sent[0];
    equal([sent, edits.map(({ path, value, age, base }) => ({ path, value, age, base }))], [{ kind: "save", n: 1, rev: 0, device: sent.device }, [{ path: "why", value: "a", age: 600, base: 0 }]]);
    page.answer();
    step("saved");
    write(page.at("why"), "ab");
    pass(600);
    page.answer({ kind: "not-saved", ids: [], revs: undefined, text: "The disk is full.", retry: true });
    step("not saved, and asked again later");
    pass(5000);
    page.answer({ kind: "not-saved", ids: [], revs: undefined, refused: Object.fromEntries(page.sent[0].edits.map(({ id }) => [id, "Too long."])) });
    step("refused");
    page.form.submit();
    step("and so not submitted");
    page.root.querySelector(".summary a").click();
    write(page.at("why"), "abc");
    page.set("connecting");
    step("mended, and no line yet");
    page.set("offline");
    step("offline");
    page.set("ended");
    step("the page has ended");
    page.set("online");
    step("online");
    page.settle();
    page.set("offline");
    step("all is saved, and there is no line");
    page.set("connecting");
    step("nor yet");
    page.set("ended");
    step("nor ever");
    page.set("online");
    page.settle();
    step("saved");
    for (const wanted of ["off", "polite"]) {
      write(page.at("why"), wanted);
      page.settle();
      equal(status(page), ["saved", wanted]);
      page.set("offline");
      write(page.at("why"), "waits");
      page.set("online");
    }
  },
  "what is submitted is on its way, held back, submitted, changed and submitted again"() {
    const page = open([WHY, WHO]);
    const step = walk("form/submitting", page.root);
    write(page.at("why"), "a");
    page.button("submit").click();
    step("on its way");
    equal([kinds(page), page.sent[0].key], [["submit"], page.form.sync.intent.key]);
    page.button("submit").click();
    equal(page.sent.length, 1);
    page.answer({ kind: "not-submitted", text: "Some places need a look.", problems: [{ path: "who", text: "Who?" }], advice: [{ id: "q", text: "Why so?", fields: ["why"] }] });
    step("held back");
    write(page.at("who"), "b");
    page.button("submit").click();
    step("mended, and on its way");
    page.answer();
    step("submitted");
    pass(1);
    write(page.at("who"), "bc");
    step("changed since");
    page.settle();
    page.set("offline");
    page.button("submit_again").click();
    step("without a line it waits");
    write(page.at("who"), "bcd");
    step("and is given up when something is changed");
    page.set("online");
    page.settle();
    page.button("submit_again").click();
    page.answer({ submission: undefined, submissions: [{ number: 1, at_text: "today" }, { number: 2, at_text: "tomorrow", by_text: "By Bao." }] });
    step("submitted again, by Bao");
    page.hear({ kind: "current", n: 0, open: false, open_text: "It is over.", submissions: [] });
    step("closed, and the submission was taken back");
    page.button("submit").click();
    page.hear({ kind: "current", n: 0, open: false });
    equal([kinds(page), end(page)], [[], ["It is over.", "submit"]]);
    page.hear({ kind: "current", n: 0, open: true });
    equal([end(page), page.form.submitView.button.getAttribute("aria-disabled")], [["submit"], null]);
  },
  "a submission that was held back for what others wrote shows it without calling it wrong"() {
    const page = open([WHY, WHO]);
    page.form.submit();
    page.answer({ kind: "not-submitted", text: "Something has changed.", unseen: ["who"], rev: 1, changed: { who: { value: "Bao", rev: 1, by: { name: "Bao", file: false, at_text: "noon" } } }, problems: [{ path: "who", text: "Changed by Bao." }] });
    equal([texts(page.root, ".summary li"), page.root.querySelectorAll(".invalid").length, end(page)], [["Who – Changed by Bao."], 0, ["submit"]]);
    page.root.querySelector(".summary a").click();
    equal(document.activeElement, page.at("who"));
    page.form.submit();
    ok(page.form.summary.el.hidden && !page.form.summary.el.firstChild);
  },
  "who submits is told first what cannot be meant"() {
    const page = open([{ id: "share", type: "number", label: "Share" }, WHY], { doc: { values: { share: "many" } } });
    page.form.context.views.get("share").setError(null);
    page.form.context.views.get("why").setError("Old.");
    page.form.submit();
    equal([texts(page.root, ".error:not([hidden])"), kinds(page)], [["number_unclear"], ["submit"]]);
  },
  "a form that is closed, typed in from paper, or a preview says so"() {
    equal(end(open([WHY], { doc: { open: false } })), ["not_open", "submit"]);
    const closed = open([WHY], { doc: { open: false, open_text: "On Monday.", typed_in: "Typed in by Bao." } });
    equal([end(closed), closed.root.firstElementChild.outerHTML, closed.form.submitView.button.getAttribute("aria-disabled")], [["On Monday.", "submit"], '<p class="typed-in">Typed in by Bao.</p>', "true"]);
    closed.button("submit").click();
    equal(closed.sent, []);
    const page = open([WHY], { doc: { preview: true, open: false, options: { x: [] } }, spec: { pictures: [{ id: "p", title: "P", after: "why", fields: ["why"] }] } });
    equal([end(page), status(page), page.root.firstElementChild.outerHTML], [[], ["preview", "polite"], '<p class="preview">preview</p>']);
    write(page.at("why"), "a");
    hide(true);
    hide(false);
    silent("pagehide", window);
    equal([silent("beforeunload", window), page.root.querySelectorAll("figure").length, Object.keys(localStorage)], [false, 0, []]);
    page.at("why").blur();
    pass(10_000);
    equal(page.sent, []);
  },
  "what is typed is sent when one leaves the field, the page or the tab"() {
    const page = open([WHY]);
    for (const leave of [() => page.at("why").blur(), () => silent("pagehide", window), () => hide(true)]) {
      write(page.at("why"), `${page.at("why").value}a`);
      equal(kinds(page), []);
      leave();
      equal(kinds(page), ["save"]);
      page.answer();
    }
    hide(false);
    equal(kinds(page), ["sync"]);
    page.answer();
    page.form.close();
    hide(true);
    hide(false);
    silent("pagehide", window);
    page.set("offline");
    page.hear({ kind: "current", n: 0 });
    equal([kinds(page), waiting(), watched(), page.listeners.size, page.line.size, page.el.childElementCount], [[], 0, 0, 0, 0, 0]);
  },
  "a tab that is looked at again shows what another one kept"() {
    const page = open([WHY]);
    localStorage.setItem("academy/p/course/map/edit/e1", JSON.stringify({ id: "e1", path: "why", value: "elsewhere", at: Date.now(), base: 0 }));
    hide(false);
    equal([page.at("why").value, kinds(page)], ["elsewhere", ["save"]]);
  },
  "a browser that keeps nothing holds who would leave, and says so"() {
    const page = open([WHY]);
    ok(!silent("beforeunload", window));
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = () => {
      throw new Error("full");
    };
    try {
      write(page.at("why"), "a");
      equal([silent("beforeunload", window), status(page)[0]], [true, "saving memory_only"]);
      page.form.submit();
      equal(status(page)[0], "submitting … memory_only");
      page.answer({ kind: "not-saved", ids: [], revs: undefined, text: "Full.", retry: true });
      equal(status(page), ["Full. memory_only", "off"]);
      page.set("offline");
      equal(status(page)[0], "Full. memory_only");
      write(page.at("why"), "ab");
      equal(status(page)[0], "memory_only");
      page.set("online");
      page.answer({ kind: "not-saved", ids: [], revs: undefined, refused: Object.fromEntries(page.sent[0].edits.map(({ id }) => [id, "Too long."])) });
      equal(status(page)[0], "refused memory_only");
      const lone = open([WHY], { state: "offline" });
      equal(status(lone), ["memory_only", "polite"]);
      lone.set("connecting");
      lone.set("ended");
      equal(status(lone), ["memory_only", "off"]);
    } finally {
      Storage.prototype.setItem = setItem;
    }
  },
  "what was not confirmed when the page was left is sent when it opens again"() {
    const edit = { id: "e1", path: "why", value: "kept", at: 1, base: 0 };
    const kept = { "academy/p/course/map/edit/e1": edit };
    const page = open([WHY], { kept });
    equal([page.at("why").value, kinds(page)], ["kept", ["save"]]);
    const wish = open([WHY], { kept: { ...kept, "academy/p/course/map/submit": { key: "k", at: 5 } } });
    equal([wish.sent[0].kind, wish.sent[0].key, end(wish)], ["submit", "k", ["submit", "submitting …"]]);
    const lost = open([WHY], { kept: { ...kept, "academy/p/course/map/submit": { key: "k", at: 0 } } });
    equal([kinds(lost), end(lost)], [["save"], ["submit"]]);
    equal(kinds(open([WHY])), []);
    equal(open([WHY], { kept, doc: { preview: true } }).at("why").value, "");
  },
  "what is sent says when it was written by the server's clock, and a submission is told once"() {
    const clock = Date.now() + 5000;
    const page = open([WHY], { doc: { clock, submissions: [{ number: 1, at_text: "early" }] } });
    page.form.submit();
    equal(page.sent[0].clock, clock);
    page.answer({ submission: { number: 2, at_text: "today" }, submissions: [{ number: 2, at_text: "today" }] });
    equal([page.form.submissions.length, end(page)], [1, ["submitted today 2", "submit_again"]]);
  },
  "a host that says nothing about its line has one"() {
    const page = open([WHY], { plain: true });
    write(page.at("why"), "a");
    equal([page.settle(), status(page)[0]], [[["why", "a"]], "saved"]);
    equal(status(page), ["saved", "off"]);
  },
  "of several forms one says what they all see, and each has ids of its own"() {
    const page = open([WHY]);
    const other = new page.form.constructor(page.model, page.el);
    const third = new page.form.constructor(page.model, page.el);
    equal([page.form, other, third].map(({ number }) => number), [1, 2, 3]);
    page.set("offline");
    equal([page.form, other, third].map(({ status: { el } }) => el.getAttribute("aria-live")), ["polite", "off", "off"]);
    other.close();
    const next = new page.form.constructor(page.model, page.el);
    equal([next.number, next.submitView.button.id], [2, "f2/submit/button/"]);
    third.close();
    next.close();
  },
  "questions are asked in one list and at their fields, and a new one is told"() {
    const q = (id, ...fields) => ({ id, text: `${id}?`, fields });
    const page = open([WHY, WHO], { doc: { advice: [q("one", "why")] } });
    const shown = (one = page) => [texts(one.root, ".advice:not([hidden]) li"), texts(one.root, ".fields .questions:not([hidden]) li")];
    equal([shown(), said(page)], [[["one?"], ["one?"]], ""]);
    page.hear({ kind: "current", n: 0, advice: [q("one", "why")] });
    equal(said(page), "");
    page.hear({ kind: "current", n: 0, advice: [q("one", "why"), q("two", "why", "who"), q("three")] });
    equal([shown(), said(page)], [[["one?", "two?", "three?"], ["one?", "two?", "two?"]], "new_question 3"]);
    page.form.context.announce("");
    page.hear({ kind: "current", n: 0, advice: [q("two", "who")] });
    equal([shown(), said(page)], [[["two?"], ["two?"]], ""]);
    page.hear({ kind: "current", n: 0, advice: [] });
    equal([shown(), page.root.querySelector(".advice:not(.again)").hidden], [[[], []], true]);
    page.form.announcer.announce("Again");
    const first = page.form.announcer.el.textContent;
    page.form.announcer.announce("Again");
    ok(page.form.announcer.el.textContent !== first && said(page) === "Again");
    const single = open([WHY], { doc: { advice: [q("one", "why")] } });
    equal(shown(single), [["one?"], []]);
    const table = open([{ id: "map", type: "table", label: "Map", columns: [{ id: "a", type: "line", label: "A" }] }], { width: 400, doc: { values: { map: ["r1"] }, advice: [q("one", "map", "map/r1/a")] } });
    equal(shown(table), [["one?"], ["one?"]]);
  },
  "what to check again is shown from the start and when it changes"() {
    const page = open([WHY], { doc: { again: [{ label: "Map", was: "Old", now: "" }] } });
    equal(texts(page.root, ".again:not([hidden]) li"), ["Mapwas: Oldis_now: nothing"]);
    page.hear({ kind: "saved", n: 0, again: [] });
    equal(texts(page.root, ".again:not([hidden]) li"), []);
  },
  "a form whose parts come from elsewhere asks for them anew when it is looked at, others do not"() {
    for (const [doc, asks] of [[{ options: { why: [] } }, 1], [{ shown: { why: "a" } }, 1], [{ where: { why: { text: "a" } } }, 1], [{ options: {}, shown: {} }, 0], [{ shown: { why: "a" }, preview: true }, 0]]) {
      const page = open([WHY], { doc });
      document.dispatchEvent(new CustomEvent("academy-form-heard", { detail: { el: document.body, submitted: true } }));
      equal(page.sent.length, asks);
    }
    const page = open([WHY]);
    const heard = [];
    const hear = ({ detail: { el, submitted, parts } }) => heard.push([el === page.root, submitted, parts]);
    document.addEventListener("academy-form-heard", hear);
    write(page.at("why"), "a");
    page.settle();
    page.elsewhere("why", "b");
    page.hear({ kind: "saved", n: 0, again: [] });
    page.hear({ kind: "current", n: 0, revs: {} });
    page.form.submit();
    page.answer({ revs: { why: 2 }, parts: { x: "1" } });
    document.removeEventListener("academy-form-heard", hear);
    equal(heard, [[true, false, undefined], [true, true, { x: "1" }]]);
  },
  "a form goes away to be filled in, with all that was typed"() {
    const links = { file: "/form.html", answers: "/answers", sheet: "/sheet", paper: "/js/form/paper/paper.js", style: "data:text/css,p{}" };
    let early = 0;
    document.onclick = (event) => (event.preventDefault(), (early += 1));
    const page = open([WHY], { doc: { links } });
    document.onclick = null;
    const file = page.root.querySelector(".away a");
    equal(early, 0);
    equal([...page.root.querySelectorAll(".away > *")].map((one) => [one.textContent, one.getAttribute("href"), one.getAttribute("aria-label")]), [
      ["download_form", "/form.html", "named download_form Map"], ["bring_answers", "/answers", "named bring_answers Map"], ["print", null, "named print Map"],
    ]);
    let taken = 0;
    page.el.addEventListener("click", (event) => event.target === file && ((taken += !event.defaultPrevented), event.preventDefault()));
    file.click();
    equal(taken, 1);
    write(page.at("why"), "a");
    file.click();
    equal([taken, kinds(page)], [1, ["save"]]);
    page.answer();
    equal(taken, 2);
    page.elsewhere("why", "b");
    equal(taken, 2);
    write(page.at("why"), "c");
    page.set("offline");
    file.click();
    equal(taken, 3);
    equal(open([WHY]).root.querySelector(".away"), null);
  },
  async "a form is laid out for paper, and where that fails the page is printed"() {
    const links = { file: "/f", answers: "/a", sheet: "/sheet", paper: "/js/form/paper/paper.js", style: "data:text/css,p{}" };
    const page = open([WHY], { doc: { links } });
    const printed = [];
    window.print = () => printed.push(document.querySelectorAll(".academy-paper").length);
    const { fetch } = window;
    const sheet = { course: "Course", intro: "", texts: {} };
    let answer = { ok: true, json: async () => sheet };
    const asked = [];
    window.fetch = async (address) => (asked.push(address), answer);
    await page.form.away.print();
    silent("afterprint", window);
    equal([printed, asked, document.querySelectorAll("link[rel=stylesheet]").length], [[1], ["/sheet"], 1]);
    page.button("print").click();
    await page.form.away.print();
    silent("afterprint", window);
    equal(document.querySelectorAll("link[rel=stylesheet]").length, 1);
    printed.length = 0;
    answer = { ok: false, statusText: "Gone", json: async () => sheet };
    await page.form.away.print();
    equal(printed, [0]);
    window.fetch = fetch;
    document.querySelector("link[rel=stylesheet]").remove();
  },
  "pictures are asked for when they come into view and when their answers were saved"() {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><g><rect width="3"/></g></svg>';
    const fields = [WHY, WHO, { id: "map", type: "table", label: "Map", columns: [{ id: "a", type: "line", label: "A" }, { id: "b", type: "line", label: "B" }] }];
    const pictures = [{ id: "one", title: "One", after: "why", fields: ["why", "map.a"] }, { id: "all", title: "All", after: "", fields: ["map"] }];
    const page = open(fields, { width: 400, spec: { pictures }, doc: { values: { map: ["r1"] } } });
    const step = walk("form/pictures", page.root.querySelector(".fields"));
    const [one, all] = page.root.querySelectorAll(".picture-place");
    equal([one.previousElementSibling.textContent, all.nextElementSibling], ["Why", null]);
    const asked = () => (pass(1500), page.sent.splice(0).map(({ kind, ids }) => (kind === "pictures" ? ids : kind)));
    const tell = (pictures_) => page.hear({ kind: "pictures", n: 0, pictures: pictures_ });
    equal(asked(), []);
    seen(one);
    pass(0);
    equal(page.sent, [{ kind: "pictures", n: 0, ids: ["one"] }]);
    page.sent.length = 0;
    seen(all);
    equal(asked(), []);
    tell({ one: { svg, sentence: "One of nine.", head: ["A", "B"], rows: [["1", "2"]] } });
    pass(1499);
    equal(page.sent.length, 0);
    pass(1);
    equal(page.sent.splice(0).map(({ ids }) => ids), [["all"]]);
    step("drawn");
    tell({ all: null, other: { svg } });
    equal(asked(), []);
    tell({ all: { svg: "<svg", sentence: "Broken.", head: [], rows: [] } });
    equal([texts(all, "figcaption"), all.querySelector("figure").hidden, all.querySelector(".drawing").childElementCount], [["AllBroken."], false, 0]);
    tell({ all: null });
    ok(all.querySelector("figure").hidden);

    const save = (...paths) => (page.hear({ kind: "saved", n: 0, revs: Object.fromEntries(paths.map((path) => [path, 9])) }), asked());
    equal([save("who"), save("why"), save("map/r1/a")], [[], [["one"]], []]);
    tell({});
    equal(asked(), [["one", "all"]]);
    tell({});
    equal(save("map/r1/b"), [["all"]]);
    tell({});
    equal(save("map"), [["one", "all"]]);
    pass(15_000);
    equal(page.sent, []);
    page.hear({ kind: "current", n: 0 });
    pass(0);
    equal([page.sent.splice(0).map(({ ids }) => ids), waiting()], [[["one", "all"]], 1]);
    tell({});
    equal(waiting(), 0);
    page.hear({ kind: "saved", n: 0, revs: { why: 9 } });
    pass(1000);
    page.hear({ kind: "saved", n: 0, revs: { why: 9 } });
    pass(1499);
    equal(page.sent, []);
    equal(asked(), [["one"]]);
    pass(15_000);
    page.set("offline");
    equal(asked(), []);
    gone(all);
    page.set("online");
    equal(asked(), ["sync", ["one"]]);
    page.model.send = () => {
      throw new Error("no line");
    };
    tell({});
    save("why");
    page.model.send = (message) => page.sent.push(message);
    const others = waiting();
    seen(one);
    equal([asked(), waiting()], [[["one"]], others + 1]);
    page.hear({ kind: "saved", n: 0, revs: { why: 9 } });
    page.form.pictures.close();
    equal([watched(), waiting()], [1, others]);
  },
  "a drawing has shapes and texts, and nothing that runs or fetches"() {
    const root = (inside, more = "") => `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${more}>${inside}</svg>`;
    equal(drawing(root("<g><text>1</text></g>", 'onload="x()" class="a"'))?.outerHTML, '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" class="a"><g><text>1</text></g></svg>');
    equal(drawing(root('<rect href="x" xlink:href="y" style="fill:red" x="1"/>'))?.innerHTML, '<rect x="1"></rect>');
    for (const inside of ["<script/>", "<image/>", "<a/>", "<g><use/></g>"]) equal(drawing(root(inside)), null);
    equal(drawing("<svg"), null);
  },
};
