// What a lesson page has to say, cut at its headings: each topic becomes one slide or several.

/**
 * @typedef {object} Topic
 * @property {"title" | "text" | "part" | "live"} kind
 * @property {string} title the heading's text, or that of the heading before
 * @property {HTMLElement | null} heading
 * @property {HTMLElement[]} blocks
 */

const HEADINGS = /^H[1-4]$/;
const LIVE = ".academy-live";

/**
 * The topics of a page, in reading order.
 * @param {HTMLElement} main
 * @returns {Topic[]}
 */
export function topicsOf(main) {
  /** @type {Topic[]} */
  const topics = [];
  let title = "";
  for (const child of /** @type {HTMLElement[]} */ ([...main.children])) {
    if (child.matches("section.lesson")) {
      for (const topic of lessonTopics(child)) {
        title = topic.title || title;
        topics.push({ ...topic, title });
      }
    } else if (child.matches("h1")) {
      topics.push({ kind: "title", title: child.textContent ?? "", heading: child, blocks: [] });
    } else if (child.matches(".part, pre, img")) {
      const live = child.matches(LIVE) ? child : /** @type {HTMLElement | null} */ (child.querySelector(LIVE));
      topics.push({ kind: live ? "live" : "part", title, heading: null, blocks: [live ?? child] });
    }
  }
  return topics;
}

/** @param {HTMLElement} lesson @returns {Topic[]} */
function lessonTopics(lesson) {
  /** @type {Topic[]} */
  const topics = [];
  for (const block of /** @type {HTMLElement[]} */ ([...lesson.children])) {
    if (HEADINGS.test(block.tagName)) {
      const kind = block.tagName === "H1" ? "title" : "text";
      topics.push({ kind, title: plain(block), heading: block, blocks: [] });
    } else {
      if (!topics.length) topics.push({ kind: "text", title: "", heading: null, blocks: [] });
      topics[topics.length - 1].blocks.push(block);
    }
  }
  return topics;
}

/** A heading's text without the mark that links to it. @param {HTMLElement} heading */
function plain(heading) {
  return [...heading.childNodes]
    .filter((node) => !(node instanceof Element && node.matches(".anchor-link")))
    .map((node) => node.textContent)
    .join("")
    .trim();
}

/**
 * Blocks that must not be parted: a question and the answers to open below it, a line that ends in a colon.
 * @param {HTMLElement[]} blocks
 * @returns {HTMLElement[][]}
 */
export function groupsOf(blocks) {
  /** @type {HTMLElement[][]} */
  const groups = [];
  for (const block of blocks) {
    const before = groups[groups.length - 1]?.at(-1);
    if (before && (block.matches("details") || leadsOn(before))) groups[groups.length - 1].push(block);
    else groups.push([block]);
  }
  return groups;
}

/** @param {HTMLElement} block */
function leadsOn(block) {
  return block.matches("p") && /[:：]\s*$/.test(block.textContent ?? "");
}
