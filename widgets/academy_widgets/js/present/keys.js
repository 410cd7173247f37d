// What the keys do. Clickers send PageUp and PageDown, some of them also F5, Escape and a full stop.

/** @typedef {{keys: string[], shown: string, text: string, act: () => void}} Command */

const TYPING = "input, textarea, select, [contenteditable]";
const PRESSING = "button, summary, a[href], [role=button]";

/**
 * Listen for commands.
 * @param {Command[]} commands
 * @returns {() => void} the way to stop
 */
export function armKeys(commands) {
  const byKey = new Map(commands.flatMap((command) => command.keys.map((key) => [key, command])));
  /** @param {KeyboardEvent} event */
  const heard = (event) => {
    const target = event.target instanceof Element ? event.target : document.body;
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (target.closest(TYPING) || target.closest("dialog")) return;
    if ((event.key === " " || event.key === "Enter") && target.closest(PRESSING)) return;
    const command = byKey.get(event.key.length === 1 ? event.key.toLowerCase() : event.key) ?? byKey.get(placeOf(event));
    if (!command) return;
    event.preventDefault();
    command.act();
  };
  addEventListener("keydown", heard);
  return () => removeEventListener("keydown", heard);
}

/** On a keyboard of another script the letter that stands at the same place. @param {KeyboardEvent} event */
function placeOf(event) {
  return event.key > "\x7f" && /^Key[A-Z]$/.test(event.code) ? event.code.slice(3).toLowerCase() : "";
}

/**
 * In languages from right to left the next slide lies to the left.
 * @param {string} direction
 * @returns {{onward: string, back: string}}
 */
export function arrows(direction) {
  return direction === "rtl" ? { onward: "ArrowLeft", back: "ArrowRight" } : { onward: "ArrowRight", back: "ArrowLeft" };
}
