// Results that change while one looks at them: numbers, bars, and texts that come and go. What people wrote is set as text.

/** @typedef {import("./line.js").State} State */
/** @typedef {import("../documents.js").ItemResult} Item */

/** @param {State} state @param {string} path such as `results.counts.phone` @returns {any} */
export function at(state, path) {
  return path.split(".").reduce((/** @type {any} */ part, key) => part?.[key], state);
}

/** Seconds as people read them. @param {number} seconds */
export function clock(seconds) {
  const left = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
}

/** Bring the numbers of a section up to a state. @param {HTMLElement} room @param {State} state */
export function show(room, state) {
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (room.querySelectorAll("[data-k]"))) {
    const value = at(state, element.dataset.k ?? "");
    if (typeof value !== "number") continue;
    if (element instanceof HTMLProgressElement) {
      if (element.dataset.each) element.max = Math.max(1, Number(element.dataset.each) * (state.results?.n ?? 1));
      element.value = element.dataset.less ? Number(element.dataset.less) - value : value;
    } else if (element.textContent !== String(value)) element.textContent = String(value);
  }
  for (const list of room.querySelectorAll("[data-sort]")) sort(list, (line) => Number(line.querySelector("b")?.textContent));
  const items = /** @type {import("../documents.js").WrittenResults | null} */ (state.results)?.items;
  if (items) for (const list of room.querySelectorAll("[data-items]")) fill(/** @type {HTMLElement} */ (list), items);
}

/** @param {Element} list @param {(line: Element) => number} by */
function sort(list, by) {
  const lines = [...list.children];
  const sorted = [...lines].sort((a, b) => by(a) - by(b));
  if (sorted.some((line, place) => line !== lines[place])) list.append(...sorted);
}

/** @param {HTMLElement} list @param {Record<string, Item>} items */
function fill(list, items) {
  const column = list.dataset.items ?? "";
  const there = new Map([...list.children].map((line) => [/** @type {HTMLElement} */ (line).dataset.item ?? "", line]));
  const wanted = Object.entries(items).filter(([, item]) => (item.column ?? "") === column);
  for (const [id, line] of there) if (!wanted.some(([other]) => other === id)) line.remove();
  for (const [id, item] of wanted) {
    const line = there.get(id) ?? list.appendChild(made(id));
    update(line, item);
  }
  if ("bySupport" in list.dataset) sort(list, (line) => -(items[/** @type {HTMLElement} */ (line).dataset.item ?? ""]?.n ?? 0));
}

/** @param {string} id */
function made(id) {
  const line = document.createElement("li");
  line.dataset.item = id;
  line.dir = "auto";
  return line;
}

/** @param {Element} line @param {Item} item */
function update(line, item) {
  if (!line.firstChild) {
    line.append(item.text);
    if (item.by) line.append(" ", part("span", item.by));
    supportable(/** @type {HTMLElement} */ (line));
  }
  if (item.n === undefined) return;
  let number = line.querySelector("b");
  if (!number && item.n < 2) return;
  if (!number) line.insertBefore((number = part("b", "")), line.querySelector("form"));
  const text = `×${item.n}`;
  if (number.textContent !== text) number.textContent = text;
}

/** A question that has just come can be supported like the others. @param {HTMLElement} line */
function supportable(line) {
  const form = /** @type {HTMLTemplateElement | null} */ (document.getElementById("support"))?.content.cloneNode(true);
  const button = /** @type {DocumentFragment | undefined} */ (form)?.querySelector("button");
  if (!form || !button) return;
  button.value = line.dataset.item ?? "";
  line.append(form);
}

/** @template {"b" | "span"} Tag @param {Tag} tag @param {string} text */
function part(tag, text) {
  const made = document.createElement(tag);
  made.className = "small";
  made.textContent = text;
  return made;
}
