// The form in a file: what it says at its end, the answers file, and how it starts.

import { EndBar } from "/js/form/offline/bar.js";
import { start } from "/js/form/offline/main.js";
import { AdviceView, AgainView, Neighbours, Pictures, TakeAwayView, tellNeighbours } from "/js/form/offline/without.js";
import { equal, ok, settled, texts, until, walk } from "./harness.mjs";
import { fresh, pass, SPEC, TEXTS, write } from "./forms/page.mjs";

const FIELDS = [
  { id: "why", type: "text", label: "Why", required: true, words: [1, 5] },
  { id: "map", type: "table", label: "Map", required: true, columns: [{ id: "a", type: "line", label: "A", required: true }] },
];
const TICKET = { person: "p1", seal: "s1" };
const DATA = {
  spec: { ...SPEC, fields: FIELDS },
  doc: { person: "p1", open: true, values: {}, revs: {}, rev: 0, submissions: [], advice: [], computed: {}, shown: {} },
  texts: TEXTS,
  lang: "en",
  dir: "ltr",
  ticket: TICKET,
  name: "Ana",
  sheet: { course: "Course", intro: "", texts: {} },
};

let form = null;
/** Open the file; says what there is, what was downloaded and what was let go. */
function openFile(more = {}) {
  form?.close();
  const root = fresh();
  const files = [];
  root.ownerDocument.body.onclick = (event) => {
    const { download, href } = event.target;
    if (download) (event.preventDefault(), files.push([download, href]));
  };
  const freed = [];
  URL.revokeObjectURL = (url) => freed.push(url);
  form = start({ ...DATA, ...more }, root);
  const bar = root.querySelector(".end");
  const press = (text) => [...bar.querySelectorAll("button")].find((one) => one.textContent === text).click();
  const note = () => bar.querySelector(":scope > .submit-note").textContent;
  return { root, bar, files, freed, press, note, at: (path) => document.getElementById(`f1/${path}/`) };
}
const take = async (page, text) => {
  const field = page.root.querySelector("#academy-file");
  Object.defineProperty(field, "files", { value: text === null ? [] : [new File([text], "answers.json")], configurable: true });
  field.dispatchEvent(new Event("change"));
  if (text !== null) await until(page.note);
};

export const tests = {
  "the file saves answers, says what is new since and opens them again"() {
    const page = openFile();
    const step = walk("form/file", page.root);
    step("opened");
    page.press("save_file");
    equal([page.note(), page.files], ["nothing_to_save", []]);
    write(page.at("why"), "because");
    step("written");
    page.press("save_file");
    const name = "Map - Ana - 2030-01-05 - p1.answers.json";
    equal([page.note(), page.files.map(([file]) => file)], [`file_saved ${name}`, [name]]);
    pass(59_999);
    equal(page.freed, []);
    pass(1);
    equal(page.freed, [page.files[0][1]]);
    equal(document.querySelectorAll("a[download]").length, 0);
    write(page.at("why"), "because we");
    step("changed since it was saved");
  },
  async "what was saved is what was written"() {
    const page = openFile({ name: undefined });
    write(page.at("why"), "because");
    page.press("save_file");
    const file = JSON.parse(await (await fetch(page.files[0][1])).text());
    equal([file.ticket, file.edits.map(({ path, value }) => [path, value]), page.files[0][0].includes(" - - - ")], [TICKET, [["why", "because"]], true]);
  },
  "gaps are named with ways to them, and when there are none"() {
    const page = openFile();
    const step = walk("form/gaps", page.root);
    page.press("look_over");
    step("two gaps");
    write(page.at("why"), "because");
    page.root.querySelector(".add").click();
    page.press("look_over");
    equal(texts(page.root, ".summary li"), ["row 1 · A – unanswered"]);
    write(page.root.querySelector("td input.line"), "a");
    page.press("look_over");
    equal([page.note(), page.root.querySelector(".summary").hidden, page.root.querySelectorAll(".invalid").length], ["no_gaps", true, 0]);
    write(page.at("why"), "");
    equal(page.note(), "");
    page.press("look_over");
    equal([page.note(), texts(page.root, ".summary p")], ["", ["gaps 1"]]);
  },
  async "where no file appears the answers are a text to copy"() {
    const page = openFile();
    const box = page.root.querySelector("#academy-text");
    write(page.at("why"), "because");
    equal(box.value, "");
    box.closest("details").open = true;
    await until(() => box.value);
    write(page.at("why"), "because we");
    ok(box.value.includes('"because we"'), "the text is not the newest");
    const copied = [];
    Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => copied.push(text) }, configurable: true });
    page.press("copy");
    await settled();
    equal([copied, texts(page.bar, "details .submit-note"), box.selectionStart, box.selectionEnd], [[box.value], ["text_copied"], 0, box.value.length]);
    Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true });
    for (const [done, said] of [[true, "text_copied"], [false, "text_selected"]]) {
      document.execCommand = (command) => command === "copy" && done;
      page.press("copy");
      await settled();
      equal(texts(page.bar, "details .submit-note"), [said]);
    }
  },
  async "an answers file is taken up again, and another form's is not"() {
    const page = openFile();
    const edits = [{ id: "e1", path: "why", value: "from the file", at: 1, base: 0 }];
    await take(page, null);
    equal(page.note(), "");
    await take(page, JSON.stringify({ kind: "academy-answers", ticket: { seal: "s2" }, edits }));
    equal([page.note(), page.at("why").value], ["other_file", ""]);
    const next = openFile();
    const emptied = [];
    Object.defineProperty(next.root.querySelector("#academy-file"), "value", { set: (text) => emptied.push(text) });
    let shown = 0;
    next.bar.querySelector(".submit-note").scrollIntoView = () => (shown += 1);
    await take(next, JSON.stringify({ kind: "academy-answers", ticket: TICKET, edits }));
    equal([next.note(), next.at("why").value], ["file_opened 1", "from the file"]);
    await settled();
    equal([emptied, shown], [[""], 1]);
  },
  "the file is laid out for paper while it is printed"() {
    const page = openFile();
    const printed = [];
    window.print = () => printed.push(1);
    page.press("print");
    window.dispatchEvent(new Event("beforeprint"));
    equal([printed.length, texts(document, ".academy-paper h1"), document.documentElement.className], [1, ["Map"], "academy-on-paper"]);
    window.dispatchEvent(new Event("afterprint"));
    equal([document.querySelector(".academy-paper"), document.documentElement.className], [null, ""]);
  },
  async "the file starts by itself where its data and its place are"() {
    form?.close();
    form = null;
    const root = fresh();
    const made = (tag, more, text = "") => root.appendChild(Object.assign(document.createElement(tag), more, { textContent: text }));
    made("p", { id: "academy-start" });
    made("div", { id: "academy-form" });
    await import("/js/form/offline/main.js?no-data");
    equal(texts(root, ".academy-form").length, 0);
    made("script", { id: "academy-data", type: "application/json" }, JSON.stringify(DATA));
    await import("/js/form/offline/main.js?data");
    equal([root.querySelectorAll(".academy-form").length, document.getElementById("academy-start")], [1, null]);
  },
  async "the file unpacks its style, data and script, also where the browser can't by itself"() {
    const SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%,()*+-;.=:?@^_`{|}~";
    const packed = async (text) => {
      const bytes = new Uint8Array(await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer());
      let said = "";
      for (let from = 0; from < bytes.length; from += 4) {
        let word = 0;
        for (let n = 0; n < 4; n++) word = word * 256 + (bytes[from + n] ?? 0);
        let five = "";
        for (let n = 0; n < 5; n++) (five = SIGNS[word % 85] + five), (word = Math.floor(word / 85));
        said += five.slice(0, Math.min(4, bytes.length - from) + 1);
      }
      return said;
    };
    const { DecompressionStream: kept } = window;
    const look = async (name, text) => {
      fresh().innerHTML = '<p id="academy-start"></p><p id="academy-old" hidden></p>';
      const pack = document.body.appendChild(Object.assign(document.createElement("script"), { type: "text/plain", id: "academy-pack" }));
      pack.textContent = text;
      document.getElementById("academy-data")?.remove();
      window.started = 0;
      await import(`/js/form/offline/unpack.js?${name}`);
      await until(() => window.started || !document.getElementById("academy-old").hidden);
      return [window.started, document.getElementById("academy-data")?.textContent, document.getElementById("academy-start").hidden, document.getElementById("academy-old").hidden];
    };
    const text = await packed(JSON.stringify({ style: "p{--x:1}", data: '{"a":1}', script: "window.started += 1" }));
    equal(await look("by itself", text), [1, '{"a":1}', false, true]);
    delete window.DecompressionStream;
    equal(await look("by ours", text), [1, '{"a":1}', false, true]);
    window.DecompressionStream = kept;
    equal(getComputedStyle(document.getElementById("academy-old")).getPropertyValue("--x"), "1");
    equal(await look("damaged", "00"), [0, undefined, true, false]);
    for (const style of document.head.querySelectorAll("style")) style.remove();
    ok(window.academySpeaks.test("ب"));
  },
  "what only a server can say is not there"() {
    const advice = new AdviceView();
    advice.show();
    equal([advice.el.hidden, AgainView === AdviceView, new Pictures().after(), tellNeighbours()], [true, true, [], undefined]);
    for (const name of ["heard", "refresh", "saved", "close"]) new Pictures()[name]();
    ok(new Neighbours() && new TakeAwayView() && EndBar);
  },
};
