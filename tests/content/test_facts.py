"""Facts and terms of the lessons: what was once wrong, and the words that the ILO and others use themselves."""

import json
import re
from pathlib import Path

import pytest

from academy.course import load_course
from academy.course.files.yaml_files import read_yaml
from academy.course.lint.translations import paired, parts
from academy.desk.pictures import SOUND_MB, VIDEO_MB

COURSE = load_course("innovative-workers-education")
NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"

# English, how it is said in Arabic, and what it must not be. Conventions and reports carry the ILO's own titles:
# C140, C177, C189, C190, R143, R198 and R204 on NORMLEX, World Employment and Social Outlook 2021 and 2023.
TERMS = [
    (r"storyboard", "قصصية", "القصة المصوّرة|قصة مصوّرة|قصتكم المصوّرة"),
    (r"UNI Global Union", "UNI Global Union", "اتحاد النقابات العالمي|الاتحاد النقابي العالمي"),
    (r"\bDoran\b", "جورج|Doran", "بيتر"),
    (r"domestic workers?\b", "منزلي", "عاملات المنازل|عمال المنازل|عاملات منازل|خادمة|خدم المنازل"),
    (r"live[- ]out|living out|who live out", "بيت", "غير المقيم|غير مقيم"),
    (r"Paid Educational Leave|paid educational leave", "دراسية مدفوعة الأجر", "الدراسية المدفوعة"),
    (r"[Cc]ollective agreement", "اتفاق", "اتفاقية جماعية|الاتفاقية الجماعية"),
    (r"[Cc]ollective bargaining", "المفاوضة الجماعية", "التفاوض الجماعي"),
    (r"[Ss]ocial dialogue", "الحوار الاجتماعي", "المحادثة الاجتماعية"),
    (r"informal (employment|economy|work)\b", "غير المنظّم|غير منظّم", "غير الرسمي|غير رسمي"),
    (r"decent work\b", "العمل اللائق", "العمل الكريم"),
    (r"just transition|Just transition", "نتقال العادل|نتقال عادل", "التحوّل العادل"),
    (r"violence and harassment", "العنف والتحرّش", "المضايقة"),
    (r"workers' representatives|Workers' Representatives", "ممثّلي العمال|ممثّلو العمال", "نوّاب العمال"),
    (r"employment relationship", "علاقة الاستخدام", "علاقة التوظيف"),
    (r"family responsibilities", "المسؤوليات العائلية", "الأعباء العائلية"),
    (r"algorithmic management", "الإدارة الخوارزمية", "إدارة الخوارزميات"),
    (r"International Labour Conference", "مؤتمر العمل الدولي", "المؤتمر الدولي للعمل"),
    (r"freedom of association|Freedom of association", "الحرّية النقابية|الحرّيةَ النقابية", "حرية الجمعيات"),
]  # fmt: skip


def cells(file):
    return {cell["id"]: "".join(cell["source"]) for cell in json.loads(file.read_text("utf-8"))["cells"]}


def translated():
    """Every English text with its Arabic one, and where they stand."""
    for folder, raw in parts(COURSE):
        for path, text, said in paired(raw, read_yaml(folder / "ar.yaml")):
            if text is not None and said is not None:
                yield f"{folder.name} {path}", str(text), str(said)
    for file in sorted(NOTEBOOKS.glob("*.ar.ipynb")):
        other = cells(file)
        for name, text in cells(file.with_name(file.name.replace(".ar.", "."))).items():
            # Paragraphs stand in the same order; a term is looked for in the paragraph that has it.
            ours, theirs = text.split("\n"), other[name].split("\n")
            lines = zip(ours, theirs, strict=True) if len(ours) == len(theirs) else [(text, other[name])]
            for english, arabic in lines:
                yield f"{file.name} {name}", english, arabic


TRANSLATED = list(translated())


@pytest.mark.parametrize(("english", "wanted", "wrong"), TERMS, ids=[term[0][:24] for term in TERMS])
def test_a_term_is_said_in_arabic_as_those_say_it_whose_term_it_is(english, wanted, wrong):
    found = [(where, said) for where, text, said in TRANSLATED if re.search(english, text)]
    assert found, "a term that nobody uses needs no line here"
    assert [(where, said) for where, said in found if not re.search(wanted, said)] == []
    assert [(where, said) for where, _, said in TRANSLATED if re.search(wrong, said)] == []


def test_the_author_of_smart_has_his_own_name():
    texts = [text for _, text, _ in TRANSLATED if "Doran's" in text]
    assert texts
    assert all("George T. Doran's" in text for text in texts)


def test_the_share_of_informal_employment_is_the_newer_one_with_its_source():
    for name, share, source in (
        ("week-1-transformation.ipynb", "58 %", "Trends 2023"),
        ("week-1-transformation.ar.ipynb", "58 في المئة", "اتجاهات 2023"),
    ):
        page = cells(NOTEBOOKS / name)
        assert share in page["people-lesson"]
        assert source in page["people-lesson"]
        assert source in page["what-next"], "the source stands in the list of sources too"
        assert "2018): *Women and Men" not in page["what-next"]


@pytest.mark.parametrize("language", ["", ".ar"])
def test_a_live_session_takes_half_a_megabyte_a_minute_with_sound_alone(language):
    said = re.compile(r"(\d+) (?:megabytes with sound alone|ميغابايت بالصوت وحده)")
    pages = 0
    for module in COURSE.modules:
        file = NOTEBOOKS / f"{module.page}{language}.ipynb"
        live = sum(activity.minutes for activity in module.activities if activity.mode == "live")
        for number in said.findall(cells(file)[next(iter(cells(file)))]) if module.page else []:
            pages += 1
            assert int(number) == -(-live * SOUND_MB // 10) * 10, f"{live} minutes, in steps of ten"
    assert pages == 2


def test_an_hour_of_sound_and_of_video_is_estimated_by_one_rule():
    assert SOUND_MB == 0.5
    assert VIDEO_MB == 5
    for language in COURSE.languages:
        course = load_course(COURSE.folder, language)
        (field,) = [f for f in course.exercise("people").fields if f.id == "access"]
        (column,) = [c for c in field.columns if c.id == "data_budget"]
        assert re.findall(r"\d+", column.help)[:2] == [f"{60 * VIDEO_MB}", f"{60 * SOUND_MB:g}"]
        (board,) = [a for w in course.webinars for a in w.activities if a.id == "lightest-first"]
        assert f"{75 * SOUND_MB:.0f}" in board.why
