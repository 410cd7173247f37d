const SAID = "academy-form-heard";

/** Hears of the other forms on the page: what they keep, this one may offer to choose from or show. */
export class Neighbours {
  /**
   * @param {HTMLElement} el
   * @param {() => void} refresh asks anew for what comes from elsewhere
   * @param {AbortSignal} signal
   */
  constructor(el, refresh, signal) {
    this.stale = false;
    const now = () => {
      if (this.stale) refresh();
      this.stale = false;
    };
    const heard = (/** @type {Event} */ event) => {
      if (!(event instanceof CustomEvent) || event.detail.el === el) return;
      this.stale = true;
      if (event.detail.submitted) now();
    };
    document.addEventListener(SAID, heard, { signal });
    // Not at each word that is saved next door: only when somebody comes here.
    el.addEventListener("focusin", now, { signal });
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && now());
    observer.observe(el);
    signal.addEventListener("abort", () => observer.disconnect());
  }
}

/**
 * Tell the other forms on the page that answers of this one are kept.
 * @param {HTMLElement} el
 * @param {boolean} submitted
 * @param {Record<string, string>} [parts] of the page that are different now, by their ids
 */
export function tellNeighbours(el, submitted, parts) {
  document.dispatchEvent(new CustomEvent(SAID, { detail: { el, submitted, parts } }));
}
