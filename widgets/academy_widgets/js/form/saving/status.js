import { h, set } from "../dom.js";
import { maySpeak } from "../voice.js";

/**
 * @typedef {import("../types.js").Translate} Translate
 * @typedef {import("../types.js").ConnectionState} ConnectionState
 * @typedef {import("./sync.js").SyncState} SyncState
 *
 * @typedef {object} Situation
 * @property {SyncState} state
 * @property {ConnectionState} connection
 * @property {boolean} kept whether this device keeps what is not saved
 * @property {boolean} preview
 * @property {string} trouble the kernel's own sentence why it could not save
 */

/** These are routine and are not read out, but for the word that all is saved after something else was said. */
const ROUTINE = ["idle", "saving", "saved", "submitting"];

/** The line that says where the answers are. It stays in view and never says more than is true. */
export class Status {
  /** @param {Translate} t */
  constructor(t) {
    this.t = t;
    this.el = h("p", { class: "status", role: "status", "aria-live": "off" });
    this.worrying = false;
  }

  /** @param {Situation} situation */
  show(situation) {
    const state = situation.preview ? "preview" : situation.state;
    const text = this.sentence(situation);
    if (this.el.textContent === text && this.el.dataset.state === state) return;
    const routine = ROUTINE.includes(state) && !(state === "saved" && this.worrying);
    this.worrying = ROUTINE.includes(state) ? this.worrying && state !== "saved" && state !== "idle" : true;
    this.el.dataset.state = state;
    // When the kernel has ended the page itself says so; and of several forms one says what they all see.
    const aloud = !routine && text !== "" && situation.connection !== "ended" && maySpeak(this.el);
    set(this.el, "aria-live", aloud ? "polite" : "off");
    this.el.textContent = text;
  }

  /**
   * @param {Situation} situation
   * @returns {string}
   */
  sentence({ state, connection, kept, preview, trouble }) {
    const t = this.t;
    if (preview) return t("preview");
    const memory = kept ? "" : ` ${t("memory_only")}`;
    // Where nothing can be kept, no other sentence may say that it is.
    if (state === "waiting") return trouble ? trouble + memory : kept ? t("waiting") : t("memory_only");
    // When the page's kernel has ended, the page itself says why and what is next: two lines would say two things.
    if (state === "offline" && connection === "ended") return kept ? "" : t("memory_only");
    if (state === "offline") return connection === "connecting" ? t("connecting") : kept ? t("offline") : t("memory_only");
    if (state === "saving") return t("saving") + memory;
    if (state === "submitting") return t("submitting") + memory;
    if (state === "refused") return t("refused") + memory;
    return state === "saved" ? t("saved") : "";
  }
}
