// What makes grading by hand quick: levels beside the points, comments to start from, keys, and the next that waits.
{
  const texts = JSON.parse(document.body.dataset.texts ?? "{}");
  const body = document.body;
  const all = (/** @type {string} */ what, /** @type {ParentNode} */ where = document) => [...where.querySelectorAll(what)];
  const numbers = ["1", "2", "3", "4"];

  /** The criterion, check or comment that something stands in. */
  const cellOf = (/** @type {Element | null} */ element) => element?.closest(".nbgrader_cell") ?? null;
  const scoreOf = (/** @type {Element} */ cell) => /** @type {HTMLInputElement} */ (cell.querySelector(".score"));

  /**
   * Tell formgrader's scripts that a field has changed.
   * @param {Element} field
   */
  const changed = (field) => $(field).trigger("change");

  // -- levels

  /**
   * @param {Element} cell
   * @param {string} points
   */
  function give(cell, points) {
    const score = scoreOf(cell);
    score.value = points;
    changed(score);
    show();
  }

  /** Bring levels and comments to start from in line with the points. */
  function show() {
    for (const cell of all(".criterion")) {
      const points = scoreOf(cell).value;
      const level = String(Math.floor(Number(points)));
      const levels = /** @type {HTMLElement[]} */ (all(".level", cell));
      const chosen = levels.find((button) => button.dataset.points === points);
      for (const button of levels) {
        button.setAttribute("aria-checked", String(button === chosen));
        button.tabIndex = button === (chosen ?? levels[0]) ? 0 : -1;
      }
      for (const offer of /** @type {HTMLElement[]} */ (all(".offer", cell))) offer.hidden = offer.dataset.level !== level;
      const first = /** @type {HTMLElement | null} */ (cell.querySelector(".choose-first"));
      if (first) first.hidden = numbers.includes(level);
    }
    for (const cell of all(".nbgrader_cell")) {
      cell.classList.toggle("waits", Boolean(cell.querySelector(".score.needs_manual_grade")));
    }
  }

  for (const group of all(".levels")) {
    const levels = /** @type {HTMLElement[]} */ (all(".level", group));
    group.addEventListener("click", (event) => {
      const level = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest(".level"));
      const cell = cellOf(group);
      if (level && cell) give(cell, level.dataset.points ?? "");
    });
    group.addEventListener("keydown", (event) => {
      const { key } = /** @type {KeyboardEvent} */ (event);
      const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[key];
      if (!step) return;
      event.preventDefault();
      const at = levels.indexOf(/** @type {HTMLElement} */ (document.activeElement));
      levels[(at + step + levels.length) % levels.length].focus();
    });
  }

  // -- comments to start from

  for (const bank of all(".bank")) {
    bank.addEventListener("click", (event) => {
      const offer = /** @type {Element} */ (event.target).closest(".offer");
      const field = /** @type {HTMLTextAreaElement | null} */ (cellOf(bank)?.querySelector(".comment") ?? null);
      if (!offer || !field) return;
      field.value = [field.value.trimEnd(), offer.textContent].filter(Boolean).join("\n\n");
      autosize.update(field);
      changed(field);
      field.focus();
    });
  }

  for (const field of all("textarea.comment")) {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let pause;
    field.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(() => changed(field), 1200);
    });
  }

  // -- keys

  /**
   * Save what is being typed, then go where a link leads.
   * @param {Element | null} link
   */
  function leave(link) {
    const field = document.activeElement;
    if (field?.matches(".score, .comment")) changed(field);
    if (link instanceof HTMLAnchorElement) whenSaved(() => (location.href = link.href));
  }

  for (const link of all(".bar a")) {
    link.addEventListener("click", (event) => {
      if (/** @type {MouseEvent} */ (event).ctrlKey || /** @type {MouseEvent} */ (event).metaKey) return;
      event.preventDefault();
      leave(link);
    });
  }

  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "F8" || (event.key === "Enter" && (event.ctrlKey || event.metaKey))) {
        event.preventDefault();
        event.stopPropagation();
        return leave(document.getElementById("next-ungraded"));
      }
      const cell = cellOf(document.activeElement);
      const writing = document.activeElement?.matches("textarea, input");
      if (!event.ctrlKey && !event.altKey && cell?.matches(".criterion") && !writing && numbers.includes(event.key)) {
        event.preventDefault();
        give(cell, event.key);
        return /** @type {HTMLElement | null} */ (cell.querySelector('.level[tabindex="0"]'))?.focus();
      }
      if (event.key === "Enter" && document.activeElement?.matches(".level, .score")) {
        event.preventDefault();
        event.stopPropagation();
        if (document.activeElement.matches(".level")) /** @type {HTMLElement} */ (document.activeElement).click();
        else changed(document.activeElement);
        onward(cell);
      }
    },
    true,
  );

  /**
   * Go to what comes after a criterion or check: its level, or its points.
   * @param {Element | null} cell
   */
  function onward(cell) {
    const cells = all(".nbgrader_cell");
    enter(cell ? (cells[cells.indexOf(cell) + 1] ?? cells[0]) : cells[0]);
  }

  /**
   * @param {Element | undefined} cell
   * @param {FocusOptions} [how]
   */
  function enter(cell, how) {
    const to = /** @type {HTMLElement | null} */ (
      cell?.querySelector('.level[tabindex="0"]') ?? cell?.querySelector(".score:not([type=hidden]), .comment") ?? null
    );
    to?.focus(how);
  }

  // -- formgrader's own ways, where ours are better

  FormGrader.prototype.scrollToLastSelected = function () {
    this.setCurrentIndex();
    history.replaceState(history.state, "", this.navigateTo(""));
    this.last_selected[0]?.scrollIntoView({ block: "nearest" });
  };

  const { loadGrades, loadComments, init, configureScrolling } = FormGrader.prototype;

  FormGrader.prototype.loadGrades = function () {
    loadGrades.call(this);
    follow(this.grades, () => this.grade_uis, "manual_score", show);
    whenLoaded(this.grades, ".level, .score", () => this.loadGrades());
  };

  FormGrader.prototype.loadComments = function () {
    loadComments.call(this);
    follow(this.comments, () => this.comment_uis, "manual_comment", () => {});
    this.comments.on("sync", () => {
      for (const field of all("textarea.comment")) {
        field.setAttribute("placeholder", texts.placeholder);
        autosize.update(field);
      }
    });
    whenLoaded(this.comments, ".comment", () => this.loadComments());
  };

  /**
   * Open fields once what they show is here; ask for it again where that failed.
   * @param {Collection} collection
   * @param {string} fields
   * @param {() => void} load
   */
  function whenLoaded(collection, fields, load) {
    collection.on("sync", () => {
      for (const field of all(fields)) for (const held of ["readonly", "disabled"]) field.removeAttribute(held);
      ready();
    });
    collection.on("error", (/** @type {unknown} */ about) => about === collection && setTimeout(load, 2000));
  }

  // Where to begin is decided once the points are here, not before: formgrader would take the first field there is.
  FormGrader.prototype.configureScrolling = function () {
    configureScrolling.call(this);
    this.last_selected = $();
  };

  FormGrader.prototype.init = function () {
    init.call(this);
    const keys = this.keyboard_manager;
    for (const key of ["tab", "shift-tab", "enter"]) {
      delete keys.handlers.body[key]; // the browser's own Tab reaches everything
      delete keys.help[key];
    }
    for (const link of all("a[tabindex]")) link.removeAttribute("tabindex");
    Object.assign(keys.help, { "control-enter, F8": texts.next, "1 2 3 4": texts.choose, enter: texts.onward });
  };

  function ready() {
    if (!formgrader.grades.loaded || !formgrader.comments.loaded || body.dataset.ready) return;
    body.dataset.ready = "yes";
    show();
    // The answers come first to read: the page stays where it is.
    const waits = all(".criterion.waits")[0] ?? all(".nbgrader_cell.waits")[0];
    if (document.activeElement === body) enter(waits, { preventScroll: true });
  }

  const button = /** @type {HTMLElement} */ (document.getElementById("show-name"));
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    body.classList.toggle("named", on);
  });
}
