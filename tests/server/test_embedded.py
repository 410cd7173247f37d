"""The state in a page: what is left out, and where code goes instead."""

from academy.server.embedded import LONG, MOST_BYTES, WidgetCode, slim

CODE = "export default {};" * LONG


def test_the_page_gets_what_it_reads_and_nothing_else():
    states = {
        "layout": {"_model_name": "LayoutModel", "_view_name": "LayoutView", "display": "none", "top": None},
        "form": {"_model_name": "AnyModel", "_model_module": "anywidget", "value": None, "_esm": "short"},
    }
    assert slim(states, lambda code, kind: "nowhere") == {
        "layout": {"_model_name": "LayoutModel", "display": "none"},
        "form": {"_model_name": "AnyModel", "value": None, "_esm": "short"},
    }


def test_long_code_becomes_an_address_and_the_kernels_own_state_stays_as_it_is():
    states = {"w": {"_esm": CODE, "_css": "p {}" * LONG, "value": CODE}}
    kept = []
    made = slim(states, lambda code, kind: kept.append((code, kind)) or f"/{kind}")
    assert made == {"w": {"_esm": "/js", "_css": "/css", "value": CODE}}
    assert kept == [(CODE, "js"), ("p {}" * LONG, "css")]
    assert states["w"]["_esm"] == CODE


def test_what_an_exercise_asks_comes_once_and_not_at_all_where_the_device_has_it():
    spec, texts, doc = {"fields": ["a"]}, {"saved": "Saved"}, {"values": {"a": "mine"}}
    form = {"_esm": "@academy/form", "spec": spec, "texts": texts, "doc": doc}
    states = {"one": form, "two": form | {"spec": {"fields": ["b"]}}}
    first = slim(states, lambda code, kind: "nowhere")
    assert first["one"]["spec"]["value"] == spec
    assert first["one"]["texts"]["value"] == texts
    assert first["two"]["spec"]["value"] == {"fields": ["b"]}
    assert "value" not in first["two"]["texts"]
    has = [state[name]["$kept"] for state in first.values() for name in ("spec", "texts")]
    next_time = slim(states, lambda code, kind: "nowhere", has)
    assert "value" not in str(next_time).replace("'values'", "")
    assert [state["doc"] for state in next_time.values()] == [doc, doc]
    changed = slim({"one": form | {"spec": {"fields": ["c"]}}}, lambda code, kind: "nowhere", has)
    assert changed["one"]["spec"]["value"] == {"fields": ["c"]}
    assert states["one"]["spec"] == spec


def test_only_our_own_widgets_are_known_to_have_parts_that_stay_the_same():
    states = {"w": {"_esm": "export default {}", "spec": {"of": "somebody else"}}}
    assert slim(states, lambda code, kind: "nowhere") == states


def test_code_is_there_for_the_person_whose_page_named_it_and_for_nobody_else():
    code = WidgetCode(b"secret", "/kit/")
    address = code.keep("p-amina", CODE, "js")
    folder, _, file = address.rpartition("/")
    assert folder == "/kit/widgets"
    assert code.read("p-amina", file) == (CODE.encode(), "text/javascript; charset=utf-8")
    assert code.read("p-fatou", file) is None
    assert code.read("p-amina", file.replace(".js", ".css")) is None
    assert code.read("p-amina", file.replace("-", "-\u0663")) is None
    assert code.keep("p-amina", CODE, "js") == address
    assert code.keep("p-fatou", CODE, "js") != address


def test_what_was_not_asked_for_longest_goes_when_there_is_too_much():
    code = WidgetCode(b"secret", "/")
    third = MOST_BYTES // 3
    first, second = (code.keep("p", letter * third, "js") for letter in "ab")
    code.keep("p", "a" * third, "js")
    for letter in "cd":
        code.keep("p", letter * third, "js")
    assert code.read("p", second.rpartition("/")[2]) is None
    assert code.read("p", first.rpartition("/")[2]) is not None
