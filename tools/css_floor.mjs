// Styles for browsers at the floor (Chrome 80, Firefox 78, Safari 14): what esbuild leaves to them is said twice, or
// in older words. Newer browsers show what was written: each fallback stands before it, or where they don't look.

/** @typedef {{prelude: string, nodes: Node[]} | {selector: string, body: [string, string][]} | {raw: string}} Node */

/** A browser that does not know these knows neither flexible gaps nor logical places; nor what shows the keys' focus. */
const NO_INSET = "@supports not (inset:0)";
const NO_FOCUS_VISIBLE = "@supports not (aspect-ratio:1)";

/**
 * @param {string} css
 * @param {RegExp} [unused] what is in no selector that is needed
 * @returns {string} the same, followed by browsers at the floor
 */
export function forTheFloor(css, unused) {
  const nodes = parse(css);
  return write((unused ? nodes.flatMap((node) => needed(node, unused)) : nodes).flatMap(mended));
}

/** @param {Node} node @param {RegExp} unused @returns {Node[]} */
function needed(node, unused) {
  if ("nodes" in node) return [{ ...node, nodes: node.nodes.flatMap((inner) => needed(inner, unused)) }];
  if ("raw" in node) return [node];
  const selectors = splitTop(node.selector, ",").flatMap(expanded).filter((one) => !unused.test(one));
  const all = selectors.length === splitTop(node.selector, ",").flatMap(expanded).length;
  return all ? [node] : selectors.length ? [{ ...node, selector: selectors.join() }] : [];
}

/** @param {Node} node @returns {Node[]} */
function mended(node) {
  if ("nodes" in node) return [{ ...node, nodes: node.nodes.flatMap(mended) }];
  if ("raw" in node) return [node];
  const body = node.body.flatMap(olderWords);
  const selectors = splitTop(node.selector, ",");
  const plain = selectors.flatMap(expanded);
  const changed = plain.join() !== selectors.join();
  const strong = new Set(plain.map(strength));
  // Each in a rule of its own: one that is not understood takes all others of its list along.
  const safe = plain.filter((one) => !one.includes(":focus-visible"));
  const keys = plain.filter((one) => one.includes(":focus-visible"));
  /** @type {Node[]} */
  const nodes = [];
  if (safe.length && (changed || keys.length)) nodes.push({ selector: safe.join(), body });
  if (keys.length) {
    const focus = { selector: keys.map((one) => one.replace(/:focus-visible/g, ":focus")).join(), body };
    nodes.push({ prelude: NO_FOCUS_VISIBLE, nodes: [focus] });
  }
  // Said in full each has a strength of its own; where that makes a difference the words as written come after.
  if (!changed || strong.size > 1 || keys.length) nodes.push({ selector: node.selector, body });
  return [...nodes, ...placed(plain, node.body), ...spaced(plain, node.body)];
}

/**
 * A declaration in words that the floor knows.
 * @param {[string, string]} declaration
 * @returns {[string, string][]}
 */
function olderWords([name, value]) {
  const important = value.endsWith("!important") ? "!important" : "";
  const words = splitTop(important ? value.slice(0, -important.length).trim() : value, " ");
  const two = (/** @type {string} */ first, /** @type {string} */ second) =>
    /** @type {[string, string][]} */ ([
      [first, words[0] + important],
      [second, (words[1] ?? words[0]) + important],
    ]);
  const spans = /^(margin|padding)-(block|inline)$/.exec(name);
  if (spans) return two(`${name}-start`, `${name}-end`);
  // All our pages are written in lines from above.
  if (name === "inset-block") return two("top", "bottom");
  if (name === "inset-block-start") return [["top", value]];
  if (name === "inset-block-end") return [["bottom", value]];
  if (name === "inset-inline" && words.length === 1) return two("left", "right");
  if (name === "content" && value.includes("/")) return [[name, splitTop(value, "/")[0].trim()], [name, value]];
  if (name === "float" && value.startsWith("inline-")) return [[name, value === "inline-start" ? "left" : "right"], [name, value]];
  if (name === "overflow-wrap" && value === "anywhere") return [[name, "break-word"], [name, value]];
  if (/^(width|inline-size|max-inline-size)$/.test(name) && value === "fit-content") return [[name, "-moz-fit-content"], [name, value]];
  return [[name, value]];
}

/**
 * What stands at the start or end of a line, for browsers that only know left and right.
 * @param {string[]} selectors
 * @param {[string, string][]} body
 * @returns {Node[]}
 */
function placed(selectors, body) {
  const sides = body.filter(([name]) => /^inset-inline-(start|end)$/.test(name));
  if (!sides.length) return [];
  const side = (/** @type {string} */ name, rtl = false) => ((name === "inset-inline-start") !== rtl ? "left" : "right");
  const unset = sides.length === 1 ? [[side(sides[0][0]), "auto"]] : [];
  const left = sides.map(([name, value]) => [side(name), value]);
  const right = [...unset, ...sides.map(([name, value]) => [side(name, true), value])];
  const nodes = [
    { selector: selectors.join(), body: left },
    { selector: selectors.map((one) => `[dir=rtl] ${one}`).join(), body: right },
  ];
  return [{ prelude: NO_INSET, nodes: /** @type {Node[]} */ (nodes) }];
}

/**
 * Room between things in a row, for browsers that know it in grids only.
 * @param {string[]} selectors
 * @param {[string, string][]} body
 * @returns {Node[]}
 */
function spaced(selectors, body) {
  const given = Object.fromEntries(body);
  if (!given.gap || !/flex$/.test(given.display ?? "")) return [];
  const [row, column = row] = splitTop(given.gap, " ");
  const down = given["flex-direction"] === "column";
  const margin = down ? ["margin-block-start", row] : ["margin-inline-end", column];
  margin[1] += "!important"; // a box to tick has no margin of its own
  // In a row also the only element: text may follow it.
  const rules = [{ selector: selectors.map((one) => one + (down ? ">*+*" : ">*")).join(), body: [margin] }];
  const before = selectors.filter((one) => !one.includes("::")).map((one) => `${one}::before`);
  if (!down && before.length) rules.push({ selector: before.join(), body: [["margin-inline-end", column]] });
  return [{ prelude: NO_INSET, nodes: /** @type {Node[]} */ (rules) }];
}

/** A selector without `:is()`: all that it stands for. @param {string} selector @returns {string[]} */
function expanded(selector) {
  const found = selector.search(/:is\(/);
  if (found < 0) return [selector];
  const end = closing(selector, found + 3);
  const choices = splitTop(selector.slice(found + 4, end), ",");
  const before = selector.slice(0, found);
  return choices.flatMap((one) => expanded(joined(before, one) + selector.slice(end + 1)));
}

/** A type goes before classes: `.a` with `th` is `th.a`. @param {string} before @param {string} one */
function joined(before, one) {
  if (!/^[a-z]/i.test(one)) return before + one;
  const last = /[^\s>+~,]*$/.exec(before)?.[0] ?? "";
  return before.slice(0, before.length - last.length) + one.replace(/^[a-z][\w-]*/i, (type) => type + last);
}

/** @param {string} selector how strong it is, as far as it makes a difference here */
function strength(selector) {
  const classes = selector.match(/\.[\w-]+|\[[^\]]*\]|:(?!:|not\b)[\w-]+/g)?.length ?? 0;
  const types = selector.match(/(^|[\s>+~(])[a-z][\w-]*|::[\w-]+/gi)?.length ?? 0;
  return `${selector.match(/#[\w-]+/g)?.length ?? 0}.${classes}.${types}`;
}

// -- reading and writing ------------------------------------------------------------------------------------------

/** @param {string} css @returns {Node[]} */
function parse(css) {
  /** @type {Node[]} */
  const nodes = [];
  for (let place = 0; place < css.length; ) {
    const open = next(css, place, "{;");
    if (open < 0) break;
    const head = css.slice(place, open).trim();
    if (css[open] === ";") {
      if (head) nodes.push({ raw: `${head};` });
      place = open + 1;
      continue;
    }
    const end = closing(css, open);
    const inner = css.slice(open + 1, end);
    if (/^@(media|supports)/.test(head)) nodes.push({ prelude: head, nodes: parse(inner) });
    else if (head.startsWith("@")) nodes.push({ raw: `${head}{${inner}}` });
    else nodes.push({ selector: head, body: splitTop(inner, ";").filter(Boolean).map(declaration) });
    place = end + 1;
  }
  return nodes;
}

/** @param {string} text @returns {[string, string]} */
function declaration(text) {
  const colon = text.indexOf(":");
  return [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
}

/** @param {Node[]} nodes @returns {string} */
function write(nodes) {
  return nodes
    .map((node) => {
      if ("raw" in node) return node.raw;
      if ("nodes" in node) return `${node.prelude}{${write(node.nodes)}}`;
      return `${node.selector}{${node.body.map(([name, value]) => `${name}:${value}`).join(";")}}`;
    })
    .join("");
}

/** Where one of some signs stands outside of strings and brackets, or -1. @param {string} text @param {number} from @param {string} signs */
function next(text, from, signs) {
  let depth = 0;
  for (let place = from; place < text.length; place++) {
    const sign = text[place];
    if (sign === "\\") place++;
    else if (sign === '"' || sign === "'") place = text.indexOf(sign, place + 1);
    else if (!depth && signs.includes(sign)) return place;
    else if ("([{".includes(sign)) depth++;
    else if (")]}".includes(sign)) depth--;
  }
  return -1;
}

/** @param {string} text @param {number} open where a bracket opens @returns {number} where it closes */
function closing(text, open) {
  const close = text[open] === "{" ? "}" : ")";
  return next(text, open + 1, close);
}

/** @param {string} text @param {string} sign @returns {string[]} */
function splitTop(text, sign) {
  const parts = [];
  let from = 0;
  for (let place = next(text, 0, sign); place >= 0; place = next(text, from, sign)) {
    parts.push(text.slice(from, place).trim());
    from = place + 1;
  }
  return [...parts, text.slice(from).trim()].filter((part) => part || sign !== " ");
}
