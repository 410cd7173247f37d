const UNITS = /** @type {[Intl.RelativeTimeFormatUnit, number][]} */ ([
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
]);

/**
 * How long ago something was, in words.
 * @param {number} seconds since 1970
 * @param {string} lang
 */
export function ago(seconds, lang, now = Date.now() / 1000) {
  const past = Math.max(0, now - seconds);
  const [unit, length] = UNITS.find(([, each]) => past >= each) ?? ["minute", 60];
  return new Intl.RelativeTimeFormat(lang, { numeric: "auto" }).format(-Math.floor(past / length), unit);
}
