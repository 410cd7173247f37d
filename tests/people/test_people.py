import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from academy.errors import AccessError, PeopleError
from academy.people import People
from academy.store.schema import Credential, EditionSetting, PersonPrivate, PersonRow
from tests.support.databases import SERVER

MOMENT = datetime.now(UTC)


def age_credentials(people, days):
    with people.store.write() as session:
        session.execute(sa.update(Credential).values(created_at=MOMENT - timedelta(days=days)))


def test_a_new_person_signs_in_with_the_link_and_with_the_code(people):
    new = people.add("Maria")
    assert re.fullmatch(r"p-[0-9a-z]{6}", new.person.id)
    assert people.by_link(new.link_token).id == new.person.id
    assert people.by_code(new.code).id == new.person.id
    assert people.by_link(f" {new.link_token.upper()}\n").id == new.person.id
    assert people.by_code(new.code.lower().replace("-", " ")).id == new.person.id


@pytest.mark.skipif(bool(SERVER), reason="this is about a file of SQLite")
def test_the_database_holds_no_link_and_no_code(people):
    new = people.add("Maria")
    path = people.store.engine.url.database
    with people.store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    content = Path(path).read_bytes()
    assert b"Maria" in content
    for secret in (new.link_token, new.code, new.code.replace("-", "")):
        assert secret.encode() not in content


def test_links_and_codes_can_be_shown_again(people):
    new = people.add("Maria")
    again = People(people.store, b"s" * 32, "small")
    assert again.link_and_code(new.person.id) == (new.link_token, new.code)


def test_with_another_key_the_links_cannot_be_shown_and_do_not_open(people):
    new = people.add("Maria")
    other = People(people.store, b"x" * 32, "small")
    with pytest.raises(PeopleError, match="another key"):
        other.link_and_code(new.person.id)
    with pytest.raises(AccessError, match="not known"):
        other.by_link(new.link_token)


def test_roles_show_in_the_pseudonym(people):
    assert people.add("A", role="facilitator").person.id.startswith("f-")
    assert people.add("B", role="mentor").person.id.startswith("m-")


def test_the_same_name_twice_gets_a_number(people):
    names = [people.add(name).person.display_name for name in ("Maria", "maria ", "Maria")]
    assert names == ["Maria", "maria (2)", "Maria (3)"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"display_name": " \u200e "}, "needs a name"),
        ({"display_name": "A", "role": "admin"}, "admin is not a role"),
        ({"display_name": "A", "email": "a@b"}, "a@b is not an e-mail address"),
        ({"display_name": "A", "language": "pt_br"}, "Write pt-BR"),
        ({"display_name": "A", "language": "xx"}, "xx is no language"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence(people, arguments, sentence):
    with pytest.raises(PeopleError, match=sentence):
        people.add(**arguments)
    assert people.all() == []


def test_an_e_mail_address_belongs_to_one_person(people):
    people.add("Maria", email="maria@example.org")
    with pytest.raises(PeopleError, match="belongs to p-"):
        people.add("Mario", email=" MARIA@example.org")


def test_private_data_is_kept_apart(people):
    person = people.add(
        "Maria S.", email="Maria@Example.org", full_name="Maria Silva", groups=["North"]
    ).person
    assert people.private()[person.id].email == "maria@example.org"
    assert "Silva" not in repr(people.get(person.id))
    assert people.private()[person.id].groups == ("North",)


def test_renewing_stops_the_old_link_and_code_and_open_sessions(people):
    new = people.add("Maria")
    token, code = people.renew(new.person.id)
    assert people.by_link(token).id == people.by_code(code).id == new.person.id
    assert people.get(new.person.id).session_epoch == new.person.session_epoch + 1
    with pytest.raises(AccessError, match="link was replaced"):
        people.by_link(new.link_token)
    with pytest.raises(AccessError, match="code was replaced"):
        people.by_code(new.code)


def test_revoking_ends_access_until_it_is_renewed(people):
    new = people.add("Maria")
    people.revoke(new.person.id)
    with pytest.raises(AccessError, match="link was switched off"):
        people.by_link(new.link_token)
    with pytest.raises(AccessError, match="code was switched off"):
        people.by_code(new.code)
    with pytest.raises(PeopleError, match=f"academy people renew {new.person.id}"):
        people.link_and_code(new.person.id)
    assert people.get(new.person.id).session_epoch == new.person.session_epoch + 1
    assert not people.works(new.person.id)
    people.renew(new.person.id)
    assert people.works(new.person.id)


def test_links_end_sixty_days_after_the_course(people):
    new = people.add("Maria")
    people.set_end(MOMENT - timedelta(days=61))
    age_credentials(people, 90)
    with pytest.raises(AccessError, match="link has expired"):
        people.by_link(new.link_token)
    with pytest.raises(AccessError, match="code has expired"):
        people.by_code(new.code)
    people.set_end(MOMENT - timedelta(days=59))
    assert people.by_link(new.link_token).id == new.person.id


def test_a_course_can_be_run_again_after_its_dates(people):
    people.set_end(MOMENT - timedelta(days=1000))
    new = people.add("Maria")
    assert people.by_link(new.link_token).id == new.person.id
    age_credentials(people, 61)
    assert not people.works(new.person.id)


def test_links_need_not_end(people):
    new = people.add("Maria")
    people.set_end(MOMENT - timedelta(days=1000))
    people.set_days_after(None)
    age_credentials(people, 900)
    assert people.works(new.person.id)


def test_somebody_switched_off_stays_out(people):
    new = people.add("Maria")
    people.set_active(new.person.id, False)
    with pytest.raises(AccessError, match="access to this course is switched off"):
        people.by_link(new.link_token)
    assert people.get(new.person.id).session_epoch == new.person.session_epoch + 1
    people.set_active(new.person.id, True)
    assert people.works(new.person.id)


@pytest.mark.parametrize("token", ["", "x", "../../etc", "\ud800", "A" * 5000])
def test_a_strange_link_is_unknown(people, token):
    with pytest.raises(AccessError, match="not known here"):
        people.by_link(token)


@pytest.mark.parametrize("code", ["", "12345", "\ud800" * 8, "A" * 5000, "7K3M9QUU"])
def test_a_strange_code_gets_a_sentence(people, code):
    with pytest.raises(AccessError, match="eight letters and numbers"):
        people.by_code(code)


def test_a_link_is_no_code_and_a_code_no_link(people):
    new = people.add("Maria")
    with pytest.raises(AccessError):
        people.by_link(new.code.replace("-", ""))
    with pytest.raises(AccessError):
        people.by_code(new.link_token)


def test_a_code_that_is_taken_is_not_given_again(people, monkeypatch):
    first = people.add("Maria")
    original = people.keys.code
    monkeypatch.setattr(
        people.keys, "code", lambda person, n: first.code.replace("-", "") if n == 1 else original(person, n)
    )
    second = people.add("Mario")
    assert second.code != first.code
    assert people.by_code(second.code).id == second.person.id
    assert people.link_and_code(second.person.id) == (second.link_token, second.code)


def test_joining_is_closed_until_it_is_opened(people):
    assert people.join_code() is None
    code = people.open_join()
    assert people.join_code() == code
    new = people.join(code.lower(), "  Maria  ")
    assert (new.person.role, new.person.display_name) == ("participant", "Maria")
    assert people.by_code(new.code).id == new.person.id


def test_joining_never_opens_the_account_of_a_namesake(people):
    first = people.add("Maria", role="facilitator").person
    code = people.open_join()
    second = people.join(code, "maria").person
    assert second.id != first.id
    assert second.display_name == "maria (2)"


def test_closing_keeps_the_code_for_the_next_time(people):
    code = people.open_join()
    people.close_join()
    assert people.join_code() is None
    with pytest.raises(AccessError, match="Joining is closed"):
        people.join(code, "Maria")
    assert people.open_join() == code


def test_a_renewed_join_code_replaces_the_old_one(people):
    old = people.open_join()
    new = people.renew_join()
    assert people.join_code() == new != old
    with pytest.raises(AccessError, match="replaced"):
        people.join(old, "Maria")
    people.join(new, "Maria")


def test_the_link_for_joining_carries_a_token_and_goes_with_the_code(people):
    people.open_join()
    old = people.join_token()
    assert len(old) == 26
    assert people.is_join_code(old.upper())
    assert people.join(f" {old} ", "Maria").person.display_name == "Maria"
    people.renew_join()
    with pytest.raises(AccessError, match="replaced"):
        people.join(old, "Maria")
    with pytest.raises(AccessError, match="not known"):
        people.join("0" * 26, "Maria")
    people.close_join()
    assert people.join_token() is None
    with pytest.raises(AccessError, match="Joining is closed"):
        people.join(old, "Maria")


def test_an_unknown_join_code_and_an_empty_name_get_sentences(people):
    code = people.open_join()
    with pytest.raises(AccessError, match="not known"):
        people.join("0000-0000", "Maria")
    with pytest.raises(PeopleError, match="write a name"):
        people.join(code, " \u202e ")
    assert people.all() == []


def test_the_join_code_in_the_wrong_place_is_explained(people):
    code = people.open_join()
    assert people.is_join_code(code)
    with pytest.raises(AccessError, match="joining the workshop for the first time"):
        people.by_code(code)
    people.close_join()
    assert not people.is_join_code(code)
    with pytest.raises(AccessError, match="not known"):
        people.by_code(code)


def test_people_are_found_by_id_address_and_name(people):
    maria = people.add("Maria S.", email="maria@example.org", full_name="Maria Silva").person
    people.add("Ana B.", full_name="Ana B.")
    for who in (maria.id, "MARIA@example.org", "maria silva", "Maria S."):
        assert people.find(who) == maria
    with pytest.raises(PeopleError, match="nobody called Zoe"):
        people.find("Zoe")
    people.add("M.", full_name="Maria Silva")
    with pytest.raises(PeopleError, match="2 people are called Maria Silva"):
        people.find("Maria Silva")


def test_languages_are_those_that_the_kit_speaks(people):
    person = people.add("Maria").person
    people.set_language(person.id, "ar")
    assert people.get(person.id).language == "ar"
    with pytest.raises(PeopleError, match="language"):
        people.set_language(person.id, "xx")


def test_there_is_nobody_behind_an_unknown_id(people):
    assert people.get("p-000000") is None
    for act in (people.renew, people.revoke, people.link_and_code):
        with pytest.raises(PeopleError, match="nobody with the id"):
            act("p-000000")


def test_people_are_listed_by_name_and_role(people):
    people.add("Zoe")
    people.add("ana", role="mentor")
    assert [person.display_name for person in people.all()] == ["ana", "Zoe"]
    assert [person.display_name for person in people.all("mentor")] == ["ana"]


def test_settings_of_links_live_with_the_other_settings_of_the_edition(people):
    people.set_end(MOMENT)
    people.open_join()
    with people.store.session() as session:
        keys = {(row.edition, row.key) for row in session.scalars(sa.select(EditionSetting))}
        assert session.scalar(sa.select(sa.func.count()).select_from(PersonRow)) == 0
        assert session.scalar(sa.select(sa.func.count()).select_from(PersonPrivate)) == 0
    assert keys == {("small", "join.open"), ("small", "links.course_end")}
