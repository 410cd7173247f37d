// What the form's parts are made of: elements, texts that change under the caret, places that stay where they are.

import { about, focusInView, h, keepingFocus, keepingPlace, retext, set, setText } from "/js/form/dom.js";
import { AgainView } from "/js/form/saving/again.js";
import { equal, ok, place, t, texts } from "./harness.mjs";

/** A box in the page, with a text and the caret from one place to another. */
function box(text, from, to = from) {
  const field = place().appendChild(document.createElement("textarea"));
  field.value = text;
  field.focus();
  field.setSelectionRange(from, to);
  return field;
}

const caret = (field) => [field.selectionStart, field.selectionEnd];

export const tests = {
  "an element has its attributes, listeners and children, and texts are only texts"() {
    let heard = 0;
    const made = h("p", { class: "a", hidden: false, title: null, lang: undefined, tabindex: 0, inert: true, onclick: () => heard++ }, "<b>", null, false, h("i", null, "x"));
    made.click();
    equal([made.outerHTML, heard], ['<p class="a" tabindex="0" inert="">&lt;b&gt;<i>x</i></p>', 1]);
    for (const nothing of [null, undefined, false]) {
      set(made, "class", "b");
      set(made, "class", nothing);
      equal(made.hasAttribute("class"), false);
    }
  },
  "a text that is not there hides its element, and one that stays is not written again"() {
    const made = h("p", { hidden: true });
    setText(made, "Now");
    const written = made.firstChild;
    setText(made, "Now");
    ok(written && made.firstChild === written && !made.hidden && made.textContent === "Now");
    for (const nothing of ["", null, undefined]) {
      setText(made, "Now");
      setText(made, nothing);
      equal([made.textContent, made.hidden], ["", true]);
    }
  },
  "the focus comes back to what was moved, and to nothing else"() {
    const root = place();
    const [one, two] = ["one", "two"].map((name) => root.appendChild(h("button", { id: name }, name)));
    one.focus();
    let times = 0;
    one.addEventListener("focus", () => times++);
    keepingFocus(root, () => root.append(one));
    equal([document.activeElement, texts(root, "button"), times], [one, ["two", "one"], 1]);
    keepingFocus(root, () => {});
    equal(times, 1);
    keepingFocus(two, () => one.blur());
    equal([document.activeElement, times], [document.body, 1]);
    one.focus();
    keepingFocus(root, () => one.remove());
    equal(document.activeElement, document.body);
  },
  "what is looked at stays where it is when the page grows above it"() {
    const root = place();
    const above = root.appendChild(h("div", { style: "height: 300px" }));
    const looked = root.appendChild(h("p", null, "Here"));
    root.append(h("div", { style: "height: 5000px" }));
    scrollTo(0, 200);
    const before = looked.getBoundingClientRect().top;
    keepingPlace(looked, () => (above.style.height = "700px"));
    equal(looked.getBoundingClientRect().top, before);
    keepingPlace(null, () => (above.style.height = "300px"));
    scrollTo(0, 0);
  },
  "what has the focus counts while it is in view"() {
    const root = place();
    root.append(h("div", { style: "height: 50px" }));
    const field = root.appendChild(h("input"));
    root.append(h("div", { style: "height: 5000px" }));
    field.focus();
    equal(focusInView(), field);
    scrollTo(0, 1000);
    equal(focusInView(), null);
    scrollTo(0, 0);
  },
  "the caret stays in its words when others write before or behind it"() {
    for (const [text, at, next, wanted] of [
      ["one three", [9, 9], "one two three", [13, 13]],
      ["one three", [2, 2], "one two three", [2, 2]],
      ["one three", [4, 4], "one two three", [4, 4]],
      ["one two three", [13, 13], "one three", [9, 9]],
      ["one two three", [0, 13], "one three", [0, 9]],
      ["one two", [5, 6], "", [0, 0]],
    ]) {
      const field = box(text, ...at);
      retext(field, next);
      equal([field.value, caret(field)], [next, wanted], `${text} → ${next}`);
    }
  },
  "who is elsewhere, or in a field without a caret, gets the text alone"() {
    const field = box("one", 1);
    const other = field.parentElement.appendChild(h("input", { type: "number" }));
    other.focus();
    retext(field, "two");
    equal([field.value, document.activeElement], ["two", other]);
    retext(other, "12");
    equal(other.value, "12");
  },
  "a button says to who hears it alone what it is about"() {
    equal(h("button", null, ...about("Undo", "Change 1")).outerHTML, '<button>Undo<span class="unseen"> – Change 1</span></button>');
  },
  "what to check again is listed with its old and new value, and hidden where there is nothing"() {
    const view = new AgainView(t, "id", [{ label: "Map", was: "", now: "New" }]);
    place().append(view.el);
    equal([view.el.hidden, texts(view.el, "b"), texts(view.el, "bdi")], [false, ["Map"], ["nothing", "New"]]);
    view.show([]);
    equal([view.el.hidden, view.list.childNodes.length], [true, 0]);
  },
};
