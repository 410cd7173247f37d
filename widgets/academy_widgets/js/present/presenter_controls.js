// What a presenter does with a webinar: the boards of a page, their steps, and the buttons that stand below them.

import { h, setText, set } from "../form/dom.js";
import { Board } from "./board.js";
import { scrolled } from "./deck.js";
import { openNotes } from "./presenter_notes.js";
import { openDialog } from "./dialogs.js";
import { makePoll } from "./poll.js";
import { Room } from "./room.js";

/** @typedef {import("./deck.js").Deck} Deck */
/** @typedef {import("./types.js").Activity} Activity */
/** @typedef {import("./types.js").Translate} Translate */
/** @typedef {{id: string, title: string, activities: Activity[], code: string | null}} Webinar */

const MINUTE = 60;
/** Buttons that stay when the meeting is over. */
const STAYS = new Set(["notes", "hide", "undo"]);
/** Steps that are taken back by going to where the room was before. */
const MOVED = new Set(["go", "next", "previous"]);
/** How the steps are called that Undo takes back, where several are called the same. @type {Record<string, string>} */
const KINDS = {
  ...Object.fromEntries(["open", "lock", "reveal", "hide", "reset", "timer", "spot", "remove", "admit", "guests", "enter", "end"].map((act) => [act, act])),
  ...Object.fromEntries(["approve", "hide-answer", "answered", "unanswered", "merge", "split"].map((act) => [act, "text"])),
};

export class PresenterControls {
  /**
   * @param {Deck} deck
   * @param {{base: string, xsrf: string, join: string, me: string}} config
   * @param {Webinar} webinar
   * @param {Translate} t
   */
  constructor(deck, config, webinar, t) {
    this.deck = deck;
    this.t = t;
    this.webinar = webinar;
    this.room = new Room({ ...config, code: webinar.code }, webinar.id);
    /** @type {Map<HTMLElement, Board>} */
    this.boards = new Map();
    /** @type {string | null | undefined} what the room was asked last, undefined before anything was heard */
    this.asked = undefined;
    /** How many steps of this screen to another board are on their way. */
    this.going = 0;
    /** @type {number} the revision since which the room is where this screen asked it to be */
    this.since = 0;
    this.controls = h("div", { class: "controls", role: "toolbar", "aria-label": t("controls") });
    this.buttons = this.makeButtons();
    this.buttons.undo.classList.add("gives-way");
    this.controls.append(...Object.values(this.buttons));
    this.complaint = h("p", { class: "complaint", role: "alert", hidden: true });
    this.others = h("p", { class: "others", role: "status" });
    this.room.askFirst = (name) => this.askFirst(name);
    this.room.listeners.add(() => this.heard());
    this.room.complaints.add((text) => this.complain(text === "" ? t("no_line") : text));
    deck.listeners.add(() => void this.arrived());
    setInterval(() => this.board?.tick(), 1000);
  }

  /** The board that is shown, if one is. */
  get board() {
    return this.deck.current && this.boards.get(this.deck.current.el);
  }

  /** @param {HTMLElement} el @param {Activity} activity @param {string} where */
  add(el, activity, where) {
    const board = new Board(el, activity, where, this.room, this.t);
    this.boards.set(el, board);
    board.update();
  }

  makeButtons() {
    const button = (/** @type {() => void} */ act) => h("button", { type: "button", onclick: act });
    return {
      main: button(() => this.main()),
      lock: button(() => void this.lock()),
      hide: button(() => void this.toggleResults()),
      timer: button(() => void this.timer()),
      join: button(() => this.join()),
      notes: button(() => this.notes()),
      poll: button(() => this.poll()),
      undo: button(() => void this.takeBack()),
      end: button(() => this.end()),
      close: button(() => this.close()),
    };
  }

  /** The next step of the board, or the meeting's first. */
  main() {
    if (!this.room.live) void this.start();
    else this.step(1);
  }

  /** On or back: what does not fit the screen is scrolled first, then the board goes its steps, then the slides. @param {1 | -1} way */
  step(way) {
    const { board, deck } = this;
    const moved = board && ((board.view === "results" && scrolled(board.results, way)) || (way > 0 ? board.on() : board.back()));
    if (moved) this.update();
    else deck.step(way);
  }

  async start() {
    if (this.room.live) return;
    await this.room.start();
    await this.arrived();
    if (this.room.live && !this.board) this.join(); // a board says by itself how one joins
  }

  /** A board that is shown is the one that the room is asked. */
  async arrived() {
    const { board, room } = this;
    this.update();
    if (board && this.strayed) {
      this.going += 1;
      const done = await room.control("go", { activity: board.activity.id });
      this.going -= 1;
      if (done) this.since = Math.max(this.since, done.rev);
      else if (!room.lost) this.comeBack();
    }
  }

  /** Whether this screen shows another board than the room is asked. */
  get strayed() {
    const { board, room } = this;
    return !!board && room.live && room.state.activity !== board.activity.id && !board.activity.id.startsWith("spot-");
  }

  /** What could not be done, or was not wanted: the screen shows the board again that the room is on. */
  comeBack() {
    const place = this.placeOf(this.room.state?.activity);
    if (this.strayed && !this.going && place >= 0) this.deck.go(place);
  }

  /** Undo says what it takes back before it does: on its button, or where there is none, in a question. */
  takeBack() {
    const { undo } = this.room.news;
    return undo && this.room.control("undo", { step: undo.step });
  }

  askTakeBack() {
    const { t } = this;
    if (!this.controls.hidden) return void this.takeBack();
    if (!this.room.news.undo) return;
    const go = h("button", { type: "button", onclick: () => (dialog.close(), void this.takeBack()) }, this.undoText());
    const dialog = openDialog(t("key_undo"), { close: t("leave_it") }, h("p", null, this.undoText()), go);
    go.focus();
  }

  /** What Undo would take back, in words. */
  undoText() {
    const { t } = this;
    const { undo } = this.room.news;
    if (!undo) return t("do_undo");
    if (MOVED.has(undo.act)) {
      const title = this.titleOf(undo.from ?? "");
      return t("undo_it", { what: title ? t("undo_go", { title }) : t("undo_begun") });
    }
    const what = t(`undo_${KINDS[undo.act] ?? "other"}`, { name: undo.who ?? "" });
    const title = undo.activity === this.board?.activity.id ? "" : this.titleOf(undo.activity ?? "");
    return t("undo_it", { what: title ? t("undo_about", { what, title }) : what });
  }

  /** @param {string} activity */
  titleOf(activity) {
    return [...this.boards.values()].find((board) => board.activity.id === activity)?.activity.title ?? this.webinar.activities.find(({ id }) => id === activity)?.title ?? "";
  }

  /** Somebody else presents this room: it is taken over only if that is meant. @param {string} name @returns {Promise<boolean>} */
  askFirst(name) {
    const { t } = this;
    return new Promise((resolve) => {
      let taken = false;
      const take = h("button", { type: "button", onclick: () => ((taken = true), dialog.close()) }, t("take_over"));
      const dialog = openDialog(t("taken_title", { name }), { close: t("leave_it") }, h("p", null, t("taken_text", { name })), take);
      dialog.addEventListener("close", () => resolve(taken));
    });
  }

  lock() {
    const board = this.board;
    if (board) return this.room.control(board.stage === "open" ? "lock" : "open", { activity: board.activity.id });
  }

  /** Cover the results for everybody. */
  hide() {
    const board = this.board;
    if (!board) return;
    board.back();
    return this.room.control("hide", { activity: board.activity.id });
  }

  /** Show the results, or cover them when they are shown. */
  toggleResults() {
    const board = this.board;
    if (!board || !(this.room.live || this.room.over) || board.stage === "waiting") return;
    if (board.view === "results") return this.hide();
    board.on();
    this.update();
  }

  /** Begin with the minutes of the activity; each more press adds one. */
  timer() {
    const board = this.board;
    if (!board) return;
    const ends = board.state?.timer_ends;
    const left = ends ? Math.max(0, Math.round(ends - this.room.now())) : 0;
    const seconds = left ? left + MINUTE : board.activity.minutes * MINUTE;
    return this.room.control("timer", { activity: board.activity.id, seconds });
  }

  stopTimer() {
    if (this.board) void this.room.control("timer", { activity: this.board.activity.id, seconds: 0 });
  }

  notes() {
    if ((this.room.live || this.room.over) && this.board) openNotes(this.room, this.board.activity, this.t);
  }

  poll() {
    if (this.room.live) makePoll(this.room, this.t);
  }

  join() {
    const { t, room } = this;
    const box = h("div", { class: "join-big" }, ...room.invitation(t));
    const guests = h("input", { type: "checkbox", id: "guests", checked: !!room.state?.guests });
    guests.addEventListener("change", () => void room.control("guests", { on: guests.checked }));
    const ask = room.live && h("p", { class: "guests" }, guests, h("label", { for: "guests" }, t("guests")));
    openDialog(t("join_title"), { close: t("close") }, box, ...(ask ? [ask] : [])).classList.add("wide");
  }

  /** The end of the meeting is asked for: it is not a key's work. */
  end() {
    const { t } = this;
    const go = h("button", { type: "button", onclick: () => (dialog.close(), void this.room.control("end")) }, t("end_now"));
    const dialog = openDialog(t("end_title"), { close: t("leave_it") }, h("p", null, t("end_text")), go);
  }

  /** Nobody answers any more, and nobody can tell any more whose an answer was: that is asked for too. */
  close() {
    const { t } = this;
    const go = h("button", { type: "button", onclick: () => (dialog.close(), void this.room.control("close")) }, t("close_now"));
    const dialog = openDialog(t("close_title"), { close: t("leave_it") }, h("p", null, t("close_text")), go);
  }

  heard() {
    if (!this.room.state) return this.update();
    const { spot, activity } = this.room.state;
    if (spot && !this.deck.slides.some(({ el }) => this.boards.get(el)?.activity.id === spot.id)) this.addSpot(spot);
    if (activity && activity !== this.asked) this.followTo(activity);
    this.asked = activity ?? null;
    if (this.room.state.rev >= this.since) this.comeBack();
    this.update();
  }

  /** Another screen of the presenter went on: this one goes along. At the end nobody goes anywhere. @param {string} activity */
  followTo(activity) {
    const place = this.placeOf(activity);
    if (this.asked !== undefined && !this.going && place >= 0) this.deck.go(place);
  }

  /** @param {string | undefined} activity the number of its slide, -1 if there is none */
  placeOf(activity) {
    return activity ? this.deck.slides.findIndex(({ el }) => this.boards.get(el)?.activity.id === activity) : -1;
  }

  /** A poll made on the fly gets a slide of its own after the one that is shown. @param {any} spot */
  addSpot(spot) {
    const el = this.deck.stage.appendChild(h("section", { class: "slide live", "aria-hidden": "true", tabindex: "-1" }));
    const activity = { names: "anonymous", show: "live", minutes: 3, prompt: "", ...spot };
    this.add(el, activity, this.t("spot"));
    this.deck.insert({ el, title: activity.title, live: el });
  }

  /** What is in the way, until the line is back or the next step was taken. A form on the slide says itself when the line is lost. @param {string | null} text */
  complain(text) {
    const silent = text === this.t("no_line") && !!this.deck.current?.el.querySelector(".academy-form");
    set(this.complaint, "role", !silent && "alert");
    setText(this.complaint, text);
  }

  /** Who else presents, and whether the room follows them. */
  tellOthers() {
    const { room, t } = this;
    const names = room.others.map(([, name]) => `\u2068${name}\u2069`).join(", ");
    const name = room.follows;
    setText(this.others, name ? t("others_lead", { name: `\u2068${name}\u2069` }) : names ? t("others_there", { names }) : "");
  }

  update() {
    const { t, board, buttons, room } = this;
    this.controls.hidden = !board;
    this.tellOthers();
    board?.update();
    if (!board) return;
    const ahead = board.ahead;
    const words = { open: t("do_open"), show: t("do_show"), reveal: t("do_show") };
    const { over } = room;
    buttons.main.textContent = !room.live ? t(over && room.state.state === "home" ? "do_again" : "do_start") : ahead ? words[ahead] : t("do_next");
    buttons.lock.textContent = t(board.stage === "open" ? "do_lock" : "do_reopen");
    buttons.hide.textContent = t("do_hide");
    buttons.timer.textContent = t(board.state?.timer_ends ? "do_minute" : "do_timer");
    buttons.join.textContent = t("do_join");
    buttons.notes.textContent = t("do_notes");
    buttons.poll.textContent = t("do_poll");
    buttons.undo.textContent = buttons.undo.title = this.undoText();
    buttons.end.textContent = t("do_end");
    buttons.close.textContent = t("do_close");
    for (const [name, button] of Object.entries(buttons)) if (name !== "main") button.hidden = !(room.live || (over && STAYS.has(name)));
    buttons.undo.hidden ||= !room.news.undo;
    buttons.close.hidden = room.state?.state !== "home" || !over;
    buttons.timer.hidden ||= board.view === "results" && !board.state?.timer_ends;
    buttons.join.hidden ||= board.view === "ask";
    buttons.lock.hidden ||= board.stage === "waiting";
    buttons.hide.hidden ||= board.stage === "waiting" || board.view === "ask";
  }
}
