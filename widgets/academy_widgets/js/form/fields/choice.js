import { about, h, setText, set } from "../dom.js";

/**
 * One of several, all in view.
 * @param {import("./kinds.js").Setting} setting
 * @returns {import("./kinds.js").Control}
 */
export function makeChoice({ field, id, t, bare, input }) {
  const options = field.options ?? [];
  const radios = options.map((option, place) =>
    h("input", {
      type: "radio",
      id: `${id}-${place}`,
      name: id,
      value: option.id,
      "aria-describedby": option.help && !bare ? `${id}-${place}-help` : null,
      onchange: () => choose(option.id),
    }),
  );
  const clear = h("button", { type: "button", class: "quiet", onclick: () => emptied() }, ...about(t("clear_choice"), field.label));
  const choose = (/** @type {string | null} */ value) => {
    set(clear, "hidden", field.required || value === null);
    input(value);
  };
  const emptied = () => {
    for (const radio of radios) radio.checked = false;
    choose(null);
    radios[0].focus();
  };
  const el = h(
    "div",
    { class: "options" },
    ...options.map((option, place) =>
      h(
        "div",
        { class: "pick" },
        h("label", { class: "option" }, radios[place], h("span", { class: "option-text" }, h("bdi", null, option.label))),
        !bare && option.help && h("p", { class: "help", id: `${id}-${place}-help` }, option.help),
      ),
    ),
    clear,
  );
  return {
    el,
    named: "legend",
    inputs: [],
    show(value) {
      for (const radio of radios) radio.checked = radio.value === value;
      set(clear, "hidden", field.required || value === null);
    },
    focus: () => (radios.find((radio) => radio.checked) ?? radios[0])?.focus(),
  };
}

/**
 * One of many, in a list that opens.
 * @param {import("./kinds.js").Setting} setting
 * @returns {import("./kinds.js").Control}
 */
export function makeSelect({ field, id, t, input }) {
  const options = field.options ?? [];
  const explain = () => setText(help, options.find((option) => option.id === select.value)?.help);
  const change = () => {
    explain();
    input(select.value || null);
  };
  const select = h(
    "select",
    { id, onchange: change },
    h("option", { value: "" }, t("choose")),
    ...options.map((option) => h("option", { value: option.id, dir: "auto" }, option.label)),
  );
  const help = h("p", { class: "help chosen-help" });
  return {
    el: h("div", null, select, help),
    named: "label",
    inputs: [select],
    show(value) {
      select.value = typeof value === "string" ? value : "";
      if (select.selectedIndex < 0) select.value = "";
      explain();
    },
    focus: () => select.focus(),
  };
}
