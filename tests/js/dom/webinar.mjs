// The live part of a lesson in a frame of its own: the room while people are together, else board by board.

import { equal, ok, place, settled, until, walk } from "./harness.mjs";

const BASE = "/frame.html?";
const ROOM = { code: "K7M3QX", state: "live" };
const HOME = { code: "K7M3QX", state: "home" };
const board = (id) => `<details data-board="${id}"><summary>${id.toUpperCase()}</summary><div class="live-board">To read.</div></details>`;

/** Open a live part that says `data` of itself, on a page whose server answers as `served` does. */
async function open(data, served = () => HOME) {
  const frame = place().appendChild(document.createElement("iframe"));
  const loaded = new Promise((resolve) => (frame.onload = resolve));
  frame.src = "/frame.html";
  await loaded;
  const { contentWindow: window, contentDocument: page } = frame;
  const asked = [];
  const timers = [];
  const seen = { hidden: false };
  window.fetch = async (path) => {
    asked.push(path);
    const session = served();
    return new Response(JSON.stringify(session), { status: session ? 200 : 503 });
  };
  window.Math.random = () => 0.5;
  window.setTimeout = (work, pause) => timers.push([work, pause]);
  window.clearTimeout = (n) => n && (timers[n - 1] = null);
  Object.defineProperty(page, "hidden", { get: () => seen.hidden });
  const said = Object.entries({ base: BASE, webinar: "power", frame: "The live room", ...data }).map(([name, value]) => `data-${name}="${value}"`);
  page.body.innerHTML = `<section ${said.join(" ")}><div class="live-now" hidden></div>
    <div class="live-home"><p class="live-open"></p><p class="live-closed" hidden></p>${board("row")}${board("map")}</div></section>`;
  const script = page.createElement("script");
  script.type = "module";
  script.textContent = 'import { open } from "/js/webinar/main.js"; open(document.querySelector("section")); document.body.dataset.open = "";';
  page.body.append(script);
  await until(() => "open" in page.body.dataset);
  const $ = (selector) => page.querySelector(selector);
  return {
    $,
    asked,
    timers,
    step: (name) => walk(`webinar/${name}`, $("section")),
    seen,
    /** The page is looked at again, or its time has come; it has asked, and will again. */
    async look(begin = () => page.dispatchEvent(new Event("visibilitychange"))) {
      const before = timers.length;
      begin();
      await until(() => timers.length > before);
    },
    /** Somebody opens or closes a board. */
    async turn(id, way = true) {
      const details = $(`[data-board=${id}]`);
      const turned = new Promise((resolve) => details.addEventListener("toggle", resolve));
      details.open = way;
      await turned;
      await settled();
    },
    frames: () => [...page.querySelectorAll("iframe")].map(({ title, src }) => [title, src.replace(window.location.origin, "")]),
  };
}

const waits = ({ timers }) => timers.filter(Boolean).map(([, pause]) => pause);

export const tests = {
  async "people come together and part, and the page goes along"() {
    let session = HOME;
    const there = await open({ code: HOME.code, state: "home" }, () => session);
    const step = there.step("together");
    step("at home");
    equal([there.asked, waits(there)], [[], [25_000]], "what the page brought is new enough");
    session = ROOM;
    await there.look();
    step("together");
    equal([there.asked, waits(there)], [["/frame.html?live/at/power"], [25_000]]);
    const frame = there.$(".live-now iframe");
    await there.look();
    ok(there.$(".live-now iframe") === frame, "the room that is open is opened again");
    session = { ...ROOM, code: "ANEW23" };
    await there.look();
    step("another room");
    session = { ...HOME, code: "ANEW23", state: "closed" };
    await there.look();
    step("closed");
    session = { ...session, state: "home" };
    await there.look();
    step("open again");
  },
  async "who comes while people are together is in the room at once"() {
    const there = await open({ code: ROOM.code, state: "live" });
    equal(there.frames(), [["The live room", "/frame.html?live/K7M3QX"]]);
    equal([there.$(".live-now").hidden, there.$(".live-home").hidden, there.asked], [false, true, []]);
  },
  async "a board that is opened at home gets its room, once"() {
    const there = await open({ code: HOME.code, state: "home" });
    equal(there.frames(), []);
    await there.turn("map");
    equal(there.frames(), [["MAP", "/frame.html?live/K7M3QX?activity=map"]]);
    const frame = there.$("iframe");
    await there.turn("map", false);
    await there.turn("map");
    ok(there.$("iframe") === frame, "what somebody writes there would be lost");
    await there.look();
    ok(there.$("iframe") === frame);
    there.$("[data-board=row] summary").remove();
    await there.turn("row");
    equal(there.frames()[0], ["The live room", "/frame.html?live/K7M3QX?activity=row"]);
  },
  async "where there is no room yet, the first board that is opened asks for one"() {
    const there = await open({});
    equal([there.asked, waits(there)], [[], [25_000]]);
    await there.turn("row");
    await until(() => there.frames().length);
    equal([there.asked.length, there.frames()], [1, [["ROW", "/frame.html?live/K7M3QX?activity=row"]]]);
    await there.turn("row", false);
    await there.turn("map");
    equal(there.asked.length, 1);
  },
  async "a board that is closed asks for nothing"() {
    const there = await open({}, () => null);
    await there.turn("row");
    await there.turn("row", false);
    equal([there.asked.length, there.frames()], [1, []]);
  },
  async "a page with one board opens it by itself"() {
    const there = await open({ activity: "row" });
    await until(() => there.frames().length);
    equal([there.asked.length, there.$("[data-board=row]").open], [1, true]);
    const known = await open({ activity: "row", code: "K7M3QX", state: "home" });
    equal([known.asked, known.$("[data-board=row]").open, waits(known)], [[], true, [25_000]]);
  },
  async "a page that nobody looks at asks for nothing, one without an answer stays and asks again"() {
    let session = null;
    const there = await open({ code: HOME.code, state: "home" }, () => session);
    there.seen.hidden = true;
    there.$("section").ownerDocument.dispatchEvent(new Event("visibilitychange"));
    equal([there.asked, waits(there)], [[], [25_000]]);
    await there.look(there.timers.at(-1)[0]);
    equal(there.asked, [], "hidden, it looks again later");
    there.seen.hidden = false;
    await there.look();
    equal([there.asked.length, there.$(".live-home").hidden, waits(there)], [1, false, [25_000]]);
    session = ROOM;
    await there.look(there.timers.at(-1)[0]);
    equal([there.asked.length, there.frames().length], [2, 1]);
  },
  async "a frame is as high as what is in it, also when that grows"() {
    const there = await open({ code: ROOM.code, state: "live" });
    const frame = there.$("iframe");
    await until(() => frame.contentDocument?.documentElement?.className === "framed");
    const root = frame.contentDocument.documentElement;
    await until(() => frame.style.height === `${root.offsetHeight + 4}px`);
    frame.contentDocument.body.style.height = "300px";
    await until(() => frame.style.height === `${root.offsetHeight + 4}px` && root.offsetHeight > 300);
  },
};
