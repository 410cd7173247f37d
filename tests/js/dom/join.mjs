// The join page of a room in a frame of its own: drafts, answers on their way, news, and a line that is lost.

import { equal, ok, place, settled, until } from "./harness.mjs";

const HERE = "/live/K7M3QX";
const SENTENCES = ["sending", "received", "away", "offline", "late", "reopened", "again"];
const OUTBOX = `academy-live-outbox-${HERE}`;
const draft = (activity = "row", round = 1) => `academy-live-draft-${HERE}-${activity}-${round}`;

const STATE = { rev: 5, state: "live", activity: "row", phase: "open", round: 1, held: false, people: 0, answered: 1, results: null };

/** A section as the server makes it. */
const section = (inside, { activity = "row", round = 1, shape = "live/row/open/1/false/" } = {}) =>
  `<section id="room" tabindex="-1" data-activity="${activity}" data-round="${round}" data-shape="${shape}"><h1>Rows</h1>${inside}</section>`;
const form = (fields) => `<form id="answer" action="${HERE}/answer"><input type="hidden" name="_xsrf" value="x">
  <input type="hidden" name="activity" value="row">${fields}<button>Send</button></form>`;
const TEXT = form('<input name="row" type="text"><input name="row" type="text"><p id="timer" hidden><b></b></p>');

/** Open the page with a section, what this device keeps, and a server that answers by `served(path, options)`. */
async function open(inside, { kept = {}, served = () => reply(200, {}), query = "", more = {} } = {}) {
  localStorage.clear();
  for (const [name, value] of Object.entries(kept)) localStorage.setItem(name, typeof value === "string" ? value : JSON.stringify(value));
  const frame = place().appendChild(document.createElement("iframe"));
  frame.className = "live-frame";
  const loaded = new Promise((resolve) => (frame.onload = resolve));
  frame.src = `/frame.html${query}`;
  await loaded;
  const window = frame.contentWindow;
  const asked = [];
  window.fetch = (path, options = {}) => {
    asked.push([path, options.body ?? ""]);
    return served(path, options);
  };
  window.Math.random = () => 0;
  const clock = { ran: 0, date: 1_800_000_000_000, pauses: [], beats: [] };
  window.performance.now = () => clock.ran;
  window.performance.getEntriesByType = () => [{ responseStart: 0 }];
  window.Date.now = () => clock.date;
  window.setTimeout = (work, pause) => (clock.pauses.push(pause), setTimeout(work, pause < 10_000 ? 0 : pause));
  window.setInterval = (work, pause) => clock.beats.push([work, pause]);
  const streams = [];
  window.EventSource = class {
    constructor(address) {
      this.address = address;
      this.heard = {};
      streams.push(this);
    }
    addEventListener(name, hear) {
      this.heard[name] = hear;
    }
    close() {
      this.closed = true;
    }
  };
  const said = SENTENCES.map((name) => `data-${name}="${name}"`).join(" ");
  window.document.body.innerHTML = `<p id="line" role="status" data-address="${HERE}" ${said}></p>${section(inside, more)}`;
  const script = window.document.createElement("script");
  script.type = "module";
  script.src = "/js/live/main.js";
  const ran = new Promise((resolve) => (script.onload = resolve));
  window.document.body.append(script);
  await ran;
  const $ = (selector) => window.document.querySelector(selector);
  const news = (state) => streams.at(-1).onmessage({ data: JSON.stringify({ rev: state.rev, state }) });
  return { window, clock, $, asked, streams, news, line: () => $("#line").textContent };
}

const reply = async (status, said) => new Response(JSON.stringify(said), { status });
const page = async (inside, more) => new Response(`<!doctype html>${section(inside, more)}`);
const never = () => new Promise(() => {});
const type = (field, value) => {
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

export const tests = {
  async "what was typed stands there again, each field with its own"() {
    const fields = `<input name="row" type="text"><input name="row" type="text"><input name="one" type="radio" value="a">
      <input name="one" type="radio" value="b"><input name="some" type="checkbox" value="c"><input name="gone" type="checkbox" value="z">
      <select name="p-a"><option value=""><option value="1"><option value="2"></select>`;
    const typed = [["not-there", "x"], ["row", "first"], ["row", "second"], ["row", "third"], ["one", "b"], ["some", "c"], ["gone", "y"], ["p-a", "2"]];
    const { $, line, asked } = await open(form(fields), { kept: { [draft()]: typed } });
    equal([...$("#answer").querySelectorAll("[name=row]")].map((field) => field.value), ["first", "second"]);
    equal(["[value=a]", "[value=b]", "[name=some]", "[name=gone]"].map((field) => $(field).checked), [false, true, true, false]);
    equal([$("select").value, $("select").dataset.had, line(), asked], ["2", "2", "", []]);
  },
  async "a draft of another round or one that is damaged stays out, and so does one of an answer that is changed"() {
    const other = await open(TEXT, { kept: { [draft("row", 2)]: [["row", "old"]] } });
    equal(other.$("[name=row]").value, "");
    const damaged = await open(TEXT, { kept: { [draft()]: "{not json" } });
    equal(damaged.$("[name=row]").value, "");
    const changed = await open(form('<input type="hidden" name="change" value="1"><input name="row" value="given">'), { kept: { [draft()]: [["row", "old"]] } });
    equal(changed.$("[name=row]").value, "given");
  },
  async "what is typed is kept at once, without what belongs to the form alone"() {
    const { $ } = await open(TEXT);
    type($("[name=row]"), "hello");
    equal(JSON.parse(localStorage.getItem(draft())), [["row", "hello"], ["row", ""]]);
  },
  async "an answer goes, is received, and the room is taken anew"() {
    const serve = (path) => (path.includes("part=1") ? page("<p>Received.</p>") : reply(200, { mine: ["hello"] }));
    const { $, line, asked, window } = await open(TEXT, { served: serve });
    type($("[name=row]"), "hello");
    let stays = false;
    window.addEventListener("submit", (event) => ((stays = event.defaultPrevented), event.preventDefault()));
    $("#answer button").focus();
    $("#answer button").click();
    equal([line(), stays], ["sending", true]);
    await until(() => line() === "received");
    const sent = new URLSearchParams(asked[0][1]);
    equal([asked[0][0], sent.getAll("row"), sent.get("activity"), sent.get("_xsrf")], [`${HERE}/answer`, ["hello", ""], "row", "x"]);
    ok(/^[0-9a-f]{24}$/.test(sent.get("id")), sent.get("id"));
    ok(/^\d+$/.test(sent.get("after")) && Number(sent.get("after")) < 100_000, sent.get("after"));
    await until(() => $("#room p")?.textContent === "Received.");
    equal(asked[1], [`${HERE}?part=1`, ""]);
    equal([localStorage.getItem(draft()), localStorage.getItem(OUTBOX)], [null, null]);
    equal(window.document.activeElement, $("#room"), "the focus stays in the room");
  },
  async "the button that was pressed goes along, and no other form is taken"() {
    const buttons = form('<button name="pick" value="7">Seven</button>') + `<form id="other" action="${HERE}/leave"><button>Leave</button></form>`;
    const { $, asked } = await open(buttons, { served: never });
    let left = false;
    $("#other").addEventListener("submit", (event) => ((left = !event.defaultPrevented), event.preventDefault()));
    $("#other button").click();
    $("[name=pick]").click();
    await until(() => asked.length === 1);
    equal([new URLSearchParams(asked[0][1]).get("pick"), left], ["7", true]);
  },
  async "without a line it is kept and sent again with the same id, also from a page that was closed between"() {
    let there = false;
    const serve = (path) => (path.includes("part=1") ? page("<p>Received.</p>") : there ? reply(200, {}) : Promise.reject(new TypeError("no line")));
    const first = await open(TEXT, { served: serve });
    type(first.$("[name=row]"), "hello");
    first.$("#answer button").click();
    await until(() => first.line() === "away");
    const kept = localStorage.getItem(OUTBOX);
    equal(JSON.parse(kept).map((letter) => [letter.activity, letter.round, letter.draft, letter.title]), [["row", "1", draft(), "Rows"]]);
    there = true;
    const second = await open(TEXT, { served: serve, kept: { [OUTBOX]: kept } });
    await until(() => second.line() === "received");
    equal(second.asked[0], [`${HERE}/answer`, JSON.parse(kept)[0].body]);
  },
  async "an answer that was too late is said to be, stays, and is asked about when its question opens again"() {
    let serve = () => reply(409, { late: true, error: "closed" });
    const late = await open(TEXT, { served: (path) => (path.includes("part=1") ? never() : serve()) });
    type(late.$("[name=row]"), "hello");
    late.$("#answer button").click();
    await until(() => late.line() === "late");
    equal(localStorage.getItem(`${draft()}-late`), "1");
    serve = () => reply(200, {});
    late.$("#answer button").click();
    await until(() => late.line() === "received");
    equal(localStorage.getItem(`${draft()}-late`), null);
    const again = await open(TEXT, { kept: { [draft()]: [["row", "hello"]], [`${draft()}-late`]: "1" } });
    equal([again.line(), again.$("[name=row]").value, localStorage.getItem(`${draft()}-late`)], ["reopened", "hello", null]);
  },
  async "a refusal is said, and the form can be sent again"() {
    const { $, line, asked } = await open(TEXT, { served: () => reply(400, { error: "Please write something." }) });
    $("#answer button").disabled = true;
    $("#answer").requestSubmit();
    await until(() => line() === "Please write something.");
    equal([$("#answer button").disabled, asked.length, $("#line").getAttribute("aria-live")], [false, 1, "polite"]);
    const unsaid = await open(TEXT, { served: () => reply(400, {}) });
    unsaid.$("#answer").requestSubmit();
    await until(() => unsaid.line() === "again");
  },
  async "who has answered elsewhere is shown that answer"() {
    const serve = (path) => (path.includes("part=1") ? page("<p>Yours stands.</p>") : reply(409, { error: "You have answered.", mine: ["x"] }));
    const { $, line } = await open(TEXT, { served: serve });
    $("#answer").requestSubmit();
    await until(() => $("#room p")?.textContent === "Yours stands.");
    equal(line(), "You have answered.");
  },
  async "what is said of another question than the one on the page names it"() {
    const letter = { activity: "old", id: "1", body: "a=1", round: "1", title: "An older one", draft: draft("old") };
    const { line } = await open(TEXT, { kept: { [OUTBOX]: [letter] }, served: (path) => (path.includes("part=1") ? never() : reply(200, {})) });
    await until(() => line() === "\u2068An older one\u2069: received");
  },
  async "a place that is given twice goes to the line that had the other's"() {
    const choose = (name) => `<select name="${name}"><option value=""><option value="1"><option value="2"><option value="3"></select>`;
    const { $ } = await open(form(choose("p-a") + choose("p-b") + choose("other")));
    const put = (name, value) => {
      $(`[name=${name}]`).value = value;
      $(`[name=${name}]`).dispatchEvent(new Event("change", { bubbles: true }));
    };
    put("p-a", "1");
    put("p-b", "2");
    put("other", "2");
    put("p-b", "1");
    equal(["p-a", "p-b", "other"].map((name) => $(`[name=${name}]`).value), ["2", "1", "2"]);
    put("p-a", "3");
    equal(["p-a", "p-b"].map((name) => $(`[name=${name}]`).value), ["3", "1"]);
    equal(JSON.parse(localStorage.getItem(draft())).filter(([name]) => name[0] === "p"), [["p-a", "3"], ["p-b", "1"]]);
  },
  async "what is missing of a sum is said from the start and with each number"() {
    const sum = '<p data-sum="10" data-rest="{n} are left"></p><input type="number" name="a" value="3"><input type="number" name="b">';
    const { $ } = await open(form(sum));
    equal($("[data-sum]").textContent, "7 are left");
    type($("[name=b]"), "5");
    equal($("[data-sum]").textContent, "2 are left");
  },
  async "to change an answer the form is fetched and gets the focus"() {
    const { $, asked, window } = await open('<a data-change href="#x">Change</a>', { served: () => page(TEXT) });
    $("[data-change]").click();
    await until(() => $("#answer"));
    await until(() => window.document.activeElement.id === "room");
    await settled();
    equal([asked, window.location.hash], [[[`${HERE}?part=1&change=1`, ""]], ""]);
  },
  async "news of the question on the page change its numbers, and nothing is fetched"() {
    const inside = '<b data-k="answered">1</b><b data-k="people">0</b><progress data-k="results.n" max="9"></progress>';
    const { $, asked, news } = await open(inside);
    news({ ...STATE, answered: 4, people: 7, results: { n: 3 } });
    equal([...$("#room").querySelectorAll("b")].map((part) => part.textContent), ["4", "7"]);
    equal([$("progress").value, asked], [3, []]);
  },
  async "another question, phase, round or hold is fetched; what was said of an answer before goes"() {
    for (const change of [{ activity: "next" }, { phase: "locked" }, { round: 2 }, { held: true }, { state: "closed" }, { few: 5 }]) {
      const { $, asked, news, line } = await open(TEXT, { served: () => page("<p>New.</p>") });
      news(STATE);
      equal(asked, [], "the same");
      $("#line").textContent = "received";
      news({ ...STATE, rev: 6, ...change });
      await until(() => $("#room p")?.textContent === "New.");
      equal([asked, line()], [[[`${HERE}?part=1`, ""]], ""], JSON.stringify(change));
    }
  },
  async "a section that can not be fetched is fetched again, and an older one never replaces a newer"() {
    let times = 0;
    const broken = await open('<a data-change href="#x">Change</a>', { served: () => (++times === 1 ? reply(503, {}) : page("<p>There.</p>")) });
    broken.$("[data-change]").click();
    await until(() => broken.$("#room p")?.textContent === "There.");
    equal(times, 2);
    const slow = [];
    const { $ } = await open('<a data-change href="#x">Change</a>', { served: () => new Promise((resolve) => slow.push(resolve)) });
    $("[data-change]").click();
    $("[data-change]").click();
    slow[1](await page("<p>Newer.</p>"));
    await until(() => $("#room p")?.textContent === "Newer.");
    const older = await page("<p>Older.</p>");
    const said = await older.text();
    let read = false;
    const text = async () => ((read = true), said);
    slow[0](Object.assign(older, { text }));
    await until(() => read);
    await settled();
    equal($("#room p").textContent, "Newer.");
  },
  async "a board at home is read by its own name and hears of its own phase only"() {
    const { $, asked, news } = await open(TEXT, { query: "?activity=row", served: () => page("<p>New.</p>") });
    const home = { ...STATE, state: "home", activity: null, activities: { row: { phase: "open" } } };
    news(home);
    news({ ...home, rev: 6, activities: { row: { phase: "open" }, other: { phase: "locked" } } });
    equal(asked, []);
    news({ ...home, rev: 7, activities: { row: { phase: "revealed" } } });
    await until(() => $("#room p")?.textContent === "New.");
    equal(asked, [[`${HERE}?part=1&activity=row`, ""]]);
  },
  async "a timer runs down by the server's clock and is hidden where there is none"() {
    const { $, clock, news } = await open(TEXT);
    const ends = clock.date / 1000 + 1000;
    news({ ...STATE, now: ends - 90, timer_ends: ends });
    equal([$("#timer").hidden, $("#timer b").textContent], [false, "1:30"]);
    clock.date += 30_000;
    const [[tick, pause]] = clock.beats;
    tick();
    equal([$("#timer b").textContent, pause], ["1:00", 1000]);
    news({ ...STATE, rev: 6, now: ends, timer_ends: null });
    equal($("#timer").hidden, true);
  },
  async "a lost line is said once and taken back, but not over an answer that waits"() {
    const { $, streams, news, line } = await open(TEXT);
    news(STATE);
    streams[0].onerror();
    equal([line(), $("#line").getAttribute("aria-live")], ["offline", "polite"]);
    const alone = await open(TEXT);
    Object.defineProperty(alone.window, "frameElement", { value: null });
    alone.streams[0].onerror();
    equal(alone.$("#line").getAttribute("aria-live"), "polite", "a page of its own");
    const around = document.body;
    for (const [where, html] of [["afterbegin", '<iframe class="live-frame"></iframe>'], ["beforeend", "<div data-model></div>"]]) {
      const silent = await open(TEXT);
      around.insertAdjacentHTML(where, html);
      silent.streams[0].onerror();
      equal([silent.line(), silent.$("#line").getAttribute("aria-live")], ["offline", "off"], html);
    }
    ok(streams[0].closed);
    news({ ...STATE, rev: 6 });
    equal(line(), "");
    const waiting = await open(TEXT, { served: () => Promise.reject(new TypeError("no line")) });
    waiting.$("#answer").requestSubmit();
    await until(() => waiting.line() === "away");
    waiting.streams[0].onerror();
    equal(waiting.line(), "away");
  },
  async "what is taken anew shows what there is now, keeps what was typed, and gives the focus back"() {
    const newer = form('<b data-k="answered">1</b><input name="row" type="text"><p id="timer" hidden><b></b></p>');
    const { $, window, news } = await open(TEXT, { served: () => page(newer) });
    type($("[name=row]"), "hello");
    $("[name=row]").focus();
    news({ ...STATE, phase: "locked", answered: 4, now: 1_800_000_000, timer_ends: 1_800_000_060 });
    await until(() => $("#room [data-k]"));
    await settled();
    equal([$("#room [data-k]").textContent, $("[name=row]").value, $("#timer b").textContent], ["4", "hello", "1:00"]);
    equal(window.document.activeElement.id, "room");
    news({ ...STATE, rev: 6, phase: "open", answered: 5 });
    await until(() => $("#room [data-k]").textContent === "5" && window.document.activeElement.id !== "room");
    news({ ...STATE, rev: 7, activity: "next", answered: 6 });
    await settled();
    await until(() => $("#room [data-k]").textContent === "1");
  },
  async "how long a form was there is sent with its answer, by the clock that went on"() {
    const { $, clock, asked, news } = await open(TEXT, { served: (path) => (path.includes("part=1") ? page(TEXT) : reply(200, {})) });
    const after = () => new URLSearchParams(asked.filter(([, body]) => body).at(-1)[1]).get("after");
    clock.ran += 9000;
    $("#answer").requestSubmit();
    equal(after(), "9000");
    const before = $("#answer");
    news({ ...STATE, phase: "locked" });
    await until(() => $("#answer") !== before);
    await settled();
    clock.date += 7000;
    $("#answer").requestSubmit();
    await until(() => asked.filter(([, body]) => body).length === 2);
    equal(after(), "7000");
  },
  async "a page that says that something failed is not taken for the section"() {
    let times = 0;
    const served = async () => (++times === 1 ? new Response(section("<p>Failed.</p>"), { status: 500 }) : page("<p>There.</p>"));
    const { $, clock } = await open('<a data-change href="#x">Change</a>', { served });
    $("[data-change]").click();
    await until(() => $("#room p"));
    equal([$("#room p").textContent, times, clock.pauses.includes(1500)], ["There.", 2, true]);
  },
  async "a board that was opened at home is asked for as the room's own while people are together"() {
    const { $, asked, news } = await open(TEXT, { query: "?activity=row", served: () => page("<p>New.</p>") });
    news(STATE);
    news({ ...STATE, rev: 6, phase: "locked" });
    await until(() => $("#room p")?.textContent === "New.");
    equal(asked, [[`${HERE}?part=1`, ""]]);
  },
  async "at home the question that was on is taken anew as it changes"() {
    const { $, asked, news } = await open(TEXT, { more: { shape: "home/row/open/1/false/" }, served: () => page("<p>New.</p>") });
    news({ ...STATE, state: "home" });
    equal(asked, []);
    news({ ...STATE, rev: 6, state: "home", phase: "revealed" });
    await until(() => $("#room p")?.textContent === "New.");
    equal(asked, [[`${HERE}?part=1`, ""]]);
  },
};
