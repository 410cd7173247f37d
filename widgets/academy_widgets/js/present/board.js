// A slide with one activity: what is asked, how to join, how many have answered, and what they said.

import { h, setText, set } from "../form/dom.js";
import { DRAW } from "./kinds.js";

/** @typedef {import("./types.js").Activity} Activity */
/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./types.js").Translate} Translate */

const SIZES = [1, 0.92, 0.85, 0.78, 0.71, 0.65];

export class Board {
  /**
   * @param {HTMLElement} el the slide
   * @param {Activity} activity
   * @param {string} where such as "Board 2 of 7"
   * @param {Room} room
   * @param {Translate} t
   */
  constructor(el, activity, where, room, t) {
    this.el = el;
    this.activity = activity;
    this.room = room;
    this.t = t;
    this.view = "ask";
    this.asked = false;
    this.invited = "";
    this.people = h("p", { class: "people", role: "status" });
    this.timer = h("p", { class: "timer", role: "timer" });
    this.phase = h("p", { class: "phase" });
    this.results = h("div", { class: "results", dir: t("dir") });
    this.empty = h("p", { class: "empty" });
    this.why = h("div", { class: "why-all", dir: "auto" });
    this.why.innerHTML = activity.why ?? "";
    const prompt = h("div", { class: "prompt", dir: "auto" });
    prompt.innerHTML = activity.prompt; // made by the server of the course's own text
    this.prompt = prompt;
    const over = h("p", { class: "over" }, [where, t(activity.names)].filter(Boolean).join(" · "));
    this.join = h("aside", { class: "join-box" });
    this.address = h("p", { class: "join-line" });
    el.append(
      h("div", { class: "top" }, over, h("div", { class: "counts" }, this.timer, this.people, this.phase)),
      h("h2", { dir: "auto" }, activity.title),
      h("div", { class: "asking" }, h("div", { class: "prompt-box" }, prompt, choices(activity)), this.join),
      h("div", { class: "showing" }, this.results, this.empty, this.why),
      this.address,
    );
  }

  /** The state of the room as it is for this activity, or null while it is about another one. */
  get state() {
    return this.room.about(this.activity.id);
  }

  /** @returns {string} */
  get stage() {
    return this.room.state?.activities?.[this.activity.id]?.phase ?? "waiting";
  }

  /** Draw what the room says now. */
  update() {
    const { room, t } = this;
    const { state } = this;
    if (state?.phase === "revealed" && this.view === "ask" && !this.asked) this.view = "results";
    const answered = room.state?.activities?.[this.activity.id]?.answered ?? 0;
    this.el.dataset.view = this.view;
    this.el.dataset.phase = this.stage;
    setText(this.people, room.live || room.over ? t("answered_of", { n: answered, all: Math.max(room.state.people, answered) }) : "");
    setText(this.phase, room.live ? t(`phase_${this.stage}`) : room.over ? t(`phase_${room.state.state}`) : "");
    this.invite();
    if (this.view === "ask") fit(/** @type {HTMLElement} */ (this.prompt.parentElement));
    this.address.hidden = !room.live;
    this.address.replaceChildren(h("bdi", { dir: "ltr" }, `${room.address} · ${room.shownCode}`));
    const results = state?.results;
    const some = !!results && results.n > 0;
    setText(this.empty, some ? "" : t(state?.held && answered ? "held" : state?.few && answered ? "few" : "no_answers", { n: state?.few ?? 0 }));
    this.results.hidden = !some;
    this.why.hidden = !(some && state?.phase === "revealed" && this.activity.why);
    if (results && some && this.view === "results") {
      DRAW[this.activity.kind](this.results, this.activity, results, t);
      fit(this.results);
    }
    this.tick();
  }

  /** How to join; drawn anew only when it changes, so that the picture is not asked for again and again. */
  invite() {
    const key = `${this.room.state?.state}/${this.room.over}/${this.room.code}`;
    if (this.invited === key) return;
    this.invited = key;
    this.join.replaceChildren(...this.room.invitation(this.t));
  }

  /** Once a second: the time that is left. */
  tick() {
    const ends = this.state?.timer_ends;
    const left = ends ? Math.max(0, Math.round(ends - this.room.now())) : null;
    setText(this.timer, left === null ? "" : `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`);
    this.timer.classList.toggle("over-time", left === 0);
  }

  /** What pressing on would do here: open the board, show the results, or nothing more. @returns {"open" | "show" | "reveal" | null} */
  get ahead() {
    if (this.room.over) return this.state?.held ? "reveal" : this.view === "ask" ? "show" : null;
    if (!this.room.live) return null;
    if (this.stage === "waiting") return "open";
    if (this.stage === "revealed") return this.view === "ask" ? "show" : null;
    if (this.state?.held) return "reveal";
    return this.view === "ask" ? "show" : null;
  }

  /** Take the next step of this board, to be drawn; whether there was one. */
  on() {
    const step = this.ahead;
    if (!step) return false;
    this.asked = false;
    if (step === "open") void this.room.control("open", { activity: this.activity.id });
    else {
      this.view = "results";
      if (step === "reveal") void this.room.control("reveal", { activity: this.activity.id });
    }
    return true;
  }

  /** Back from the results to the question; whether there was anything to go back to. */
  back() {
    if (this.view !== "results") return false;
    this.view = "ask";
    this.asked = true;
    this.update();
    return true;
  }
}

/** What is much is set smaller until it fits, within reason; more than that scrolls. @param {HTMLElement} el */
function fit(el) {
  const over = () => el.scrollHeight > el.clientHeight + 2;
  for (const size of SIZES) {
    el.style.setProperty("--fit", String(size));
    if (!over()) break;
  }
  set(el, "tabindex", over() && "0");
}

/** What there is to choose from: also for those who only see the screen. @param {Activity} activity */
function choices({ options, columns }) {
  const lines = options?.length ? options.map(({ text }) => ({ text, help: "" })) : (columns ?? []).map(({ title, help }) => ({ text: title, help }));
  if (!lines.length) return null;
  return h("ul", { class: "choices-list" }, ...lines.map(({ text, help }) => h("li", { dir: "auto" }, help ? h("b", null, text) : text, help && ` ${help}`)));
}
