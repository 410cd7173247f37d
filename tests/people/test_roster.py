import contextlib
import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from academy.errors import PeopleError
from academy.people import People, import_roster
from academy.people.roster.file import read_cells
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
    report = import_roster(
        people, "Fornafn,Eftirnafn,Netfang,Hópar\nMarija,Horvat,m@example.hr,Sjever\n".encode()
    )
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
    assert reasons[8] == (
        "king is not a known role: use participant, facilitator, mentor, author, or say what it stands for with "
        "--role-as “king=participant”"
    )
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
        people = People(store, b"s" * 32, "small")
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
        assert import_roster(People(store, b"s" * 32, "small"), content, dry_run=True).preview


NORTH = b"First name,Last name,Email address\nNia,Okoth,nia@ex.org\nBo,Li,bo@ex.org\n"
ITALIAN = 'Nome,Cognome,"Indirizzo email",Gruppi\nMaria,Rossi,maria.rossi@ex.org,Nord\nMaria,Bianchi,m.b@ex.org,Sud\n'


@pytest.mark.parametrize(
    "heading",
    [
        'Nome,Cognome,"Indirizzo email",Gruppi',
        '"Nombre(s)","Apellido(s)","Dirección Email",Grupos',
        "Vorname,Nachname,E-Mail-Adresse,Gruppen",
        "Imię,Nazwisko,Adres e-mail,Grupy",
        "Adı,Soyadı,E-posta adresi,Gruplar",
        "Имя,Фамилия,Адрес электронной почты,Группы",
        "名,姓,メールアドレス,グループ",
        "Nama depan,Nama akhir,Alamat email,Grup",
    ],
)
def test_the_headings_of_moodle_are_read_in_more_languages(people, heading):
    report = import_roster(people, f"{heading}\nMaria,Rossi,maria@ex.org,Nord\n".encode())
    assert (report.added, report.notes) == (["Maria Rossi"], [])
    assert by_name(people)["Maria R."].email == "maria@ex.org"
    assert by_name(people)["Maria R."].groups == ("Nord",)


def test_two_with_one_first_name_keep_their_family_names(people):
    assert import_roster(people, ITALIAN.encode()).added == ["Maria Rossi", "Maria Bianchi"]


@pytest.mark.parametrize(
    ("heading", "row", "shown"),
    [
        ("Vorname,Name,E-Mail", "Nia,Okoth", "Nia O."),
        ("Name,Vorname,E-Mail", "Okoth,Nia", "Nia O."),
        ("First name,Name,Email", "Nia,Okoth", "Nia O."),
        ("الاسم,اسم العائلة,البريد الإلكتروني", "Nia,Okoth", "Nia O."),
        ("First name,Full name,Email", "Nia,Nia Akinyi Okoth", "Nia O."),
        ("Surname,Name,Email", "Okoth,Nia Okoth", "Nia O."),
    ],
)
def test_a_column_called_name_beside_half_a_name_is_the_other_half_or_the_whole(people, heading, row, shown):
    import_roster(people, f"{heading}\n{row},nia@ex.org\n".encode())
    assert list(by_name(people)) == [shown]


def test_a_column_of_addresses_is_seen_by_what_is_in_it(people):
    report = import_roster(people, b"First name,Last name,Pohcta\nNia,Okoth,nia@ex.org\nBo,Li,\n")
    assert report.notes == ["The column “Pohcta” is read as the e-mail address."]
    assert by_name(people)["Nia O."].email == "nia@ex.org"


def test_columns_that_are_not_used_are_named(people):
    report = import_roster(people, b"name,email,Phone,City,Empty\nNia,nia@ex.org,+254 700,Kisumu,\n")
    assert report.notes == ["These columns are not used: Phone, City."]


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("Nome,Zuname,Indirizzo email\nMaria,Rossi,maria@ex.org\n", "“Zuname”"),
        ("First name,Zuname,Email\nMaria,Rossi,maria@ex.org\n", "“Zuname”"),
        ("Zuname,First name,Email\nRossi,Maria,maria@ex.org\n", "“Zuname”"),
        ("name,one,two\nMaria,a@ex.org,b@ex.org\n", "one, two"),
    ],
)
def test_half_known_headings_are_refused_with_the_columns_named(people, content, named):
    with pytest.raises(PeopleError, match=named):
        import_roster(people, content.encode())
    assert people.all() == []


def test_a_new_address_for_a_known_name_is_asked_about(people):
    import_roster(people, NORTH)
    second = b"First name,Last name,Email address\nNia,Okoth,nia.okoth@ex.org\nBo,Li-Wang,bo@ex.org\n"
    report = import_roster(people, second)
    assert (outcome(report), report.renamed) == ((0, 0, 1, 1), [("Bo Li", "Bo Li-Wang")])
    (twin,) = report.twins
    assert (twin.line, twin.email, twin.known_email) == (2, "nia.okoth@ex.org", "nia@ex.org")
    assert f"academy people change {twin.person_id} --email" in report.skipped[0].reason
    assert len(people.all()) == 2
    same = import_roster(people, second, twins="same")
    assert same.updated == ["Nia Okoth"]
    assert people.private()[twin.person_id].email == "nia.okoth@ex.org"
    third = import_roster(people, b"name,email\nNia Okoth,third@ex.org\n", twins={2: "new"})
    assert (third.added, len(people.all())) == (["Nia Okoth"], 3)


def test_somebody_who_joined_by_themselves_is_no_silent_twin_of_the_roster(people):
    joined = people.join(people.open_join(), "Nia Okoth").person
    shown = people.add("Bo L.").person
    report = import_roster(people, NORTH)
    assert {twin.person_id for twin in report.twins} == {joined.id, shown.id}
    assert import_roster(people, NORTH, twins="same").updated == ["Nia Okoth", "Bo Li"]
    assert people.private()[joined.id].email == "nia@ex.org"
    assert import_roster(people, NORTH).unchanged == ["Nia Okoth", "Bo Li"]


@pytest.mark.parametrize(
    ("cell", "role"),
    [
        ('"Student, Teacher"', "facilitator"),
        ('"Mentor; Student"', "mentor"),
        ('"Student, Wizard"', "participant"),
        ("Non-editing teacher", "facilitator"),
        ("Manager", "facilitator"),
        ("Trainer/in", "facilitator"),
        ("Teilnehmer/in", "participant"),
        ("Étudiant", "participant"),
        ("", "participant"),
    ],
)
def test_the_highest_role_that_is_known_counts(people, cell, role):
    report = import_roster(people, f"name,email,Roles\nNia Okoth,nia@ex.org,{cell}\n".encode())
    assert (report.skipped, [person.role for person in people.all()]) == ([], [role])


def test_whoever_may_do_more_by_another_name_of_a_role_is_told(people):
    rows = b"name,email,Roles\nNia,nia@ex.org,Manager\nBo,bo@ex.org,facilitator\nCy,cy@ex.org,Manager\n"
    report = import_roster(people, rows, dry_run=True)
    assert report.notes == [
        "“Manager” is read as facilitator. If it stands for another role: --role-as “Manager=participant”."
    ]
    import_roster(people, rows, roles={"manager": "participant"})
    assert {person.display_name: person.role for person in people.all()} == {
        "Nia": "participant",
        "Bo": "facilitator",
        "Cy": "participant",
    }


def test_a_name_of_a_role_that_nobody_knows_can_be_given_a_meaning(people):
    rows = b"name,email,role\nNia,nia@ex.org,Delegate\n"
    (row,) = import_roster(people, rows).skipped
    assert "--role-as “Delegate=participant”" in row.reason
    assert import_roster(people, rows, roles={"Delegate": "mentor"}).added == ["Nia"]
    assert people.all()[0].role == "mentor"
    with pytest.raises(PeopleError, match="king is not a role"):
        import_roster(people, rows, roles={"Delegate": "king"})


def test_old_line_ends_are_lines_too(people):
    report = import_roster(people, b'name,email\rNia,nia@ex.org\r"Bo\rLi",bo@ex.org\rCy,bad\r')
    assert (report.added, report.skipped) == (
        ["Nia", "Bo Li"],
        [(5, "bad is not an e-mail address")],
    )


@pytest.mark.parametrize(
    "name", ["Seán O’Neil", "Zoë “Zo” Müller", "José – Nº 1", "Ana 2ª «B»", "A ‘b’ — 2° C", "D· Eé"]
)
def test_the_signs_of_windows_1252_between_letters_are_plausible(people, name):
    report = import_roster(people, f"name,email\n{name},a@ex.org\n".encode("cp1252"))
    assert report.added == [name]


def test_three_foreign_letters_on_end_are_no_windows_1252(people):
    with pytest.raises(PeopleError, match="neither UTF-8 nor UTF-16"):
        import_roster(people, "name,email\nAéééb,a@ex.org\n".encode("cp1252"))


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b" \r\n \r\n"])
def test_a_table_without_a_row_is_said_to_be_empty(content):
    with pytest.raises(PeopleError, match="The file is empty"):
        read_cells(content, str)
