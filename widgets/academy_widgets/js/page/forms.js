// Plain forms in a page's text: the server wants its own word back with them, and the address to go back to.

import { keepPlace } from "./place.js";

/** What a form of an exercise says to the page when its answers are kept. */
const SAID = "academy-form-heard";

/**
 * Fill in what the forms of the page's text can't know. Whoever sends one comes back to where they were: to the part
 * that the form names, else to where the page stood.
 * @param {ParentNode} root
 * @param {string} xsrf
 */
export function armForms(root, xsrf) {
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (root.querySelectorAll("form[data-academy-form]"))) {
    for (const input of form.querySelectorAll("input[type=hidden]")) {
      if (!(input instanceof HTMLInputElement)) continue;
      if (input.name === "_xsrf") input.value = xsrf;
      if (input.name === "next") input.value = location.pathname;
    }
    form.addEventListener("submit", () => keepPlace(document.getElementById(form.dataset.academyForm ?? "")));
  }
}

/**
 * Put parts of the page in the place of those that a submission has made old; the reader stays where they are.
 * @param {string} xsrf
 * @param {AbortSignal} signal
 */
export function renewParts(xsrf, signal) {
  const renew = (/** @type {Event} */ event) => {
    if (!(event instanceof CustomEvent)) return;
    for (const [id, html] of Object.entries(event.detail.parts ?? {})) {
      const part = document.createElement("template");
      part.innerHTML = html; // from our own kernel, as the page itself
      armForms(part.content, xsrf);
      document.getElementById(id)?.replaceWith(part.content);
    }
  };
  document.addEventListener(SAID, renew, { signal });
}
