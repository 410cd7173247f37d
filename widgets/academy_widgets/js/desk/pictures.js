import { h } from "../form/dom.js";
import { drawing } from "../form/pictures.js";

/**
 * @typedef {import("./types.js").Picture} Picture
 * @typedef {import("./types.js").Translate} Translate
 * @typedef {import("./types.js").Port} Port
 */

/** Pictures of the cohort, drawn when they are looked at. */
export class Pictures {
  /**
   * @param {Translate} t
   * @param {Port} port
   */
  constructor(t, port) {
    this.t = t;
    this.port = port;
    this.asked = false;
    this.place = h("div", { class: "pictures" });
    this.about = h("p", { class: "small", role: "status" });
    const again = h("button", { type: "button", class: "plain", onclick: () => this.draw() }, t("draw_again"));
    this.el = h("div", null, h("p", { class: "small" }, t("from_submissions")), again, this.about, this.place);
  }

  update() {}

  shown() {
    if (!this.asked) void this.draw();
  }

  async draw() {
    this.asked = true;
    this.about.textContent = this.t("drawing");
    const answer = await this.port.ask({ kind: "pictures" });
    const bad = answer.kind === "not-done";
    this.asked = !bad;
    this.about.textContent = bad ? answer.text : answer.pictures.length ? "" : this.t("no_pictures");
    if (!bad) this.place.replaceChildren(...answer.pictures.map((/** @type {Picture} */ picture) => this.figure(picture)));
  }

  /** @param {Picture} picture */
  figure({ id, title, svg, sentence, head, rows, csv }) {
    const cells = (/** @type {string[]} */ row, /** @type {"th" | "td"} */ tag) =>
      h("tr", null, ...row.map((text, n) => h(tag === "td" && n === 0 ? "th" : tag, { scope: tag === "th" ? "col" : n === 0 ? "row" : null, dir: "auto" }, text)));
    const table = h("table", null, h("caption", null, title), h("thead", null, cells(head, "th")), h("tbody", null, ...rows.map((row) => cells(row, "td"))));
    const drawn = drawing(svg);
    return h(
      "figure",
      { id: `picture-${id}` },
      h("figcaption", null, h("h3", null, title), h("p", null, sentence)),
      drawn ? h("div", { class: "drawing" }, /** @type {any} */ (drawn)) : null,
      h("details", null, h("summary", null, this.t("as_table")), h("div", { class: "scroll", role: "region", tabindex: 0, "aria-label": title }, table)),
      h("button", { type: "button", class: "plain", "aria-label": this.t("csv_of", { title }), onclick: () => save(`${id}.csv`, csv) }, this.t("csv")),
    );
  }
}

/**
 * Give a text as a file. The mark before it tells spreadsheets that it is UTF-8.
 * @param {string} name
 * @param {string} text
 */
function save(name, text) {
  const address = URL.createObjectURL(new Blob(["\uFEFF", text], { type: "text/csv;charset=utf-8" }));
  const link = h("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  URL.revokeObjectURL(address);
}
