"""The passport: pages made of references, stamps, the thread, and what to check again."""

import json

import pytest

from academy.course import Work, load_course
from academy.course.examples import flatten
from academy.course.lint.whole import lint_course
from academy.exports.passport import paper_of
from academy.passport import Passport, changed_since
from academy.people import Teams
from tests.passport.conftest import FULL, Writer


def of_answers(course, **answers):
    given = {name.replace("_", "-"): value for name, value in answers.items()}
    return Passport.of_work(course, Work(course, lambda e: flatten(course.exercise(e), given.get(e, {}))))


def whole(course, **changes):
    return of_answers(course, **({name.replace("-", "_"): value for name, value in FULL.items()} | changes))


# -- pages


def test_every_entry_is_looked_up_in_the_answers(course):
    passport = whole(course)
    union, reach = passport.page("holder").entries
    assert (union.label, union.text, union.source) == ("Your union", "Lantern Bay", "Groups")
    assert reach.text == "In the hall"
    people, names, picture = passport.page("people").entries
    assert (people.head, people.rows) == (("Name",), (("Cleaners",), ("Carers",)))
    assert names.text == "Cleaners; Carers"
    assert picture.picture.sentence == "3 steps by minutes."


def test_what_only_if_hides_is_in_no_passport(course):
    plan = FULL["plan"] | {"tool": "radio"}
    assert "plan.tool" not in [e.address for e in whole(course, plan=plan).page("people").entries]
    online = plan | {"online": True}
    (tool,) = [e for e in whole(course, plan=online).page("people").entries if e.address == "plan.tool"]
    assert tool.text == "Radio"


def test_an_entry_without_an_answer_is_there_and_empty(course):
    union, _ = of_answers(course).page("holder").entries
    assert (union.text, union.empty) == ("", True)


def test_what_a_plan_names_and_the_course_does_not_have_is_left_out(folder):
    file = folder / "passport.yaml"
    text = file.read_text("utf-8")
    for there, gone in {
        "groups.union, groups.reach": "groups.onion, groups, nothing.union, groups.reach",
        "picture: plan.minutes": "picture: nothing.minutes}\n      - {picture: plan.hours",
        "of: plan.tool,": "of: plan.tols,",
        "of: groups.union,": "of: nothing.union,",
    }.items():
        text = text.replace(there, gone)
    file.write_text(text, "utf-8")
    passport = whole(load_course(folder))
    assert [entry.address for entry in passport.page("holder").entries] == ["groups.reach"]
    assert [entry.address for entry in passport.page("people").entries] == ["groups.people", "plan.names"]
    assert passport.thread.strands[0] == ((), ("Cleaners",), ("Meet",), (), ("Ask",))
    assert passport.thread.missing[0] == "Say which union you are."


def test_only_what_the_holder_ticked_is_shown_of_the_journal(course):
    (entry,) = whole(course).page("diary").entries
    assert entry.text == "We met.\n\nIt rained."
    assert whole(course, diary_1={"happened": "Secret"}).page("diary").entries == ()


def test_the_passport_speaks_the_language_of_the_course_it_was_made_in(folder):
    passport = of_answers(load_course(folder, "ar"))
    assert passport.title == "جوازنا"
    assert "لا خطوة بعد." in passport.thread.missing


# -- the thread


def test_a_whole_thread_has_a_strand_for_each_row_of_the_spine(course):
    thread = whole(course, plan=FULL["plan"] | {"steps": FULL["plan"]["steps"][:2]}).thread
    assert thread.head == ("Union", "Group", "Step", "Tool", "What follows")
    assert thread.strands[0] == (("Lantern Bay",), ("Cleaners",), ("Meet",), (), ("Ask",))
    assert thread.strands[1] == (("Lantern Bay",), ("Cleaners", "Carers"), ("Ask",), (), ())
    assert thread.missing == ("Nothing follows “Ask”.",)


def test_each_missing_link_is_a_sentence(course):
    assert of_answers(course).thread.missing == (
        "Say which union you are.",
        "No group is named.",
        "No step is planned.",
    )
    loose = [{"what": "Meet"}, {"what": "Ask", "whom": ["r1"], "after": ["r1"]}]
    thread = whole(course, plan=FULL["plan"] | {"steps": loose}).thread
    assert thread.missing == ("“Meet” is for no group.", "Nothing follows “Ask”.")
    assert not thread.whole


@pytest.mark.parametrize(
    ("there", "instead", "missing"),
    [
        ("      to: step\n", "      to: step\n      optional: true\n", ()),
        (
            "optional: true, empty: never said}",
            'empty: No tool is named., broken: "No tool for “{name}”."}',
            ("No tool is named.", "Nothing follows “Ask”."),
        ),
    ],
)
def test_what_may_be_left_out_or_is_not_there_at_all_is_missing_of_no_row(folder, there, instead, missing):
    plan = folder / "passport.yaml"
    plan.write_text(plan.read_text("utf-8").replace(there, instead), "utf-8")
    answers = FULL["plan"] | {"steps": FULL["plan"]["steps"][:2], "tool": None}
    assert whole(load_course(folder), plan=answers).thread.missing == missing


def test_a_tie_to_a_row_that_is_gone_is_no_tie(course):
    steps = [{"what": "Meet", "whom": ["r9"]}]
    assert "“Meet” is for no group." in whole(course, plan=FULL["plan"] | {"steps": steps}).thread.missing


def test_nothing_is_missing_where_all_is_tied(course):
    steps = [
        {"what": "Meet", "whom": ["r1"], "after": ["r2"]},
        {"what": "Ask", "whom": ["r2"], "after": ["r1"]},
    ]
    assert whole(course, plan=FULL["plan"] | {"steps": steps}).thread.whole


# -- stamps


def states(passport):
    return {stamp.module: (stamp.state, stamp.done, stamp.of) for stamp in passport.stamps}


def test_a_module_is_stamped_when_its_exercises_are_submitted(store, course, amina):
    def now():
        return Passport.of(store, course, "p-amina")

    assert states(now()) == {"entry": ("blank", 0, 1), "first": ("blank", 0, 2)}
    amina.write("groups", union="Ours")
    assert states(now())["entry"] == ("begun", 0, 1)
    assert now().stamps[0].todo[0].open_places == 1
    amina.fill("groups")
    assert states(now())["entry"] == ("ready", 0, 1)
    amina.submit("groups")
    assert states(now()) == {"entry": ("stamped", 1, 1), "first": ("blank", 0, 2)}
    assert now().stamps[0].at == amina.answers.submissions("groups")[0].at
    amina.fill("plan", "diary-1")
    amina.submit("plan", "diary-1")
    assert states(now())["first"] == ("stamped", 2, 2)


def test_a_stamp_stays_when_the_work_goes_on(store, course, amina):
    amina.fill("groups")
    amina.submit("groups")
    before = Passport.of(store, course, "p-amina").stamps[0]
    amina.write("groups", people=[])
    amina.submit("groups")
    assert Passport.of(store, course, "p-amina").stamps[0] == before


# -- check again


@pytest.fixture
def submitted(amina):
    amina.fill("groups", "plan")
    amina.submit("groups", "plan")
    return amina


def again(store, course, exercise="plan", person="p-amina"):
    return [
        (a.address, a.label, a.was, a.now)
        for a in changed_since(store, course, person, course.exercise(exercise))
    ]


def test_nothing_is_to_be_checked_again_right_after_submitting(store, course, submitted):
    assert again(store, course) == []
    submitted.write("plan", tool="radio")
    assert again(store, course) == []


def test_an_upstream_change_is_told_with_the_old_and_the_new_value(store, course, submitted):
    submitted.write("groups", union="Harbour Union")
    assert again(store, course) == [("groups.union", "Your union", "Lantern Bay", "Harbour Union")]
    (item,) = Passport.of(store, course, "p-amina").again
    assert (item.exercise, item.title, item.source) == ("plan", "Plan", "Groups")


def test_what_is_to_be_checked_again_stands_in_the_paper_before_and_now(store, course, submitted):
    def sections():
        return {
            section.title: section.blocks
            for section in paper_of(Passport.of(store, course, "p-amina")).sections
        }

    assert "To check again" not in sections()
    submitted.write("groups", union="Harbour Union")
    (table,) = sections()["To check again"]
    assert table.head == ["Exercise", "What has changed", "Before", "Now"]
    assert table.rows == [["Plan", "Groups: Your union", "Lantern Bay", "Harbour Union"]]


def test_a_chosen_row_that_has_another_name_or_is_gone_is_told_and_others_are_not(store, course, submitted):
    submitted.write("groups", people__r1__name="House cleaners", people__r2__minutes=5)
    names = ("groups.people.name", "Name", "Cleaners", "House cleaners")
    chosen = ("groups.people", "People", "Cleaners", "House cleaners")
    assert again(store, course) == [names, chosen]
    submitted.write("groups", people=["r2"])
    assert ("groups.people", "People", "Cleaners", "") in again(store, course)


def test_a_change_back_leaves_nothing_to_check(store, course, submitted):
    submitted.write("groups", union="Harbour Union")
    submitted.write("groups", union="Lantern Bay")
    assert again(store, course) == []


def test_submitting_again_settles_it(store, course, submitted):
    submitted.write("groups", union="Harbour Union")
    submitted.submit("plan")
    assert again(store, course) == []


def test_a_field_that_flows_somewhere_is_watched_there_without_a_reference(folder, store):
    file = folder / "groups" / "exercise.yaml"
    file.write_text(
        file.read_text().replace(
            "type: number, label: Minutes}", "type: number, label: Minutes, flows_to: [plan.steps]}"
        )
    )
    course = load_course(folder)
    amina = Writer(store, course)
    amina.fill("groups", "plan")
    amina.submit("plan")
    amina.write("groups", people__r2__minutes=5)
    assert again(store, course) == [("groups.people.minutes", "Minutes", "20", "5")]


def test_nobodys_changes_touch_another(store, course, submitted):
    bao = Writer(store, course, "p-bao")
    bao.fill("groups")
    bao.write("groups", union="Harbour Union")
    assert again(store, course) == []
    assert again(store, course, person="p-bao") == []
    assert again(store, course, person="p-nobody") == []


# -- whose it is


def test_a_passport_holds_its_holders_answers_and_nobody_elses(store, course, submitted):
    mine, other = (Passport.of(store, course, f"p-{name}") for name in ("amina", "bao"))
    assert mine.holder == "Amina"
    assert "Lantern Bay" in json.dumps(mine.document())
    assert "Lantern Bay" not in json.dumps(other.document())
    assert Passport.of(store, course, "p-nobody").holder == ""


def test_a_teams_work_is_in_the_passport_of_each_member_and_the_journal_stays_personal(store, course, amina):
    bao = Writer(store, course, "p-bao")
    amina.fill("diary-1")
    bao.write("diary-1", happened="Mine alone", share=True)
    team = Teams(store, course.id).make("We", ["p-amina", "p-bao"])
    ours = Writer(store, course, team.id)
    ours.fill("groups", "plan")
    ours.submit("groups")
    for name, text in (("amina", "We met.\n\nIt rained."), ("bao", "Mine alone")):
        passport = Passport.of(store, course, f"p-{name}")
        assert passport.page("holder").entries[0].text == "Lantern Bay"
        assert passport.page("diary").entries[0].text == text
        assert passport.stamps[0].state == "stamped"
    assert Passport.of(store, course, team.id).page("diary").entries == ()
    ours.submit("plan")
    ours.write("groups", union="Harbour Union")
    assert again(store, course) == [("groups.union", "Your union", "Lantern Bay", "Harbour Union")]


def test_the_document_is_plain_data_with_the_answers_it_was_made_from(store, course, submitted):
    document = Passport.of(store, course, "p-amina").document()
    read = json.loads(json.dumps(document))
    assert read["format"] == "academy-passport/1"
    assert read["answers"]["groups"]["union"] == "Lantern Bay"
    assert read["stamps"][0]["state"] == "stamped"
    assert read["thread"]["head"][0] == "Union"


def test_a_course_without_a_plan_has_an_empty_passport(folder, store):
    (folder / "passport.yaml").unlink()
    passport = Passport.of(store, load_course(folder), "p-amina")
    assert (passport.pages, passport.thread, passport.title) == ((), None, "A course in two steps")


# -- the linter


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("groups.union, groups.reach", "groups.onion, groups.reach", "pages.holder.shows", "groups.onion"),
        ("columns: [name]", "columns: [nam]", "pages.people.shows", "did you mean name"),
        ("picture: plan.minutes", "picture: plan.hours", "pages.people.shows", "plan.hours"),
        ("only_if: diary-1.share", "only_if: diary-1.shown", "pages.diary.shows", "diary-1.shown"),
        ("of: plan.tool, optional", "of: plan.tols, optional", "thread.tool.of", "plan.tols"),
        ("by: plan.steps.whom", "by: plan.steps.who", "thread.step.by", "plan.steps.who"),
        ("stamps_without: [diary-2]", "stamps_without: [diary-3]", "stamps_without", "did you mean diary-2"),
        ("spine: step", "spine: steps", "thread", "no"),
        ("to: step", "to: tools", "thread", "no station before it"),
        ("to: step", "to: next", "thread", "next leads to next, which is no station before it"),
        ("id: tool", "id: step", "thread", "the station step is there twice"),
        ("picture: plan.minutes", "columns: [name]", "pages.people.shows.4", "write either of or picture"),
        (
            "picture: plan.minutes",
            "picture: plan.minutes, of: plan.names",
            "pages.people.shows.4",
            "write either of or picture",
        ),
        ("  - id: people", "  - id: holder", "the file", "twice"),
        ("title: Our passport", "titel: Our passport", "titel", "not known"),
    ],
)
def test_the_linter_names_what_the_passport_shows_and_is_not_there(folder, old, new, place, words):
    assert [str(f) for f in lint_course(folder) if f.level == "error"] == []
    file = folder / "passport.yaml"
    assert old in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    found = [f for f in lint_course(folder) if f.level == "error" and f.file == file]
    assert [f.path for f in found if f.path == place], found
    assert any(words in f.text for f in found), found


def test_where_all_strands_begin_the_same_is_known_so_that_it_is_shown_once(course):
    both = [{"what": "Meet", "whom": ["r1", "r2"]}, {"what": "Ask", "whom": ["r1", "r2"]}]
    assert whole(course, plan=FULL["plan"] | {"steps": both}).thread.root == 2
    apart = [{"what": "Meet", "whom": ["r1"]}, {"what": "Ask", "whom": ["r2"]}]
    assert whole(course, plan=FULL["plan"] | {"steps": apart}).thread.root == 1
    assert whole(course, plan=FULL["plan"] | {"steps": both[:1]}).thread.root == 0


@pytest.mark.parametrize(
    ("address", "chosen", "names"),
    [
        ("plan.for", {"for": "r2"}, [("Carers",)]),
        ("plan.way", {"way": ["hall"]}, [("In the hall",)]),
        ("plan.for", {"for": None}, [()]),
        ("groups.union", {}, [("Lantern Bay",)]),
    ],
)
def test_a_station_of_what_was_chosen_elsewhere_has_a_place_for_each_choice(folder, address, chosen, names):
    file = folder / "passport.yaml"
    text = file.read_text("utf-8").replace("of: groups.union,", f"of: {address},")
    assert address in text
    file.write_text(text, "utf-8")
    thread = whole(load_course(folder), plan=FULL["plan"] | chosen).thread
    place = thread.head.index("Union")
    assert [strand[place] for strand in thread.strands][: len(names)] == names
