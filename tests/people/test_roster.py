import contextlib
import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from academy.errors import PeopleError
from academy.people import People, import_roster
from academy.store import open_store

MOODLE = (
    '"First name",Surname,"Email address",Groups\r\n'
    'Maria,"Silva, Dos Santos",Maria@Example.org,"North, Organisers"\r\n'
    "\r\n"
    'José,"Pérez\r\nGómez",jose@example.org,South\r\n'
    "Sukarno,,sukarno@example.org,\r\n"
)


def outcome(report):
    return len(report.added), len(report.unchanged), len(report.updated), len(report.skipped)


def by_name(people):
    private = people.private()
    return {person.display_name: private[person.id] for person in people.all()}


def test_moodles_export_is_taken_whole(people):
    report = import_roster(people, MOODLE.encode())
    assert outcome(report) == (3, 0, 0, 0)
    found = by_name(people)
    assert set(found) == {"Maria S.", "José P.", "Sukarno"}
    assert found["Maria S."].full_name == "Maria Silva, Dos Santos"
    assert found["Maria S."].email == "maria@example.org"
    assert found["Maria S."].groups == ("North", "Organisers")
    assert found["José P."].full_name == "José Pérez Gómez"
    assert all(people.works(person.id) for person in people.all())


def test_importing_again_changes_nothing(people):
    import_roster(people, MOODLE.encode())
    before = people.all(), people.private()
    report = import_roster(people, MOODLE.encode())
    assert outcome(report) == (0, 3, 0, 0)
    assert (people.all(), people.private()) == before


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_separators_and_encodings(people, separator, encoding):
    text = f"name{separator}email{separator}role\nZoë Müller{separator}zoe@example.org{separator}mentor\n"
    report = import_roster(people, text.encode(encoding))
    assert (outcome(report), report.notes) == ((1, 0, 0, 0), [])
    (person,) = people.all()
    assert (person.display_name, person.role) == ("Zoë M.", "mentor")


def test_what_excel_writes_before_the_headings_is_understood(people):
    report = import_roster(people, b"sep=;\r\nname;email\r\n;x@example.org\r\nAna;ana@example.org\r\n")
    assert report.added == ["Ana"]
    assert report.skipped == [(3, "there is no name")]


@pytest.mark.parametrize(
    "heading",
    [
        "Prénom,Nom de famille,Adresse de courriel,Groupes",
        "Prénom,Nom,Courriel,Groupe",
        "Nombre,Apellido(s),Dirección de correo,Grupos",
        "Nombre,Apellidos,Correo electrónico,Grupos",
        "Nome,Sobrenome,Endereço de email,Grupos",
        "Nome próprio,Apelido,Endereço de e-mail,Grupos",
        "الاسم الأول,الاسم الأخير,عنوان البريد الإلكتروني,المجموعات",
        "FIRST NAME,LAST NAME,E-MAIL ADDRESS,GROUPS",
    ],
)
def test_headings_in_several_languages(people, heading):
    report = import_roster(people, f"{heading}\nMaria,Silva,maria@example.org,North\n".encode())
    assert (report.added, report.notes) == (["Maria Silva"], [])
    assert by_name(people)["Maria S."].groups == ("North",)


@pytest.mark.parametrize("heading", ["nom,courriel", "Nombre,Correo", "nome,e-mail", "Name,Mail"])
def test_one_column_of_names(people, heading):
    import_roster(people, f"{heading}\nMaria Silva,maria@example.org\n".encode())
    assert by_name(people)["Maria S."].full_name == "Maria Silva"


def test_unknown_headings_are_read_in_moodles_order_and_said_so(people):
    report = import_roster(people, b"Ime,Prezime,Adresa,Grupe\nMarija,Horvat,m@example.hr,Sjever\n")
    assert report.added == ["Marija Horvat"]
    assert "headings are not known" in report.notes[0]
    assert by_name(people)["Marija H."].groups == ("Sjever",)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n \r\n", "empty"),
        (b"Ana,ana@example.org,participant\n", "first line must hold the headings"),
        (b"colour,size\nred,9\n", "headings of this file are not known: colour, size"),
        ("name,email\nИванова,a@example.org\n".encode("cp1251"), "neither UTF-8 nor UTF-16"),
        ("name,email\nمحمد,a@example.org\n".encode("cp1256"), "neither UTF-8 nor UTF-16"),
        (b"name,email\n\x81\x8d,a@example.org\n", "neither UTF-8 nor UTF-16"),
        ("na,x\n".encode("utf-16"), "headings of this file are not known: na, x"),
        (b"\xff\xfen", "neither UTF-8 nor UTF-16"),
        (b"PK\x03\x04rest of a workbook", "spreadsheet"),
        (b"x" * 5_000_001, "too large"),
        (b'"name,email\nAna,ana@example.org\n', "Line 1: the quotation marks don't match, so lines 1 to 2"),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_sentence_and_changes_nothing(people, content, sentence):
    with pytest.raises(PeopleError, match=sentence):
        import_roster(people, content)
    assert people.all() == []


def test_windows_1252_is_read_and_reported(people):
    report = import_roster(people, "name,email\nJosé Muñoz,jose@example.org\n".encode("cp1252"))
    assert report.added == ["José Muñoz"]
    assert "Windows-1252" in report.notes[0]


def test_a_file_that_is_not_there_gets_a_sentence(people, tmp_path):
    with pytest.raises(PeopleError, match=r"none\.csv can't be read: No such file"):
        import_roster(people, tmp_path / "none.csv")


def test_every_row_not_taken_is_reported_with_its_line_and_why(people):
    text = (
        "name,email,role\n"  # 1
        "Ana,ana@example.org,participant\n"  # 2
        ",nobody@example.org,participant\n"  # 3
        "Ben,ben@example,participant\n"  # 4
        "Anna,ANA@example.org,participant\n"  # 5
        '"Two\nlines",two@example.org,mentor\n'  # 6, 7
        "Cem,cem@example.org,king\n"  # 8
        "Dora\n"  # 9
        "Silva, Eva,eva@example.org,participant\n"  # 10
        "Fay,,\n"  # 11
        "fay,,\n"  # 12
        'Gus "the" "Great,gus@example.org,\n'  # 13
        '"Hal"x,hal@example.org,\n'  # 14
        '"Ida,ida@example.org,\n'  # 15
        "Jo,jo@example.org,\n"  # 16
    )
    report = import_roster(people, text.encode())
    reasons = dict(report.skipped)
    assert sorted(reasons) == [3, 4, 5, 8, 9, 10, 12, 14, 15]
    assert reasons[3] == "there is no name"
    assert reasons[4] == "ben@example is not an e-mail address"
    assert reasons[5].startswith("the e-mail address ana@example.org is on line 2 already")
    assert reasons[8] == "king is not a known role: use participant, facilitator, mentor"
    assert reasons[9] == "the row is too short: it has 1 of 3 cells"
    assert reasons[10].startswith("the row has 4 cells, but there are 3 headings")
    assert reasons[12] == "fay is on line 11 already, without an e-mail address to tell them apart"
    assert reasons[14] == "the quotation marks don't match"
    assert reasons[15] == "the quotation marks don't match, so lines 15 to 16 could not be read"
    assert report.added == ["Ana", "Two lines", "Fay", 'Gus "the" "Great']


def test_a_row_may_leave_out_its_groups(people):
    report = import_roster(people, b"First name,Last name,Email address,Groups\nAna,Bo,ana@example.org\n")
    assert outcome(report) == (1, 0, 0, 0)


def test_somebody_who_is_here_in_another_role_is_not_changed(people):
    people.add("Ana", role="facilitator", email="ana@example.org")
    report = import_roster(people, b"name,email,role\nAna,ana@example.org,participant\n")
    assert "as facilitator" in report.skipped[0].reason
    assert people.all()[0].role == "facilitator"


def test_moodles_export_without_roles_leaves_a_facilitator_one(people):
    people.add("Ana B.", role="facilitator", email="maria@example.org", full_name="Maria Silva, Dos Santos")
    report = import_roster(people, MOODLE.encode())
    assert outcome(report) == (2, 0, 1, 0)
    assert [person.role for person in people.all("facilitator")] == ["facilitator"]


def test_new_names_and_groups_are_updates(people):
    import_roster(people, b"First name,Last name,Email address,Groups\nMaria,Silva,maria@example.org,North\n")
    (before,) = people.all()
    changed = b"First name,Last name,Email address,Groups\nMaria,Costa,MARIA@example.org,South\n"
    report = import_roster(people, changed)
    assert report.updated == ["Maria Costa"]
    (after,) = people.all()
    assert (after.id, after.display_name) == (before.id, "Maria C.")
    assert people.private()[after.id].groups == ("South",)
    assert outcome(import_roster(people, changed)) == (0, 1, 0, 0)


def test_a_chosen_display_name_stays(people):
    people.add("La Negra", email="maria@example.org", full_name="Maria Silva")
    import_roster(people, b"name,email\nMaria Costa,maria@example.org\n")
    assert [person.display_name for person in people.all()] == ["La Negra"]


def test_without_an_address_the_name_and_the_groups_say_who_is_meant(people):
    first = "name,groups\nMaria Silva,North\nMaria Silva,South\n"
    import_roster(people, first.encode())
    assert set(by_name(people)) == {"Maria S.", "Maria S. (2)"}
    assert outcome(import_roster(people, first.encode())) == (0, 2, 0, 0)
    moved = import_roster(people, b"name,groups\nMaria Silva,North\nMaria Silva,West\n")
    assert outcome(moved) == (0, 1, 1, 0)
    unclear = import_roster(people, b"name,groups\nMaria Silva,East\n")
    assert "there are 2 people called Maria Silva" in unclear.skipped[0].reason


def test_an_address_that_arrives_later_goes_to_the_person_without_one(people):
    import_roster(people, b"name,email,groups\nMaria Silva,,North\n")
    report = import_roster(people, b"name,email,groups\nMaria Silva,maria@example.org,North\n")
    assert report.updated == ["Maria Silva"]
    assert len(people.all()) == 1
    without = import_roster(people, b"name,email,groups\nMaria Silva,,North\n")
    assert without.unchanged == ["Maria Silva"]
    assert people.private()[people.all()[0].id].email == "maria@example.org"


def test_a_preview_says_what_would_happen_and_changes_nothing(people):
    import_roster(people, b"name,email\nAna,ana@example.org\n")
    before = people.all(), people.private()
    report = import_roster(
        people, b"name,email\nAna B,ana@example.org\nNew,new@example.org\nx,y\n", dry_run=True
    )
    assert (report.preview, outcome(report)) == (True, (1, 0, 1, 1))
    assert (people.all(), people.private()) == before


names = st.sampled_from(
    ["Maria Silva", "maria silva", "José", "李 小明", "Ann", "  ", "=1+1", "Zoë\u202e", '"Q"']
)
addresses = st.sampled_from(["", "a@example.org", "A@example.org", "b@example.org", "bad", "c@例え.jp"])
groups = st.sampled_from(["", "North", "north", "North, South", "South,North"])
roles = st.sampled_from(["", "participant", "Mentor", "king"])
rosters = st.lists(st.tuples(names, addresses, groups, roles), max_size=8)


def as_csv(rows):
    out = io.StringIO(newline="")
    csv.writer(out).writerows([("name", "email", "groups", "role"), *rows])
    return out.getvalue().encode()


@settings(max_examples=60)
@given(rosters, rosters)
def test_importing_any_roster_twice_is_importing_it_once(earlier, rows):
    store = open_store("sqlite://")
    try:
        people = People(store, b"s" * 32)
        import_roster(people, as_csv(earlier))
        preview = import_roster(people, as_csv(rows), dry_run=True)
        first = import_roster(people, as_csv(rows))
        assert outcome(preview) == outcome(first)
        assert sum(outcome(first)) == len([row for row in rows if any(cell.strip() for cell in row)])
        state = people.all(), people.private()
        again = import_roster(people, as_csv(rows))
        assert (again.added, again.updated) == ([], [])
        assert again.skipped == first.skipped
        assert (people.all(), people.private()) == state
    finally:
        store.close()


@settings(max_examples=200)
@given(st.binary(max_size=300))
def test_any_bytes_end_as_a_report_or_a_sentence(content):
    store = open_store("sqlite://")
    with contextlib.closing(store), contextlib.suppress(PeopleError):
        assert import_roster(People(store, b"s" * 32), content, dry_run=True).preview
