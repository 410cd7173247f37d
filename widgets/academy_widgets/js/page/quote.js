// Buttons beside somebody's work: put its words, between quotation marks, where one was writing last.
// Only pages that have some bring this.

const MOST_WORDS = 15;

/**
 * What to quote of a text: what is selected in it, else its beginning.
 * @param {string} text
 * @param {string} selected
 */
export function quotation(text, selected) {
  const chosen = (selected.trim() && text.includes(selected.trim()) ? selected : text).trim().replace(/\s+/g, " ");
  const words = chosen.split(" ");
  return `“${words.slice(0, MOST_WORDS).join(" ")}${words.length > MOST_WORDS ? " …" : ""}”`;
}

/**
 * Let the buttons of a page's text quote into the form below them.
 * @param {HTMLElement} root
 */
export function armQuotes(root) {
  /** @type {HTMLTextAreaElement | null} */
  let last = null;
  root.addEventListener("focusin", ({ target }) => {
    if (target instanceof HTMLTextAreaElement) last = target;
  });
  root.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button.quote") : null;
    const said = button?.closest("div")?.querySelector(".kept");
    if (!button || !said) return;
    const into = last?.isConnected ? last : firstBelow(root, button);
    if (!into) return;
    into.setRangeText(quotation(said.textContent ?? "", getSelection()?.toString() ?? ""), into.selectionStart, into.selectionEnd, "end");
    into.dispatchEvent(new Event("input", { bubbles: true }));
    into.focus();
  });
}

/** The first long answer of the form that follows. @param {HTMLElement} root @param {Element} button */
function firstBelow(root, button) {
  const all = /** @type {NodeListOf<HTMLTextAreaElement>} */ (root.querySelectorAll(".academy-form textarea"));
  return [...all].find((area) => button.compareDocumentPosition(area) & Node.DOCUMENT_POSITION_FOLLOWING) ?? null;
}
