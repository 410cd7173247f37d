import csv
import json
import stat

ROSTER = "name,email,role\nMaria Silva,maria@example.org,participant\n=1+1,eq@example.org,mentor\nX,bad,\n"


def test_a_roster_is_imported_with_a_report(academy, data, tmp_path):
    file = tmp_path / "roster.csv"
    file.write_text(ROSTER, "utf-8")
    preview = academy("people", "import", file, "--data", data, "--dry-run")
    assert "Nothing was changed" in preview.out
    assert "Added: 2. Updated: 0. Unchanged: 0. Not taken: 1." in preview.out
    first = academy("people", "import", file, "--data", data)
    assert "Added: 2. Updated: 0. Unchanged: 0. Not taken: 1." in first.out
    assert "Line 4: bad is not an e-mail address." in first.out
    again = academy("people", "import", file, "--data", data)
    assert (again.status, "Added: 0. Updated: 0. Unchanged: 2. Not taken: 1." in again.out) == (0, True)


def test_a_roster_that_cannot_be_read_ends_with_status_1(academy, data, tmp_path):
    file = tmp_path / "roster.csv"
    file.write_bytes("name\nИванова\n".encode("cp1251"))
    shown = academy("people", "import", file, "--data", data)
    assert shown.status == 1
    assert "save it as “CSV UTF-8”" in shown.err


def test_links_are_exported_for_a_mail_merge(academy, data, folder, tmp_path):
    maria = folder.people.add(
        "Maria S.", email="maria@example.org", full_name="=Maria Silva", groups=["North", "Docks"]
    )
    ana = folder.people.add("Ana")
    folder.people.revoke(ana.person.id)
    file = tmp_path / "links.csv"
    shown = academy("people", "links", "--data", data, "--csv", file, "--url", "https://kit.example.org/x")
    assert shown.status == 0
    assert "Ana has no link" in shown.err
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with file.open(encoding="utf-8-sig", newline="") as content:
        rows = list(csv.reader(content))
    assert rows == [
        ["id", "name", "group", "link", "code", "email"],
        [
            maria.person.id,
            "'=Maria Silva",
            "North, Docks",
            f"https://kit.example.org/x/j/{maria.link_token}",
            maria.code,
            "maria@example.org",
        ],
    ]


def test_the_links_of_facilitators_are_in_no_list_unless_asked_for(academy, data, folder):
    rosa = folder.people.add("Rosa", role="facilitator")
    maria = folder.people.add("Maria")
    shown = academy("people", "links", "--data", data, "--url", "https://kit.example.org")
    assert (maria.link_token in shown.out, rosa.link_token in shown.out) == (True, False)
    assert f"Maria ({maria.person.id})\n" in shown.out
    assert "Facilitators who are not in this list: 1." in shown.err
    theirs = academy("people", "links", "--data", data, "--role", "facilitator")
    assert (maria.link_token in theirs.out, rosa.link_token in theirs.out) == (False, True)


def test_links_that_work_on_this_computer_alone_are_said_to(academy, data, folder, tmp_path):
    folder.people.add("Maria")
    for words in (["people", "links"], ["people", "add", "Bo"], ["people", "renew", "Maria"], ["join", "on"]):
        shown = academy(*words, "--data", data)
        assert (shown.status, "open on this computer only" in shown.err) == (0, True), words
        said = academy(*words, "--data", data, "--url", "http://localhost:9000")
        assert "this computer only" not in said.err, words
    refused = academy("people", "links", "--data", data, "--csv", tmp_path / "links.csv")
    assert (refused.status, "--url" in refused.err) == (1, True)
    assert not (tmp_path / "links.csv").exists()


def test_links_that_cannot_be_written_get_a_sentence(academy, data, tmp_path):
    shown = academy(
        "people", "links", "--data", data, "--csv", tmp_path / "none" / "l.csv", "--url", "https://x.org"
    )
    assert (shown.status, shown.err) == (
        1,
        f"{tmp_path}/none/l.csv can't be written: No such file or directory.\n",
    )


def test_links_use_the_address_that_the_server_had_last(academy, data, folder):
    from academy.store import Settings

    folder.people.add("Maria")
    assert "http://localhost:8866/j/" in academy("people", "links", "--data", data).out
    Settings(folder.store).set("links.url", "http://192.0.2.7:9000/kit/")
    assert "http://192.0.2.7:9000/kit/j/" in academy("people", "links", "--data", data).out


def test_one_person_is_added_renewed_and_revoked(academy, data, folder):
    shown = academy(
        "people", "add", "Maria", "--data", data, "--role", "mentor", "--group", "North", "--language", "ar"
    )
    (person,) = folder.people.all()
    token, code = folder.people.link_and_code(person.id)
    assert token in shown.out
    assert code in shown.out
    assert (person.role, person.language, folder.people.private()[person.id].groups) == (
        "mentor",
        "ar",
        ("North",),
    )
    renewed = academy("people", "renew", "maria", "--data", data)
    new_token, _new_code = folder.people.link_and_code(person.id)
    assert new_token != token
    assert new_token in renewed.out
    revoked = academy("people", "revoke", person.id, "--data", data)
    assert f"academy people renew {person.id}" in revoked.out
    assert not folder.people.works(person.id)


def test_people_are_refused_with_sentences(academy, data):
    assert "admin is not a role" in academy("people", "add", "Maria", "--role", "admin", "--data", data).err
    assert "There is nobody called Zoe" in academy("people", "renew", "Zoe", "--data", data).err


def test_the_list_keeps_private_data_back(academy, data, folder):
    assert "There is nobody yet" in academy("people", "list", "--data", data).out
    person = folder.people.add("Maria S.", email="maria@example.org", full_name="Maria Silva").person
    folder.people.set_active(person.id, False)
    shown = academy("people", "list", "--data", data).out
    assert shown == f"{person.id}  participant  Maria S.  (switched off)\n"
    assert "maria@example.org" in academy("people", "list", "--private", "--data", data).out
    (row,) = json.loads(academy("people", "list", "--json", "--data", data).out)
    assert row == {
        "id": person.id,
        "name": "Maria S.",
        "role": "participant",
        "language": None,
        "active": False,
    }
    assert academy("people", "list", "--role", "mentor", "--data", data).out.startswith("There is nobody")
    assert "kings is not a role" in academy("people", "list", "--role", "kings", "--data", data).err


def test_a_roster_is_told_name_by_name_and_tried_before_it_is_taken(academy, data, folder, tmp_path):
    folder.people.add("Bo", email="bo@ex.org", full_name="Bo Li")
    file = tmp_path / "roster.csv"
    file.write_text(
        "name,email,city\nBo Li-Wang,bo@ex.org,Oslo\nNia,nia@ex.org,Oslo\nZoe,nonsense,\n", "utf-8"
    )
    tried = academy("people", "import", file, "--dry-run", "--data", data)
    told = (
        "Added: 1. Updated: 1. Unchanged: 0. Not taken: 1.\n  Renamed: Bo Li is Bo Li-Wang now.\n  Line 4: "
    )
    assert "These columns are not used: city.\n" in tried.out
    assert "Nothing was changed: this is what would happen.\n" + told in tried.out
    assert "academy people links" not in tried.out
    assert len(folder.people.all()) == 1
    done = academy("people", "import", file, "--data", data)
    assert told in done.out
    assert "Nothing was changed" not in done.out
    assert done.out.endswith("Get their links with: academy people links\n")
    assert len(folder.people.all()) == 2


def test_joining_is_opened_closed_and_renewed(academy, data, folder):
    assert "Joining is closed" in academy("join", "show", "--data", data).out
    opened = academy("join", "on", "--data", data, "--url", "https://kit.example.org/")
    code, token = folder.people.join_code(), folder.people.join_token()
    assert f"https://kit.example.org/join/{token}\n" in opened.out
    assert f"Join code: {code}" in academy("join", "show", "--data", data).out
    renewed = academy("join", "renew", "--data", data).out
    assert code not in renewed
    assert token not in renewed
    assert folder.people.join_code() in renewed
    academy("join", "off", "--data", data)
    assert folder.people.join_code() is None


def test_names_in_grading_are_a_setting(academy, data, folder):
    from academy.store import EditionSettings

    assert "names" in academy("names", "on", "--data", data).out
    assert EditionSettings(folder.store, folder.edition).get("grading.show_names") is True
    assert "pseudonyms" in academy("names", "off", "--data", data).out
    assert EditionSettings(folder.store, folder.edition).get("grading.show_names") is False


def test_twins_of_a_roster_are_asked_about_on_a_terminal(academy, data, folder, tmp_path, monkeypatch):
    import sys

    nia = folder.people.add("Nia O.", email="nia@ex.org", full_name="Nia Okoth").person
    file = tmp_path / "second.csv"
    file.write_text("name,email\nNia Okoth,nia.okoth@ex.org\n", "utf-8")
    told = academy("people", "import", file, "--data", data)
    assert "Added: 0. Updated: 0. Unchanged: 0. Not taken: 1." in told.out
    assert f"academy people change {nia.id} --email" in told.out
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    questions = []
    monkeypatch.setattr("typer.confirm", lambda text: questions.append(text) or True)
    asked = academy("people", "import", file, "--data", data)
    assert questions == [
        f"Line 2, Nia Okoth, nia.okoth@ex.org: is this {nia.id} (nia@ex.org), who is here already?"
    ]
    assert "Updated: 1." in asked.out
    assert folder.people.private()[nia.id].email == "nia.okoth@ex.org"


def test_other_names_of_roles_are_given_on_the_command_line(academy, data, folder, tmp_path):
    file = tmp_path / "roles.csv"
    file.write_text("name,email,role\nNia,nia@ex.org,Delegate\n", "utf-8")
    assert "--role-as" in academy("people", "import", file, "--data", data).out
    shown = academy("people", "import", file, "--data", data, "--role-as", "Delegate=mentor")
    assert ("Added: 1." in shown.out, [p.role for p in folder.people.all()]) == (True, ["mentor"])
    wrong = academy("people", "import", file, "--data", data, "--role-as", "Delegate")
    assert (wrong.status, "Write it as NAME=ROLE" in wrong.err) == (1, True)
