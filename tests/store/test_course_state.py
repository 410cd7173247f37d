from academy.store import Feedback, Releases, Settings, open_store


def test_an_exercise_is_open_once_it_is_released(store):
    releases = Releases(store, "course")
    assert not releases.is_open("map")
    assert releases.release("map")
    assert not releases.release("map")
    assert releases.is_open("map")
    assert not Releases(store, "other").is_open("map")
    assert releases.withdraw("map")
    assert not releases.is_open("map")


def test_feedback_is_pinned_to_a_submission_and_newer_feedback_comes_first(store):
    feedback = Feedback(store, "course")
    assert feedback.latest("p-amina", "map") is None
    assert feedback.release("p-amina", "map", 1, {"points": 10})
    assert not feedback.release("p-amina", "map", 1, {"points": 10})
    assert feedback.release("p-amina", "map", 1, {"points": 12})
    latest = feedback.latest("p-amina", "map")
    assert (latest.submission, latest.document) == (1, {"points": 12})
    assert feedback.latest("p-bao", "map") is None
    assert len(feedback.all("map")) == 2


def test_settings_are_kept(store, tmp_path):
    Settings(store).set("join.open", False)
    Settings(store).set("join.open", {"until": "2026-04-03"})
    again = Settings(open_store(tmp_path / "academy.sqlite"))
    assert again.get("join.open") == {"until": "2026-04-03"}
    assert again.get("something else", 7) == 7
