"""Widgets on the light page: anywidgets in all the ways their code can be named, and the core ones."""

import json

from playwright.sync_api import expect

COUNTERS = """
import anywidget, traitlets, pathlib
from IPython.display import display

class Named(anywidget.AnyWidget):
    _esm = traitlets.Unicode("@academy/counter").tag(sync=True)
    label = traitlets.Unicode("named").tag(sync=True)
    count = traitlets.Int(0).tag(sync=True)

class Addressed(Named):
    _esm = traitlets.Unicode("/voila/templates/academy/static/counter.js").tag(sync=True)
    _css = traitlets.Unicode("/voila/templates/academy/static/counter.css").tag(sync=True)
    label = traitlets.Unicode("addressed").tag(sync=True)

class Inline(anywidget.AnyWidget):
    _esm = '''
    export default { render({ model, el }) {
      el.append("inline ", model.get("child"));
      el.dataset.connection = model.connection.state;
    } };
    '''
    _css = ".inline { color: red }"
    child = traitlets.Unicode("text").tag(sync=True)

named, addressed = Named(), Addressed(count=4)
"""


def test_anywidgets_are_shown_whether_their_code_is_named_addressed_or_inline(app, page):
    page.goto(app.url + app.page("three", COUNTERS, "display(named, addressed, Inline())"))
    expect(page.get_by_role("button", name="named: 0")).to_be_visible()
    expect(page.get_by_role("button", name="addressed: 4")).to_be_visible()
    expect(page.get_by_text("inline text")).to_be_visible()
    decoration = page.get_by_role("button", name="named: 0").evaluate(
        "el => getComputedStyle(el).textDecorationLine"
    )
    assert decoration == "underline"
    expect(page.locator('link[href$="counter.css"]')).to_have_count(1)
    assert page.complaints == []


def test_a_trait_changed_in_the_page_is_seen_by_python_and_the_other_way_round(app, page):
    cells = """
double = Named(label="double")
named.observe(lambda change: double.set_trait("count", 2 * change.new), "count")
display(named, double)
"""
    page.goto(app.url + app.page("both", COUNTERS, cells))
    page.get_by_role("button", name="named: 0").click()
    page.get_by_role("button", name="named: 1").click()
    expect(page.get_by_role("button", name="double: 4")).to_be_visible()


BINARY = """
import anywidget, traitlets
class Binary(anywidget.AnyWidget):
    _esm = '''
    const hex = ({ buffer, byteOffset, byteLength }) =>
      Array.from(new Uint8Array(buffer, byteOffset, byteLength), (byte) => byte.toString(16)).join(" ");
    export default { async render({ model, el, experimental }) {
      const line = (id) => Object.assign(el.appendChild(document.createElement("p")), { id });
      const [trait, answer, message, command] = ["trait", "answer", "message", "command"].map(line);
      trait.textContent = hex(model.get("data"));
      model.on("change:answer", () => { answer.textContent = hex(model.get("answer").inner); });
      model.on("msg:custom", ({ echo }, buffers) => {
        if (echo) message.textContent = `${echo} ${hex(buffers[0])}`;
      });
      model.set("data", new DataView(Uint8Array.of(9, 8, 7).buffer));
      model.save_changes();
      model.send({ say: "hello" }, null, [Uint8Array.of(255, 0, 1).buffer]);
      const options = { buffers: [Uint8Array.of(1, 2, 3)] };
      const [reply, buffers] = await experimental.invoke("_reverse", { of: "abc" }, options);
      command.textContent = `${reply} ${hex(buffers[0])}`;
    } };
    '''
    data = traitlets.Any(b"\\x01\\x02\\xff").tag(sync=True)
    answer = traitlets.Dict().tag(sync=True)
    def __init__(self, **kw):
        super().__init__(**kw)
        self.observe(self._answer, "data")
        self.on_msg(self._echo)
    def _answer(self, change):
        self.answer = {"inner": bytes(change.new)[::-1]}
    def _echo(self, _, content, buffers):
        if "say" in content:
            self.send({"echo": content["say"]}, [bytes(buffers[0])])
    @anywidget.experimental.command
    def _reverse(self, message, buffers):
        return message["of"][::-1], [bytes(buffers[0])[::-1]]
Binary()
"""


def test_binary_values_travel_both_ways_in_traits_messages_and_commands(app, page):
    page.goto(app.url + app.page("binary", BINARY))
    expect(page.locator("#trait")).to_have_text("1 2 ff")
    expect(page.locator("#answer")).to_have_text("7 8 9")
    expect(page.locator("#message")).to_have_text("hello ff 0 1")
    expect(page.locator("#command")).to_have_text("cba 3 2 1")
    assert page.complaints == []


CHILDREN = """
class Parent(anywidget.AnyWidget):
    _esm = '''
    export default { async render({ model, el, host, signal }) {
      const child = await host.getWidget(model.get("child"));
      const box = el.appendChild(document.createElement("div"));
      await child.render({ el: box, signal });
      const count = (await host.getModel(model.get("child"))).get("count");
      const known = await model.widget_manager.get_model(model.get("child").replace("anywidget:", ""));
      el.append(`child has ${count} and says ${known.get("label")}`);
    } };
    '''
    child = anywidget.WidgetTrait().tag(sync=True)
Parent(child=addressed)
"""


def test_a_module_shows_and_reads_a_child_widget(app, page):
    page.goto(app.url + app.page("children", COUNTERS, CHILDREN))
    expect(page.get_by_text("child has 4 and says addressed")).to_be_visible()
    page.get_by_role("button", name="addressed: 4").click()
    expect(page.get_by_role("button", name="addressed: 5")).to_be_visible()


CORE = """
import ipywidgets as w
button, output = w.Button(description="Press", button_style="primary"), w.Output()
log = w.HTML("<em>nothing yet</em>", description="Log")
hidden = w.Label("secret", layout={"display": "none"})
def press(_):
    log.value = "<table><tr><td>pressed</td></tr></table>"
    hidden.layout.display = None
    with output:
        print("first", end=" ")
        print("second")
        import sys; print("noise", file=sys.stderr)
        display(w.Label("in the output"))
button.on_click(press)
w.VBox([w.HBox([button, w.Label("<b>as text</b>")]), log, w.HTMLMath("x"), hidden, output, w.IntSlider()])
"""


def test_core_widgets_work_and_others_say_that_they_cannot_be_shown(app, page):
    page.goto(app.url + app.page("core", CORE))
    expect(page.get_by_text("nothing yet")).to_have_css("font-style", "italic")
    expect(page.get_by_text("<b>as text</b>")).to_be_visible()
    expect(page.get_by_text("secret")).to_be_hidden()
    expect(page.get_by_text("This part cannot be shown here.")).to_have_count(1)
    page.get_by_role("button", name="Press").click()
    expect(page.locator(".scroll td")).to_have_text("pressed")
    expect(page.get_by_text("secret")).to_be_visible()
    expect(page.locator(".output pre")).to_have_text("first second\n")
    expect(page.locator(".output").get_by_text("in the output")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text("noise")


def test_children_that_come_and_go_are_shown_and_cleaned_up(app, page):
    cells = """
import ipywidgets as w
box, swap, end = w.VBox([named]), w.Button(description="Swap"), w.Button(description="Close")
swap.on_click(lambda _: box.set_trait("children", [Named(label="new", count=7)]))
end.on_click(lambda _: box.close())
w.VBox([box, swap, end])
"""
    page.goto(app.url + app.page("swap", COUNTERS, cells))
    page.get_by_role("button", name="Swap").click()
    expect(page.get_by_role("button", name="new: 7")).to_be_visible()
    expect(page.get_by_role("button", name="named: 0")).to_have_count(0)
    expect(page).to_have_title("named is gone")
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("button", name="new: 7")).to_have_count(0)
    expect(page).to_have_title("new is gone")


def test_errors_and_warnings_are_a_plain_sentence_and_the_lesson_goes_on(app, page):
    failing = "import warnings; warnings.warn('old'); raise ValueError('the secret of the server')"
    page.goto(
        app.url
        + app.page("failing", "md:# Before", "print('fine')", failing, "md:## After", "print('never')")
    )
    expect(page.get_by_role("alert")).to_have_text(
        "Something went wrong in this part. Please open the page again or tell your facilitator."
    )
    expect(page.get_by_role("heading", name="After")).to_be_visible()
    text = page.content()
    assert "fine" in text
    for word in ("secret of the server", "ValueError", "Traceback", "warn", "never"):
        assert word not in text


def test_what_is_printed_is_text_and_what_is_html_is_html(app, page):
    cells = [
        "print('<i>printed</i>')",
        "from IPython.display import HTML; HTML('<i id=made>made</i>')",
        "'<i>value</i>'",
    ]
    page.goto(app.url + app.page("outputs", *cells))
    expect(page.locator("#made")).to_have_text("made")
    expect(page.locator("main pre")).to_have_count(2)
    assert page.locator("main pre").all_inner_texts() == ["<i>printed</i>\n", "'<i>value</i>'"]


def test_without_the_embedded_state_the_page_asks_the_kernel(app, page):
    page.add_init_script("""
      const find = document.getElementById.bind(document);
      document.getElementById = (id) => (id === "academy-state" ? null : find(id));
    """)
    page.goto(app.url + app.page("asked", COUNTERS, "display(named, addressed)"))
    page.get_by_role("button", name="named: 0").click()
    expect(page.get_by_role("button", name="named: 1")).to_be_visible()
    expect(page.get_by_role("button", name="addressed: 4")).to_be_visible()


def test_the_form_is_on_screen_before_the_websocket_is_up(app, page):
    page.route_web_socket("**/channels**", lambda socket: None)
    page.goto(app.url + app.page("early", COUNTERS, "named"))
    page.get_by_role("button", name="named: 0").click()
    expect(page.get_by_role("button", name="named: 1")).to_be_visible()


def test_the_state_in_the_page_cannot_end_its_script(app, page):
    page.goto(
        app.url + app.page("hostile", COUNTERS, "Named(label='</script><script>document.title = 1</script>')")
    )
    expect(page.get_by_role("button")).to_contain_text("</script>")
    assert page.title() != "1"
    assert json.loads(page.locator("#academy-config").text_content())["modules"]["@academy/counter"]["js"]
