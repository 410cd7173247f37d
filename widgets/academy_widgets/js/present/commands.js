// Which key does what; the same list is shown on `?`.

import { chooseSlide, showKeys } from "./dialogs.js";
import { arrows } from "./keys.js";

/** @typedef {import("./keys.js").Command} Command */

/**
 * @param {import("./deck.js").Deck} deck
 * @param {import("./presenter_controls.js").PresenterControls | null} presenter
 * @param {{dir: string, texts: Record<string, string>}} config
 * @returns {Command[]}
 */
export function commandsOf(deck, presenter, { dir, texts }) {
  const { onward, back } = arrows(dir);
  const sign = /** @type {Record<string, string>} */ ({ ArrowRight: "→", ArrowLeft: "←" });
  /** @type {Command[]} */
  const commands = [
    {
      keys: [onward, "ArrowDown", "PageDown", " ", "Enter"],
      shown: `${sign[onward]} PageDown Space`,
      text: texts.key_next,
      act: () => (presenter ?? deck).step(1),
    },
    {
      keys: [back, "ArrowUp", "PageUp", "Backspace"],
      shown: `${sign[back]} PageUp`,
      text: texts.key_back,
      act: () => (presenter ?? deck).step(-1),
    },
    { keys: ["Home"], shown: "Home", text: texts.key_first, act: () => deck.go(0) },
    { keys: ["End"], shown: "End", text: texts.key_last, act: () => deck.go(deck.slides.length - 1) },
    { keys: ["g"], shown: "G", text: texts.key_go, act: () => chooseSlide(deck) },
    ...(presenter ? liveCommands(deck, presenter, texts) : []),
    { keys: ["b", "."], shown: "B", text: texts.key_blank, act: () => document.body.classList.toggle("blank") },
    { keys: ["f", "F5"], shown: "F", text: texts.key_full, act: fullScreen },
    { keys: ["?", "h"], shown: "?", text: texts.key_keys, act: () => showKeys(commands, texts) },
  ];
  return commands;
}

/** @param {import("./deck.js").Deck} deck @param {import("./presenter_controls.js").PresenterControls} presenter @param {Record<string, string>} texts @returns {Command[]} */
function liveCommands(deck, presenter, texts) {
  return [
    { keys: ["l"], shown: "L", text: texts.key_board, act: () => deck.go(deck.find(({ live }) => live)) },
    { keys: ["s"], shown: "S", text: texts.key_start, act: () => void presenter.start() },
    { keys: ["j"], shown: "J", text: texts.key_join, act: () => presenter.join() },
    { keys: ["r"], shown: "R", text: texts.key_results, act: () => void presenter.toggleResults() },
    { keys: ["c"], shown: "C", text: texts.key_lock, act: () => void presenter.lock() },
    { keys: ["t"], shown: "T", text: texts.key_timer, act: () => void presenter.timer() },
    { keys: ["0"], shown: "0", text: texts.key_timer_off, act: () => presenter.stopTimer() },
    { keys: ["m", "n"], shown: "M", text: texts.key_notes, act: () => presenter.notes() },
    { keys: ["p"], shown: "P", text: texts.key_poll, act: () => presenter.poll() },
    { keys: ["u"], shown: "U", text: texts.key_undo, act: () => presenter.askTakeBack() },
  ];
}

function fullScreen() {
  if (document.fullscreenElement) void document.exitFullscreen();
  else void document.documentElement.requestFullscreen?.();
}
