// For browsers that are too old for the page: says so, in its language, and keeps asking where a script would. It is as
// old itself: nothing in it is younger than ES5. `academySpeaks` stands in a script of its own before this one, in the
// words of today: where they are not understood it is not there.
(function () {
  var said = document.getElementById("academy-old");
  if (!said || /** @type {any} */ (window).academySpeaks) return;
  said.hidden = false;
  var opening = document.getElementById("academy-start");
  if (opening) opening.hidden = true;
  document.documentElement.className += " too-old";
  var seconds = Number(said.getAttribute("data-refresh"));
  if (seconds) {
    setTimeout(function () {
      location.reload();
    }, seconds * 1000);
  }
})();
