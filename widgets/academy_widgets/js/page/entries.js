// What people have entered that only this page knows, and that goes when it is opened again.

/** A widget marks itself, or a part of it, with this attribute if it keeps what is entered there over a reload. */
export const KEEPS = "data-keeps";

export class Entries {
  /** @param {AbortSignal} signal */
  constructor(signal) {
    this.elsewhere = false;
    document.addEventListener("input", ({ target }) => {
      if (target instanceof Element && !target.closest(`[${KEEPS}]`)) this.elsewhere = true;
    }, { capture: true, signal });
  }

  /** Something was entered where nothing is kept, or a widget would ask before the page is closed. */
  get atRisk() {
    return this.elsewhere || !dispatchEvent(new Event("beforeunload", { cancelable: true }));
  }
}
