import { ago } from "/js/desk/ago.js";
import { Asking } from "/js/desk/asking.js";
import { Desk } from "/js/desk/desk.js";
import { equal, ok, place, settled, texts } from "./harness.mjs";

const doc = () => ({
  n: 0,
  course: "Academy",
  modules: [{ id: "one", title: "Power", mark: "1" }],
  exercises: [{ id: "map", title: "Map", module: "one", round: false, private: false }, { id: "talk", title: "Talk", module: "one", round: true, private: true }],
  languages: [{ id: "en", name: "English", dir: "ltr" }, { id: "ar", name: "العربية", dir: "rtl" }],
  longest: 500,
  grading: true,
  people: [
    ["p-1", "Amina", "p", "", "mo", 1, 0],
    ["p-2", "Bao", "p", "t-1", "so", 0, 1],
    ["p-3", "Miriam", "m", "", "oo", 1, 0],
  ],
  teams: { "t-1": "Harbour" },
  opened: ["map"],
  things: [
    { kind: "stop", text: "Map", count: 1, exercise: "map", who: [["p-2", "Bao"]] },
    { kind: "collect", text: "Map", count: 2, exercise: "map", command: "academy grade map", who: [["p-1", "Amina"]] },
    { kind: "stuck", text: "", count: 1, who: [["p-2", "Bao"]] },
  ],
  ends: { one: "Friday" },
  extensions: [{ id: 7, module: "one", days: 3, person: "Bao" }],
  messages: [{ id: 4, by: "Fatou", person: "", texts: { en: "Hello <b>all</b>" }, until: "Monday" }],
});
const texts_ = new Proxy({}, { get: (_, key) => (typeof key === "string" ? `${key} {n}{title}{name}{days}{when}{stuck}` : undefined) });

const open = (answers = {}) => {
  const sent = [];
  let hear = () => {};
  const model = {
    get: (name) => ({ texts: texts_, dir: "ltr", lang: "en", doc: doc() })[name],
    on: (_, work) => (hear = work),
    off: () => (hear = null),
    send: (message) => {
      sent.push(message);
      const answer = answers[message.kind];
      if (answer) queueMicrotask(() => hear({ ...answer, ask: message.ask }));
    },
  };
  const el = place();
  location.hash = "";
  const desk = new Desk(model, el);
  return { desk, el, sent, say: (message) => hear(message), panel: (name) => el.querySelector(`#desk-${name}`) };
};
const has = (found, ...parts) => ok(parts.every((part) => found.includes(part)), `${found} lacks ${parts}`);

export const tests = {
  "how long ago is said in the largest unit that is full"() {
    equal(ago(0, "en", 90), "1 minute ago");
    equal(ago(0, "en", 7200), "2 hours ago");
    equal(ago(0, "en", 86_400), "yesterday");
    equal(ago(100, "en", 50), "this minute");
  },
  async "an answer goes to the question that it answers"() {
    const sent = [];
    const asking = new Asking({ send: (message) => sent.push(message) }, String);
    const [first, second] = [asking.ask({ kind: "a" }), asking.ask({ kind: "b" })];
    asking.heard({ ask: sent[1].ask, text: "two" });
    asking.heard({ ask: 99 });
    asking.heard(null);
    asking.heard({ ask: sent[0].ask, text: "one" });
    equal([(await first).text, (await second).text], ["one", "two"]);
    equal(asking.waiting.size, 0);
  },
  "the desk opens with what waits, and tabs are reached by arrows"() {
    const { el, panel } = open();
    ok(!panel("things").hidden && panel("people").hidden);
    const tabs = [...el.querySelectorAll("[role=tab]")];
    equal(tabs.map((tab) => tab.getAttribute("tabindex")), ["0", "-1", "-1", "-1", "-1"]);
    tabs[0].focus();
    tabs[0].dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft", bubbles: true }));
    ok(!panel("pictures").hidden, "from the first one goes round to the last");
    equal(texts(tabs[0], ".count"), ["3"]);
  },
  "who may not see the desk is told so and nothing else"() {
    const el = place();
    new Desk({ get: (name) => ({ texts: texts_, dir: "ltr", lang: "en", doc: { refused: "No." } })[name], on() {}, off() {}, send() {} }, el);
    equal(el.textContent, "No.");
  },
  "texts of people are only ever text"() {
    const { panel } = open();
    equal(texts(panel("messages"), ".standing .text"), ["Hello <b>all</b>"]);
    equal(panel("messages").querySelectorAll("b").length, 0);
  },
  "what waits leads to where it is done"() {
    const { panel, el } = open();
    const [link] = [...panel("things").querySelectorAll("a.go")].map((each) => each.getAttribute("href"));
    equal(link, "grade.ipynb#map");
    equal(texts(panel("things"), "code"), ["academy grade map"]);
    panel("things").querySelector(".stuck button").click();
    ok(!el.querySelector("#desk-people").hidden);
    equal(el.querySelector("#desk-which").value, "stuck");
    equal(texts(el, "#desk-people .called bdi"), ["Bao"]);
  },
  async "the answers of who was stopped are read where they are unfolded"() {
    const found = [{ by: "", about: "version 2", answers: [["Consent", "<i>no</i>"]] }];
    const { panel, sent } = open({ stop: { kind: "stop", found } });
    for (const details of panel("things").querySelectorAll(".stop details")) details.open = true;
    await settled();
    await settled();
    equal(sent.filter(({ kind }) => kind === "stop").map(({ exercise, owner }) => [exercise, owner]), [["map", "p-2"]]);
    equal(texts(panel("things"), "dd"), ["<i>no</i>"]);
  },
  "people are found by name, and mentors are counted apart"() {
    const { panel } = open();
    equal(texts(panel("people"), ".called bdi"), ["Amina", "Bao", "Miriam"]);
    const find = panel("people").querySelector("input");
    find.value = "ami";
    find.dispatchEvent(new Event("input"));
    equal(texts(panel("people"), ".called bdi"), ["Amina"]);
    find.value = "";
    panel("people").querySelector("select").value = "map";
    panel("people").querySelector("select").dispatchEvent(new Event("change"));
    equal(texts(panel("people"), ".called bdi"), ["Bao"]);
  },
  "a light says in words what it shows"() {
    const { panel } = open();
    const [light] = panel("people").querySelectorAll(".light");
    has(light.getAttribute("aria-label"), "light", "Power");
    equal(light.textContent, "1 ◐ 1/2");
  },
  async "a person gets more days, and it is said how that went"() {
    const { panel, sent, el } = open({ extend: { kind: "done", text: "More days." } });
    panel("people").querySelector("details.person").open = true;
    await settled();
    panel("people").querySelector("form").requestSubmit();
    await settled();
    const [{ kind, module, days, person }] = sent;
    equal([kind, module, days, person], ["extend", "one", 3, "p-1"]);
    equal(texts(el, ".said"), ["More days."]);
  },
  async "an exercise is opened and closed by its own button"() {
    const { panel, sent, say } = open({ open: { kind: "done", text: "Open.", changes: { kind: "changed", n: 1, opened: ["map", "talk"] } } });
    const buttons = () => [...panel("exercises").querySelectorAll(".switch button")];
    const says = () => buttons().map(({ textContent }) => textContent.trim().split(" ")[0]);
    equal(says(), ["close", "open"]);
    const lines = [...panel("exercises").querySelectorAll("li")].slice(0, 2);
    equal(lines.map((line) => line.querySelector(".title").textContent.split(" {")[0]), ["Map", "Talk (private"]);
    equal(lines.map((line) => line.querySelector("a")?.getAttribute("href") ?? ""), ["", "reviews.ipynb#board-talk"]);
    buttons()[1].click();
    await settled();
    equal([sent[0].kind, sent[0].exercise], ["open", "talk"]);
    equal(says(), ["close", "close"]);
    has(texts(panel("exercises"), ".given span")[0], "given_to_other", "Bao");
    say(null);
  },
  async "a message goes to all in each language, and stays in the form if it was refused"() {
    const { panel, sent, el } = open({ say: { kind: "not-done", text: "Too long." } });
    const [english, arabic] = panel("messages").querySelectorAll("textarea");
    equal([english.dir, arabic.dir], ["ltr", "rtl"]);
    english.value = "Hello";
    panel("messages").querySelector("form").requestSubmit();
    await settled();
    equal([sent[0].kind, sent[0].texts, sent[0].person], ["say", { en: "Hello", ar: "" }, ""]);
    equal(english.value, "Hello");
    ok(el.querySelector(".said").classList.contains("bad"));
  },
  "what has changed is shown, and who has missed something asks for all of it"() {
    const { say, sent, el, panel } = open();
    say({ kind: "changed", n: 1, people: [["p-1", "Amina", "p", "", "md", 5, 0]], gone: ["p-2"] });
    equal(texts(panel("people"), ".called bdi"), ["Amina", "Miriam"]);
    say({ kind: "changed", n: 3, things: [] });
    equal(sent.at(-1), { kind: "look", n: 1 });
    say({ kind: "all", ...doc(), n: 3, things: [], ask: 0 });
    equal(texts(el, "#desk-people .called bdi"), ["Amina", "Bao", "Miriam"]);
    ok(!panel("things").querySelector(".empty").hidden);
  },
  async "pictures are drawn when they are looked at, without scripts in them"() {
    const picture = { id: "drivers", title: "Drivers", svg: '<svg xmlns="http://www.w3.org/2000/svg"><script>x</script><rect/></svg>', sentence: "Two.", head: ["Driver", "n"], rows: [["Heat", "2"]], csv: "Driver,n" };
    const { panel, sent, desk } = open({ pictures: { kind: "pictures", pictures: [picture] } });
    equal(sent.length, 0);
    desk.open("pictures");
    await settled();
    equal(texts(panel("pictures"), "figcaption p"), ["Two."]);
    equal(texts(panel("pictures"), "th, td"), ["Driver", "n", "Heat", "2"]);
    equal(panel("pictures").querySelectorAll("script").length, 0);
    desk.open("pictures");
    equal(sent.length, 1);
  },
};
