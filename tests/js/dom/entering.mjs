import { enterAnswer } from "/js/present/enter_answer.js";
import { ENTER, ON_THE_FLY } from "/js/present/kinds.js";
import { makePoll } from "/js/present/poll.js";
import { equal, ok, place, settled, t, until, walk } from "./harness.mjs";

const options = [{ id: "a", text: "Phone" }, { id: "b", text: "Paper" }];
const asked = (kind, more = {}) => {
  const { fields, value } = ENTER[kind]({ id: "x", kind, title: "?", options, ...more }, t);
  const el = place();
  el.append(...fields);
  return { el, value, inputs: [...el.querySelectorAll("input, textarea")] };
};
const room = (done = { rev: 1 }) => {
  const sent = [];
  return { sent, control: (act, given) => (sent.push([act, given]), Promise.resolve(done)) };
};

export const tests = {
  "each kind has its fields"() {
    const el = place();
    for (const kind of Object.keys(ENTER)) {
      const { fields } = ENTER[kind]({ id: "x", kind, title: "Why?", options, columns: [{ id: "p", title: "Power" }] }, t);
      el.append(Object.assign(document.createElement("fieldset"), { name: kind }));
      el.lastChild.append(...fields);
    }
    walk("present/fields", el)("all kinds");
  },
  "one option is a value, several are a list"() {
    const one = asked("choice");
    one.inputs[1].checked = true;
    equal(one.value(), "b");
    const several = asked("multi");
    for (const input of several.inputs) input.checked = true;
    equal(several.value(), ["a", "b"]);
  },
  "a scale is a number between its ends"() {
    const { inputs, value } = asked("scale", { scale: { least: 1, most: 5 } });
    equal([inputs[0].min, inputs[0].max], ["1", "5"]);
    inputs[0].value = "4";
    equal(value(), 4);
  },
  "places make an order"() {
    const { inputs, value } = asked("ranking");
    equal(value(), ["a", "b"]);
    [inputs[0].value, inputs[1].value] = ["2", "1"];
    equal(value(), ["b", "a"]);
  },
  "each thing has two measures"() {
    const { inputs, value } = asked("place", { axes: { x: { title: "Cost" }, y: { title: "Reach" } } });
    inputs.forEach((input, n) => (input.value = String(n + 1)));
    equal(value(), { a: [1, 2], b: [3, 4] });
    equal(inputs[1].getAttribute("aria-label"), "Phone: Reach");
  },
  "texts, words, questions and cards have the shape that the server reads"() {
    const text = asked("text");
    text.inputs[0].value = "Hello";
    equal(text.value(), ["Hello"]);
    const question = asked("questions");
    question.inputs[0].value = "When?";
    equal(question.value(), { ask: "When?" });
    const words = asked("words");
    words.inputs[0].value = " hope \n\nrest";
    equal(words.value(), ["hope", "rest"]);
    const cards = asked("cards", { columns: [{ id: "p", title: "Power" }, { id: "e", title: "Economy" }] });
    cards.inputs[1].value = "Prices";
    equal(cards.value(), { e: "Prices" });
  },
  "an empty field is no point"() {
    const { inputs, value } = asked("points", { points: 10 });
    inputs[1].value = "10";
    equal(value(), { a: 0, b: 10 });
  },
  async "what is written down is sent with how it came, and the form is ready for the next"() {
    const there = room();
    let told = 0;
    const form = enterAnswer(there, { id: "x", kind: "text", title: "?", names: "named" }, t, () => (told += 1));
    place().append(form);
    form.querySelector("textarea").value = "Hello";
    form.querySelector("#enter-name").value = "Amina";
    form.requestSubmit();
    await settled();
    const [[act, given]] = there.sent;
    equal([act, given.value, given.how, given.name, given.activity], ["enter", ["Hello"], "phone", "Amina", "x"]);
    equal(form.querySelector("textarea").value, "");
    equal([told, form.querySelector("[role=status]").textContent], [1, "entered"]);
    form.querySelector("textarea").value = "Again";
    form.requestSubmit();
    await settled();
    ok(there.sent[1][1].id !== given.id, "two answers have one id");
  },
  async "what was refused stays in the form, and is the same answer when it is sent again"() {
    const there = room(null);
    const form = enterAnswer(there, { id: "x", kind: "text", title: "?", names: "anonymous" }, t, () => {});
    place().append(form);
    equal(form.querySelector("#enter-name"), null);
    form.querySelector("textarea").value = "Hello";
    form.requestSubmit();
    await settled();
    equal(form.querySelector("textarea").value, "Hello");
    form.requestSubmit();
    await settled();
    equal(there.sent[0][1].id, there.sent[1][1].id);
  },
  async "a poll asks for options where its kind has some"() {
    const there = room();
    place();
    makePoll(there, t);
    const kind = document.getElementById("poll-kind");
    equal([...kind.options].map(({ value }) => value), Object.keys(ON_THE_FLY));
    const field = document.getElementById("poll-options").closest("p");
    const without = [...kind.options].filter(({ value }) => {
      kind.value = value;
      kind.dispatchEvent(new Event("change"));
      return field.hidden;
    });
    equal(without.map(({ value }) => value), ["scale", "words", "text"]);
    kind.value = "choice";
    kind.dispatchEvent(new Event("change"));
    document.getElementById("poll-title").value = "Lunch?";
    document.getElementById("poll-options").value = "Rice\n\n Bread ";
    document.getElementById("poll-held").checked = true;
    document.querySelector("dialog form").requestSubmit();
    await settled();
    equal(there.sent, [["spot", { title: "Lunch?", kind: "choice", options: ["Rice", "Bread"], show: "reveal" }]]);
    await until(() => !document.querySelector("dialog"));
  },
};
