// Plain forms in a page's text: the server wants its own word back with them, and the address to go back to.

/**
 * Fill in what the forms of the page's text can't know.
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
  }
}
