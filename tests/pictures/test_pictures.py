"""Pictures are light, safe, turned round for Arabic, and never alone with their colours."""

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from academy.pictures import (
    Area,
    Axis,
    Bar,
    Box,
    Limit,
    Point,
    Task,
    bars,
    chain,
    gantt,
    profile,
    ranks,
    scatter,
)

EVIL = '<script>alert("x")</script> & "quotes"'
LONG = "We ask the members who work through an app what they were paid last month and why"
DAY = date(2026, 5, 4)


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "1\u00a0234\u00a0567.5"), ("pt", "1\u00a0234\u00a0567,5")]
)
def test_large_amounts_are_no_powers_of_ten_and_keep_together(language, shown):
    picture = bars([("Cost", 1234567.5)], sentence="One.", head=["Cost"], rows=[["1"]], language=language)
    assert f">{shown}</text>" in picture.svg


def drawn(name, text, language="en"):
    said = {"sentence": text, "head": [text], "rows": [[text, 1, None]], "language": language}
    match name:
        case "scatter":
            axis = Axis(text, text, text)
            return scatter(
                [Point(n % 5 + 1, n % 4 + 1, str(n), n == 2) for n in range(12)], x=axis, y=axis, **said
            )
        case "bars":
            return bars(
                [Bar(text, n * 10, n == 2) for n in range(10)], unit="min", limit=Limit(text, 40), **said
            )
        case "gantt":
            tasks = [
                Task(text, DAY + timedelta(n), DAY + timedelta(2 * n + 1), n % 2 == 0) for n in range(20)
            ]
            return gantt(tasks, **said)
        case "chain":
            return chain([Box(text, text if n % 2 else "") for n in range(9)], **said)
        case "ranks":
            things = [f"{n} {text}" for n in range(9)]
            return ranks(things, things[::-1], names=(text, text), **said)
    return profile([Area(text, n % 3 + 1 if n else None) for n in range(7)], ends=(text, text), **said)


ALL = pytest.mark.parametrize("name", ["scatter", "bars", "gantt", "chain", "profile", "ranks"])


@ALL
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_picture_as_full_as_it_gets_stays_below_4_kb(name, language):
    text = LONG if language == "en" else "نسأل الأعضاء الذين يعملون عبر التطبيق عن أجورهم في الشهر الماضي"
    assert 200 < drawn(name, text, language).size < 4096


@ALL
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_picture_is_drawn_as_it_was_looked_at(name, language, as_drawn):
    text = "Members at the port" if language == "en" else "الأعضاء في الميناء"
    assert as_drawn(f"pictures/{name}.{language}.svg", drawn(name, text, language).svg)


@ALL
def test_texts_are_texts_whatever_they_hold(name):
    picture = drawn(name, EVIL)
    tree = ElementTree.fromstring(picture.svg)
    assert {element.tag.split("}")[1] for element in tree.iter()} <= {
        "svg",
        "rect",
        "line",
        "circle",
        "polyline",
        "text",
    }
    assert "<script" not in picture.svg


@ALL
def test_nothing_stands_in_a_style_so_that_a_strict_page_shows_it(name):
    assert "style=" not in drawn(name, LONG).svg


@ALL
def test_a_picture_brings_its_sentence_and_its_table(name):
    picture = drawn(name, LONG)
    assert (picture.sentence, picture.head, picture.rows) == (LONG, [LONG], [[LONG, "1", ""]])


@ALL
def test_it_is_drawn_within_its_sheet_in_both_directions(name):
    for language in ("en", "ar"):
        tree = ElementTree.fromstring(drawn(name, "x", language).svg)
        height = float(tree.get("viewBox").split()[3])
        for element in tree.iter():
            for key, most in (
                ("x", 320),
                ("x1", 320),
                ("x2", 320),
                ("cx", 320),
                ("y", height),
                ("cy", height),
            ):
                assert 0 <= float(element.get(key, 0)) <= most, ElementTree.tostring(element)
            assert (
                float(element.get("x", 0)) + float(element.get("width", 0) if element is not tree else 0)
                <= 320
            )


def test_arabic_begins_at_the_right():
    latin = ElementTree.fromstring(drawn("bars", "x", "en").svg).find("{*}text")
    arabic = ElementTree.fromstring(drawn("bars", "x", "ar").svg).find("{*}text")
    assert float(latin.get("x")) == 320 - float(arabic.get("x"))


def test_what_matters_differs_by_more_than_colour():
    said = {"sentence": "", "head": [], "rows": []}
    assert "★" in gantt([Task("a", DAY, DAY, True)], **said).svg
    assert "stroke-dasharray" in chain([Box("a", "")], **said).svg
    assert "stroke-dasharray" not in chain([Box("a", "b")], **said).svg
    assert 'stroke-width="3"' in scatter([Point(1, 1, "1", True)], x=Axis("x"), y=Axis("y"), **said).svg


def test_points_at_the_same_place_do_not_cover_each_other():
    said = {"sentence": "", "head": [], "rows": []}
    tree = ElementTree.fromstring(
        scatter([(3, 3, str(n)) for n in range(6)], x=Axis("x"), y=Axis("y"), **said).svg
    )
    places = [(dot.get("cx"), dot.get("cy")) for dot in tree.iter() if dot.tag.endswith("circle")]
    assert len(places) == len(set(places)) == 6


def test_nothing_to_draw_draws_nothing_and_does_not_stop():
    said = {"sentence": "", "head": [], "rows": []}
    for picture in (
        bars([], **said),
        gantt([], **said),
        chain([], **said),
        profile([], ends=("", ""), **said),
    ):
        assert picture.svg.startswith("<svg ")
