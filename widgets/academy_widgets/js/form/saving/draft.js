import { randomText } from "../values/values.js";

/** @typedef {import("../types.js").Edit} Edit */
const DEVICE = "academy/device";

/** @typedef {{key: string, at: number}} Intent a wish to submit that the kernel has not confirmed */

/**
 * What this device keeps until the kernel has confirmed it.
 *
 * Each edit lies under a key of its own, so that two tabs never write over each other. Where the browser refuses to
 * keep anything (full, forbidden, private mode) the draft goes on in memory.
 */
export class Draft {
  /**
   * @param {string} prefix of all keys of this person's exercise
   * @param {Storage | null} storage null when nothing shall outlive the page
   */
  constructor(prefix, storage) {
    this.prefix = prefix;
    this.storage = storage;
    /** @type {Map<string, Edit>} */
    this.edits = new Map();
    /** Ids of edits that were kept at one time, so that a missing one was taken away by another tab. @type {Set<string>} */
    this.stored = new Set();
    /** Whether the browser keeps anything at all, as far as that can be seen before somebody writes. */
    this.writable = this.write("try", 1);
    this.erase("try");
    this.reload();
  }

  /** Whether everything unconfirmed would outlive this page. */
  get kept() {
    return [...this.edits.keys()].every((id) => this.stored.has(id));
  }

  /** @returns {Edit[]} in the order in which they were typed */
  list() {
    return [...this.edits.values()].sort((a, b) => a.at - b.at);
  }

  /** @param {Edit} edit */
  put(edit) {
    this.edits.set(edit.id, edit);
    if (this.write(`edit/${edit.id}`, edit)) this.stored.add(edit.id);
    else this.stored.delete(edit.id);
  }

  /**
   * Whether an edit, or one it was typed over, may have left this device, in this tab or another.
   * @param {Edit} edit
   */
  left(edit) {
    if (edit.sent || edit.over) return true;
    if (!this.stored.has(edit.id)) return false;
    const kept = this.read(`edit/${edit.id}`);
    return !kept || kept.sent === true;
  }

  /** @param {string} id */
  drop(id) {
    this.edits.delete(id);
    this.stored.delete(id);
    this.erase(`edit/${id}`);
  }

  /**
   * Take over what other tabs wrote, and forget what they have brought to the kernel or typed over.
   * @param {(id: string) => boolean} [busy] edits that stay whatever the storage says
   */
  reload(busy = () => false) {
    const found = this.scan();
    if (!found) return;
    const there = new Set(found.map((edit) => edit.id));
    const { wiped } = this;
    for (const edit of this.list()) {
      if (there.has(edit.id) || busy(edit.id)) continue;
      if (wiped) this.put(edit);
      else if (this.stored.has(edit.id)) this.edits.delete(edit.id);
    }
    if (wiped) deviceName(this.storage);
    for (const edit of found) {
      if (!this.edits.has(edit.id)) this.edits.set(edit.id, edit);
      this.stored.add(edit.id);
    }
  }

  /** Whether somebody has emptied the browser's storage while this page was open. */
  get wiped() {
    try {
      return !this.storage?.getItem(DEVICE);
    } catch {
      return false;
    }
  }

  /** @returns {Intent | null} */
  intent() {
    const intent = this.read("submit");
    return intent && typeof intent.key === "string" && typeof intent.at === "number" ? intent : null;
  }

  /** @param {Intent | null} intent */
  keepIntent(intent) {
    if (intent) this.write("submit", intent);
    else this.erase("submit");
  }

  /** @returns {Edit[] | null} null when the storage can't be read */
  scan() {
    if (!this.storage) return null;
    try {
      const start = `${this.prefix}edit/`;
      return Object.keys(this.storage)
        .filter((key) => key.startsWith(start))
        .map((key) => this.read(key.slice(this.prefix.length)))
        .filter(isEdit);
    } catch {
      return null;
    }
  }

  /**
   * @param {string} name
   * @param {unknown} value
   * @returns {boolean} whether the browser keeps it
   */
  write(name, value) {
    if (!this.storage) return false;
    try {
      this.storage.setItem(this.prefix + name, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  }

  /**
   * @param {string} name
   * @returns {any}
   */
  read(name) {
    try {
      return JSON.parse(this.storage?.getItem(this.prefix + name) ?? "null");
    } catch {
      return null;
    }
  }

  /** @param {string} name */
  erase(name) {
    try {
      this.storage?.removeItem(this.prefix + name);
    } catch {
      // What can't be erased is sent again one day, under the same id.
    }
  }
}

/**
 * Whether something has the shape of an edit.
 * @param {any} edit
 * @returns {edit is Edit}
 */
export function isEdit(edit) {
  return (
    typeof edit?.id === "string" &&
    typeof edit.path === "string" &&
    typeof edit.at === "number" &&
    typeof edit.base === "number" &&
    "value" in edit
  );
}

/** The browser's storage, or null where even asking for it is forbidden. */
export function browserStorage() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/**
 * The name of this browser, so that the kernel does not take its resent edits for another device's.
 * @param {Storage | null} storage
 */
export function deviceName(storage) {
  const fresh = randomText(12);
  try {
    const known = storage?.getItem(DEVICE);
    if (known) return known;
    storage?.setItem(DEVICE, fresh);
  } catch {
    // A name for this page only is enough.
  }
  return fresh;
}
