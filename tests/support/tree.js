// What stands on a page below an element (or the one that a selector finds), a line for each part and what it shows.
(found) => {
  const HOW = ["style", "hidden", "disabled", "checked", "open"];
  const states = {
    hidden: (e) => e.hidden,
    disabled: (e) => e.disabled,
    checked: (e) => e.checked,
    open: (e) => e.open,
    focused: (e) => e === e.ownerDocument.activeElement,
  };
  const lines = [];
  const walk = (node, depth) => {
    const line = (...parts) => lines.push("  ".repeat(depth) + parts.filter(Boolean).join(" "));
    if (node.nodeType === Node.TEXT_NODE) return node.data.trim() && line(JSON.stringify(node.data));
    if (node.nodeType !== Node.ELEMENT_NODE || ["style", "script"].includes(node.localName)) return;
    const attributes = [...node.attributes].filter(({ name }) => !HOW.includes(name));
    const said = attributes.map(({ name, value }) => `${name}=${JSON.stringify(value)}`).sort();
    const standing = Object.keys(states).filter((name) => states[name](node));
    const written = ["input", "textarea", "select"].includes(node.localName) && !["radio", "checkbox"].includes(node.type);
    line(node.localName, ...said, ...standing, written && node.value && `shows ${JSON.stringify(node.value)}`);
    node.childNodes.forEach((child) => walk(child, depth + 1));
  };
  walk(typeof found === "string" ? document.querySelector(found) : found, 0);
  return lines;
};
