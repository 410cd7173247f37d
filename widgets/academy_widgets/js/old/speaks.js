// In the words of today, as Chrome 80, Firefox 78 and Safari 14 know them: where they are not understood, this is not
// there. See old.js.
/** @type {any} */ (window).academySpeaks = (/** @type {any} */ one) => one?.words ?? /\p{L}/u;
