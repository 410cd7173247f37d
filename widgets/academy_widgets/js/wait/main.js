// The page of somebody who waits in the line: asks for the number again and again, and opens the page when it is time.

/** @typedef {{go?: boolean, text?: string, next?: number}} Answer */

const LONGEST_ANSWER = 10_000;
const PAUSE_AFTER_TROUBLE = 3;

const place = /** @type {HTMLElement} */ (document.getElementById("place"));

/** Not all at the same moment. @param {number} seconds */
function again(seconds) {
  setTimeout(look, seconds * (800 + 400 * Math.random()));
}

async function look() {
  const said = await ask();
  if (said?.go) return location.reload();
  if (said?.text && place.textContent !== said.text) place.textContent = said.text;
  again(said?.next ?? PAUSE_AFTER_TROUBLE);
}

/** @returns {Promise<Answer | null>} null while the line or the server is away: the place stays for a while */
async function ask() {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), LONGEST_ANSWER);
  try {
    const answer = await fetch(place.dataset.address ?? "", { cache: "no-store", signal: limit.signal });
    if (answer.status >= 500) return null;
    return answer.ok ? await answer.json() : { go: true };
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

again(Number(place.dataset.next));
