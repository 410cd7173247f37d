"""Names in the sentences of pages keep their own direction, and leave that of the sentence alone."""

import jinja2
import pytest

from academy.i18n import isolated, listed, sentences


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        ("Amina", "en", "Amina"),
        ("ليلى", "en", "\u2068ليلى\u2069"),
        ("ליה", "en", "\u2068ליה\u2069"),
        ("ليلى", "ar", "ليلى"),
        ("Amina (2)", "ar", "\u2068Amina (2)\u2069"),
        ("4711", "ar", "4711"),
    ],
)
def test_a_text_is_isolated_where_its_letters_go_the_other_way(text, language, shown):
    assert isolated(text, language) == shown


def test_a_list_in_a_line_has_the_comma_of_its_language():
    assert listed(["work", "", "rest"], "en") == "work, rest"
    assert listed(["عمل", None, "راحة"], "ar") == "عمل، راحة"
    assert listed(["عمل", "راحة"], "ar", ";") == "عمل؛ راحة"


def test_a_sentence_of_a_template_isolates_what_is_put_into_it():
    template = jinja2.Environment(autoescape=True).from_string(
        '{{ _("Welcome, {name}").format(name=name) }} {{ _("Word {number}").format(number=3) }}'
    )
    said = template.render(_=sentences("ar"), name="<Amina>")
    assert "\u2068&lt;Amina&gt;\u2069" in said
    assert "\u2068" not in template.render(_=sentences("en"), name="Amina")


def test_greetings_isolate_the_name(server, visit):
    new = server.people.add("Amina Diallo", language="ar")
    assert (
        "\u2068Amina Diallo\u2069"
        in visit().get(f"j/{new.link_token}", headers={"Accept-Language": "ar"}).text
    )
    assert "\u2068" not in visit().get(f"j/{new.link_token}", headers={"Accept-Language": "en"}).text
