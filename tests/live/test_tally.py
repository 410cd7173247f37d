"""Counting, words in any script, and what is left out of small groups."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from academy.course import LiveActivity
from academy.live.cloud import normal
from academy.live.results import discreet, results
from academy.live.tally import AnswerRow, tally
from academy.words import shows

ONE = [
    ["Solidarity", "solidarity", "SOLIDARITY!", " „Solidarity“ ", "ＳＯＬＩＤＡＲＩＴＹ"],
    ["تضامن", "التضامن", "تَضامُن", "تضـــامن", "«تضامن»"],
    ["أمل", "امل", "أَمَل"],
    ["Straße", "STRASSE"],
    ["团结", "「团结」"],
    ["ความสามัคคี"],
    ["שָׁלוֹם", "שלום"],
    ["एकता", "एकता।"],
    ["می‌خواهم", "میخواهم"],
    ["✊", " ✊ "],
    ["co-operation", "Co-operation…", "co‐operation", "co‑operation"],
    ["❤️", "❤", "❤︎"],
    ["☀️", "☀"],
    ["🏳️‍🌈", "🏳‍🌈"],
    ["İşçi", "işçi", "İŞÇİ"],
    ["ışık", "IŞıK"],
    ["l’union", "l'union", "L‘UNION", "lʼunion"],
    ["葛󠄀", "葛"],
    ["un­ion", "union", "⁠union﻿"],
]


KEYS = {
    "choice": {"options": [{"id": key, "text": key} for key in "abcd"]},
    "ranking": {"options": [{"id": key, "text": key} for key in "abc"]},
    "place": {"axes": {"x": {"title": "x"}, "y": {"title": "y"}}},
}


def asked(kind):
    return LiveActivity.model_validate({"id": "one", "kind": kind, "title": "?"} | KEYS.get(kind, {}))


@pytest.mark.parametrize("spellings", ONE, ids=lambda spellings: spellings[0])
def test_one_word_is_one_word_however_it_is_written(spellings):
    assert len({normal(word) for word in spellings}) == 1
    assert normal(spellings[0])


def test_words_that_differ_stay_apart():
    words = ["ma", "má", "mà", "कि", "के", "الأمل", "العمل", "ال", "لا", "团结", "团队", "✊", "✌", "1", "2"]
    words += ["❤️", "☀️", "⚖️", "☠️", "🏳️", "🏴", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🇫🇷", "🇸🇳", "1️⃣"]
    words += ["ısı", "isi", "!", "?", "َ", "ـ", "👩‍🔧", "👨‍🔧", "👍🏽", "👍🏿", "−", "ℹ️"]
    assert len({normal(word) for word in words}) == len(words)


@settings(max_examples=50)
@given(st.text(max_size=40), st.sampled_from(["", "tr", "en"]))
@example("ࠀÍ", "")
def test_a_normal_form_is_its_own_and_never_empty_where_anything_shows(word, language):
    assert normal(normal(word, language), language) == normal(word, language)
    assert len(normal(word, language)) <= 80
    assert bool(normal(word, language)) or not shows(word)


def test_i_with_and_without_its_dot_are_two_letters_in_turkish():
    assert normal("IRMAK", "tr") == normal("ırmak", "tr") != normal("irmak", "tr")
    assert normal("İş", "tr") == normal("iş", "tr") == normal("iş", "en")
    assert normal("IRMAK", "en") == normal("irmak", "en")
    assert normal("KAĞIT", "en") == normal("kağıt", "en")  # no other language has such a letter


def test_a_word_is_shown_as_it_is_counted_where_as_many_wrote_it_otherwise():
    activity = LiveActivity(id="word", kind="words", title="?")
    sent = ["❤️", "☀️", "⚖️", "☠️", "❤", "İşçi", "işçi", "l’union", "l'union"]
    rows = [AnswerRow(f"k{n}", f"w{n}", [word]) for n, word in enumerate(sent)]
    items = tally(activity, rows, {}, revealed=False)["items"]
    wanted = {"❤️": 2, "☀️": 1, "⚖️": 1, "☠️": 1, "işçi": 2, "l'union": 2}
    assert {item["text"]: item["n"] for item in items.values()} == wanted
    assert set(items) == set(wanted)


def test_words_are_counted_once_a_person_and_shown_as_most_wrote_them():
    activity = LiveActivity(id="word", kind="words", title="?")
    rows = [
        AnswerRow("k1", "a", ["union", "Union"]),
        AnswerRow("k2", "b", ["Union", "the"]),
        AnswerRow("k3", "c", ["نقابة"]),
    ]
    counted = tally(activity, rows, {}, revealed=False, stop_words=["The"])
    assert counted == {
        "n": 3,
        "items": {"union": {"text": "Union", "n": 2}, "نقابه": {"text": "نقابة", "n": 1}},
    }


def test_a_ranking_has_its_mean_its_spread_and_what_is_right():
    options = [{"id": name, "text": name} for name in "abc"]
    activity = LiveActivity.model_validate(
        {"id": "r", "kind": "ranking", "title": "?", "options": options, "right": ["a", "b", "c"]}
    )
    rows = [AnswerRow(str(n), str(n), list(order)) for n, order in enumerate(["abc", "abc", "bac", "cba"])]
    counted = tally(activity, rows, {}, revealed=True)
    assert counted["mean"] == {"a": 1.75, "b": 1.75, "c": 2.5}
    assert counted["spread"] == {"a": 0.83, "b": 0.43, "c": 0.87}
    assert counted["first"] == {"a": 2, "b": 1, "c": 1}
    assert (counted["exact"], counted["placed"]) == (2, {"a": 2, "b": 3, "c": 3})
    assert counted["right"] == ["a", "b", "c"]
    assert "right" not in tally(activity, rows, {}, revealed=False)
    assert tally(activity, [], {}, revealed=False) == {"n": 0, "mean": {}, "spread": {}, "first": {}}


def test_a_scale_has_its_mean_and_every_step():
    activity = LiveActivity.model_validate(
        {"id": "s", "kind": "scale", "title": "?", "scale": {"least": 1, "most": 4}}
    )
    rows = [AnswerRow(str(n), str(n), step) for n, step in enumerate([1, 1, 4])]
    counts = {"1": 2, "2": 0, "3": 0, "4": 1}
    assert tally(activity, rows, {}, revealed=False) == {"n": 3, "counts": counts, "mean": 2.0}
    assert tally(activity, [], {}, revealed=False) == {"n": 0, "counts": dict.fromkeys(counts, 0)}


def test_what_is_right_in_a_quiz_is_told_when_it_is_revealed():
    options = [{"id": name, "text": name} for name in "abc"]
    activity = LiveActivity.model_validate(
        {"id": "q", "kind": "quiz", "title": "?", "options": options, "right": ["a", "b"]}
    )
    rows = [AnswerRow("1", "x", ["a", "c"]), AnswerRow("2", "y", ["a"])]
    counted = {"n": 2, "counts": {"a": 2, "b": 0, "c": 1}}
    assert tally(activity, rows, {}, revealed=False) == counted
    assert tally(activity, rows, {}, revealed=True) == counted | {"right": ["a", "b"]}


def test_a_grid_has_means_and_cells():
    activity = LiveActivity.model_validate(
        {"id": "g", "kind": "place", "title": "?", "axes": {"x": {"title": "X"}, "y": {"title": "Y"}}}
    )
    counted = tally(
        activity,
        [AnswerRow("1", "a", {"here": [1, 5]}), AnswerRow("2", "b", {"here": [2, 5]})],
        {},
        revealed=False,
    )
    assert counted["things"] == {"here": {"n": 2, "cells": {"1,5": 1, "2,5": 1}, "x": 1.5, "y": 5}}


def test_small_counts_do_not_leave_the_room(live, room, open_, vote, course):
    live.course = course.model_copy(update={"thresholds": {}})
    open_("connected")
    for number in range(4):
        vote(f"p-{number}", "connected", "phone")
    assert results(live, "webinar-1", "connected") == {"n": None, "hidden": True}
    for number in range(4, 9):
        vote(f"p-{number}", "connected", "phone")
    assert results(live, "webinar-1", "connected") == {"n": 9, "counts": {"phone": 9, "computer": 0}}
    assert results(live, "webinar-1", "drivers") == {"n": None, "hidden": True}


@given(st.dictionaries(st.sampled_from("abcd"), st.integers(0, 9), min_size=1), st.integers(2, 5))
def test_what_is_left_out_can_not_be_reckoned(counts, least):
    shown = discreet(asked("choice"), {"n": sum(counts.values()), "counts": counts}, least)
    if shown.get("hidden"):
        assert sum(counts.values()) < least
        return
    assert all(n is None or n == 0 or n >= least for n in shown["counts"].values())
    left_out = [key for key, n in shown["counts"].items() if n is None]
    assert len(left_out) != 1 or sum(counts[key] > 0 for key in counts) == 1


@pytest.mark.parametrize(("exact", "shown"), [(0, 0), (1, None), (4, None), (5, 5), (7, 7)])
def test_how_many_had_everything_right_is_left_out_where_they_are_few(exact, shown):
    counted = {"n": 9, "first": {"a": 9, "b": 0}, "placed": {"a": 4, "b": 5, "c": 9}, "exact": exact}
    left = discreet(asked("ranking"), counted, 5)
    assert left["exact"] == shown
    assert (left["first"], left["placed"]) == ({"a": 9, "b": 0}, {"a": None, "b": None, "c": 9})


def test_names_and_cells_of_a_grid_stay_in_the_room():
    assert discreet(asked("text"), {"n": 5, "items": {"x": {"text": "A", "by": "Amina"}}}, 5)["items"] == {
        "x": {"text": "A"}
    }
    assert discreet(asked("place"), {"n": 5, "things": {"x": {"n": 5, "cells": {"1,1": 1}, "x": 1}}}, 5)[
        "things"
    ] == {"x": {"n": 5, "x": 1}}
