import { keepingPlace } from "../dom.js";

/** So near to the edge of the screen, in pixels, the page moves along. */
const EDGE = 72;
const PACE = 10;

/**
 * Let a frame be drawn to another place among its siblings, by finger, pen or mouse. Who can't draw has the buttons.
 * @param {HTMLElement} grip
 * @param {() => HTMLElement | null} frame what moves
 * @param {(place: number) => void} drop called with the new place, when it is another
 */
export function makeDraggable(grip, frame, drop) {
  grip.addEventListener("pointerdown", (event) => {
    const moving = frame();
    const holder = moving?.parentElement;
    if (!moving || !holder || event.button) return;
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    const siblings = () => /** @type {HTMLElement[]} */ ([...holder.children]);
    const before = siblings();
    const places = before.filter((one) => one.querySelector(".grip"));
    const stop = new AbortController();
    let { clientY } = event;
    let frameOfScreen = 0;

    /** The folded rows are shorter: what is held stays under the finger. @param {boolean} on */
    const fold = (on) =>
      keepingPlace(grip, () => {
        holder.classList.toggle("dragging", on);
        moving.classList.toggle("moving", on);
      });
    const middle = (/** @type {Element} */ other) => {
      const { top, height } = other.getBoundingClientRect();
      return top + height / 2;
    };
    /** The others make way: what is held must stay in the document, or it is let go. */
    const follow = () => {
      for (let left = before.length; left; left -= 1) {
        const { previousElementSibling: above, nextElementSibling: below } = moving;
        if (above && clientY < middle(above)) moving.after(above);
        else if (below && clientY > middle(below)) moving.before(below);
        else return;
      }
    };
    const scroll = () => {
      const pace = clientY < EDGE ? -PACE : clientY > window.innerHeight - EDGE ? PACE : 0;
      if (pace) window.scrollBy(0, pace);
      follow();
      frameOfScreen = requestAnimationFrame(scroll);
    };
    const end = (/** @type {boolean} */ dropped) => {
      stop.abort();
      cancelAnimationFrame(frameOfScreen);
      const place = siblings().filter((one) => places.includes(one)).indexOf(moving);
      fold(false);
      if (dropped && place !== places.indexOf(moving)) drop(place);
      else holder.append(...before);
    };
    const { signal } = stop;
    grip.addEventListener("pointermove", (moved) => ({ clientY } = moved), { signal });
    grip.addEventListener("pointerup", () => end(true), { signal });
    grip.addEventListener("pointercancel", () => end(false), { signal });
    window.addEventListener("keydown", (key) => key.key === "Escape" && end(false), { signal });
    fold(true);
    scroll();
  });
}
