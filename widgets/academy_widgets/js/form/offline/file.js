import { deviceName, isEdit } from "../saving/draft.js";

/**
 * @typedef {import("../saving/answers.js").Answers} Answers
 * @typedef {import("../types.js").Edit} Edit
 *
 * Whose form of which exercise this is; the server knows its own seal again.
 * @typedef {import("../../documents.js").SealedTicket} Ticket
 */

export const KIND = "academy-answers";

/**
 * The name of the answers file: of which exercise, whose, and of which day. Two people may have the same name, and a
 * folder may hold the files of many.
 * @param {Ticket} ticket
 * @param {string} title
 * @param {string} name
 */
export function fileName({ person }, title, name) {
  const now = new Date();
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  return `${forFiles(title)} - ${forFiles(name)} - ${day} - ${person}.answers.json`;
}

/** A text without what file systems do not take in a name. @param {string} text */
function forFiles(text) {
  const plain = text.replace(/[\u0000-\u001f\u007f<>:"/\\|?*\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, " ");
  return Array.from(plain.replace(/\s+/g, " ").trim()).slice(0, 60).join("").replace(/[ .]+$/, "") || "-";
}

/**
 * The text of the answers file: everything that was written here since the form left the server.
 * @param {Ticket} ticket
 * @param {Answers} answers
 */
export function writeFile(ticket, answers) {
  const edits = answers.unconfirmed().map(({ id, path, value, at, base }) => ({ id, path, value, at, base }));
  const device = deviceName(answers.draft.storage);
  /** @type {import("../../documents.js").AnswersFile} */
  const file = { kind: KIND, format: 1, ticket, device, edits };
  return JSON.stringify(file, null, 1);
}

/**
 * Take the answers of a file up again; what was written here later stays.
 * @param {string} text
 * @param {Ticket} ticket
 * @param {Answers} answers
 * @returns {number | null} how many answers changed; null when the file belongs to another form
 */
export function readFile(text, ticket, answers) {
  /** @type {any} */
  let content;
  try {
    content = JSON.parse(text);
  } catch {
    return null;
  }
  if (content?.kind !== KIND || content.ticket?.seal !== ticket.seal || !Array.isArray(content.edits)) return null;
  const { draft } = answers;
  let count = 0;
  for (const edit of content.edits.filter(isEdit)) {
    const there = draft.list().filter((/** @type {Edit} */ item) => item.path === edit.path);
    if (there.some((/** @type {Edit} */ item) => item.at >= edit.at)) continue;
    const { id, path, value, at, base } = edit;
    draft.put({ id, path, value, at, base });
    for (const old of there) if (old.id !== id) draft.drop(old.id);
    answers.latest = Math.max(answers.latest, at);
    count += 1;
  }
  answers.tell();
  return count;
}

/**
 * Give a text to the browser as a file. Where downloads are blocked nothing happens: nobody tells.
 * @param {string} name
 * @param {string} text
 */
export function download(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/**
 * Put a text on the clipboard; the box with it is selected for who has to copy by hand.
 * @param {HTMLTextAreaElement} box
 * @returns {Promise<boolean>}
 */
export async function copy(box) {
  box.select();
  try {
    await navigator.clipboard.writeText(box.value);
    return true;
  } catch {
    return document.execCommand("copy");
  }
}
