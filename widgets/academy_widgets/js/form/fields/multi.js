import { h } from "../dom.js";

/**
 * Any of several.
 * @param {import("./kinds.js").Setting} setting
 * @returns {import("./kinds.js").Control}
 */
export function makeMulti({ field, id, bare, input }) {
  const options = field.options ?? [];
  const boxes = options.map((option, place) =>
    h("input", {
      type: "checkbox",
      id: `${id}-${place}`,
      value: option.id,
      "aria-describedby": option.help && !bare ? `${id}-${place}-help` : null,
      onchange: () => input(boxes.filter((box) => box.checked).map((box) => box.value)),
    }),
  );
  const el = h(
    "div",
    { class: "options" },
    ...options.map((option, place) =>
      h(
        "div",
        { class: "pick" },
        h("label", { class: "option" }, boxes[place], h("span", { class: "option-text" }, h("bdi", null, option.label))),
        !bare && option.help && h("p", { class: "help", id: `${id}-${place}-help` }, option.help),
      ),
    ),
  );
  return {
    el,
    named: "legend",
    inputs: boxes,
    show(value) {
      const chosen = Array.isArray(value) ? value : [];
      for (const box of boxes) box.checked = chosen.includes(box.value);
    },
    focus: () => (boxes.find((box) => box.checked) ?? boxes[0])?.focus(),
  };
}
