// Filling slides with blocks until they are full. The stage keeps its shape at every size, so this is done once.

import { h } from "../form/dom.js";
import { groupsOf } from "./topics.js";

/** @typedef {import("./topics.js").Topic} Topic */
/** @typedef {{el: HTMLElement, title: string, live: HTMLElement | null}} Slide */

const SMALLER = [0.92, 0.84, 0.76, 0.7];
const SLACK = 2;

/**
 * Put the topics into slides.
 * @param {Topic[]} topics
 * @param {HTMLElement} stage where they are measured and stay
 * @returns {Slide[]}
 */
export function slidesOf(topics, stage) {
  return topics.flatMap((topic) => {
    if (topic.kind === "title") return [titleSlide(topic, stage), ...textSlides({ ...topic, heading: null }, stage)];
    if (topic.kind === "text") return textSlides(topic, stage);
    return [partSlide(topic, stage)];
  });
}

/** @param {Topic} topic @param {HTMLElement} stage @returns {Slide} */
function titleSlide(topic, stage) {
  const el = slide("title", stage);
  if (topic.heading) el.append(topic.heading);
  return { el, title: topic.title, live: null };
}

/** @param {Topic} topic @param {HTMLElement} stage @returns {Slide} */
function partSlide(topic, stage) {
  const el = slide(topic.kind, stage);
  if (topic.kind === "live") return { el, title: topic.title, live: topic.blocks[0] };
  const body = h("div", { class: "body", tabindex: "0", role: "group", "aria-label": topic.title }, ...topic.blocks);
  el.append(h("p", { class: "over" }, topic.title), body);
  return { el, title: topic.title, live: null };
}

/** @param {Topic} topic @param {HTMLElement} stage @returns {Slide[]} */
function textSlides(topic, stage) {
  if (!topic.blocks.length && !topic.heading) return [];
  const pages = [page(topic, stage, topic.heading)];
  const last = () => pages[pages.length - 1];
  for (const group of groupsOf(topic.blocks)) {
    last().body.append(...group);
    if (!overflows(last().body)) continue;
    if (last().body.childElementCount > group.length) {
      pages.push(page(topic, stage, null));
      last().body.append(...group);
    }
    if (overflows(last().body)) partList(group, () => (pages.push(page(topic, stage, null)), last().body));
    if (overflows(last().body)) shrink(last().body);
  }
  if (pages.length > 1) pages.forEach(({ number }, n) => (number.textContent = `${n + 1}/${pages.length}`));
  return pages.map(({ el }) => ({ el, title: topic.title, live: null }));
}

/** One sheet of a topic; those after the first repeat its heading. @param {Topic} topic @param {HTMLElement} stage @param {HTMLElement | null} heading */
function page(topic, stage, heading) {
  const el = slide("text", stage);
  const number = h("span", { class: "number" });
  const head = h("header", null, heading ?? (topic.title && h("p", { class: "again-title" }, topic.title)), number);
  const body = h("div", { class: "body" });
  el.append(head, body);
  return { el, body, number };
}

/** @param {string} kind @param {HTMLElement} stage */
function slide(kind, stage) {
  return stage.appendChild(h("section", { class: `slide ${kind}`, "aria-hidden": "true", tabindex: "-1" }));
}

/** A long list goes on where there is room. @param {HTMLElement[]} group @param {() => HTMLElement} more */
function partList(group, more) {
  const list = group.find((block) => block.matches("ul, ol"));
  const body = list?.parentElement;
  if (!list || !body) return;
  /** @type {Element[]} */
  const over = [];
  while (overflows(body) && list.childElementCount > 1) {
    const item = /** @type {Element} */ (list.lastElementChild);
    over.unshift(item);
    item.remove();
  }
  if (!over.length) return;
  const rest = /** @type {HTMLElement} */ (list.cloneNode(false));
  if (rest instanceof HTMLOListElement) rest.start = /** @type {HTMLOListElement} */ (list).start + list.childElementCount;
  rest.append(...over);
  const next = more();
  next.append(rest);
  if (overflows(next)) partList([rest], more);
}

/** What can't be parted is set smaller, and scrolls if that does not help. @param {HTMLElement} body */
function shrink(body) {
  for (const size of SMALLER) {
    body.style.setProperty("--size", String(size));
    if (!overflows(body)) return;
  }
  body.tabIndex = 0;
}

/** @param {HTMLElement} body */
function overflows(body) {
  return body.scrollHeight > body.clientHeight + SLACK;
}
