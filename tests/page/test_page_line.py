"""A weak line, a dead kernel, a restarted server: the page comes back by itself, and nothing is said twice."""

import json
import os
import re
import signal
import textwrap

import pytest
from playwright.sync_api import expect

from tests.support.patience import until

# A widget that sends numbered messages when a test asks for it, and shows which ones Python has received.
TALKER = """
import anywidget, os, traitlets
class Talker(anywidget.AnyWidget):
    _esm = '''
    export default { async render({ model, el }) {
      await window.holding;
      const line = (id, tag = "p") => Object.assign(el.appendChild(document.createElement(tag)), { id });
      const field = line("field", "textarea");
      field.value = localStorage.getItem("draft") ?? "";
      field.dataset.keeps = "";
      field.addEventListener("input", () => localStorage.setItem("draft", field.value));
      const [heard, pid, state] = [line("heard"), line("pid"), line("state")];
      pid.textContent = model.get("pid");
      state.textContent = model.connection.state;
      model.connection.on((now) => { state.textContent = now; });
      model.on("change:heard", () => { heard.textContent = model.get("heard").join(" "); });
      let n = 0;
      window.say = () => model.send({ n: ++n });
      window.type = (text) => { model.set("text", text); model.save_changes(); };
    } };
    '''
    heard = traitlets.List().tag(sync=True)
    text = traitlets.Unicode().tag(sync=True)
    pid = traitlets.Int(os.getpid()).tag(sync=True)
    def __init__(self, **kw):
        super().__init__(**kw)
        self.on_msg(lambda _, content, buffers: self.set_trait("heard", [*self.heard, str(content["n"])]))
        self.observe(lambda change: self.set_trait("heard", [*self.heard, change.new]), "text")
Talker()
"""
TEXT = "md:# A long lesson\n\n" + "\n\n".join(f"Paragraph {n} of the lesson." for n in range(60))


@pytest.fixture
def lesson(app):
    return app.page("line", TEXT, TALKER)


def open_lesson(page, url):
    page.goto(url)
    expect(page.locator("#state")).to_have_text("online")


def test_what_is_said_while_the_line_is_down_arrives_once_and_in_order(page, line, lesson):
    open_lesson(page, line.url + lesson)
    page.evaluate("say()")
    expect(page.locator("#heard")).to_have_text("1")
    line.cut()
    expect(page.locator("#state")).to_have_text("offline")
    page.evaluate("say(); type('a'); type('ab'); say(); type('abc')")
    line.mend()
    expect(page.locator("#state")).to_have_text("online")
    expect(page.locator("#heard")).to_have_text("1 2 ab 3 abc")
    page.evaluate("say()")
    expect(page.locator("#heard")).to_have_text("1 2 ab 3 abc 4")


def test_a_page_says_that_it_is_offline_unless_a_widget_does(page, line, app):
    core = app.page("core-only", "import ipywidgets; ipywidgets.Button(description='Press')")
    with page.expect_websocket():
        page.goto(line.url + core)
    line.cut()
    expect(page.locator("#academy-status")).to_contain_text("No connection.")
    line.mend()
    expect(page.locator("#academy-status")).to_have_text("The connection is back.")
    expect(page.locator("#academy-status")).to_be_empty()
    page.goto(line.url + app.page("line", TEXT, TALKER))
    page.clock.install()
    expect(page.locator("#state")).to_have_text("online")
    line.cut()
    expect(page.locator("#state")).to_have_text("offline")
    page.clock.fast_forward(5_000)
    expect(page.locator("#academy-status")).to_be_empty()


def test_what_was_under_way_when_the_line_broke_arrives_in_order(page, line, lesson):
    """A stock server forgets what it had passed on when the line broke, so it may pass on a message twice."""
    open_lesson(page, line.url + lesson)
    heard = page.locator("#heard")
    for last in range(3, 31, 3):
        page.evaluate("say(); say()")
        line.cut()
        page.evaluate("say()")
        line.mend()
        expect(heard).to_have_text(re.compile(rf"\b{last}$"))
    assert list(dict.fromkeys(heard.inner_text().split())) == [str(n) for n in range(1, 31)]


def test_a_line_that_is_dead_without_saying_so_is_noticed_within_seconds_of_waking(page, line, lesson):
    open_lesson(page, line.url + lesson)
    line.freeze()
    page.evaluate("say()")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#state")).to_have_text("offline")
    line.mend()
    expect(page.locator("#heard")).to_have_text("1")


def test_a_quiet_page_notices_a_dead_line_by_its_heartbeat(page, line, lesson):
    page.clock.install()
    open_lesson(page, line.url + lesson)
    line.freeze()
    page.clock.fast_forward(31_000)
    page.clock.fast_forward(6_000)
    expect(page.locator("#state")).to_have_text("offline")


def test_a_killed_kernel_brings_the_page_back_with_draft_focus_and_place(page, app, lesson):
    open_lesson(page, app.url + lesson)
    page.locator("#field").click()
    page.keyboard.type("half a sentence")
    page.keyboard.press("ArrowLeft")
    before = page.evaluate("scrollY")
    assert before > 0
    first = page.locator("#pid").inner_text()
    os.kill(int(first), signal.SIGKILL)
    expect(page.locator("#pid")).not_to_have_text(first)
    expect(page.locator("#state")).to_have_text("online")
    expect(page.locator("#field")).to_have_value("half a sentence")
    expect(page.locator("#field")).to_be_focused()
    page.keyboard.type("!")
    expect(page.locator("#field")).to_have_value("half a sentenc!e")
    assert until(lambda: page.evaluate("scrollY") == pytest.approx(before, abs=2))


# The page that follows is asked for, and comes when the test says so.
HOLD = """() => {
  const ask = window.fetch;
  const released = new Promise((release) => { window.release = release; });
  window.fetch = async (address, options) => {
    if (address === location.href) await (window.asked = released);
    return ask(address, options);
  };
}"""


def end_kernel_while_typing(page, app, lesson):
    """Somebody is in the middle of a sentence, and the server holds the page that follows until it is released."""
    open_lesson(page, app.url + lesson)
    field = page.locator("#field")
    field.press_sequentially("half a sentence")
    page.keyboard.press("ArrowLeft")
    page.evaluate(HOLD)
    os.kill(int(page.locator("#pid").inner_text()), signal.SIGKILL)
    page.wait_for_function("'asked' in window")
    return field


def test_what_is_typed_while_the_page_that_follows_is_on_its_way_is_there_with_the_caret(page, app, lesson):
    field = end_kernel_while_typing(page, app, lesson)
    first = page.locator("#pid").inner_text()
    page.keyboard.type(", slowly, on a thin lin")
    page.evaluate("release()")
    expect(page.locator("#pid")).not_to_have_text(first)
    expect(field).to_be_focused()
    page.keyboard.type("!")
    expect(field).to_have_value("half a sentenc, slowly, on a thin lin!e")
    expect(page.locator("#state")).to_have_text("online")
    page.evaluate("say()")
    expect(page.locator("#heard")).to_have_text("1")
    assert page.complaints == []


def test_what_is_typed_before_the_fields_of_the_page_that_follows_stand_is_put_into_its_field(
    page, app, lesson
):
    field = end_kernel_while_typing(page, app, lesson)
    page.evaluate("() => { window.holding = new Promise((show) => { window.show = show; }); }")
    page.evaluate("release()")
    expect(field).to_have_count(0)
    page.keyboard.type(" typed to nobody")
    page.keyboard.press("Backspace")
    page.evaluate("show()")
    expect(field).to_have_value("half a sentenc typed to nobode")
    expect(field).to_be_focused()
    page.keyboard.type("y")
    expect(field).to_have_value("half a sentenc typed to nobodye")
    assert page.evaluate("localStorage.getItem('draft')") == "half a sentenc typed to nobodye"
    assert page.locator("body > .unseen").count() == 0


def test_what_puts_pages_in_place_is_asked_for_when_needed_and_without_it_the_page_opens_as_any_other(
    page, app, lesson
):
    asked = []
    page.route("**/anew*.js", lambda route: (asked.append(route.request.url), route.abort()))
    open_lesson(page, app.url + lesson)
    field = page.locator("#field")
    field.press_sequentially("half a sentence")
    first = page.locator("#pid").inner_text()
    assert asked == []
    os.kill(int(first), signal.SIGKILL)
    expect(page.locator("#pid")).not_to_have_text(first)
    expect(field).to_have_value("half a sentence")
    expect(page.locator("#state")).to_have_text("online")
    assert len(asked) == 1


def test_a_page_with_something_that_nobody_keeps_asks_before_it_opens_again(page, app):
    source = """
        export default { render({ model, el }) {
          const field = el.appendChild(document.createElement("textarea"));
          field.setAttribute("aria-label", "Note");
          el.append(model.get("pid"));
        } };
    """
    cell = f"""
        import anywidget, os, traitlets
        class Note(anywidget.AnyWidget):
            _esm = {source!r}
            pid = traitlets.Int(os.getpid()).tag(sync=True)
        Note()
    """
    with page.expect_websocket():
        page.goto(app.url + app.page("note", textwrap.dedent(cell)))
    field = page.get_by_role("textbox", name="Note")
    field.press_sequentially("not kept anywhere")
    first = page.locator("main .part").inner_text()
    os.kill(int(first), signal.SIGKILL)
    status = page.locator("#academy-status")
    expect(status).to_contain_text("Not everything that you entered on this page is kept.")
    expect(field).to_have_value("not kept anywhere")
    with page.expect_navigation():
        status.get_by_role("button", name="Open the page again").click()
    expect(page.locator("main .part")).not_to_have_text(first)


def test_a_server_that_was_restarted_brings_the_page_back(page, make_app):
    app = make_app()
    open_lesson(page, app.url + app.page("restart", TALKER))
    first = page.locator("#pid").inner_text()
    app.stop()
    expect(page.locator("#state")).to_have_text("offline")
    page.locator("#field").fill("written meanwhile")
    app.start()
    expect(page.locator("#pid")).not_to_have_text(first)
    expect(page.locator("#field")).to_have_value("written meanwhile")
    expect(page.locator("#state")).to_have_text("online")


def test_a_kernel_that_dies_again_and_again_is_not_started_for_ever(page, app, lesson):
    visits = []
    page.on("request", lambda request: request.is_navigation_request() and visits.append(request.url))
    page.route("**/api/kernels/*", lambda route: route.fulfill(status=404))
    page.route_web_socket("**/channels**", lambda socket: socket.close(code=4404))
    page.goto(app.url + lesson)
    expect(page.locator("#academy-status")).to_contain_text("could not start")
    assert len(visits) == 4
    with page.expect_navigation():
        page.get_by_role("button", name="Open the page again").click()
    assert len(visits) == 5


def test_a_login_that_is_over_is_said_with_a_link_back_to_this_page(page, app, lesson):
    page.route("**/api/kernels/*", lambda route: route.fulfill(status=403))
    page.route_web_socket("**/channels**", lambda socket: socket.close(code=4404))
    page.goto(app.url + lesson + "?from=home")
    link = page.get_by_role("link", name="Sign in again")
    expect(link).to_have_attribute(
        "href", re.compile(r"^/login\?next=%2Fvoila%2Frender%2Fline\.ipynb%3Ffrom%3Dhome$")
    )
    expect(page.locator("#academy-status")).to_contain_text("You are signed out.")


def test_a_page_that_is_left_ends_its_kernel(page, app, lesson):
    open_lesson(page, app.url + lesson)
    kernel = app.url + "api/kernels/" + json.loads(page.locator("#academy-kernel").text_content())
    assert page.request.get(kernel).ok
    page.goto(app.url)
    page.wait_for_function("address => fetch(address).then(answer => answer.status === 404)", arg=kernel)


def test_a_page_that_is_left_with_something_unsent_leaves_the_kernel_alone(page, line, app, lesson):
    open_lesson(page, line.url + lesson)
    kernel = app.url + "api/kernels/" + json.loads(page.locator("#academy-kernel").text_content())
    heard = app.page("other", "md:# Another page")
    page.route_web_socket("**/channels**", lambda socket: None)
    line.freeze()
    page.evaluate("say()")
    with page.expect_request("**/voila/api/shutdown/**"):  # the other page's own, which comes later
        page.goto(app.url + heard)
    assert page.request.get(kernel).ok


def test_a_page_without_widgets_gives_its_kernel_back_at_once(page, app):
    with page.expect_request("**/voila/api/shutdown/**"):
        page.goto(app.url + app.page("still", "md:# Only text"))
    expect(page.get_by_role("heading", name="Only text")).to_be_visible()
