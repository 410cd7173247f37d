"""What is known about people comes from what they said themselves."""

import datetime as dt
import secrets

from academy.peers.facts import known_facts, reviewers_of
from academy.store import Edit

NOW = dt.datetime(2026, 3, 25, 12, tzinfo=dt.UTC)


def test_the_newest_answers_of_everybody_are_read_at_once(group):
    amina, bao = group.join("Amina", "Bao")
    course = group.course.model_copy(
        update={
            "facts": {
                "organisation": "profile.union",
                "languages": "profile.languages",
                "time_zone": "profile.zone",
            }
        }
    )
    for union in ("Dockers", "  The   DOCKERS "):
        group.answers.save(amina, "profile", [Edit(secrets.token_hex(6), "union", union)])
    edits = [
        Edit(secrets.token_hex(6), "languages", ["en", "ar"]),
        Edit(secrets.token_hex(6), "zone", "asia-tokyo"),
    ]
    group.answers.save(amina, "profile", edits)
    with group.store.session() as session:
        facts = known_facts(session, course)
    found = reviewers_of([amina, bao], {}, facts, NOW)
    assert (found[amina].organisation, found[amina].languages) == ("the dockers", {"en", "ar"})
    assert found[amina].hours == 9
    assert (found[bao].organisation, found[bao].languages, found[bao].hours) == ("", frozenset(), None)


def test_what_makes_no_sense_is_not_known():
    facts = {"p-1": {"languages": "en", "time_zone": "../../etc/passwd", "region": None, "organisation": 7}}
    (found,) = reviewers_of(["p-1"], {}, facts, NOW).values()
    assert (found.hours, found.languages, found.region, found.organisation) == (None, frozenset(), "", "7")
