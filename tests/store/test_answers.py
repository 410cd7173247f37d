import multiprocessing

import pytest
import sqlalchemy as sa

from academy.course.kinds.text import LONGEST_TEXT
from academy.errors import StoreError
from academy.store import Answers, Edit, open_store
from tests.support.databases import SERVER, url_of

of_sqlite = pytest.mark.skipif(bool(SERVER), reason="this is about a file of SQLite")
AMINA, BAO = "p-amina", "p-bao"


def edit(name, path, value, age_ms=0, base=0):
    return Edit(f"edit-{name:0>4}", path, value, age_ms, base)


def test_what_is_saved_is_the_draft(answers):
    saved = answers.save(AMINA, "map", [edit(1, "need", "Read the shift plan")])
    draft = answers.draft(AMINA, "map")
    assert draft.values == {"need": "Read the shift plan"}
    assert draft.rev == saved.rev == draft.revs["need"]


def test_saved_means_committed_for_another_connection(answers, store):
    answers.save(AMINA, "map", [edit(1, "need", "Read")])
    with sa.create_engine(url_of(store), poolclass=sa.NullPool).connect() as other:
        assert other.exec_driver_sql("SELECT CAST(value AS TEXT) FROM revision").scalars().all() == ['"Read"']


@of_sqlite
def test_the_database_is_in_wal_mode_and_syncs_fully(store):
    with store.session() as session:
        connection = session.connection()
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_the_same_edit_sent_twice_is_kept_once(answers):
    for _ in range(3):
        saved = answers.save(AMINA, "map", [edit(1, "need", "Read")])
        assert saved.accepted == ["edit-0001"]
    assert len(answers.history(AMINA, "map")) == 1


def test_a_newer_answer_wins_though_it_arrives_first(answers):
    answers.save(AMINA, "map", [edit(1, "need", "from the laptop", age_ms=1000)], device="laptop")
    saved = answers.save(
        AMINA, "map", [edit(2, "need", "from the phone, offline", age_ms=600_000)], device="phone"
    )
    assert saved.current["need"].value == "from the laptop"
    assert saved.overtaken == {"need": "from the phone, offline"}
    assert [row.value for row in answers.history(AMINA, "map", "need")] == [
        "from the laptop",
        "from the phone, offline",
    ]


def test_overwriting_an_unseen_answer_is_said(answers):
    answers.save(AMINA, "map", [edit(1, "need", "laptop", age_ms=5000)], device="laptop")
    saved = answers.save(AMINA, "map", [edit(2, "need", "phone")], device="phone")
    assert saved.current["need"].value == "phone"
    assert saved.overtaken == {"need": "laptop"}


def test_writing_on_after_what_one_has_seen_is_no_conflict(answers):
    first = answers.save(AMINA, "map", [edit(1, "need", "a")], device="laptop")
    second = answers.save(AMINA, "map", [edit(2, "need", "ab", base=first.rev)], device="phone")
    third = answers.save(AMINA, "map", [edit(3, "need", "abc", base=first.rev)], device="phone")
    assert second.overtaken == third.overtaken == {}


def test_what_is_typed_over_a_text_is_newer_than_that_text_however_slow_the_line_was(answers):
    first = answers.save(AMINA, "map", [edit(1, "need", "Read")], device="phone")
    saved = answers.save(
        AMINA, "map", [edit(2, "need", "Read the plan", 9_000, base=first.rev)], device="phone"
    )
    assert saved.current["need"].value == "Read the plan"


def test_a_revision_of_somebody_else_is_no_base(answers):
    hers = answers.save(AMINA, "map", [edit(1, "need", "hers")])
    answers.save(BAO, "map", [edit(2, "need", "his, newer", 1000)])
    saved = answers.save(BAO, "map", [edit(3, "need", "his, older", 9_000, base=hers.rev)])
    assert saved.current["need"].value == "his, newer"


def test_what_is_typed_over_an_edit_of_the_same_device_is_newer_than_that_one_seems(answers):
    answers.save(AMINA, "map", [edit(1, "need", "Read", age_ms=0)], device="phone")
    over = Edit("edit-0002", "need", "Read the plan", 500, 0, over=True)
    saved = answers.save(AMINA, "map", [over], device="phone")
    assert saved.current["need"].value == "Read the plan"


def test_what_is_typed_over_something_is_not_newer_than_what_another_device_wrote(answers):
    answers.save(AMINA, "map", [edit(1, "need", "laptop", age_ms=4000)], device="laptop")
    old = [
        edit(2, "need", "phone", age_ms=8000),
        Edit("edit-0003", "need", "phone, more", 7000, 0, over=True),
    ]
    saved = answers.save(AMINA, "map", old, device="phone")
    assert saved.current["need"].value == "laptop"
    assert saved.rivals == {"need": saved.current["need"].rev}


def test_the_rival_of_an_overtaken_answer_is_named_by_its_revision(answers):
    first = answers.save(AMINA, "map", [edit(1, "need", "laptop", age_ms=5000)], device="laptop")
    saved = answers.save(AMINA, "map", [edit(2, "need", "phone")], device="phone")
    assert saved.rivals == {"need": first.rev}
    origins = answers.origins([first.rev, saved.rev])
    assert [(o.device, o.edit_id, o.author) for o in origins.values()] == [
        ("laptop", "edit-0001", None),
        ("phone", "edit-0002", None),
    ]
    assert origins[first.rev].at < origins[saved.rev].at
    assert answers.origins([]) == {}


def test_another_course_says_nothing_of_where_a_revision_came_from(answers, store):
    saved = answers.save(AMINA, "map", [edit(1, "need", "mine")])
    assert Answers(store, "other-course").origins([saved.rev]) == {}


def test_what_was_touched_since_is_known_by_person_and_exercise(answers, store):
    answers.save(AMINA, "map", [edit(1, "need", "one")])
    mark = answers.newest()
    assert answers.touched(mark) == set()
    answers.save(BAO, "people", [edit(2, "who", "two")])
    answers.submit(AMINA, "map", "key-00000001", "v1")
    Answers(store, "other-course").save(AMINA, "map", [edit(3, "need", "elsewhere")])
    assert answers.touched(mark) == {(BAO, "people"), (AMINA, "map")}
    assert answers.touched(answers.newest()) == set()


def test_rows_added_on_two_devices_are_both_kept(answers):
    first = answers.save(AMINA, "map", [edit(1, "map", ["ra", "rb"])], device="laptop", tables=["map"])
    answers.save(
        AMINA, "map", [edit(2, "map", ["ra", "rb", "rc"], base=first.rev)], device="laptop", tables=["map"]
    )
    saved = answers.save(
        AMINA, "map", [edit(3, "map", ["rb", "rd"], base=first.rev)], device="phone", tables=["map"]
    )
    assert saved.current["map"].value == ["rb", "rc", "rd"]
    assert answers.draft(AMINA, "map").values["map"] == ["rb", "rc", "rd"]


def test_people_and_exercises_do_not_see_each_other(answers, store):
    answers.save(AMINA, "map", [edit(1, "need", "mine")])
    assert answers.draft(BAO, "map").values == {}
    assert answers.draft(AMINA, "people").values == {}
    assert Answers(store, "other-course").draft(AMINA, "map").values == {}


def test_an_edit_id_of_one_person_does_not_shadow_that_of_another(answers):
    answers.save(AMINA, "map", [edit(1, "need", "hers")])
    answers.save(BAO, "map", [edit(1, "need", "his")])
    assert answers.draft(BAO, "map").values == {"need": "his"}


@pytest.mark.parametrize(
    "bad",
    [
        Edit("short", "need", "x"),
        Edit("edit-0001", "../need", "x"),
        Edit("edit-0001", "map/x1/what", "x"),
        Edit("edit-0001", "need", float("nan")),
        Edit("edit-0001", "need", object()),
        Edit("edit-0001", "need", "x" * 70_000),
    ],
)
def test_a_malformed_edit_is_refused_with_a_sentence_and_nothing_is_kept(answers, bad):
    with pytest.raises(StoreError, match=r"\.$"):
        answers.save(AMINA, "map", [edit(2, "good", "x"), bad])
    assert answers.history(AMINA, "map") == []


@pytest.mark.parametrize("letter", ["x", "ش", "ห"])
def test_the_longest_text_of_a_form_is_kept_in_every_script(answers, letter):
    text = letter * LONGEST_TEXT
    answers.save(AMINA, "map", [edit(1, "need", text)])
    assert answers.draft(AMINA, "map").values == {"need": text}


def test_an_unknown_person_can_save_nothing(answers):
    with pytest.raises(StoreError, match="not known"):
        answers.save("p-nobody", "map", [edit(1, "need", "x")])


def test_submitting_twice_with_one_key_is_one_submission(answers):
    answers.save(AMINA, "map", [edit(1, "need", "one")])
    first = answers.submit(AMINA, "map", "key-00000001", "v1")
    again = answers.submit(AMINA, "map", "key-00000001", "v1")
    assert first == again
    assert first.number == 1


def test_submissions_are_counted_for_each_person_and_exercise(answers, store):
    for person, exercise, key in [(AMINA, "map", "1"), (AMINA, "people", "2"), (BAO, "map", "3")]:
        assert answers.submit(person, exercise, f"key-0000000{key}", "v1").number == 1
    assert Answers(store, "other-course").submit(AMINA, "map", "key-00000004", "v1").number == 1
    assert answers.submit(AMINA, "map", "key-00000005", "v1").number == 2


def test_the_revision_of_an_empty_draft_is_nought(answers):
    answers.save(BAO, "map", [edit(1, "need", "his")])
    answers.save(AMINA, "people", [edit(2, "who", "hers")])
    draft = answers.draft(AMINA, "map")
    assert (draft.values, draft.revs, draft.rev) == ({}, {}, 0)
    assert answers.submit(AMINA, "map", "key-00000001", "v1").rev == 0


def test_a_key_of_one_exercise_submits_no_other(answers):
    answers.submit(AMINA, "map", "key-00000001", "v1")
    with pytest.raises(StoreError, match="another exercise"):
        answers.submit(AMINA, "people", "key-00000001", "v1")
    assert answers.submissions("people") == []


@pytest.mark.parametrize("key", ["", "short", "with blank 1", "x" * 65])
def test_a_submission_without_a_proper_key_is_refused(answers, key):
    with pytest.raises(StoreError, match="proper key"):
        answers.submit(AMINA, "map", key, "v1")


def test_a_submission_is_found_by_its_key_and_by_nobody_elses(answers):
    first = answers.submit(AMINA, "map", "key-00000001", "v1", "ar")
    assert answers.submitted(AMINA, "map", "key-00000001") == first
    assert first.language == "ar"
    assert answers.submitted(AMINA, "map", "key-00000002") is None
    assert answers.submitted(BAO, "map", "key-00000001") is None


def test_an_age_is_taken_for_ninety_days_at_most_and_never_for_less_than_nothing(answers):
    for number, age in enumerate((365 * 24 * 3600 * 1000, -5000)):
        answers.save(AMINA, "map", [edit(number, f"field{number}", "x", age_ms=age)])
    ages = [(row.received_at - row.edited_at).days for row in answers.history(AMINA, "map")]
    assert ages == [90, 0]
    assert all(row.edited_at <= row.received_at for row in answers.history(AMINA, "map"))


def test_a_device_is_named_by_its_first_sixty_four_letters_and_a_team_keeps_who_wrote(answers, store):
    Answers(store, "course", author=BAO).save(AMINA, "map", [edit(1, "need", "x")], device="d" * 100)
    Answers(store, "course", author=AMINA).save(AMINA, "map", [edit(2, "need", "y")])
    assert [(row.device, row.author) for row in answers.history(AMINA, "map")] == [
        ("d" * 64, BAO),
        ("", None),
    ]


def test_everything_of_a_person_is_as_it_had_come_in_at_a_moment(answers):
    answers.save(AMINA, "map", [edit(1, "need", "one", age_ms=9000)])
    (row,) = answers.history(AMINA, "map")
    answers.save(AMINA, "map", [edit(2, "need", "two")])
    answers.save(AMINA, "people", [edit(3, "who", "we")])
    assert answers.everything(AMINA, at=row.received_at) == {"map": {"need": "one"}}
    assert answers.everything(AMINA, at=row.edited_at) == {}
    assert answers.everything(AMINA) == {"map": {"need": "two"}, "people": {"who": "we"}}


def test_a_submission_keeps_the_version_it_was_made_of(answers):
    answers.save(AMINA, "map", [edit(1, "need", "one")])
    first = answers.submit(AMINA, "map", "key-00000001", "v1")
    answers.save(AMINA, "map", [edit(2, "need", "two"), edit(3, "who", "crane drivers")])
    second = answers.submit(AMINA, "map", "key-00000002", "v1")
    assert answers.values_at(AMINA, "map", first.rev) == {"need": "one"}
    assert answers.values_at(AMINA, "map", second.rev) == {"need": "two", "who": "crane drivers"}
    assert [item.number for item in answers.submissions("map", AMINA)] == [1, 2]
    assert answers.latest_submissions("map") == {AMINA: second}


def test_a_late_edit_from_before_a_submission_does_not_change_it(answers):
    answers.save(AMINA, "map", [edit(1, "need", "one", age_ms=50_000)], device="laptop")
    submission = answers.submit(AMINA, "map", "key-00000001", "v1")
    answers.save(AMINA, "map", [edit(2, "need", "typed before, sent after", age_ms=10_000)], device="phone")
    assert answers.values_at(AMINA, "map", submission.rev) == {"need": "one"}


def fill(url, person, start):
    answers = Answers(open_store(url), "course")
    for i in range(start, start + 25):
        answers.save(person, "map", [edit(i, f"field{i}", i)])
        answers.submit(person, "map", f"key-{i:08}", "v1")


def test_processes_that_write_at_once_lose_nothing(answers, store):
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=fill, args=(url_of(store), AMINA, start)) for start in (0, 100, 200)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
        assert worker.exitcode == 0
    assert len(answers.draft(AMINA, "map").values) == 75
    assert [item.number for item in answers.submissions("map", AMINA)] == list(range(1, 76))


@of_sqlite
def test_a_full_disk_is_said_and_what_was_saved_stays(answers, store):
    answers.save(AMINA, "map", [edit(1, "need", "kept")])
    with store.session() as session:
        connection = session.connection()
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match="no room left"):
        answers.save(AMINA, "map", [edit(2, "who", "x" * 60_000)])
    assert answers.draft(AMINA, "map").values == {"need": "kept"}


@of_sqlite
def test_a_file_that_is_no_database_is_said(tmp_path):
    (tmp_path / "broken.sqlite").write_bytes(b"this is a letter, not a database " * 100)
    with pytest.raises(StoreError, match="backup"):
        open_store(tmp_path / "broken.sqlite")


def test_submissions_are_numbered_for_each_person_and_exercise(answers):
    for person, exercise in ((AMINA, "map"), (BAO, "map"), (AMINA, "plan")):
        answers.save(person, exercise, [edit(1, "need", f"{person} {exercise}")])
    first = answers.submit(AMINA, "map", "key-amina-1", "v1")
    assert answers.submit(AMINA, "map", "key-amina-2", "v1").number == first.number + 1 == 2
    assert answers.submit(BAO, "map", "key-bao-1", "v1").number == 1
    assert answers.submit(AMINA, "plan", "key-plan-1", "v1").number == 1


def test_a_draft_in_which_nothing_was_written_has_the_revision_nothing(answers):
    answers.save(BAO, "map", [edit(1, "need", "Somebody else's")])
    draft = answers.draft(AMINA, "map")
    assert (draft.values, draft.revs, draft.rev) == ({}, {}, 0)
