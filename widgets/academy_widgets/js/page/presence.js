// What the server must know of the person at the page, so that it ends no kernel that somebody uses: whether the page
// can be seen, whether it holds what is not saved, and that somebody touched it. And what has come for the person, such
// as feedback, once they have reached it on the page.

const TOUCHES = ["pointerdown", "keydown", "scroll"];
/** Being there is told once a minute at most. */
const TELL_AGAIN_AFTER = 60_000;

/**
 * @param {import("./kernel/kernel.js").Kernel} kernel
 * @param {() => boolean} atRisk whether the page holds what would be lost with its kernel
 * @param {AbortSignal} signal
 * @returns {() => void} tells it now, for when there is a line again
 */
export function tellPresence(kernel, atRisk, signal) {
  let told = Date.now(); // the page has just been opened: the server knows that
  /** @type {string[]} what has been reached and not told yet */
  let read = [];
  const tell = () => {
    told = Date.now();
    kernel.link.tell({ hidden: document.hidden, unsaved: kernel.outbox.size > 0 || atRisk(), read });
    if (kernel.link.open) read = [];
  };
  const sight = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) {
      if (!isIntersecting) continue;
      sight.unobserve(target);
      read.push(/** @type {HTMLElement & { dataset: { read: string } }} */ (target).dataset.read);
    }
    if (read[0]) tell();
  });
  document.querySelectorAll("[data-read]").forEach((mark) => sight.observe(mark));
  document.addEventListener("visibilitychange", tell, { signal });
  for (const touch of TOUCHES) {
    addEventListener(touch, () => Date.now() - told > TELL_AGAIN_AFTER && tell(), { capture: true, passive: true, signal });
  }
  return tell;
}
