// A page and a kernel in miniature for one player. The test sets `window.scenario` before the page loads.
import play from "./play.js";

const { unit, newest, texts, lang = "en", dir = "ltr", silent = false } = window.scenario;
document.documentElement.lang = lang;
document.documentElement.dir = dir;
const traits = { unit, texts, lang, dir };
const listeners = new Set();
window.heard = [];
const model = {
  get: (name) => traits[name],
  on: (_event, callback) => listeners.add(callback),
  off: (_event, callback) => listeners.delete(callback),
  send(message) {
    window.heard.push(message);
    const answer = { kind: "unit", unit: newest ?? unit };
    if (!silent) setTimeout(() => listeners.forEach((callback) => callback(answer)));
  },
};
window.close = play.render({ model, el: document.getElementById("player") });
