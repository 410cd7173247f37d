// As nodes.js: listeners that go when a signal says so, for Chrome 80 to 87, Firefox before 86, Safari before 15.

let heeded = false;
const asked = { get signal() { heeded = true; return undefined; } };
addEventListener("academy-floor", () => {}, /** @type {AddEventListenerOptions} */ (asked));
if (!heeded) {
  const add = EventTarget.prototype.addEventListener;
  /** @type {typeof add} */
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    const signal = typeof options === "object" ? options?.signal : undefined;
    if (signal?.aborted) return;
    add.call(this, type, listener, options);
    // a signal tells its listeners by this very function
    if (signal) add.call(signal, "abort", () => this.removeEventListener(type, listener, options), { once: true });
  };
}
