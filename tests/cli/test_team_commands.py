from academy.store import Answers, Edit

COURSE = "innovative-workers-education"


def test_a_team_is_made_listed_and_changed_by_names(academy, data, folder):
    for name in ("Amina", "Bao", "Carmen"):
        folder.people.add(name)
    assert "no team yet" in academy("teams", "list", "--data", data).out
    made = academy("teams", "make", "Dockers", "Amina", "Bao", "--data", data)
    assert made.status == 0
    assert "Dockers (t-" in made.out
    assert "Carmen" in academy("teams", "add", "dockers", "Carmen", "--data", data).out
    assert "Bao" not in academy("teams", "remove", "Bao", "--data", data).out
    assert [line.split()[0] for line in academy("teams", "list", "--data", data).out.splitlines()] == [
        "Dockers",
        "Amina",
        "Carmen",
    ]


def test_a_team_starts_with_the_answers_of_a_member(academy, data, folder):
    amina, bao = (folder.people.add(name).person.id for name in ("Amina", "Bao"))
    answers = Answers(folder.store, COURSE)
    answers.save(amina, "context-map", [Edit("edit-0001", "map", ["ra"])])
    words = ("teams", "make", "Dockers", amina, bao, "--course", COURSE, "--data", data)
    folder.people.add("Carmen")
    refused = academy(*words, "--start-with", "Carmen")
    assert (refused.status, "so it can't begin with their answers" in refused.err) == (1, True)
    assert "Answers taken over: 1" in academy(*words, "--start-with", "Amina").out


def test_a_team_that_is_not_there_is_a_sentence(academy, data, folder):
    folder.people.add("Amina")
    shown = academy("teams", "add", "Nobody", "Amina", "--data", data)
    assert (shown.status, shown.err) == (
        1,
        "There is no team Nobody. See the teams with: academy teams list\n",
    )
