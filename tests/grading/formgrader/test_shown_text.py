"""Participants' text stays text: in Markdown, in HTML, and after the guard."""

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given, settings
from hypothesis import strategies as st
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell

from academy.pictures.picture import Pen
from academy_grading.formgrader.render_guard import RenderGuard, _rendered, permitted, safe
from academy_grading.sources.readable_answers import readable_answers
from academy_grading.text import shown

SIGNS = [*"<>&\"'`*_~[]()!#-+|\\$=:;/.@ \t\n\r\0{}ab1", "\u202e", "\u2028", "\u200f", "é", "ع"]
ANYTHING = st.text(st.characters(exclude_categories=())) | st.text(st.sampled_from(SIGNS))
TAGS = [
    "<div>",
    "</div>",
    "<p",
    " onclick=x",
    ">",
    "<svg>",
    "<a href='javascript:x'>",
    "<script>",
    "</script>",
]
PIECES = st.sampled_from(
    [*TAGS, "<!--", "-->", "<table>", "</td>", "<style>", "&lt;", "![a](b)", "[c](d)", "\n\n"]
)

CAN_DO_SOMETHING = {
    "script",
    "img",
    "a",
    "iframe",
    "style",
    "object",
    "form",
    "input",
    "link",
    "animate",
    "set",
    "use",
}


def rendered(source: str) -> BeautifulSoup:
    """Markdown as formgrader renders it, read as a browser reads it."""
    html = MarkdownWithMath(renderer=IPythonRenderer(escape=False)).render(source)
    return BeautifulSoup(html, "html.parser")


def read(soup: BeautifulSoup) -> str:
    """What a reader sees: line breaks as line ends, marks as the characters they name."""
    for mark in soup.find_all("mark"):
        mark.replace_with(chr(int(mark.get_text()[2:], 16)))
    for line_break in soup.find_all("br"):
        line_break.replace_with("\n")
    return soup.get_text()


def same(text: str) -> str:
    """All line ends are one line end; the parser used here keeps one of several spaces that stand alone."""
    return re.sub("[ \t]+", " ", re.sub("\r\n|[\r\u2028\u2029]", "\n", text)).rstrip("\n")


@settings(max_examples=300)
@given(ANYTHING)
@example('<script>alert(1)</script> <img src=x onerror="alert(2)">')
@example("```\ncode\n```\n\n    indented\n\n| a | b |\n|---|---|")
@example("\x00\x85\ud800\U000e0001 \ufeff")
def test_a_reader_sees_exactly_the_characters_that_were_typed(text):
    soup = rendered(f"<div>{shown(text)}</div>")
    assert {tag.name for tag in soup.find_all()} <= {"div", "br", "mark"}
    assert same(read(soup)) == same(text)


@settings(max_examples=200)
@given(ANYTHING)
def test_the_guard_leaves_escaped_text_as_it_is(text):
    block = f'<div class="academy-text" dir="auto">{shown(text)}</div>'
    assert read(BeautifulSoup(permitted(block), "html.parser")) == read(BeautifulSoup(block, "html.parser"))
    assert permitted(permitted(block)) == permitted(block)


@settings(max_examples=300)
@given(ANYTHING | st.lists(PIECES).map("".join))
def test_what_the_guard_lets_through_can_do_nothing(html):
    for tag in rendered(permitted(html)).find_all():
        assert tag.name not in CAN_DO_SOMETHING
        assert not {name for name in tag.attrs if name in ("style", "id", "src", "href") or name[:2] == "on"}
        assert not re.search(r"[(:;]", " ".join(map(str, tag.attrs.values())))


def test_a_drawing_is_lines_and_words_and_nothing_else():
    drawn = permitted(
        '<svg viewBox="0 0 9 9"><a href="javascript:x()"><circle cx="1" cy="2" r="3" fill="url(#x)"/></a>'
        '<text x="1" y="2" style="x">5 &lt; 6</text><animate href="#x"/><foreignObject><b>x</b></foreignObject></svg>'
    )
    soup = BeautifulSoup(drawn, "html.parser")
    assert [tag.name for tag in soup.find_all()] == ["div", "svg", "circle", "text"]
    assert soup.find("svg").attrs == {"viewbox": "0 0 9 9"}
    assert soup.find("circle").attrs == {"cx": "1", "cy": "2", "r": "3"}
    assert soup.find("text").get_text() == "5 < 6"


def test_parts_of_a_drawing_outside_of_one_are_text():
    assert [tag.name for tag in BeautifulSoup(permitted('<circle r="3">'), "html.parser").find_all()] == [
        "div"
    ]


def test_controls_that_nobody_can_see_are_named():
    assert shown("a\x00b") == "a<mark>U&#43;0000</mark>b"
    assert shown("\u202egnp.exe").startswith("<mark>U&#43;202E</mark>")


def test_marks_that_right_to_left_text_needs_stay_in_it():
    soup = BeautifulSoup(shown("نعم\u200f!"), "html.parser")
    assert soup.get_text() == "نعم\u200f!"


@pytest.mark.parametrize(
    "html",
    [
        "<script>x</script>",
        "<img src=x>",
        "<iframe></iframe>",
        "<svg/onload=x>",
        "<form action=x>",
        "<!-- c -->",
    ],
)
def test_what_is_not_permitted_is_shown_as_text(html):
    soup = BeautifulSoup(permitted(html), "html.parser")
    assert [tag.name for tag in soup.find_all()] == ["div"]
    assert html.split(">", maxsplit=1)[0].strip("<!-/ ") in soup.get_text()


def test_a_link_is_shown_with_where_it_leads_and_can_not_be_clicked():
    soup = BeautifulSoup(permitted('<p><a href="javascript:x()">here</a></p>'), "html.parser")
    assert soup.find("a") is None
    assert "here (javascript:x())" in soup.get_text()


def test_names_in_the_head_of_a_page_are_text():
    notebook = new_notebook(cells=[new_raw_cell("<script>x</script>")])
    given = {"last_name": "<img src=x>", "first_name": "p-one", "student": "p-one"}
    rebuilt, resources = RenderGuard().preprocess(notebook, given)
    assert BeautifulSoup(resources["last_name"], "html.parser").get_text() == "<img src=x>"
    assert rebuilt.cells == []


def test_a_comment_is_shown_as_it_was_written():
    graded = {"grade_id": "answers", "solution": True, "comment": "<script>x</script> **b**\nnext"}
    cell = new_markdown_cell("x", metadata={"nbgrader": graded, "tags": ['"><script>']})
    rebuilt, _ = RenderGuard().preprocess(new_notebook(cells=[cell]), {})
    soup = rendered(rebuilt.cells[0].metadata.nbgrader.comment)
    assert read(soup).strip() == "<script>x</script> **b**\nnext"
    assert list(rebuilt.cells[0].metadata) == ["nbgrader"]


def test_a_cell_with_an_id_that_is_no_id_gets_no_place_for_points():
    cell = new_markdown_cell(
        "x", metadata={"nbgrader": {"grade_id": '"><script>', "grade": True, "solution": True}}
    )
    rebuilt, _ = RenderGuard().preprocess(new_notebook(cells=[cell]), {})
    assert not any(rebuilt.cells[0].metadata.nbgrader.values())


def test_of_outputs_only_plain_text_is_left():
    bundle = {"text/html": "<script>x</script>", "text/plain": "3"}
    cell = new_code_cell("1", outputs=[new_output("display_data", data=bundle)])
    rebuilt, _ = RenderGuard().preprocess(new_notebook(cells=[cell]), {})
    assert rebuilt.cells[0].outputs[0].data == {"text/plain": "3"}


WRITTEN = st.sampled_from(
    [
        *(f"word{number} " for number in range(9)),
        *(
            "<p ",
            "<div ",
            "<a ",
            "<svg ",
            "<text ",
            "<circle r='1'",
            "<ol start=2",
            "<td/",
            "</p ",
            "</a>",
            "<br ",
        ),
        *(
            "title=",
            "href='x' ",
            "class=academy-x ",
            "dir=auto ",
            "=",
            "'",
            '"',
            ">",
            "/>",
            "&#",
            "&#1;",
            "\t",
        ),
        *(
            "> ",
            "- ",
            "- [x] ",
            "# ",
            "```",
            "~~~",
            "\n",
            "\n\n",
            "\n---\n",
            "    ",
            "|",
            "\n|-|-|\n",
            "[b]: /c ",
            "'t'",
        ),
        *(
            "**",
            "~~",
            "`",
            "$",
            "\\",
            "![",
            "](",
            ")",
            ": ",
            "1. ",
            "<!-- ",
            "<![CDATA[",
            "<?",
            "</svg>",
            "<pre>",
        ),
    ]
)


def words(text: str) -> list[str]:
    return re.findall(r"word\d", text)


@settings(max_examples=300)
@given(st.lists(WRITTEN | PIECES, max_size=40).map("".join))
@example("><p " + "word1 " * 500)
@example("'></div><p word1 word2")
@example("<p title='word1' word2>word3</p>")
@example("<svg>word1<text x='1'>word2</text> word3")
@example("<a href='x' title='word1'>word2")
@example("```python word1 word2\nword3\n```")
@example("[word1]: /word2 'word3'")
@example("![word1](word2 'word3')")
def test_no_word_that_somebody_wrote_is_lost_and_the_second_pass_changes_nothing(text):
    once = safe(text)
    assert sorted(set(words(text)) - set(words(visible(once)))) == []
    assert permitted(once) == once
    assert permitted(_rendered(once)) == once


def visible(html: str) -> str:
    """What a reader sees of a page: of a drawing only the words in it."""
    soup = rendered(html)
    for drawing in soup.find_all("svg"):
        drawing.replace_with(" ".join(text.get_text() for text in drawing.find_all("text")))
    return soup.get_text()


@pytest.mark.parametrize("html", ["<p/>after", "<td/>after", "<blockquote dir='auto' />after"])
def test_what_closes_itself_holds_nothing_of_what_follows(html):
    soup = BeautifulSoup(permitted(html), "html.parser")
    inner = soup.div.find(True)
    assert inner.get_text() == ""
    assert soup.get_text().strip() == "after"


def test_a_tag_with_somebody_s_words_in_it_is_text():
    assert read(BeautifulSoup(permitted('<p onclick="x()">a</p>'), "html.parser")).strip() == (
        '<p onclick="x()">a</p>'
    )


def test_many_tags_that_never_end_take_no_longer_than_as_many_that_do():
    open_ = "<p " + "a='b' " * 40
    assert permitted(open_ * 500).count("&#60;p") == 500
    assert permitted("<p " + " " * 100_000).count("&#60;p") == 1


@settings(max_examples=50)
@given(st.lists(PIECES).map("".join))
@example("><p")
@example("'></div><p")
def test_long_texts_that_pass_the_guard_twice_are_as_safe_as_after_once(text):
    long = f"{text} {'word ' * 500}"
    once = safe(long)
    assert once == safe(once) == safe(long)
    assert not {tag.name for tag in rendered(once).find_all()} & set(CAN_DO_SOMETHING)
    assert read(rendered(once)).count("word") >= 500


def test_the_guard_leaves_a_whole_page_of_answers_as_it_is(exercise):
    page = readable_answers(
        exercise, {"goal": "<b>$x$</b>", "steps": ["r1"], "steps/r1/what": "a\n\nb"}, "ar"
    )
    assert permitted(page) == page


def test_a_drawing_of_ours_passes_as_it_is_and_what_nobody_could_see_in_it_stands_behind_it():
    pen = Pen(50, "en", 100)
    pen.box(1, 2, 30, 4, "bar strong", fill_opacity=0.5, stroke="currentColor")
    pen.text(1, 20, "5 < 6")
    pen.parts.append('<path class="way" d="M26 219L191 207h0" fill="none" stroke-linecap="round"/>')
    soup = BeautifulSoup(permitted(pen.svg()), "html.parser")
    assert [tag.name for tag in soup.find_all()] == ["div", "svg", "rect", "text", "path"]
    assert soup.get_text().split() == ["5", "<", "6"]
    drawn = BeautifulSoup(permitted('<svg>lost<circle r="3" onload="x"/></svg> after'), "html.parser")
    assert drawn.find("svg").get_text() == ""
    assert drawn.get_text().split() == ["lost", "<circle", 'r="3"', 'onload="x"/>', "after"]


def test_a_drawing_with_anything_that_no_drawing_of_ours_has_is_text():
    kept = '<svg class="a" focusable="false" width="9"><rect x="1"/></svg>'
    assert "svg" in [tag.name for tag in BeautifulSoup(permitted(kept), "html.parser").find_all()]
    soup = BeautifulSoup(permitted('<svg width="9" onload="x()"><rect x="1"/></svg>'), "html.parser")
    assert [tag.name for tag in soup.find_all()] == ["div"]
    assert soup.get_text(strip=True) == '<svg width="9" onload="x()"><rect x="1"/></svg>'
