// The desk from panel to panel: what stands there in each state of the course, and what goes to the kernel.

import { Asking } from "/js/desk/asking.js";
import { Desk } from "/js/desk/desk.js";
import main from "/js/desk/main.js";
import { clock, equal, instead, look, ok, place, settled, texts, walk } from "./harness.mjs";

const SENTENCES = {
  sum: "{n} people, {stuck} stuck", kind_stop: "Stopped", who: "Who ({n})", and_more: "and {n} more", says_by: "{name}:",
  not_handed_in: "without {title}", people_found: "{n} of {all} people", mentors_found: "{n} mentors", show_more: "{n} more", light: "{title}: {done} of {all}",
  team: "team {name}", more_days_for: "more days for {name} in", write_to: "write to {name}", counts: "{begun} begun, {submitted} in, {feedback} back",
  ends: "ends {when}", open_it: "open {title}", close_it: "close {title}", message_in: "in {language}", to_one: "to {name}", until: "until {when}",
  given_to_one: "{n} day for {name}", given_to_other: "{n} days for {name}", given_to_all_one: "{n} day for all", given_to_all_other: "{n} days for all", csv_of: "CSV of {title}",
};
const AT = 1_700_000_000;

const doc = (more = {}) => ({
  n: 0,
  course: "Academy",
  modules: [{ id: "one", title: "Power", mark: "1" }, { id: "two", title: "Heat", mark: "2" }, { id: "off", title: "Rest", mark: "–" }],
  exercises: [
    { id: "map", title: "Map", module: "one", round: false, private: false },
    { id: "talk", title: "Talk", module: "one", round: true, private: true },
    { id: "heat", title: "Heat", module: "two", round: false, private: false },
    { id: "more", title: "More", module: "", round: false, private: false },
  ],
  languages: [{ id: "en", name: "English", dir: "ltr" }, { id: "ar", name: "العربية", dir: "rtl" }],
  longest: 500,
  grading: true,
  people: [
    ["p-1", "Amina", "p", "", "msso", AT - 7200, 0],
    ["p-2", "Bao", "p", "t-1", "sooo", AT - 172_800, 1],
    ["p-3", "Chidi", "p", "t-2", "oooo", 0, 1],
    ["p-4", "Dina", "p", "", "faad", AT - 60, 0],
    ["p-5", "Miriam", "m", "", "omoo", 0, 0],
  ],
  teams: { "t-1": "Harbour" },
  opened: ["map", "heat"],
  things: [],
  ends: { one: "Friday", two: "" },
  extensions: [],
  messages: [],
  ...more,
});

/** A desk with what it sends; `answers` says what the kernel says to each kind of question. */
function open(given = {}, { answers = {}, dir = "ltr", lang = "en" } = {}) {
  const sent = [];
  const heard = new Set();
  const model = {
    get: (name) => ({ texts: SENTENCES, dir, lang, doc: doc(given) })[name],
    on: (_, work) => heard.add(work),
    off: (_, work) => heard.delete(work),
    send(message) {
      sent.push(message);
      const answer = answers[message.kind];
      if (answer) queueMicrotask(() => say({ ...answer, ask: message.ask }));
    },
  };
  const say = (message) => heard.forEach((work) => work(message));
  const el = place();
  const desk = new Desk(model, el);
  const out = () => sent.splice(0).map(({ ask, ...message }) => message);
  return { desk, el, say, out, heard, answers, model, panel: (name) => el.querySelector(`#desk-${name}`), said: () => el.querySelector(".said") };
}

const again = async () => (await settled(), await settled());
const button = (root, text) => [...root.querySelectorAll("button")].find(({ textContent }) => textContent === text);
const key = (element, name) => {
  const event = new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true });
  element.dispatchEvent(event);
  return event.defaultPrevented;
};
const choose = (field, value, kind) => {
  field.value = value;
  field.dispatchEvent(new Event(kind));
};
const changed = (n, parts) => ({ kind: "changed", n, ...parts });

const STOPS = [
  { kind: "stop", text: "Map", count: 1, exercise: "map", who: [["p-2", "Bao"]] },
  { kind: "stop", text: "Heat", count: 3, exercise: "heat", who: [["p-1", "Amina"], ["p-2", "Bao"]] },
];
const THINGS = [
  { kind: "door", text: "Two are before the door", count: 2, who: [["p-9", "Eve"]], page: "users" },
  ...STOPS,
  { kind: "collect", text: "Map", count: 2, exercise: "map", command: "academy grade map", who: [["p-1", "Amina"], ["t-1", "Harbour"]] },
  { kind: "grade", text: "Heat", count: 5, exercise: "heat" },
  ...["a", "b", "c", "d"].map((text, n) => ({ kind: "unreviewed", text, count: n + 1, page: `reviews.ipynb#${text}` })),
  { kind: "stuck", text: "", count: 2, who: [["p-2", "Bao"], ["p-3", "Chidi"]] },
];
const FOUND = [
  { by: "Bao", about: "version 2", answers: [["Consent", "<i>no</i>"], ["Story", "two\nlines"]] },
  { by: "", about: "version 1", answers: [] },
];

export const tests = {
  async "what waits stands by kinds, leads on, and is read where it is unfolded"() {
    clock();
    const scrolled = [];
    instead(Element.prototype, { scrollIntoView() { scrolled.push(this.dataset.key); } });
    const { panel, out, say, answers } = open({ things: THINGS }, { answers: { stop: { kind: "stop", found: FOUND } } });
    const things = panel("things");
    const step = walk("desk/things", things);
    step("opened");
    const [map, heat] = things.querySelectorAll(".stop .go");
    map.focus();
    map.click();
    await again();
    equal(out(), [{ kind: "stop", exercise: "map", owner: "p-2" }]);
    equal(scrolled.splice(0), ["stop-map-p-2"]);
    step("somebody's answers are shown at once");
    say(changed(1, { people: [] }));
    equal(map.isConnected, true, "it stays while other things change");
    say(changed(2, { things: STOPS }));
    await again();
    equal(out(), [{ kind: "stop", exercise: "map", owner: "p-2" }]);
    step("the others are done: what was unfolded stays, the focus too, and it is asked for again");
    equal([map.isConnected, scrolled], [false, []]);
    answers.stop = { kind: "stop", found: [] };
    say(changed(3, { things: STOPS.slice(0, 1) }));
    const stale = texts(things, "dd");
    await again();
    step("it was mended meanwhile");
    equal([stale.length, heat.isConnected], [2, false]);
    out();
    const who = things.querySelector(".few > li > details");
    things.querySelector("details.stopped").open = false;
    await again();
    say(changed(4, { things: STOPS.slice(0, 1) }));
    await again();
    equal([out(), things.querySelector("details.stopped").open], [[], false], "who folded it wants nothing");
    answers.stop = { kind: "not-done", text: "No line." };
    who.remove();
    things.querySelector("details.stopped").open = true;
    await again();
    step("there is no answer");
    say(changed(5, { things: [] }));
    step("nothing waits");
  },
  async "who alone was stopped is unfolded with the list that names them"() {
    const { panel, out } = open({ things: STOPS });
    const [one, three] = panel("things").querySelectorAll(".few > li > details");
    one.open = three.open = true;
    await again();
    equal(out().map(({ exercise }) => exercise), ["map"]);
    equal([...panel("things").querySelectorAll("details.stopped")].map((each) => each.open), [true, false, false]);
    one.open = false;
    await again();
    ok(panel("things").querySelector("details.stopped").open, "it stays open below what was folded");
  },
  async "answers that are the same are not written again, and what is unfolded anew comes into the window"() {
    const scrolled = [];
    instead(Element.prototype, { scrollIntoView(how) { scrolled.push([this.dataset.key, how.block]); } });
    const { panel } = open({ things: STOPS.slice(0, 1) }, { answers: { stop: { kind: "stop", found: FOUND } } });
    const details = panel("things").querySelector("details.stopped");
    details.open = true;
    await again();
    const first = details.querySelector("dd");
    details.open = false;
    await again();
    details.open = true;
    await again();
    equal(details.querySelector("dd") === first, true);
    equal(scrolled, [["stop-map-p-2", "nearest"], ["stop-map-p-2", "nearest"]]);
  },
  "the ways on depend on what is installed, and lead to the very people"() {
    const { panel, el } = open({ things: THINGS, grading: false });
    equal([...panel("things").querySelectorAll("a")].map((each) => each.getAttribute("href")), ["users", ..."abcd"].map((page, n) => (n ? `reviews.ipynb#${page}` : page)));
    button(panel("things"), "Harbour").click();
    equal(el.querySelector("#desk-find").value, "p-2", "a team is shown by its first member");
    button(panel("things"), "Amina").click();
    equal([panel("people").hidden, el.querySelector("#desk-find").value, document.activeElement.textContent.slice(0, 5)], [false, "p-1", "Amina"]);
    button(panel("things"), "show_them").click();
    equal(texts(panel("people"), ".called bdi"), ["Bao", "Chidi"]);
  },
  async "people are seen with what they have done, and found"() {
    clock();
    const { panel, desk, say, out, answers, said, el } = open({}, { answers: { extend: { kind: "done", text: "More days." } } });
    desk.open("people");
    const people = panel("people");
    const step = walk("desk/people", people);
    step("opened");
    const rows = () => [...people.querySelectorAll("details.person")];
    const found = () => [texts(people, ".called bdi").join(), people.querySelector("[role=status]").textContent];
    choose(people.querySelector("input"), " AMI ", "input");
    equal(found(), ["Amina", "1 of 4 people"]);
    choose(people.querySelector("input"), "", "input");
    choose(people.querySelector("select"), "heat", "change");
    equal(found(), ["Amina,Bao,Chidi", "3 of 4 people"]);
    choose(people.querySelector("select"), "", "change");
    const [amina] = rows();
    amina.open = true;
    await again();
    step("somebody is unfolded");
    people.querySelector("form").requestSubmit();
    await again();
    equal(out(), [{ kind: "extend", module: "one", days: 3, person: "p-1" }]);
    equal([said().textContent, said().className], ["More days.", "said"]);
    answers.extend = { kind: "not-done", text: "Too many." };
    choose(people.querySelector("form select"), "two", "change");
    people.querySelector("form input").value = "60";
    people.querySelector("form").requestSubmit();
    await again();
    equal(out(), [{ kind: "extend", module: "two", days: 60, person: "p-1" }]);
    equal([said().textContent, said().className], ["Too many.", "said bad"]);
    amina.querySelector("summary").focus();
    say(changed(1, { people: [["p-1", "Amina", "p", "t-2", "mmmo", AT, 0]], gone: ["p-3"] }));
    step("somebody was here and somebody has gone");
    equal([rows()[0] === amina, rows()[1].isConnected], [false, true]);
    const [, bao] = rows();
    say(changed(2, { teams: { "t-1": "Harbour", "t-2": "Mill" } }));
    step("a team has got its name");
    equal(rows()[1] === bao, true, "who is the same stays as they are");
    bao.querySelector("summary").focus();
    say(changed(3, { people: [["p-6", "Aaron", "p", "", "oooo", 0, 0]] }));
    equal(document.activeElement === bao.querySelector("summary"), true);
    say(changed(4, { gone: ["p-6"] }));
    button(people, "write to Amina").click();
    step("somebody is written to");
    equal([texts(panel("messages"), ".whom bdi"), document.activeElement.id], [["to Amina"], "desk-say-en"]);
    equal([...el.querySelectorAll("[role=tabpanel]")].filter(({ hidden }) => !hidden).map(({ id }) => id), ["desk-messages"]);
  },
  async "how long ago somebody was here is told anew as time goes by, and rows that are the same stay"() {
    const time = clock();
    equal(texts(open({}, { lang: "de" }).panel("people"), ".last")[0], "vor 2 Stunden");
    const { panel, say } = open();
    const last = () => texts(panel("people"), ".last");
    equal(last(), ["2 hours ago", "⏸ stuck · 2 days ago", "⏸ never_came", "1 minute ago", "never_came"]);
    const row = panel("people").querySelector("details");
    await time.pass(60_000);
    say(changed(1, { opened: [] }));
    equal([last()[3], panel("people").querySelector("details") === row], ["1 minute ago", true]);
    await time.pass(3_600_000);
    say(changed(2, { messages: [] }));
    equal(last()[0], "2 hours ago");
    say(changed(3, { opened: [] }));
    equal(last()[0], "3 hours ago");
  },
  async "who is choosing how many days somebody gets goes on while that one does something"() {
    const { panel, desk, say, out } = open();
    desk.open("people");
    panel("people").querySelector("details.person").open = true;
    await again();
    const days = panel("people").querySelector("input[type=number]");
    days.value = "9";
    days.focus();
    say(changed(1, { people: [["p-1", "Amina", "p", "", "mmso", AT, 0]] }));
    equal([panel("people").querySelector(".state-m:last-child")?.textContent, document.activeElement === days, days.isConnected, days.value], ["Talk state_m", true, true, "9"]);
    days.form.requestSubmit();
    equal(out(), [{ kind: "extend", module: "one", days: 9, person: "p-1" }]);
    document.activeElement.blur();
    panel("people").querySelector("summary").focus();
    say(changed(2, { people: [["p-1", "Amina", "p", "", "mmmo", AT, 0]] }));
    equal(document.activeElement === panel("people").querySelector("summary"), true);
  },
  "of many people some are shown, more on request, and the focus goes on to them"() {
    const people = Array.from({ length: 205 }, (_, n) => [`p-${n}`, `Person ${String(n).padStart(3, "0")}`, "p", "", "oooo", 0, 0]);
    const { panel, desk } = open({ people });
    desk.open("people");
    const list = panel("people");
    const names = () => texts(list, ".called bdi");
    const more = list.lastElementChild;
    equal([names().length, more.hidden, more.textContent], [40, false, "165 more"]);
    more.click();
    equal([names().length, more.textContent], [200, "5 more"]);
    equal(document.activeElement.querySelector("bdi").textContent, "Person 040");
    more.click();
    equal([names().length, more.hidden], [205, true]);
    choose(list.querySelector("input"), "person", "input");
    equal(names().length, 40, "whoever looks for somebody begins anew");
    const row = list.querySelector("li");
    desk.panels.people.find("p-0");
    equal([names(), row.firstElementChild.open], [["Person 000"], true]);
    desk.panels.people.find("nobody");
    equal([names(), document.activeElement.id, list.querySelector("input").value], [[], "desk-which", "nobody"]);
  },
  async "exercises are opened and closed, and weeks get more days"() {
    document.documentElement.lang = "en";
    const extensions = [{ id: 7, module: "one", days: 3, person: "Bao" }, { id: 8, module: "one", days: 1, person: "" }, { id: 9, module: "two", days: 1, person: "" }];
    const { panel, desk, say, out, answers, said } = open({ extensions });
    desk.open("exercises");
    const exercises = panel("exercises");
    const step = walk("desk/exercises", exercises);
    step("opened");
    answers.close = { kind: "done", text: "Closed.", changes: changed(1, { opened: ["heat"] }) };
    const [map, talk] = exercises.querySelectorAll(".switch button");
    map.click();
    await again();
    equal([out(), said().textContent, said().className], [[{ kind: "close", exercise: "map" }], "Closed.", "said"]);
    step("one is closed");
    answers.open = { kind: "not-done", text: "Not now." };
    talk.click();
    await again();
    equal([out(), said().textContent, said().className], [[{ kind: "open", exercise: "talk" }], "Not now.", "said bad"]);
    step("another can't be opened");
    const [line] = exercises.querySelectorAll(".given li");
    say(changed(2, { people: [["p-1", "Amina", "p", "", "ffff", AT, 0]] }));
    step("somebody has done more");
    equal(line.isConnected, true);
    say(changed(3, { ends: { one: "Monday" } }));
    step("a week ends later, and another has no end any more");
    say(changed(4, { extensions: extensions.slice(1) }));
    step("days were taken back");
    exercises.querySelector("form input").value = "5";
    exercises.querySelector("form").requestSubmit();
    button(exercises, "take_back").click();
    await again();
    equal(out(), [{ kind: "extend", module: "one", days: 5 }, { kind: "extension-back", id: 8 }]);
    equal(exercises.querySelectorAll("form").length, 2);
    equal(open({ exercises: doc().exercises.slice(0, 1) }).panel("exercises").querySelectorAll("h3").length, 3, "nothing is without a week");
  },
  async "messages are written in each language, put up, and taken back"() {
    const { panel, desk, say, out, answers, said } = open();
    desk.open("messages");
    const messages = panel("messages");
    const step = walk("desk/messages", messages);
    const [english, arabic] = messages.querySelectorAll("textarea");
    step("none");
    say(changed(1, { messages: [{ id: 4, by: "Fatou", person: "", texts: { en: "Hello <b>all</b>", ar: "أهلا" }, until: "Monday" }, { id: 5, by: "Fatou", person: "Bao", texts: { en: "Hello" }, until: "Friday" }] }));
    step("two stand");
    const standing = messages.querySelector(".text");
    say(changed(2, { opened: [] }));
    equal(standing.isConnected, true);
    desk.panels.messages.to("p-2");
    step("one is begun to one person");
    button(messages, "rather_all").click();
    step("rather to all");
    desk.panels.messages.to("p-99");
    equal(texts(messages, ".whom bdi"), ["to p-99"], "who is not in the list has a name all the same");
    english.value = "Hello";
    arabic.value = "أهلا";
    messages.querySelector("#desk-say-days").value = "2";
    answers.say = { kind: "not-done", text: "Too long." };
    messages.querySelector("form").requestSubmit();
    await again();
    equal(out(), [{ kind: "say", texts: { en: "Hello", ar: "أهلا" }, days: 2, person: "p-99" }]);
    equal([said().textContent, said().className], ["Too long.", "said bad"]);
    step("it is refused");
    answers.say = { kind: "done", text: "It stands." };
    messages.querySelector("form").requestSubmit();
    await again();
    step("it stands");
    equal([said().textContent, said().className], ["It stands.", "said"]);
    out();
    answers["message-back"] = { kind: "not-done", text: "It was gone." };
    button(messages, "take_back").click();
    await again();
    equal([out(), said().textContent, said().className], [[{ kind: "message-back", id: 4 }], "It was gone.", "said bad"]);
    answers["message-back"] = { kind: "done", text: "Taken back.", changes: changed(3, { messages: [] }) };
    button(messages, "take_back").click();
    await again();
    equal([said().textContent, said().className], ["Taken back.", "said"]);
    step("they are taken back");
  },
  async "pictures are drawn when they are looked at, told when they can't be, and given as a file"() {
    const { panel, desk, out, answers } = open();
    const pictures = panel("pictures");
    const step = walk("desk/pictures", pictures);
    desk.open("pictures");
    step("they are on their way");
    desk.open("pictures");
    equal(out(), [{ kind: "pictures" }]);
    desk.asking.heard({ ask: 1, kind: "not-done", text: "No line." });
    await again();
    step("there is no line");
    answers.pictures = { kind: "pictures", pictures: [] };
    desk.open("pictures");
    await again();
    step("there are none");
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert()"><rect width="1"/></svg>';
    const drivers = { id: "drivers", title: "Drivers", svg, sentence: "Two.", head: ["Driver", "n"], rows: [["Heat", "2"], ["Dust", "1"]], csv: "Driver,n\nHeat,2" };
    answers.pictures = { kind: "pictures", pictures: [drivers, { ...drivers, id: "bad", title: "Bad", svg: "<svg><script/></svg>", rows: [] }] };
    desk.open("pictures");
    equal(out().length, 1, "they are not drawn anew by themselves");
    button(pictures, "draw_again").click();
    await again();
    step("they are drawn");
    const gone = [];
    let file;
    instead(URL, { createObjectURL: (blob) => ((file = blob), "blob:file"), revokeObjectURL: (address) => gone.push(address) });
    const clicked = [];
    const catching = new AbortController();
    document.addEventListener("click", (event) => (event.preventDefault(), clicked.push([event.target.getAttribute("href"), event.target.download])), { signal: catching.signal });
    button(pictures, "csv").click();
    catching.abort();
    equal([clicked[0], gone, document.querySelectorAll("a[download]").length], [["blob:file", "drivers.csv"], ["blob:file"], 0]);
    equal([file.type, [...new Uint8Array(await file.arrayBuffer())].slice(0, 4), (await file.text()).trim()], ["text/csv;charset=utf-8", [239, 187, 191, 68], "Driver,n\nHeat,2"]);
  },
  async "the desk opens where the address says, is told what is missed, and asks again while it is seen"() {
    const time = clock();
    history.replaceState(null, "", "#people");
    const { el, desk, say, out, heard, model } = open({ things: THINGS, messages: [{ id: 4, by: "Fatou", person: "", texts: {}, until: "" }] });
    const step = walk("desk/desk", el.querySelector(".academy-desk"));
    for (const panel of el.querySelectorAll("[role=tabpanel]")) panel.replaceChildren();
    step("opened");
    history.replaceState(null, "", "#nowhere");
    ok(!open().panel("things").hidden);
    history.replaceState(null, "", location.pathname);
    document.body.replaceChildren(el);
    say(changed(1, { things: [], messages: [], gone: ["p-2"], people: [["p-6", "Aaron", "m", "", "oooo", 0, 0]] }));
    for (const panel of el.querySelectorAll("[role=tabpanel]")) panel.replaceChildren();
    step("somebody has gone and nothing waits");
    say(changed(4, {}));
    equal(out(), [{ kind: "look", n: 1 }]);
    say({ kind: "all", ...doc({ n: 4 }), ask: 0 });
    equal(desk.state.doc.people.map(([id]) => id), ["p-1", "p-2", "p-3", "p-4", "p-5"]);
    equal(["kind" in desk.state.doc, "ask" in desk.state.doc, "gone" in desk.state.doc, desk.state.doc.n], [false, false, false, 4]);
    await time.pass(60_000);
    look(document, false);
    await time.pass(60_000);
    equal(out(), [{ kind: "look", n: 4 }], "nobody looks");
    look(document, true);
    equal(out(), [{ kind: "look", n: 4 }]);
    desk.close();
    look(document, true);
    await time.pass(60_000);
    equal([out(), heard.size, el.childElementCount], [[], 0, 0]);
    const close = main.render({ model, el });
    equal([heard.size, el.childElementCount], [1, 1]);
    close();
    equal([heard.size, el.childElementCount], [0, 0]);
    open({ refused: "No." }).desk.close();
  },
  "tabs are reached by the keys of their direction"() {
    const named = () => document.activeElement.id.replace("desk-tab-", "");
    for (const dir of ["ltr", "rtl"]) {
      const { el } = open({}, { dir });
      const [first] = el.querySelectorAll("[role=tab]");
      first.focus();
      ok(key(first, "ArrowRight"));
      equal([named(), el.querySelector("[aria-selected=true]").id], dir === "ltr" ? ["people", "desk-tab-people"] : ["pictures", "desk-tab-pictures"]);
      key(document.activeElement, "ArrowLeft");
      equal(named(), "things");
      equal(key(first, "Home"), false);
      el.querySelectorAll("[role=tab]")[2].click();
      ok(!el.querySelector("#desk-exercises").hidden);
      document.activeElement.blur();
      equal(key(first, "ArrowRight"), false, "the keys of what is not focused are left alone");
    }
  },
  async "a question that gets no answer in time has one, and none later"() {
    const time = clock();
    const asking = new Asking({ send() {} }, String);
    const answers = [];
    void asking.ask({ kind: "a" }).then((answer) => answers.push(answer));
    const second = asking.ask({ kind: "b" });
    asking.heard({ ask: 2, kind: "done" });
    await second;
    equal(time.jobs.size, 1, "the clock of what was answered stands");
    await time.pass(19_999);
    equal(answers, []);
    await time.pass(1);
    equal([answers, asking.waiting.size], [[{ ask: 1, kind: "not-done", text: "no_answer" }], 0]);
  },
};
