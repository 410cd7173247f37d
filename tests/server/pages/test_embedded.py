"""The state in a page: what is left out, and where code goes instead."""

import pytest

from academy.course.kinds import KINDS
from academy_app.server.pages.embedded import LONG, MOST_BYTES, WidgetCode, slim
from academy_app.server.pages.render import lighter
from academy_widgets.texts import ONLY_FOR, form_texts, said_by

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


def test_a_layout_of_ours_in_which_nothing_is_set_is_left_out_and_any_other_stays():
    plain = {"_model_name": "LayoutModel", "_view_name": "LayoutView", "width": None}
    form = {"_model_name": "AnyModel", "_esm": "@academy/play", "tooltip": None, "tabbable": False}
    states = {
        "a": plain,
        "b": plain | {"display": "none"},
        "c": plain,
        "one": form | {"layout": "IPY_MODEL_a"},
        "two": form | {"layout": "IPY_MODEL_b"},
        "other": {"_model_name": "ButtonModel", "layout": "IPY_MODEL_c", "tooltip": None},
    }
    kept = {"_model_name": "AnyModel", "_esm": "@academy/play", "tabbable": False}
    assert slim(states, lambda code, kind: "nowhere") == {
        "b": {"_model_name": "LayoutModel", "display": "none"},
        "c": {"_model_name": "LayoutModel"},
        "one": kept,
        "two": kept | {"layout": "IPY_MODEL_b"},
        "other": {"_model_name": "ButtonModel", "layout": "IPY_MODEL_c", "tooltip": None},
    }


def test_the_form_is_not_told_what_is_empty():
    doc = {"rev": 0, "open": False, "values": {}, "advice": [], "typed_in": "", "clock": 5}
    states = {name: {"_esm": f"@academy/{name}", "doc": doc} for name in ("form", "desk")}
    made = slim(states, lambda code, kind: "nowhere")
    assert made["form"]["doc"] == {"rev": 0, "open": False, "clock": 5}
    assert made["desk"]["doc"] == doc
    assert set(states["form"]["doc"]) == set(doc)


def test_long_code_becomes_an_address_and_the_kernels_own_state_stays_as_it_is():
    states = {"w": {"_esm": CODE, "_css": "p {}" * LONG, "value": CODE}}
    kept = []
    made = slim(states, lambda code, kind: kept.append((code, kind)) or f"/{kind}")
    assert made == {"w": {"_esm": "/js", "_css": "/css", "value": CODE}}
    assert kept == [(CODE, "js"), ("p {}" * LONG, "css")]
    assert states["w"]["_esm"] == CODE


def test_what_an_exercise_asks_comes_once_and_not_at_all_where_the_device_has_it():
    asks = {name: {"fields": [{"id": name, "type": "text"}]} for name in ("a", "b", "c")}
    spec, texts, doc = asks["a"], {"saved": "Saved"}, {"values": {"a": "mine"}}
    form = {"_esm": "@academy/form", "spec": spec, "texts": texts, "doc": doc}
    states = {"one": form, "two": form | {"spec": asks["b"]}}
    first = slim(states, lambda code, kind: "nowhere")
    assert first["one"]["spec"]["value"] == spec
    assert first["one"]["texts"]["value"] == texts
    assert first["two"]["spec"]["value"] == asks["b"]
    assert "value" not in first["two"]["texts"]
    has = [state[name]["$kept"] for state in first.values() for name in ("spec", "texts")]
    next_time = slim(states, lambda code, kind: "nowhere", has)
    assert "value" not in str(next_time).replace("'values'", "")
    assert [state["doc"] for state in next_time.values()] == [doc, doc]
    changed = slim({"one": form | {"spec": asks["c"]}}, lambda code, kind: "nowhere", has)
    assert changed["one"]["spec"]["value"] == asks["c"]
    assert states["one"]["spec"] == spec


def test_a_page_has_the_sentences_that_its_forms_can_come_to_say_once_for_all_of_them():
    texts = {
        "saved": "Saved",
        "number_whole": "Write a whole number.",
        "row_name": "{row} {n}",
        "date_unclear": "?",
    }
    amount = {"type": "table", "columns": [{"type": "number"}]}
    forms = {
        name: {"_esm": "@academy/form", "texts": texts, "spec": {"fields": [field]}}
        for name, field in (("words", {"type": "text"}), ("table", amount))
    }
    one = slim({"words": forms["words"]}, lambda code, kind: "nowhere")
    assert set(one["words"]["texts"]["value"]) == {"saved"}
    both = slim(forms, lambda code, kind: "nowhere")
    assert set(both["words"]["texts"]["value"]) == {"saved", "number_whole", "row_name"}
    assert both["table"]["texts"] == {"$kept": both["words"]["texts"]["$kept"]}
    assert forms["words"]["texts"] == texts


def test_a_heading_has_its_letters_and_its_name_and_no_sign_that_nobody_sees():
    made = '<h2 id="%D8%A7">&#1575; &#38;&#160;&#60;&#55296;<a class="anchor-link" href="#%D8%A7">&#182;</a></h2>'
    assert lighter(made) == '<h2 id="\u0627">\u0627 &#38;&#160;&#60;&#55296;</h2>'
    kept = '<p>&amp;#1575; <a href="other#%D8%A7">\u0627</a></p>'
    assert lighter(kept) == kept


@pytest.mark.parametrize(
    "name", ["%D8%A7%22", "%D8%A7%3Cb%3E", "%D8", "%D8%A7%0A", "%D8%A7%25", "%D8%A7%26lt;"]
)
def test_a_name_that_could_be_more_than_one_stays_as_it_was(name):
    kept = f'<h2 id="{name}">x</h2><a href="#{name}">x</a>'
    assert lighter(kept) == kept


def test_a_link_leads_to_its_heading_in_letters_too():
    assert (
        lighter('<h2 id="%D8%A7-x">x</h2> <a href="#%D8%A7-x">')
        == '<h2 id="\u0627-x">x</h2> <a href="#\u0627-x">'
    )


def test_every_rule_for_leaving_sentences_out_is_about_some_and_leaves_the_others():
    texts = form_texts("en")
    rules = ONLY_FOR.keys() - {f"{kind}_" for kind in KINDS}
    assert all(any(key.startswith(start) for key in texts) for start in rules)
    assert len(said_by([{"fields": [{"type": "email"}]}], texts)) == len(said_by([], texts)) + 1
    parts = [
        {"type": kind}
        for kind in ("table", "choice", "ref", "multi", "scale", "number", "date", "computed", "email")
    ]
    limits = [{"type": "text", "words": [1, 2]}, {"type": "line", "chars": 3}]
    assert said_by([{"fields": parts + limits, "pictures": [{}]}], texts) == texts
    assert {"required", "saved", "overtaken", "yes", "nothing_yet"} <= set(said_by([], texts))


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
