import { alike, same, uuid } from "../values/values.js";

/** @typedef {import("../types.js").Value} Value */
/** @typedef {import("../types.js").Edit} Edit */
/** @typedef {import("../types.js").Message} Message */
/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {{path: string, by?: import("../types.js").By, was: Value, now: Value}} Learned */

/**
 * The answers as the person sees them: what the kernel confirmed, under what it has not confirmed yet.
 *
 * An edit leaves the draft only when the kernel names its id. Edits of one path that have not been sent are one edit;
 * an edit that is on its way is never changed, a later one of the same path stands beside it.
 */
export class Answers {
  /**
   * @param {{values: Record<string, Value>, revs: Record<string, number>, rev: number}} doc
   * @param {Draft} draft
   * @param {() => number} [now]
   */
  constructor(doc, draft, now = Date.now) {
    this.confirmed = new Map(Object.entries(doc.values ?? {}));
    this.revs = new Map(Object.entries(doc.revs ?? {}));
    /** All that was written up to this revision is known here. */
    this.rev = doc.rev ?? 0;
    /** Another tab took something along: only the kernel can say what counts now, of everything. */
    this.unsure = false;
    this.draft = draft;
    this.now = now;
    /** Ids of edits on their way to the kernel. @type {Set<string>} */
    this.flying = new Set();
    /** @type {((path: string) => void)[]} */
    this.listeners = [];
    // A sentence of refusal belongs to one visit: a newer course may take the value.
    for (const edit of draft.list()) if (edit.refused) draft.put({ ...edit, refused: undefined });
    this.latest = Math.max(0, ...draft.list().map((edit) => edit.at));
    /** What was last told to the listeners. @type {Map<string, Value>} */
    this.told = this.view();
  }

  /** @returns {Map<string, Value>} */
  view() {
    const view = new Map(this.confirmed);
    for (const edit of this.draft.list()) view.set(edit.path, edit.value);
    return view;
  }

  /**
   * @param {string} path
   * @returns {Value}
   */
  get(path) {
    return this.told.get(path) ?? null;
  }

  /**
   * Keep what a person typed. Does nothing when it is what the form shows already.
   * @param {string} path
   * @param {Value} value
   * @returns {boolean} whether anything changed
   */
  set(path, value) {
    if (same(this.get(path), value)) return false;
    const earlier = this.draft.list().filter((edit) => edit.path === path);
    const base = earlier.length ? earlier[0].base : (this.revs.get(path) ?? 0);
    this.latest = Math.max(this.now(), this.latest + 1);
    // The new edit is kept before the old one goes. It has an id of its own: another tab may have sent the old one.
    const over = earlier.some((old) => this.draft.left(old));
    const edit = { id: uuid(), path, value, at: this.latest, base, over };
    this.draft.put(edit);
    for (const old of earlier) if (!this.flying.has(old.id)) this.draft.drop(old.id);
    if (!this.draft.stored.has(edit.id)) this.draft.put(edit); // dropping may have made room
    this.tell();
    return true;
  }

  /** @returns {Edit[]} what the kernel has not confirmed and may still take */
  unconfirmed() {
    return this.draft.list().filter((edit) => !edit.refused);
  }

  /** @returns {Edit[]} */
  refused() {
    return this.draft.list().filter((edit) => edit.refused);
  }

  /**
   * Take edits for sending; they count as on their way until `land`.
   * @param {number} most
   * @returns {Edit[]}
   */
  take(most) {
    const edits = this.unconfirmed()
      .filter((edit) => !this.flying.has(edit.id))
      .slice(0, most);
    for (const edit of edits) {
      this.flying.add(edit.id);
      if (!edit.sent) this.draft.put({ ...edit, sent: true });
    }
    return edits;
  }

  /**
   * Edits are not on their way any more: answered, or lost.
   * @param {string[]} ids
   */
  land(ids) {
    for (const id of ids) this.flying.delete(id);
  }

  /**
   * Drop what the kernel has, and learn what it says counts now.
   * @param {Message} message
   * @returns {{late: {path: string, yours: Value, now: Value}[], learned: Learned[]}} own answers that another device's
   *   newer ones replaced, as far as the kernel did not say so itself; and what others wrote and stands here now
   */
  confirm(message) {
    const changed = message.changed ?? {};
    const before = this.told;
    const accepted = new Map();
    for (const id of message.ids ?? []) {
      const edit = this.draft.edits.get(id);
      this.flying.delete(id);
      if (!edit) continue;
      accepted.set(edit.path, edit);
      this.confirmed.set(edit.path, edit.value);
      this.draft.drop(id);
    }
    const lost = [];
    for (const [path, { value, rev }] of Object.entries(changed)) {
      if (rev < (this.revs.get(path) ?? 0)) continue;
      const mine = accepted.get(path);
      this.revs.set(path, rev);
      // The store may have trimmed what was typed; the field keeps it as it stands under the person's fingers.
      if (alike(value, this.confirmed.get(path))) continue;
      if (mine && !Array.isArray(value)) lost.push({ path, yours: mine.value, now: value });
      this.confirmed.set(path, value);
    }
    const said = new Set((message.overtaken ?? []).map((item) => item.path));
    for (const path of accepted.keys()) {
      if (!said.has(path) && !changed[path]) this.seen(path, message.revs?.[path]);
    }
    this.learn(message);
    this.tell();
    const waiting = new Set(this.draft.list().map((edit) => edit.path));
    const late = lost.filter((item) => !said.has(item.path) && !waiting.has(item.path));
    const told = new Set([...said, ...lost.map((item) => item.path)]);
    const learned = Object.entries(changed)
      .map(([path, { by }]) => ({ path, by, was: before.get(path) ?? null, now: this.get(path) }))
      .filter(({ path, was, now }) => !told.has(path) && !alike(was, now));
    return { late, learned };
  }

  /**
   * Take over up to which revision everything is known, if nothing lies between that and what was known before.
   * @param {Message} message
   */
  learn({ kind, since, rev }) {
    if (rev === undefined) return;
    if (kind === "current" && !since) this.unsure = false;
    else if ((since ?? 0) > this.rev) this.unsure = true; // something in between has not come
    if (since !== undefined ? since <= this.rev : kind === "current") this.rev = Math.max(this.rev, rev);
  }

  /**
   * The person's own answer has become this revision: what they typed on top of it does not compete with it.
   * @param {string} path
   * @param {number | undefined} rev
   */
  seen(path, rev) {
    if (rev === undefined || rev < (this.revs.get(path) ?? 0)) return;
    this.revs.set(path, rev);
    for (const edit of this.draft.list()) {
      const open = edit.path === path && edit.base < rev && !this.flying.has(edit.id);
      if (open) this.draft.put({ ...edit, base: rev });
    }
  }

  /**
   * The kernel can't take these values; they stay in the form and are not sent again until they change.
   * @param {Record<string, string>} sentences by edit id
   */
  refuse(sentences) {
    for (const [id, refused] of Object.entries(sentences)) {
      const edit = this.draft.edits.get(id);
      this.flying.delete(id);
      if (edit) this.draft.put({ ...edit, refused });
    }
  }

  /**
   * Look at what other tabs of this browser have written or sent since.
   * @returns {boolean} whether another tab took care of something that waited here
   */
  reload() {
    const before = this.draft.list();
    this.draft.reload((id) => this.flying.has(id));
    const gone = before.filter((edit) => !this.draft.edits.has(edit.id));
    // What another tab has brought to the kernel stays in view until the kernel itself says what counts.
    for (const edit of gone) this.confirmed.set(edit.path, edit.value);
    if (gone.length) this.unsure = true;
    this.tell();
    return gone.length > 0;
  }

  /** @param {(path: string) => void} listener called with each path whose shown value has changed */
  onChange(listener) {
    this.listeners.push(listener);
  }

  tell() {
    const view = this.view();
    const paths = new Set([...view.keys(), ...this.told.keys()]);
    const changed = [...paths].filter((path) => !same(view.get(path), this.told.get(path)));
    this.told = view;
    for (const path of changed) for (const listener of this.listeners) listener(path);
  }
}
