// Parts of the page: the place where the reader was, a page that comes anew, wide tables, and quotations.

import { Catcher, fetchAnew, putInPlace } from "/js/page/anew.js";
import { typedIn } from "/js/page/comeback.js";
import { element, readJson } from "/js/page/dom.js";
import { Entries, KEEPS } from "/js/page/entries.js";
import { keepPlace, restorePlace } from "/js/page/place.js";
import { armQuotes } from "/js/page/quote.js";
import { Status } from "/js/page/status.js";
import { frameTables } from "/js/page/tables.js";
import { clock, equal, instead, ok, place, texts, until, walk } from "./harness.mjs";

const KEY = "academy.place";
const $ = (selector) => document.querySelector(selector);
const kept = () => JSON.parse(sessionStorage.getItem(KEY));
const keep = (what) => sessionStorage.setItem(KEY, JSON.stringify({ path: location.pathname, scroll: 0, ...what }));
const json = (id, value) => `<script type="application/json" id="${id}">${JSON.stringify(value)}</script>`;
/** A page with a content, as the server makes it. */
const html = (main, { config = { modules: {}, n: 2 }, kernel = "k2", head = "", body = "" } = {}) =>
  `<html lang="en"><head><title>Fresh</title>${head}</head><body ${body}><main id="main">${main}</main>${json("academy-config", config)}${json("academy-kernel", kernel)}</body></html>`;
const put = (inside) => (document.body.innerHTML = inside);
const write = (field, value) => {
  field.value = value;
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
};

export const tests = {
  "the place is kept with what is focused, and what is selected there"() {
    put('<textarea id="story" name="n" style="margin-top: 100px">Heat</textarea><input type="checkbox" name="box"><p id="part"></p>');
    instead(window, { scrollY: 40 });
    keepPlace();
    equal(kept(), { path: location.pathname, scroll: 40, id: "" });
    $("#story").focus();
    $("#story").setSelectionRange(1, 3);
    instead($("#story"), { getBoundingClientRect: () => ({ top: -20 }) });
    keepPlace();
    equal(kept(), { path: location.pathname, scroll: 40, id: "story", name: "n", top: -20, start: 1, end: 3 });
    $("[name=box]").focus();
    keepPlace();
    const { id, name, start } = kept();
    equal([id, name, start], ["", "box", null]);
    for (const [top, is] of [[-20, 0], [70, 70]]) {
      instead($("#part"), { getBoundingClientRect: () => ({ top }) });
      keepPlace($("#part"));
      equal([kept().id, kept().top], ["part", is], "a part that is named comes into the window");
    }
    sessionStorage.removeItem(KEY);
  },
  "whoever comes back is where they were, to the letter"() {
    const scrolled = [];
    instead(window, { scrollTo: (...to) => scrolled.push(to), scrollY: 500 });
    place().innerHTML = '<textarea id="story">Heat and dust</textarea><input name="a.b" value="Dust"><input type="checkbox" id="box">';
    const unfolded = [];
    document.body.firstChild.addEventListener("beforematch", ({ target }) => unfolded.push(target.id || target.name));
    const focused = [];
    instead(HTMLElement.prototype, { focus(how) { focused.push([this.id || this.name, how?.preventScroll]); } });
    for (const field of document.querySelectorAll("textarea, input")) instead(field, { getBoundingClientRect: () => ({ top: 90 }) });
    keep({ id: "story", top: 60, start: 2, end: 5 });
    restorePlace();
    equal([$("#story").selectionStart, $("#story").selectionEnd, scrolled.splice(0)], [2, 5, [[0, 530]]]);
    keep({ id: "", name: "a.b", top: 90, start: 3 });
    restorePlace();
    equal([$("[name='a.b']").selectionStart, $("[name='a.b']").selectionEnd, scrolled.splice(0)], [3, 3, [[0, 500]]]);
    keep({ id: "box", scroll: 7, start: 0 });
    restorePlace();
    keep({ id: "gone", top: 5, scroll: 8 });
    restorePlace();
    keep({ scroll: 9 });
    restorePlace();
    equal(scrolled.splice(0), [[0, 7], [0, 8], [0, 9]]);
    equal([focused, unfolded], [[["story", true], ["a.b", true], ["box", true]], ["story", "a.b", "box"]]);
    equal(kept(), null, "once");
    restorePlace();
    keep({ path: "/other", scroll: 3 });
    restorePlace();
    equal(scrolled, []);
  },
  "a reader who is somewhere already stays there, and what was typed meanwhile comes to its field"() {
    const scrolled = [];
    instead(window, { scrollTo: (...to) => scrolled.push(to) });
    put('<main id="main"><textarea id="story">Heat</textarea><input id="other"></main>');
    $("#other").focus();
    keep({ id: "story", scroll: 3 });
    restorePlace();
    equal([document.activeElement.id, scrolled], ["other", []]);
    $("#story").focus();
    let caught = new Catcher($("#story"));
    write(caught.el, "Heat!");
    $("#other").focus();
    keep({ id: "story" });
    restorePlace(caught);
    equal([document.activeElement.id, $("#story").value, $(".unseen")], ["other", "Heat!", null]);
    caught = new Catcher($("#story"));
    equal(caught.focused, true);
    caught.el.setSelectionRange(2, 4);
    keep({ id: "story", start: 0, end: 0 });
    restorePlace(caught);
    equal([document.activeElement.id, $("#story").selectionStart, $("#story").selectionEnd, scrolled.length], ["story", 2, 4, 1]);
  },
  "what is typed meanwhile goes into the field that follows, behind what somebody else wrote there"() {
    const box = place();
    box.innerHTML = '<label for="story">Story</label><textarea id="story">Heat</textarea><input id="line" value="Heat">';
    let told = 0;
    box.addEventListener("input", () => (told += 1));
    const give = (after, other, field = $("#story")) => {
      field.value = "Heat in May";
      const caught = new Catcher(field);
      caught.el.value = after;
      field.value = other;
      told = 0;
      caught.give(field);
      return [field.value, told];
    };
    equal(give("Heat in May", "Dust"), ["Dust", 0]);
    equal(give("Heat in early May", "Heat in May"), ["Heat in early May", 1]);
    equal(give("Heat in early May", "Dust"), ["Dust early", 1]);
    equal(give("Heat in May!", "Dust"), ["Dust !", 1]);
    equal(give("Oh Heat in May", "Dust"), ["Dust Oh", 1]);
    equal(give("Heat", "Dust"), ["Dust", 1], "what was taken away says nothing new");
    equal(give("Heat in MayMay", "Dust"), ["Dust May", 1]);
    equal(give("", "Dust", $("#line")), ["Dust", 1]);
    const named = new Catcher($("#story"));
    const plain = new Catcher($("#line"));
    equal([named, plain].map(({ el }) => [el.localName, el.className, el.getAttribute("aria-label"), el.hasAttribute(KEEPS)]), [["textarea", "unseen", "Story", true], ["input", "unseen", "", true]]);
    equal([named.focused, plain.focused], [false, true]);
    plain.el.value = "lost";
    plain.el.setSelectionRange(1, 2);
    equal(plain.give(null), { start: 1, end: 2 });
    equal(document.querySelectorAll(".unseen").length, 1);
  },
  async "a page is taken in the place of this one only if it is whole and of the same code"() {
    const link = '<link rel="stylesheet" href="/frame.html">';
    const script = '<script src="/js/page/dom.js"></script>';
    put("");
    let answer;
    const asked = [];
    instead(window, { fetch: async (...given) => (asked.push(given), answer()) });
    const config = { modules: { a: { js: "/a" } } };
    const page = (more = {}, main = "") => html(main, { config: { ...config, n: 2 }, ...more });
    const takes = async (text, { status = 200, redirected = false } = {}) => {
      answer = () => Object.defineProperty(new Response(text, { status }), "redirected", { value: redirected });
      return Boolean(await fetchAnew(config));
    };
    equal(await takes(page()), true);
    equal([asked[0][0], asked[0][1].cache], [location.href, "no-store"]);
    equal(await takes(page(), { status: 500 }), false);
    equal(await takes(page(), { redirected: true }), false);
    equal(await takes("<p>Please wait.</p>"), false);
    equal(await takes(page({ kernel: null })), false);
    equal(await takes(page({ config: null })), false);
    equal(await takes(page({ config: { modules: { a: { js: "/b" } } } })), false);
    equal(await takes(page({ body: 'class="presenting"' })), false);
    equal(await takes(page({}, '<div class="academy-live" data-base="/live/a"></div>')), false);
    equal(await takes(page({}, '<div class="academy-live"></div>')), true);
    equal(await takes(page({ head: link })), false);
    equal(await takes(page({ head: script })), false);
    equal(await takes(page({ head: "<script>alert()</script>" })), false);
    put(`${link}<div class="academy-live" data-base="/live/a"></div>`);
    equal(await takes(page({ head: link })), false, "this one has live parts");
    put(link);
    equal(await takes(page({ head: link })), true);
    document.body.append(element("script", { src: "/js/page/dom.js", type: "module" }));
    equal(await takes(page({ head: script })), true);
    const time = clock();
    answer = () => Promise.reject(new TypeError("no line"));
    equal(await fetchAnew(config), null);
    const { signal } = asked.at(-1)[1];
    await time.pass(180_000);
    equal(signal.aborted, false);
    answer = () => new Promise((_, reject) => asked.at(-1)[1].signal.addEventListener("abort", reject));
    let found;
    void fetchAnew(config).then((page_) => (found = page_));
    await time.pass(179_999);
    equal(found, undefined);
    await time.pass(1);
    equal(found, null);
  },
  "a page is put in the place of this one"() {
    const root = document.documentElement;
    const title = document.title;
    put(`<main id="main"><p id="academy-status" role="status">ended</p><p>old</p></main>${json("academy-config", { n: 1 })}${json("academy-kernel", "k1")}${json("academy-state", { w: {} })}${json("academy-buffers", [])}`);
    root.className = "old";
    const config = { n: 1, kept: true };
    const inside = '<p id="academy-starting">Starting</p><p id="academy-status"></p><p>new</p><script>alert()</script>';
    const fresh = new DOMParser().parseFromString(html(inside) + json("academy-state", { v: {} }), "text/html");
    putInPlace(fresh, config);
    equal([config, root.className, root.lang, document.title], [{ n: 2, kept: true, modules: {} }, "", "en", "Fresh"]);
    equal([readJson("academy-kernel"), readJson("academy-state"), readJson("academy-buffers"), document.querySelectorAll("#academy-config").length], ["k2", { v: {} }, null, 1]);
    walk("page/put", $("#main"))("put in place");
    document.title = title;
  },
  "what this page alone knows is at risk, and what is kept is not"() {
    put(`<div ${KEEPS}><input id="kept"></div><input id="other">`);
    const life = new AbortController();
    const entries = new Entries(life.signal);
    $("#other").addEventListener("input", (event) => event.stopPropagation());
    document.dispatchEvent(new Event("input"));
    write($("#kept"), "a");
    equal(entries.atRisk, false);
    const asks = (event) => event.preventDefault();
    addEventListener("beforeunload", asks);
    equal(entries.atRisk, true);
    removeEventListener("beforeunload", asks);
    equal(entries.atRisk, false);
    life.abort();
    write($("#other"), "a");
    equal(entries.atRisk, false);
    const again = new Entries(new AbortController().signal);
    write($("#other"), "b");
    equal(again.atRisk, true);
  },
  "somebody types in a field of the page's content alone"() {
    put('<main id="main"><textarea></textarea><input class="text"><input type="checkbox"><button>x</button></main><input id="outside">');
    const found = ["textarea", ".text", "[type=checkbox]", "button", "#outside"].map((selector) => ($(selector).focus(), typedIn() === $(selector)));
    equal(found, [true, true, false, false, false]);
    equal(typedIn(), null);
  },
  async "wide tables scroll in a frame that the keyboard reaches, and has a name"() {
    const title = document.title;
    document.title = "Week 1";
    const cell = '<tr><td><div style="width: 900px">wide</div></td></tr>';
    const table = (inside = "") => `<div class="box" style="width: 300px"><table>${inside}${cell}</table></div>`;
    put(`<style>.scroll { overflow-x: auto }</style><main>${table()}<h2>Power <b>!</b></h2>${table()}${table("<caption>Drivers</caption>")}<div class="scroll">${table()}</div><h3>After</h3></main>`);
    frameTables(document);
    frameTables(document);
    equal(document.querySelectorAll(".scroll").length, 4);
    const frames = [...document.querySelectorAll(".box > .scroll")];
    await until(() => frames.every((frame) => frame.hasAttribute("aria-label")));
    equal(frames.map((frame) => ["tabindex", "role", "aria-label"].map((name) => frame.getAttribute(name))), [["0", "region", "Week 1"], ["0", "region", "Power "], ["0", "region", "Drivers"]]);
    frames[0].parentElement.style.width = "1000px";
    await until(() => !frames[0].hasAttribute("tabindex"));
    equal([frames[0].attributes.length, frames[1].getAttribute("role")], [1, "region"]);
    document.title = title;
  },
  "words are quoted where one was writing last, else into the form that follows"() {
    const said = (words) => `<div><p class="kept">${words}</p><button class="quote"><b>Quote</b></button></div>`;
    const box = place();
    box.innerHTML = `<div class="academy-form"><textarea id="before"></textarea></div>${said("Heat in May")}<div><button class="quote" id="alone"></button></div><button id="none"></button>
      <textarea id="free"></textarea><div class="academy-form"><textarea id="first">We: !</textarea><textarea id="second"></textarea></div>${said("Dust")}`;
    armQuotes(box);
    const [heat, dust] = box.querySelectorAll("div > .quote > b");
    const values = () => texts(box, "textarea").map((_, n) => box.querySelectorAll("textarea")[n].value);
    for (const id of ["alone", "none"]) $(`#${id}`).click();
    dust.click();
    equal(values(), ["", "", "We: !", ""], "nothing follows");
    $("#first").setSelectionRange(4, 4);
    let told = 0;
    box.addEventListener("input", () => (told += 1));
    heat.click();
    equal([values()[2], document.activeElement.id, $("#first").selectionStart, told], ["We: “Heat in May”!", "first", 17, 1]);
    $("#second").focus();
    heat.focus();
    $("#none").focus();
    getSelection().selectAllChildren(box.querySelector(".kept"));
    dust.click();
    equal(values()[3], "“Dust”");
    $("#second").remove();
    getSelection().removeAllRanges();
    heat.click();
    equal(values()[2].includes("“Heat in May”“Heat in May”"), true, "where one was is no more");
    box.dispatchEvent(new Event("click"));
    ok(told === 3);
  },
  async "what is said takes the place of what was to be said"() {
    const time = clock();
    const box = place();
    const status = new Status(box, { offline: "Away", back: "Back", ended: "Ended", reopen: "Open" });
    const says = () => [box.dataset.state, box.textContent];
    status.follow("offline", false);
    status.say("ended", status.reopen());
    await time.pass(2000);
    equal(says(), ["ended", "EndedOpen"]);
    status.follow("offline", true);
    await time.pass(2000);
    equal(says()[0], "ended", "a widget says it");
    status.follow("offline", false);
    await time.pass(2000);
    equal(says(), ["offline", "Away"]);
    const [line] = box.childNodes;
    status.follow("offline", false);
    await time.pass(2000);
    equal(box.firstChild === line, true, "the same is not said again");
    status.follow("online", false);
    status.follow("online", false);
    equal(says(), ["back", "Back"]);
    status.say("");
    equal(says(), ["", ""]);
  },
  "a document in the page that is damaged or missing says nothing"() {
    put('<script type="application/json" id="good">{"a": 1}</script><script type="application/json" id="bad">{</script>');
    equal([readJson("good"), readJson("bad"), readJson("none")], [{ a: 1 }, null, null]);
  },
};
