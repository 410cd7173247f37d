// The presenter's page in a frame of its own, with a room that answers as it is told to and a clock that stands still.

import { equal, ok, place, settled, until, walk } from "./harness.mjs";

const NOW = 1_800_000_000;
const WORDS = ["keys", "close", "go_to", "live", "stage", "before", "after", "show_keys", "key_next", "key_poll", "key_undo"];
const TEXTS = {
  ...Object.fromEntries(WORDS.map((word) => [word, word])),
  dir: "ltr",
  answered_of: "{n} of {all} answered",
  board_of: "board {n} of {all}",
  count_share: "{count} are {share}",
  few: "fewer than {n}",
  few_notes: "{n} so far",
  items_pending: "{n} wait",
  items_shown: "{n} shown",
  means: "{x} / {y}",
  not_started: "begin with {key}",
  notes_title: "Notes on {title}",
  others_lead: "{name} leads",
  others_there: "{names} are there",
  support: "{n} support it",
  taken_title: "{name} presents",
  times: "{n} times",
  do_split: "part {text}",
  undo_about: "{what} of {title}",
  undo_go: "the way to {title}",
  undo_it: "Undo {what}",
  undo_remove: "removing {name}",
};
const OPTIONS = [{ id: "a", text: "Few" }, { id: "b", text: "Many", why: "Counted." }];
const HOW = { id: "how", kind: "quiz", title: "How many?", prompt: "<p>Guess.</p>", minutes: 2, names: "anonymous", show: "reveal", options: OPTIONS, why: "<p>Since.</p>", notes: "<p>Wait.</p>" };
const ASK = { id: "ask", kind: "questions", title: "What else?", prompt: "", minutes: 5, names: "named", show: "live", notes: "<p>Listen.</p>" };
const SORT = { id: "sort", kind: "cards", title: "Sort", prompt: "", minutes: 5, names: "anonymous", show: "live", columns: [{ id: "p", title: "Power", help: "here" }, { id: "e", title: "Economy", help: "" }] };
const LIVE = '<div class="part"><div class="academy-live" data-webinar="power"></div></div>';
const STATE = { state: "live", begun: true, now: NOW, people: 3, guests: false, activity: null, activities: {}, phase: "waiting", round: 1, held: false, timer_ends: null, results: null, few: null, spot: null };
/** The state of a room that is asked a board. */
const on = (activity, phase, more = {}) => ({ activity, phase, activities: { [activity]: { phase, answered: more.answered ?? 0 } }, ...more });

/** One frame for all of them: what is loaded stays, what was heard is not heard any more. */
const frame = document.createElement("iframe");
const heard = [];
let opened = 0;

/** Open the page of a week; `served(path, body)` is what the server says, null when there is no line. */
async function open({ main = LIVE, activities = [HOW, ASK], code = "K7M3QX", served = () => ({}), style = "", dir = "ltr", hash = "", kernel = true } = {}) {
  if (!frame.isConnected) {
    place().append(frame);
    await new Promise((resolve) => Object.assign(frame, { onload: resolve, src: "/frame.html", width: 800, height: 600 }));
  }
  const { contentWindow: window, contentDocument: page } = frame;
  heard.splice(0).forEach((given) => window.removeEventListener(...given));
  window.addEventListener = (...given) => (heard.push(given), EventTarget.prototype.addEventListener.apply(window, given));
  window.history.replaceState(null, "", hash || "#");
  page.body.className = "";
  const clock = { ms: NOW * 1000, timers: [], beats: [] };
  window.Date.now = () => clock.ms;
  window.setTimeout = (work, pause) => clock.timers.push([work, pause]);
  window.clearTimeout = (n) => n && (clock.timers[n - 1] = null);
  window.setInterval = (work, pause) => clock.beats.push([work, pause]);
  window.Math.random = () => 0.5;
  const asked = [];
  let rev = 0;
  window.fetch = async (path, { body, headers } = {}) => {
    if (body) equal(headers["X-XSRFToken"], "x");
    const given = body && JSON.parse(body);
    asked.push([path.replace("/frame.html?", ""), given]);
    const said = await served(path, given);
    if (!said) throw new TypeError("no line");
    return { ok: !said.error && !said.presenting, statusText: "Refused", json: async () => ({ rev, ...said }) };
  };
  const streams = [];
  window.EventSource = class {
    constructor(address) {
      this.address = address.replace("/frame.html?", "");
      this.named = {};
      streams.push(this);
    }
    addEventListener(name, hear) {
      this.named[name] = hear;
    }
    close() {
      this.closed = true;
    }
  };
  page.documentElement.dir = dir;
  const config = { base: "/frame.html?", xsrf: "x", join: "kit.example/join", me: "f-me", dir, texts: TEXTS, webinars: { power: { id: "power", title: "Power", activities, code } } };
  page.body.innerHTML = `<style>${style}</style><header class="bar"><a class="home">The course</a></header><main id="main">${main}</main>`;
  const json = Object.assign(page.createElement("script"), { type: "application/json", id: "academy-present", textContent: JSON.stringify(config) });
  const script = Object.assign(page.createElement("script"), { type: "module", src: `/js/present/main.js?${++opened}` });
  const ran = new Promise((resolve) => (script.onload = resolve));
  const end = Object.assign(page.createElement("i"), { id: "academy-kernel", hidden: true });
  page.body.append(json, script, ...(kernel ? [end] : []));
  await ran;
  const ready = () => until(() => page.body.classList.contains("ready"));
  if (kernel) await ready();
  const $ = (selector) => page.querySelector(selector);
  const $$ = (selector) => [...page.querySelectorAll(selector)];
  let state = STATE;
  return {
    window,
    page,
    $,
    $$,
    asked,
    streams,
    clock,
    ready,
    step: (name, selector = ".stage") => walk(`present/${name}`, $(selector)),
    /** The room is other than before: only what is given changed. */
    async news(change, more = {}) {
      state = { ...state, ...change };
      rev += 1;
      streams.at(-1).onmessage({ data: JSON.stringify({ rev, state: { ...state, rev, ...more } }) });
      await settled();
    },
    async presenters(said) {
      streams.at(-1).named.presenters({ data: JSON.stringify({ lead: "f-me", there: {}, undo: null, ...said }) });
      await settled();
    },
    async press(key) {
      (page.activeElement ?? page.body).dispatchEvent(new window.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      await settled();
    },
    /** Press the button with a text, on the page or in what is open above it. */
    async click(text) {
      const buttons = [...($("dialog[open]") ?? page).querySelectorAll("button")].filter((button) => button.textContent === text && !button.hidden);
      equal(buttons.length, 1, text);
      buttons[0].click();
      await settled();
    },
    closed: () => until(() => !$("dialog")),
    /** What was sent since it was last looked at. */
    sent: () => asked.splice(0).map(([path, given]) => [path.split("/").at(-1), ...Object.values(given ?? {})].join(" ")),
    buttons: () => $$(".controls button").filter((button) => !button.hidden).map((button) => button.textContent),
    current: () => $(".slide.current h2, .slide.current h1, .slide.current p").textContent,
  };
}

export const tests = {
  async "a week is cut into slides, and gone through with keys and buttons"() {
    const main = `<h1>Week 1</h1><section class="lesson"><p>Before.</p><h2>Power</h2><p>One.</p><table><caption>T</caption><tr><td>1</td></tr></table></section>
      ${LIVE}<div class="part"><form class="academy-form"></form></div>`;
    const there = await open({ main, activities: [HOW], code: null });
    const step = there.step("week", "body");
    step("opened");
    await there.press("ArrowRight");
    step("on");
    await there.click("after");
    equal(there.current(), "Power");
    for (const key of "rct0") await there.press(key);
    await there.press("l");
    step("the board");
    await there.press("End");
    step("the end");
    await there.press("u");
    await there.click("before");
    equal(there.current(), "board 1 of 1 · anonymous");
    await there.press("g");
    step("where to go");
    await there.click("Week 1");
    equal(there.current(), "Week 1");
    await there.press("?");
    equal(there.$$("dialog dt").length, 18);
    await there.click("close");
    await there.press("b");
    ok(there.page.body.classList.contains("blank"));
    equal(there.asked, []);
  },
  async "a page that comes in parts is waited for, and not for ever"() {
    const there = await open({ kernel: false, main: "<h1>Week 1</h1>" });
    equal(there.clock.timers.map(([, pause]) => pause), [100]);
    there.clock.timers[0][0]();
    equal(there.$(".stage"), null);
    there.clock.ms += 180_001;
    there.clock.timers[1][0]();
    await there.ready();
    equal([there.current(), there.$(".controls"), there.$$(".foot button").length], ["Week 1", null, 3]);
  },
  async "a meeting begins, goes its steps and ends"() {
    const there = await open({ code: null, served: (path) => (path.endsWith("start") ? { code: "K7M3QX" } : {}) });
    const step = there.step("meeting");
    step("before");
    await there.click("do_start");
    equal([there.sent(), there.streams.map(({ address }) => address)], [["start power"], ["live/K7M3QX/events?present=1"]]);
    await there.press("s");
    equal(there.sent(), ["start power"], "nothing has come yet");
    await there.news({});
    step("people come");
    equal(there.sent(), ["control go how"]);
    await there.news(on("how", "waiting"));
    await there.click("do_open");
    await there.news(on("how", "open", { answered: 2 }));
    step("open");
    await there.click("do_lock");
    await there.press("t");
    equal(there.sent(), ["control open how", "control lock how", "control timer how 120"]);
    await there.news(on("how", "locked", { answered: 2, held: true, timer_ends: NOW + 119.4 }));
    step("locked, with a timer");
    await there.click("do_minute");
    await there.press("0");
    await there.press("c");
    equal(there.sent(), ["control timer how 179", "control timer how 0", "control open how"]);
    there.clock.ms += 120_000;
    for (const [work] of there.clock.beats) work();
    equal([there.$(".timer").textContent, there.$(".timer").className], ["0:00", "timer over-time"]);
    await there.press("t");
    equal(there.sent(), ["control timer how 120"]);
    await there.click("do_show");
    equal(there.sent(), ["control reveal how"]);
    const results = { n: 2, counts: { a: 2 }, right: ["b"] };
    await there.news(on("how", "revealed", { answered: 2, timer_ends: NOW + 600, held: false, results }));
    step("revealed");
    await there.news({ timer_ends: null });
    ok(!there.buttons().includes("do_timer"));
    await there.press("PageUp");
    step("back at the question");
    await there.news({ people: 1 });
    equal(there.$(".slide.current").dataset.view, "ask", "the presenter asked for it");
    await there.news(on("how", "waiting", { results: null }));
    await there.click("do_open");
    await there.news(on("how", "revealed", { answered: 2, results }));
    equal([there.sent(), there.$(".slide.current").dataset.view], [["control open how"], "results"], "asked anew, it is shown anew");
    await there.press("PageUp");
    await there.press("r");
    ok(there.buttons().includes("do_hide"));
    await there.click("do_hide");
    equal(there.$(".slide.current").dataset.view, "ask");
    await there.press("r");
    equal(there.$(".slide.current").dataset.view, "results");
    await there.press("r");
    equal(there.sent(), ["control hide how", "control hide how"]);
    await there.press("ArrowRight");
    await there.press("ArrowRight");
    equal([there.current(), there.sent()], ["board 2 of 2 · named", ["control go ask"]]);
    await there.press("r");
    equal(there.sent(), [], "nothing to show");
    await there.click("do_end");
    step("whether to end");
    await there.click("end_now");
    equal(there.sent(), ["control end"]);
    await there.news({ state: "home", activity: null, activities: { how: { phase: "revealed", answered: 2 }, ask: { phase: "open", answered: 0 } } });
    step("over");
    await there.click("do_close");
    step("whether to close");
    await there.click("close_now");
    await there.news({ state: "closed" });
    step("closed");
  },
  async "after a meeting each board is read by its own name, anew when the room is other"() {
    let about = null;
    const there = await open({ served: (path) => (path.endsWith("start") ? { code: "K7M3QX" } : about) });
    const home = { state: "home", activities: { how: { phase: "locked", answered: 2 }, ask: { phase: "waiting", answered: 0 } } };
    about = { rev: 1, held: true, phase: "locked", results: null };
    await there.news(home);
    const step = there.step("home");
    step("an answer is held back");
    equal(there.sent(), ["state?activity=how"]);
    await there.press("ArrowRight");
    equal([there.sent(), there.$(".slide.current").dataset.view], [["control reveal how"], "results"]);
    about = { rev: 2, held: false, phase: "revealed", results: { n: 2, counts: { b: 2 } } };
    await there.news(home);
    step("shown");
    equal(there.sent(), ["state?activity=how"]);
    const seen = [];
    for (const key of ["PageUp", "PageDown"]) {
      await there.press(key);
      seen.push(there.$(".slide.current").dataset.view);
    }
    equal([seen, there.sent()], [["ask", "results"], []]);
    about = null;
    await there.news(home);
    equal([there.sent(), there.$(".empty").hidden], [["state?activity=how"], true], "what was there stays when nobody answers");
    about = { rev: 4, held: false, few: 3, results: null };
    await there.news(home);
    equal(there.$(".empty").textContent, "fewer than 3");
    await there.click("do_again");
    equal([there.sent().at(-1), there.streams.map(({ closed }) => !!closed)], ["start power", [true, false]]);
    await there.news(home, { rev: 4 });
    equal(there.sent(), ["state?activity=how"], "what was known was of another meeting");
  },
  async "who else presents is said, and a room is taken over only if that is meant"() {
    let presenting = "Rosa";
    const there = await open({ served: (_, given) => (presenting && !given.take_over ? { presenting } : {}) });
    await there.news(on("ask", "waiting"));
    const step = there.step("others", ".foot");
    step("alone");
    equal([there.current(), there.sent()], ["board 2 of 2 · named", []], "the room is there already");
    await there.press("Home");
    equal(there.sent(), ["control go how"]);
    const dialog = walk("present/taken", there.$("dialog"));
    dialog("asked");
    await there.click("leave_it");
    await until(() => there.current() === "board 2 of 2 · named");
    equal(there.sent(), []);
    await there.presenters({ lead: "f-rosa", there: { "f-me": "I", "f-rosa": "Rosa" } });
    step("Rosa leads");
    await there.presenters({ there: { "f-me": "I", "f-rosa": "Rosa", "f-ali": "Ali" } });
    step("two more are there");
    await there.presenters({ lead: "f-gone", there: { "f-me": "I" } });
    step("alone again");
    await there.click("do_open");
    await there.click("take_over");
    await until(() => there.asked.length === 2);
    equal(there.sent(), ["control open ask", "control open ask true"]);
  },
  async "another screen goes on, and this one goes along; it does not while it goes somewhere itself"() {
    let answer = () => {};
    const there = await open({ activities: [HOW, ASK, SORT], served: (path) => (path.endsWith("control") ? new Promise((resolve) => (answer = resolve)) : {}) });
    await there.news(on("how", "open"));
    equal([there.current(), there.sent()], ["board 1 of 3 · anonymous", []]);
    await there.news(on("how", "revealed", { answered: 1, results: { n: 1, counts: { a: 1 } } }));
    equal(there.$(".slide.current").dataset.view, "results", "what another screen reveals is shown here");
    await there.news({ ...on("ask", "open"), results: null });
    equal([there.current(), there.sent()], ["board 2 of 3 · named", []]);
    await there.press("ArrowRight");
    equal(there.current(), "board 2 of 3 · named", "first the results");
    await there.press("ArrowRight");
    equal(there.$(".slide.current .people").textContent, "0 of 3 answered", "the room has not answered yet");
    await there.news(on("how", "open"));
    equal([there.current(), there.sent()], ["board 3 of 3 · anonymous", ["control go sort"]]);
    answer({ rev: 6 });
    await settled();
    await there.news({ people: 4 });
    equal(there.current(), "board 3 of 3 · anonymous", "older than the own step");
    await there.news({ people: 5 });
    equal(there.current(), "board 1 of 3 · anonymous");
    await there.press("End");
    answer({ error: "Not now." });
    await settled();
    equal([there.current(), there.$(".complaint").textContent], ["board 1 of 3 · anonymous", "Not now."]);
    await there.news({ activity: null, state: "home" });
    equal(there.current(), "board 1 of 3 · anonymous");
  },
  async "what is refused or lost is said until it is over"() {
    let said = { error: "This is not possible." };
    const main = `<h1>Week 1</h1>${LIVE}<div class="part"><form class="academy-form"></form></div>`;
    const there = await open({ main, served: () => said, hash: "#/2" });
    there.streams[0].onerror();
    equal(there.$(".complaint").textContent, "no_line", "there was none from the beginning");
    await there.news(on("how", "open"));
    const step = there.step("complaints", ".complaint");
    step("nothing");
    await there.click("do_lock");
    step("refused");
    said = {};
    await there.click("do_lock");
    step("done");
    said = { error: undefined, presenting: undefined };
    there.streams[0].onerror();
    step("lost");
    await there.press("End");
    there.streams[0].onerror();
    await there.news({});
    step("there again");
    said = null;
    await there.press("Home");
    await there.press("ArrowRight");
    await there.click("do_lock");
    step("an act that did not arrive");
    equal([there.streams.length, there.streams[0].closed], [2, true], "the room is asked how it is");
    await there.news({});
    step("heard again");
    await there.press("End");
    there.streams[1].onerror();
    step("a form says it by itself");
  },
  async "the notes show what waits, and what is done with it"() {
    const item = { column: "", by: "", n: 1, merged: null, answered: false, state: "shown" };
    const items = [
      { ...item, id: "1", text: "When?", state: "pending" },
      { ...item, id: "2", text: "Who?", n: 3, by: "Amina", answered: true },
      { ...item, id: "3", text: "who?", merged: "2" },
      { ...item, id: "4", text: "Rude.", state: "hidden" },
    ];
    const people = [{ who: "p1", name: "Amina", guest: false, removed: false }, { who: "p2", name: "Ben", guest: true, removed: true }];
    let view = { items, people, few: null };
    const there = await open({ activities: [ASK], served: (path) => (path.includes("/desk") ? view : {}) });
    await there.press("m");
    equal(there.$("dialog"), null, "nobody is there");
    await there.news(on("ask", "open"));
    await there.press("n");
    const step = there.step("notes", "dialog");
    step("opened");
    for (const text of ["do_approve", "do_answered"]) {
      there.$$(".items button").find((button) => button.textContent === text).click();
      await settled();
    }
    there.$$(".items button").filter((button) => ["do_hide_answer", "do_unanswered", "part who?"].includes(button.textContent)).forEach((button) => button.click());
    await settled();
    const select = there.$(".items select");
    select.dispatchEvent(new Event("change"));
    select.value = "2";
    select.dispatchEvent(new Event("change"));
    there.$$(".people-list button").forEach((button) => button.click());
    for (let turn = 0; turn < 20; turn++) await settled();
    equal(there.sent().filter((text) => !text.startsWith("desk")), [
      "control approve ask 1", "control answered ask 1", "control hide-answer ask 1", "control hide-answer ask 2", "control unanswered ask 2",
      "control split ask 3", "control merge ask 1 2", "control remove ask p1", "control admit ask p2",
    ]);
    view = { items: [], people: [], few: { n: 1, items: {} } };
    await there.news({});
    step("nothing waits");
    view = { ...view, people };
    there.$("textarea").value = "By phone";
    await there.click("enter_send");
    equal(there.sent().filter((text) => text.startsWith("control")).length, 1);
    await there.click("close");
    await there.closed();
    there.sent();
    await there.news({});
    equal(there.sent(), []);
  },
  async "what so few said that the room does not see it stands in the notes"() {
    for (const [activity, few] of [
      [HOW, { n: 1, counts: { a: 1, gone: 2 } }],
      [{ ...HOW, id: "rank", kind: "ranking", notes: "" }, { n: 2, mean: { a: 2, b: 1 } }],
      [{ ...HOW, id: "grid", kind: "place", options: [] }, { n: 1, things: { here: { n: 1, x: 1, y: 2.25 }, other: { n: 0 } } }],
    ]) {
      const there = await open({ activities: [activity], served: (path) => (path.includes("/desk") ? { items: [], people: [], few } : {}) });
      await there.news(on(activity.id, "open"));
      await there.press("m");
      there.step(`few-${activity.id}`, activity === HOW ? "dialog" : ".few")("opened");
    }
  },
  async "a poll that is made on the fly gets a slide of its own, here and on other screens"() {
    let said = {};
    const there = await open({ served: () => said });
    await there.press("p");
    equal(there.$("dialog"), null);
    await there.news(on("how", "open"));
    await there.press("p");
    there.step("poll", "dialog")("asked");
    there.$("#poll-title").value = "Lunch?";
    there.$("#poll-options").value = "Rice";
    said = { error: "Not now." };
    await there.click("poll_ask");
    ok(there.$("dialog[open]"), "what was refused stays");
    said = {};
    await there.click("poll_ask");
    await there.closed();
    equal(there.sent(), ["control spot Lunch? choice Rice live", "control spot Lunch? choice Rice live"]);
    const spot = { id: "spot-1", kind: "choice", title: "Lunch?", options: [{ id: "1", text: "Rice" }] };
    await there.news({ ...on("spot-1", "open"), spot });
    equal([there.$$(".slide").length, there.current(), there.sent()], [3, "spot · anonymous", []]);
    await there.news({ people: 9 });
    equal(there.$$(".slide").length, 3);
    there.step("spot", ".slide.current")("its slide");
    await there.news(on("how", "open"));
    await there.press("ArrowRight");
    await there.press("ArrowRight");
    equal([there.current(), there.sent()], ["spot · anonymous", []], "what is over can be looked at");
  },
  async "how one joins is shown when people come, and guests are let in"() {
    const there = await open({ main: `<h1>Week 1</h1>${LIVE}`, code: null, served: (path) => (path.endsWith("start") ? { code: "K7M3QX" } : {}) });
    await there.press("j");
    there.step("join", "dialog")("not begun");
    await there.click("close");
    await there.closed();
    await there.press("s");
    await there.news({ guests: true });
    const step = there.step("joined", "dialog");
    step("begun away from a board");
    equal(there.$("dialog .address").style.getPropertyValue("--letters"), "16");
    there.$("#guests").click();
    await settled();
    equal(there.sent(), ["start power", "control guests false"]);
    await there.press("Escape");
    await there.click("close");
    await there.press("s");
    equal(there.sent(), [], "it has begun");
  },
  async "undo says what it takes back, and does it by a button or a question"() {
    const there = await open({ main: `<h1>Week 1</h1>${LIVE}`, hash: "#/2" });
    await there.news(on("how", "open"));
    const said = [];
    const undo = (act, more = {}) => ({ undo: { step: 7, act, activity: "how", from: null, who: null, ...more } });
    for (const [act, more] of [["lock"], ["approve", { activity: "ask" }], ["remove", { who: "Ben" }], ["never heard of", { activity: null }], ["go", { from: "ask" }], ["next", { from: "gone" }]]) {
      await there.presenters(undo(act, more));
      said.push(there.$(".gives-way").textContent);
    }
    equal(said, ["Undo undo_lock", "Undo undo_text of What else?", "Undo removing Ben", "Undo undo_other", "Undo the way to What else?", "Undo undo_begun"]);
    equal(there.$(".gives-way").title, "Undo undo_begun");
    await there.presenters(undo("open"));
    await there.click("Undo undo_open");
    await there.press("u");
    equal([there.sent(), there.clock.timers.filter((timer) => timer?.[1] === 10_000)], [["control undo 7", "control undo 7"], []]);
    await there.press("ArrowLeft");
    equal(there.current(), "Week 1");
    await there.press("r");
    await there.press("u");
    there.step("undo", "dialog")("asked");
    equal(there.sent(), []);
    there.$("dialog > button").click();
    await there.closed();
    equal(there.sent(), ["control undo 7"]);
    await there.presenters({});
    await there.press("u");
    equal([there.sent(), there.$("dialog")], [[], null]);
  },
  async "a page may have one board of a webinar, and a part that is of none"() {
    const main = '<div class="academy-live part" data-webinar="gone"></div><div class="part"><div class="academy-live" data-webinar="power" data-activity="ask"></div></div>';
    const there = await open({ main, activities: [HOW, ASK, SORT] });
    equal(there.$$(".slide").map((slide) => slide.querySelector(".over")?.textContent ?? ""), ["", "board 2 of 3 · named"]);
    await there.news(on("how", "open"));
    await there.press("ArrowRight");
    equal([there.current(), there.sent()], ["board 2 of 3 · named", ["control go ask"]]);
  },
  async "what is much is set smaller, and scrolled before one goes on"() {
    const style = `.prompt-box, .results { height: 100px; overflow: auto } .prompt-box > *, .results > * { margin: 0; overflow: hidden }
      .prompt { height: calc(var(--fit) * 105px) } .choices-list { display: none } .results > * { height: calc(var(--fit) * 300px) }`;
    const there = await open({ style });
    const [prompt, results] = [there.$(".prompt-box"), there.$(".results")];
    equal([prompt.style.getPropertyValue("--fit"), prompt.getAttribute("tabindex")], ["0.92", null]);
    for (const [phase, results] of [["open", { n: 1, counts: { a: 1 } }], ["locked", null], ["revealed", null]]) {
      await there.news(on("how", phase, { answered: 1, results }));
      ok(there.$(".why-all").hidden, phase);
    }
    await there.news(on("how", "revealed", { answered: 1, results: { n: 1, counts: { a: 1 } } }));
    equal([results.style.getPropertyValue("--fit"), results.getAttribute("tabindex")], ["0.65", "0"]);
    const picture = there.$(".qr");
    const seen = [];
    for (const key of ["ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight"]) {
      await there.press(key);
      seen.push(`${there.$(".slide.current").dataset.view} ${results.scrollTop}`);
    }
    equal(seen, ["results 85", "results 95", "results 10", "results 0", "ask 0", "results 0", "results 85", "results 95", "ask 95"]);
    ok(there.$(".qr") === picture, "the picture is asked for again");
  },
  async "columns are what there is to choose from, and few answers are not shown yet"() {
    const there = await open({ activities: [SORT, { ...SORT, id: "free", columns: [] }] });
    equal(there.$$(".choices-list").map((list) => list.innerHTML), ['<li dir="auto"><b>Power</b> here</li><li dir="auto">Economy</li>']);
    const empty = async (more) => (await there.news({ held: false, few: null, ...on("sort", "open", more) }), there.$(".slide.current .empty").textContent);
    equal(await empty({ answered: 2, few: 3 }), "fewer than 3");
    equal([await empty({ answered: 0, few: 3 }), await empty({ answered: 0, held: true }), await empty({ answered: 2 })], ["no_answers", "no_answers", "no_answers"]);
    await there.news(on("sort", "revealed", { answered: 1, results: { n: 1, items: {} } }));
    equal([there.$(".why-all").hidden, there.$(".results").hidden], [true, false]);
  },
  async "what can be done with a text depends on the kind of its activity"() {
    for (const [kind, found] of [["text", ["do_hide_answer"]], ["cards", ["do_hide_answer"]], ["words", ["do_hide_answer", "do_merge"]], ["choice", []]]) {
      const items = ["1", "2"].map((id) => ({ id, text: id, column: "", by: "", n: 1, merged: null, answered: false, state: "shown" }));
      const there = await open({ activities: [{ ...ASK, kind }], served: (path) => (path.includes("/desk") ? { items, people: [], few: null } : {}) });
      await there.news(on("ask", "open"));
      await there.press("m");
      const first = there.$(".items li:first-child");
      equal([...(first?.querySelectorAll("button, select") ?? [])].map((way) => way.ariaLabel ?? way.textContent), found, kind);
    }
  },
};
