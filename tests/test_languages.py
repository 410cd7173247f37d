"""Tags of languages as BCP 47 has them, and what is near to them."""

import pytest
from babel.core import Locale, get_global
from babel.localedata import locale_identifiers

from academy import languages
from academy.i18n import listed
from academy.languages import accepted, canonical, locale_of, name, nearest, parents, spelled
from academy.numbers import formatted


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("EN", "en"),
        ("pt-br", "pt-BR"),
        ("ZH-hant-tw", "zh-Hant-TW"),
        ("sr-LATN-rs", "sr-Latn-RS"),
        ("ES-419", "es-419"),
        ("de-ch-1996", "de-CH-1996"),
        ("ca-es-VALENCIA", "ca-ES-valencia"),
        ("tok", "tok"),
        ("en-gb-U-CA-Gregory", "en-GB-u-ca-gregory"),
        ("fr-X-Ours", "fr-x-ours"),
    ],
)
def test_a_tag_has_its_capitals_where_bcp_47_has_them(written, tag):
    assert canonical(written) == tag
    assert canonical(tag) == tag
    assert spelled(written) == tag


@pytest.mark.parametrize(
    "written",
    [
        "",
        "e",
        "english",
        "pt_BR",
        "en-",
        "-en",
        "zh-yue",
        "x-ours",
        "de-1996-1996",
        "en-u",
        "ur\n",
        "ｅn",
        7,
        None,
    ],
)
def test_what_is_no_tag_is_none(written):
    assert canonical(written) is None


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("pt_br", "pt-BR"),
        ("en_GB.UTF-8", "en-GB"),
        ("zh-yue", "yue"),
        ("iw", "he"),
        ("jp", "ja"),
        ("Spanish", "es"),
        ("español", "es"),
        ("العربية", "ar"),
        ("i-klingon", "tlh"),
        ("de-", "de"),
        ("xx", None),
        ("?", None),
        ("", None),
    ],
)
def test_the_nearest_spelling_of_a_language(written, tag):
    assert spelled(written) == tag


def test_a_language_is_called_as_it_calls_itself():
    said = {
        tag: name(tag)
        for tag in ("es", "pt-BR", "zh-Hant", "sr-Latn", "ur", "ckb", "tok", "ka", "es-AQ", "qqq")
    }
    assert said == {
        "es": "Español",
        "pt-BR": "Português (Brasil)",
        "zh-Hant": "中文 (繁體)",
        "sr-Latn": "Srpski (latinica)",
        "ur": "اردو",
        "ckb": "کوردیی ناوەندی",
        "tok": "Toki pona",
        "ka": "ქართული",
        "es-AQ": "Español (es-AQ)",
        "qqq": "qqq",
    }


def test_the_direction_is_that_of_the_script():
    tags = ("ur", "ckb", "az-Arab", "pa-Arab", "ur-Latn", "sd-Deva", "tok", "yi", "qqq", "qqq-Adlm", "pa-PK")
    assert [tag for tag in tags if languages.direction(tag) == "rtl"] == [
        "ur",
        "ckb",
        "az-Arab",
        "pa-Arab",
        "yi",
        "qqq-Adlm",
        "pa-PK",
    ]


def test_no_language_that_unicode_knows_runs_another_way_here():
    others = []
    for code in locale_identifiers():
        way = Locale.parse(code).text_direction.replace("ttb", "ltr")  # Mongolian from above: no page does
        if languages.direction(canonical(code.replace("_", "-")) or code) != way:
            others.append((code, way))
    assert others == []


def test_less_said_is_still_read_by_the_same_people():
    assert list(parents("pt-BR")) == ["pt"]
    assert list(parents("zh-Hant-TW")) == ["zh-Hant"]
    assert list(parents("sr-Latn")) == []
    assert list(parents("es-MX")) == ["es-419", "es"]
    assert list(parents("en-x-ours")) == ["en"]
    assert all(
        canonical(tag) for code in get_global("parent_exceptions") for tag in parents(code.replace("_", "-"))
    )


def test_dates_are_written_as_the_nearest_known_language_does():
    assert [str(locale_of(tag)) for tag in ("pt-BR", "es-AQ", "en-u-ca-gregory", "qqq")] == [
        "pt_BR",
        "es",
        "en",
        "en",
    ]


@pytest.mark.parametrize(
    ("asked", "offered", "found"),
    [
        ("pt-BR", ["en", "pt-BR"], "pt-BR"),
        ("pt-br", ["en", "pt"], "pt"),
        ("pt-PT", ["en", "pt-BR"], "pt-BR"),
        ("zh-TW", ["zh", "zh-Hant"], "zh-Hant"),
        ("zh-TW", ["zh"], None),
        ("sr", ["sr-Latn"], None),
        ("not a tag", ["en"], None),
        ("", ["en"], None),
    ],
)
def test_the_offered_language_that_somebody_can_read(asked, offered, found):
    assert nearest(asked, offered) == found


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("pt-PT,pt;q=0.9,en;q=0.8", "pt-BR"),
        ("en;q=0.2, ur-PK;q=0.7", "ur"),
        ("fr, de;q=0.5", None),
        ("ur;q=0, en", "en"),
        ("*", None),
        ("", None),
        ("en;q=wrong", "en"),
        (",;q=1,,en", "en"),
    ],
)
def test_what_a_browser_asks_for_is_found_in_the_order_of_its_liking(header, found):
    assert accepted(header, ["en", "pt-BR", "ur"]) == found


def test_numbers_and_lists_have_the_signs_of_their_language():
    assert formatted(1234.5, "pt-BR") == formatted(1234.5, "id") == "1\u00a0234,5"
    assert formatted(1234.5, "es-MX") == formatted(1234.5, "en") == "1\u00a0234.5"
    assert formatted(1234.5, "ckb") == "\u20661\u00a0234.5\u2069"
    assert listed(["الف", "ب"], "ckb") == "الف، ب"
    assert listed(["a", "b"], "ur-Latn") == "a, b"
