import { commandsOf } from "/js/present/commands.js";
import { Deck, scrolled } from "/js/present/deck.js";
import { chooseSlide, openDialog, showKeys } from "/js/present/dialogs.js";
import { armKeys, arrows } from "/js/present/keys.js";
import { slidesOf } from "/js/present/paginate.js";
import { groupsOf, topicsOf } from "/js/present/topics.js";
import { equal, ok, place, texts, until } from "./harness.mjs";

const html = (text) => {
  const el = place();
  el.innerHTML = text;
  return el;
};
const deckOf = (...titles) => {
  const stage = place();
  history.replaceState(null, "", "#");
  const slides = titles.map((title) => ({ el: stage.appendChild(document.createElement("section")), title, live: null }));
  for (const { el } of slides) el.tabIndex = -1;
  return new Deck(stage, slides, { close: "close", go_to: "go to", live: "live", keys: "keys" });
};
const press = (key, target = document.body, more = {}) => {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  target.dispatchEvent(event);
  return event.defaultPrevented;
};

export const tests = {
  "a lesson is cut at its headings, and parts keep the title before them"() {
    const main = html(`
      <h1>Week 1</h1>
      <section class="lesson"><p>Before</p><h2> Power <a class="anchor-link" href="#p">¶</a></h2><p>One</p><h3>Care</h3></section>
      <div class="part"><form></form></div><div class="part"><div class="academy-live"></div></div>`);
    const found = topicsOf(main).map(({ kind, title, blocks }) => [kind, title, blocks.length]);
    equal(found, [["title", "Week 1", 0], ["text", "", 1], ["text", "Power", 1], ["text", "Care", 0], ["part", "Care", 1], ["live", "Care", 1]]);
  },
  "a question stays with its answers, and a line that ends in a colon with what follows"() {
    const main = html("<p>Why?</p><details></details><p>Take:</p><ul></ul><p>End.</p>");
    equal(groupsOf([...main.children]).map((group) => group.length), [2, 2, 1]);
  },
  "what does not fit goes on to the next slide, with its number"() {
    const stage = place();
    stage.innerHTML = "<style>.slide{display:block!important;height:200px;overflow:hidden}.body{height:100px;overflow:auto}p,li{margin:0;height:40px}</style>";
    const blocks = ["1", "2", "3"].map((text) => Object.assign(document.createElement("p"), { textContent: text }));
    const slides = slidesOf([{ kind: "text", title: "Long", heading: null, blocks }], stage);
    equal(slides.map(({ el }) => texts(el, ".body p")), [["1", "2"], ["3"]]);
    equal(slides.map(({ el }) => el.querySelector(".number").textContent), ["1/2", "2/2"]);
  },
  "what can not be parted is set smaller, and scrolls where that does not help"() {
    const stage = place();
    stage.innerHTML = "<style>.body{height:100px;overflow:auto}p{margin:0;height:calc(var(--size, 1) * var(--high))}</style>";
    const slides = [118, 200].flatMap((high) => {
      const block = document.createElement("p");
      block.style.setProperty("--high", `${high}px`);
      return slidesOf([{ kind: "text", title: "Large", heading: null, blocks: [block] }], stage);
    });
    const bodies = slides.map(({ el }) => el.querySelector(".body"));
    equal(bodies.map((body) => [body.style.getPropertyValue("--size"), body.getAttribute("tabindex")]), [["0.84", null], ["0.7", "0"]]);
  },
  "a long list is parted, and goes on with its numbers"() {
    const stage = place();
    stage.innerHTML = "<style>.body{height:100px;overflow:auto}ol{margin:0;padding:0}li{height:40px}</style>";
    const list = document.createElement("ol");
    for (const text of "abcd") list.append(Object.assign(document.createElement("li"), { textContent: text }));
    const slides = slidesOf([{ kind: "text", title: "Steps", heading: null, blocks: [list] }], stage);
    equal(slides.map(({ el }) => texts(el, "li").join("")), ["ab", "cd"]);
    equal(slides[1].el.querySelector("ol").start, 3);
  },
  "one goes from slide to slide and no further"() {
    const deck = deckOf("One", "Two", "Three");
    const seen = [];
    deck.listeners.add(({ title }) => seen.push(title));
    deck.begin();
    deck.step(1);
    deck.step(1);
    deck.step(1);
    deck.step(-1);
    deck.go(1);
    equal(seen, ["One", "Two", "Three", "Two"]);
    equal([deck.place.textContent, location.hash], ["2 / 3", "#/2"]);
    equal(deck.slides.map(({ el }) => el.getAttribute("aria-hidden")), ["true", null, "true"]);
    ok(document.activeElement === deck.current.el, "the slide has no focus");
    deck.slides[0].el.before(Object.assign(document.createElement("div"), { style: "height: 9000px" }));
    deck.step(-1);
    equal(scrollY, 0, "the focus moved the page");
  },
  async "another address is another slide"() {
    const deck = deckOf("One", "Two");
    deck.begin();
    location.hash = "#/2";
    await until(() => deck.at === 1);
  },
  "a link in the page leads to the slide that holds its target"() {
    const deck = deckOf("One", "Two");
    deck.slides[1].el.innerHTML = '<p id="there"></p>';
    deck.slides[0].el.innerHTML = '<a href="#there">go</a>';
    deck.begin();
    let stayed = false;
    const seen = (event) => (stayed = event.defaultPrevented);
    addEventListener("click", seen, { once: true });
    deck.slides[0].el.querySelector("a").click();
    equal([deck.at, stayed], [1, true]);
    equal(deck.placeOf("#nowhere"), -1);
  },
  "a slide that is put in stands after the one that is shown"() {
    const deck = deckOf("One", "Two");
    deck.begin();
    deck.insert({ el: deck.stage.appendChild(document.createElement("section")), title: "Between", live: null });
    equal(deck.slides.map(({ title }) => title), ["One", "Between", "Two"]);
    equal(deck.at, 1);
    equal(deck.find(({ title }) => title === "One"), 0);
  },
  "what is higher than the screen is scrolled first"() {
    const body = html('<div style="height:100px;overflow:auto"><div style="height:150px"></div></div>').firstElementChild;
    ok(scrolled(body, 1));
    equal(body.scrollTop, 50);
    ok(!scrolled(body, 1));
    ok(scrolled(body, -1));
  },
  "keys do what they say, but not while somebody types or presses a button"() {
    const el = html('<input><button>b</button><dialog open><p tabindex="0">d</p></dialog>');
    const done = [];
    const stop = armKeys([{ keys: ["g", " "], shown: "G", text: "", act: () => done.push("g") }]);
    ok(press("G"));
    ok(!press("g", el.querySelector("input")));
    ok(!press("g", el.querySelector("dialog p")));
    ok(!press(" ", el.querySelector("button")));
    ok(press("g", el.querySelector("button")));
    for (const held of ["ctrlKey", "metaKey", "altKey"]) ok(!press("g", document.body, { [held]: true }));
    ok(!press("x", document.body, { code: "KeyG" }), "a Latin letter means itself");
    ok(!press("٦", document.body, { code: "Digit6" }));
    ok(press("ف", document.body, { code: "KeyG" }), "the same place on another keyboard");
    stop();
    ok(!press("g"));
    equal(done.length, 3);
  },
  "from right to left the next slide lies to the left"() {
    equal(arrows("rtl"), { onward: "ArrowLeft", back: "ArrowRight" });
    equal(arrows("ltr"), { onward: "ArrowRight", back: "ArrowLeft" });
    const commands = commandsOf(deckOf("One"), null, { dir: "rtl", texts: {} });
    equal(commands[0].shown, "← PageDown Space");
    ok(!commands.some(({ keys }) => keys.includes("s")), "a page without a webinar starts none");
  },
  "each command goes to the presenter's controls"() {
    const deck = deckOf("One", "Two");
    deck.begin();
    const called = [];
    const presenter = new Proxy({}, { get: (_, name) => (...given) => called.push([name, ...given]) });
    const byKey = Object.fromEntries(commandsOf(deck, presenter, { dir: "ltr", texts: {} }).flatMap((command) => command.keys.map((key) => [key, command])));
    for (const key of ["ArrowRight", "PageUp", "s", "j", "r", "c", "t", "0", "m", "p", "u"]) byKey[key].act();
    equal(called.map(([name, way]) => name + (way ?? "")), ["step1", "step-1", "start", "join", "toggleResults", "lock", "timer", "stopTimer", "notes", "poll", "askTakeBack"]);
    byKey.End.act();
    equal(deck.at, 1);
    byKey.b.act();
    ok(document.body.classList.contains("blank"));
    byKey.b.act();
  },
  async "dialogs close and leave nothing behind"() {
    place();
    const dialog = openDialog("Title", { close: "Close" }, document.createElement("p"));
    equal(texts(dialog, "h2"), ["Title"]);
    dialog.querySelector("button").click();
    await until(() => !document.querySelector("dialog"));
  },
  "the list of slides leads to each, and marks where one is"() {
    const deck = deckOf("One", "One", "Two");
    deck.begin();
    deck.go(1);
    chooseSlide(deck);
    const buttons = [...document.querySelectorAll("dialog .places button")];
    equal(buttons.map(({ textContent }) => textContent), ["One", "Two"]);
    equal(buttons.map((button) => button.getAttribute("aria-current")), ["true", null]);
    buttons[1].click();
    equal(deck.at, 2);
  },
  "the keys are explained"() {
    place();
    showKeys([{ keys: ["g"], shown: "G PageDown", text: "Go", act() {} }], { keys: "Keys", close: "Close" });
    equal(texts(document, "dialog kbd"), ["G", "PageDown"]);
    equal(texts(document, "dialog dd"), ["Go"]);
    document.querySelector("dialog").close();
  },
};
