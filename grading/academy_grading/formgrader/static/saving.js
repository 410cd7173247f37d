// How points and comments are sent: one after the other, only what changed, each with the version that the page showed.
// The server refuses a version that is not the newest. Then nothing typed is lost: both are shown, and the grader chooses.
{
  const texts = JSON.parse(document.body.dataset.texts ?? "{}");

  /**
   * @param {Model} prototype
   * @param {string[]} names what a grader changes of it
   */
  function careful(prototype, names) {
    /**
     * @this {Model}
     * @param {string} method
     * @param {Model} model
     * @param {any} options
     */
    prototype.sync = function (method, model, options) {
      if (method !== "update") return Backbone.sync(method, model, options);
      if (model.sending) return void (model.again = options);
      const now = model.toJSON();
      if (unchanged(now, model.kept ?? {}, names)) {
        if (clashes.get(model)?.classList.contains("refused")) showClash(model, null); // what is kept was typed again
        return void options.success(now);
      }
      model.sending = true;
      showClash(model, null);
      return Backbone.sync(method, model, {
        ...options,
        success: (/** @type {any} */ kept) => {
          const next = done(model, kept);
          if (next) model.sync(method, model, next);
          else options.success(kept);
        },
        error: (/** @type {any} */ answer) => {
          done(model, null);
          options.error(answer);
        },
      });
    };
  }

  /**
   * Whether the server has it all already.
   * @param {Record<string, any>} now
   * @param {Record<string, any>} kept
   * @param {string[]} names
   */
  const unchanged = (now, kept, names) =>
    now.version === kept.version &&
    !(now.needs_manual_grade && now.manual_score !== null && now.manual_score !== "") &&
    names.every((name) => String(now[name] ?? "") === String(kept[name] ?? ""));

  /**
   * @param {Model} model
   * @param {Record<string, any> | null} kept
   * @returns {any} what is to be sent next, because it was typed meanwhile
   */
  function done(model, kept) {
    const next = model.again;
    model.sending = false;
    model.again = null;
    if (kept) model.kept = kept;
    if (kept && next) model.set({ version: kept.version }, { silent: true });
    return kept && next;
  }

  careful(Grade.prototype, ["manual_score"]);

  // formgrader's own would cut what is beyond the most; here the server asks about it, and the number stays to be seen.
  GradeUI.prototype.save = /** @this {View & {$score: any, $extra_credit: any}} */ function () {
    const [score, extra] = [this.$score.val(), this.$extra_credit.val()];
    this.model.save({ manual_score: score === "" ? null : score, ...(extra === undefined ? {} : { extra_credit: extra }) });
    this.render();
  };
  careful(/** @type {any} */ (Comment).prototype, ["manual_comment"]);

  /**
   * Follow what the server says of grades or comments.
   * @param {Collection} collection
   * @param {() => View[]} views
   * @param {string} name
   * @param {() => void} changed
   */
  function follow(collection, views, name, changed) {
    collection.on("sync", () => {
      collection.each((model) => (model.kept ??= model.toJSON()));
      changed();
    });
    collection.on("change", changed);
    collection.on("error", (/** @type {Model} */ model, /** @type {any} */ answer) => {
      const view = views().find((one) => one.model === model);
      view?.$el.find(".save-icon").hide();
      if (view) showClash(model, clash(view, name, answer));
    });
  }

  /**
   * What stands beside a field that was not saved.
   * @param {View} view
   * @param {string} name
   * @param {any} answer
   */
  function clash(view, name, answer) {
    const { model } = view;
    const now = answer.status === 409 ? answer.responseJSON?.now : null;
    const box = document.createElement("div");
    box.className = now ? "clash" : "clash refused";
    box.setAttribute("role", "alert");
    const say = (/** @type {string} */ text) => {
      const line = document.createElement("p");
      line.dir = "auto";
      line.textContent = text;
      box.append(line);
    };
    const act = (/** @type {string} */ text, /** @type {() => void} */ work) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = text;
      button.addEventListener("click", () => {
        showClash(model, null);
        work();
      });
      box.append(button);
    };
    say(answer.responseJSON?.message ?? texts.unreached);
    if (!now) act(texts.again, () => model.save());
    else {
      say(texts.theyGave.replace("{value}", now[name] ?? texts.nothing));
      act(texts.mine, () => {
        model.set({ version: now.version }, { silent: true });
        model.kept = now;
        model.save();
      });
      act(texts.theirs, () => {
        model.kept = now;
        model.set(now);
        view.render();
        model.trigger("sync", model, now, {});
      });
    }
    return box;
  }

  /** @type {Map<Model, Element>} */
  const clashes = new Map();

  /**
   * @param {Model} model
   * @param {Element | null} box
   */
  function showClash(model, box) {
    clashes.get(model)?.remove();
    clashes.delete(model);
    const view = [...formgrader.grade_uis, ...formgrader.comment_uis].find((one) => one.model === model);
    if (!box || !view) return;
    clashes.set(model, box);
    view.$el.append(box);
  }

  const sending = () => [...formgrader.grade_uis, ...formgrader.comment_uis].some((view) => view.model.sending);

  /**
   * Do something once all is saved. What was not saved is asked about first.
   * @param {() => void} work
   */
  function whenSaved(work) {
    if (!sending() && !clashes.size) return work();
    $(document).one("finished_saving", () => whenSaved(work));
    clashes.values().next().value?.scrollIntoView({ block: "center" });
  }

  addEventListener("beforeunload", (event) => {
    if (clashes.size || sending()) event.preventDefault();
  });

  Object.assign(window, { follow, whenSaved });
}
