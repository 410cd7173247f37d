"""Moodle's files in other languages, with cells of every kind: filled, and otherwise as they came."""

import pytest

from academy.desk.results import Result
from academy.errors import PeopleError
from academy.exports.moodle import MoodleFile

HEAD = (
    "Identifier,Full name,ID number,Email address,Status,Grade,Maximum grade,Grade can be changed,"
    "Last modified (submission),Last modified (grade),Feedback comments\r\n"
)
WORKSHEETS = {
    "es": "Identificador,Nombre completo,Número de ID,Dirección de correo,Estatus,Calificación,Calificación máxima,"
    "La calificación puede ser cambiada,Última modificación (entrega),Última modificación (calificación),"
    "Comentarios de retroalimentación",
    "fr": "Identifiant,Nom complet,Numéro d’identification,Adresse de courriel,Statut,Note,Note maximale,"
    "La note peut être modifiée,Dernière modification (travail remis),Dernière modification (note),"
    "Feedback par commentaires",
    "de": "ID,Vollständiger Name,ID-Nummer,E-Mail-Adresse,Status,Bewertung,Bestwertung,Bewertung kann geändert "
    "werden,Zuletzt geändert (Abgabe),Zuletzt geändert (Bewertung),Feedback als Kommentar",
    "pt": "Identificador,Nome completo,Número de ID,Endereço de email,Estado,Nota,Nota máxima,A nota pode ser "
    "alterada,Última modificação (envio),Última modificação (nota),Comentários de feedback",
    "it": "Identificativo,Nome completo,Codice identificativo,Indirizzo email,Stato,Valutazione,Valutazione massima,"
    "La valutazione può essere modificata,Ultima modifica (consegna),Ultima modifica (valutazione),Commenti",
    "ar": "المعرف,الاسم الكامل,رقم التعريف,عنوان البريد الإلكتروني,الحالة,الدرجة,الدرجة القصوى,"
    "يمكن تغيير الدرجة,آخر تعديل (التسليم),آخر تعديل (الدرجة),ملاحظات",
    "nl": "Identificatie,Volledige naam,ID-nummer,E-mailadres,Status,Cijfer,Maximale cijfer,"
    "Cijfer kan aangepast worden,Laatst gewijzigd (ingestuurd),Laatst gewijzigd (cijfer),Feedback commentaar",
    "sv": "Identifierare,Fullständigt namn,ID-nummer,E-postadress,Status,Betyg,Högsta betyg,Betyg kan ändras,"
    "Senast ändrad (inlämning),Senast ändrad (betyg),Kommentarer",
    "cs": "Identifikátor,Celé jméno,ID číslo,E-mailová adresa,Stav,Známka,Nejvyšší známka,Známku lze změnit,"
    "Poslední změna (odevzdání),Poslední změna (známka),Komentář",
    "eu": "Identifikatzailea,Izen osoa,ID zenbakia,Helbide elektronikoa,Egoera,Kalifikazioa,Gehienezko kalifikazioa,"
    "Kalifikazioa alda daiteke,Azken aldaketa (bidalketa),Azken aldaketa (kalifikazioa),Feedback iruzkinak",
    "sl": "Identifikator,Polno ime,ID številka,E-poštni naslov,Stanje,Ocena,Najvišja ocena,Ocena se lahko spremeni,"
    "Zadnja sprememba (oddaja),Zadnja sprememba (ocena),Komentar",
    "ru": "Идентификатор,Полное имя,Индивидуальный номер,Адрес электронной почты,Состояние,Оценка,Максимальная оценка,"
    "Оценка может быть изменена,Последнее изменение (ответ),Последнее изменение (оценка),Отзыв в виде комментария",
}
NO = {"es": "No", "fr": "Non", "de": "Nein", "pt": "Não", "it": "No", "ar": "لا", "ru": "Нет"}
NO |= {"nl": "Nee", "sv": "Nej", "cs": "Ne", "eu": "Ez", "sl": "Ne"}
GRADEBOOKS = [
    "Nombre,Apellido(s),Número de ID,Dirección de correo,Tarea: An idea (Real),Tarea: An idea (Retroalimentación),"
    "Total del curso (Real)",
    "Vorname,Nachname,ID-Nummer,E-Mail-Adresse,Aufgabe: An idea (Punkte),Aufgabe: An idea (Feedback),"
    "Kurs gesamt (Punkte)",
    "Prénom,Nom de famille,Numéro d'identification,Adresse de courriel,Devoir : An idea (Brut),"
    "Devoir : An idea (Commentaires),Total du cours (Brut)",
    "Nome,Cognome,Codice identificativo,Indirizzo email,Compito: An idea (Punteggio),Compito: An idea (Feedback),"
    "Totale corso (Punteggio)",
    "Imię,Nazwisko,Numer ID,Adres e-mail,Zadanie: An idea (Rzeczywista),Zadanie: An idea (Informacja zwrotna),"
    "Suma (Rzeczywista)",
]
PEOPLE = {"nia@ex.org": "p-nia", "bao@ex.org": "p-bao"}


def result(person="p-nia", score=12.5, feedback="- thanks"):
    return Result(person, "idea", 1, None, score, 0.0, 36.0, "feedback given", False, feedback)


def row(name="Nia", grade="", most="36.00", yes="Yes", feedback="", number=500):
    return (
        f"Participant {number},{name},00100,{name.lower()}@ex.org,Submitted,{grade},{most},{yes},"
        f'"Monday, 2 March 2026, 10:00 AM",-,{feedback}\r\n'
    )


def fill(content, found=(), course=None, **how):
    sheet = MoodleFile(content.encode(), str, **how)
    columns = sheet.columns(course, "idea")
    return sheet.fill(list(found) or [result()], PEOPLE, columns), sheet.content().decode()


@pytest.mark.parametrize("language", WORKSHEETS)
def test_a_worksheet_is_filled_in_moodles_languages(language):
    said, text = fill(f"{WORKSHEETS[language]}\r\n{row()}")
    assert (said.written, said.wordless) == (1, 0)
    assert text == f"{WORKSHEETS[language]}\r\n{row(grade='12.5', feedback='- thanks')}"


@pytest.mark.parametrize("language", WORKSHEETS)
def test_a_grade_that_can_not_be_changed_is_known_in_moodles_languages(language):
    content = f"{WORKSHEETS[language]}\r\n{row(yes=NO[language])}"
    said, text = fill(content)
    assert (said.locked, text) == ([2], content)


@pytest.mark.parametrize("head", GRADEBOOKS)
def test_a_gradebook_is_filled_in_moodles_languages(head, group):
    said, text = fill(f"{head}\r\nNia,O,1,nia@ex.org,-,,-\r\n", course=group.course)
    assert (said.written, said.wordless) == (1, 0)
    assert text == f"{head}\r\nNia,O,1,nia@ex.org,12.5,- thanks,-\r\n"


def test_addresses_are_known_by_what_they_are_where_their_heading_is_not():
    head = HEAD.replace("Email address", "El. pašto adresas")
    said, text = fill(head + row() + row("Bao"), [result(), result("p-bao")])
    assert (said.written, text.count(",12.5,36.00,")) == (2, 2)
    with pytest.raises(PeopleError, match="--match"):  # two such columns: nobody guesses which is meant
        fill(head.replace("Full name", "Kitas") + row().replace(",Nia,", ",other@ex.org,"))


@pytest.mark.parametrize("unknown", ["Maximum grade", "Grade can be changed"])
def test_of_the_two_columns_beside_each_other_one_shows_where_the_other_is(unknown):
    head = HEAD.replace(f",{unknown},", ",Didžiulis,")
    said, text = fill(head + row())
    assert (said.written, text) == (1, head + row(grade="12.5", feedback="- thanks"))
    said, text = fill(head + row(yes="No"))
    assert (said.locked, text) == ([2], head + row(yes="No"))


def test_an_activity_called_like_a_column_of_a_worksheet_is_one_of_the_gradebook(group):
    head = "Email address,Assignment: What can be changed (Real),Assignment: An idea (Real)"
    said, text = fill(f"{head}\r\nnia@ex.org,-,-\r\n", course=group.course)
    assert (said.written, text.splitlines()[1]) == (1, "nia@ex.org,-,12.5")


def test_columns_that_nobody_knows_can_be_named(group):
    content = "X,Adressa,Punkti,Vārdi\r\nNia,nia@ex.org,-,\r\n"
    with pytest.raises(PeopleError, match="--match"):
        MoodleFile(content.replace("@", " at ").encode(), str)
    with pytest.raises(PeopleError, match="--points"):
        fill(content, match="Adressa", course=group.course)
    said, text = fill(content, match="Adressa", points="Punkti", words="Vārdi")
    assert (said.written, text.splitlines()[1]) == (1, "Nia,nia@ex.org,12.5,- thanks")
    with pytest.raises(PeopleError, match="no column Punkts"):
        MoodleFile(content.encode(), str, match="Adressa", points="Punkts")


def test_feedback_that_has_no_column_is_counted_and_the_grade_is_written(group):
    said, text = fill("Email address,Assignment: An idea (Real)\r\nnia@ex.org,-\r\n", course=group.course)
    assert (said.written, said.wordless) == (1, 1)
    assert text.splitlines()[1] == "nia@ex.org,12.5"
    worksheet = HEAD.replace(",Feedback comments", "")
    said, text = fill(worksheet + row().replace(",-,\r\n", ",-\r\n"))
    assert (said.written, said.wordless) == (1, 1)


@pytest.mark.parametrize("cut", [5, 6, 7, 10])
def test_a_row_that_is_too_short_is_filled_as_far_as_it_must_be(cut):
    cells = row().replace('"Monday, 2 March 2026, 10:00 AM"', "Monday").rstrip("\r\n").split(",")[:cut]
    said, text = fill(HEAD + ",".join(cells) + "\r\n")
    assert said.written == 1
    assert text.splitlines()[1].split(",")[5] == "12.5"


@pytest.mark.parametrize(
    "other",
    [
        row("Eve", feedback='"- thanks, well done"'),
        row("-Eve", feedback="=)"),
        row("Eve", feedback='"one\ntwo ""quoted""\n+three"'),
        row("Eve", feedback='  spaces ,"needless"'),
        row("Eve").replace("\r\n", "\n"),
        row("Eve", feedback="@x").rstrip("\r\n"),
        "\r\n" + row("Eve", feedback="-1+1"),
    ],
)
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_cells_that_are_not_ours_come_back_byte_for_byte(other, bom):
    _said, text = fill(bom + HEAD + row() + other)
    assert text == bom + HEAD + row(grade="12.5", feedback="- thanks") + other


def test_a_file_in_utf_16_comes_back_in_it():
    content = "Email address;Assignment: An idea (Real)\r\nnia@ex.org;-\r\n".encode("utf-16")
    sheet = MoodleFile(content, str)
    sheet.fill([result()], PEOPLE, {"idea": 1})
    assert sheet.content().decode("utf-16") == (
        "Email address;Assignment: An idea (Real)\r\nnia@ex.org;12.5\r\n"
    )
    assert sheet.content()[:2] == content[:2]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-8-sig", "utf-8"])
def test_a_file_comes_back_in_its_letters_also_without_a_mark(encoding):
    said = "Email address;Assignment: An idea (Real)\r\nnia@ex.org;{}\r\n"
    sheet = MoodleFile(said.format("-").encode(encoding), str)
    sheet.fill([result()], PEOPLE, {"idea": 1})
    assert sheet.content() == said.format("12.5").encode(encoding)


def test_lines_are_those_of_the_file_also_after_cells_of_many_lines():
    content = HEAD + row(grade="12.00", feedback='"First\nsecond\nthird"') + row("Bao", grade="9.00")
    said, text = fill(content, [result(), result("p-bao")])
    assert (said.kept, text) == ([2, 5], content)


@pytest.mark.parametrize(
    ("grade", "most", "line"),
    [("Good", "-", 2), ("", "Scale: Competent", 2), ("", "-", 2), ("Très bien", "36.00", 2)],
)
def test_points_are_not_written_where_moodle_grades_with_words(grade, most, line):
    with pytest.raises(PeopleError, match=f"Line {line}: Moodle grades this with words"):
        fill(HEAD + row(grade=grade, most=most))


def test_a_letter_or_a_percentage_is_no_column_of_points_in_any_language(group):
    head = "Dirección de correo,Tarea: An idea (Porcentaje),Tarea: An idea (Letra),Tarea: An idea (Real)"
    said, text = fill(f"{head}\r\nnia@ex.org,-,-,-\r\n", course=group.course)
    assert (said.written, text.splitlines()[1]) == (1, "nia@ex.org,-,-,12.5")
