"""What the desk says is what its documents say, whatever is asked, and what JavaScript's types take."""

import json

from academy.documents.desk_state import DESK_CHANGE, DESK_REPLY, DESK_STATE
from tests.support.documents import javascript_takes

ASKED = [
    {"kind": "look", "n": 0},
    {"kind": "open", "exercise": "idea", "ask": 7},
    {"kind": "extend", "module": "week", "days": 2},
    {"kind": "extend", "module": "week", "days": 3, "person": "AMINA"},
    {"kind": "say", "texts": {"en": "Hello"}, "days": 3},
    {"kind": "say", "texts": {"en": "Hello"}, "days": 3, "person": "AMINA"},
    {"kind": "pictures", "ask": 8},
    {"kind": "stop", "exercise": "idea", "owner": "AMINA"},
    {"kind": "close", "exercise": "idea"},
    {"kind": "extension-back", "id": 1},
    {"kind": "message-back", "id": 1},
    {"kind": "open", "exercise": "nothing"},
    {"kind": "look", "n": 99},
]


def test_all_that_the_desk_says_is_a_document_that_both_ends_know(group, desk):
    amina, bao, carmen = group.join("Amina", "Bao", "Carmen")
    group.teams.make("Night shift", [bao, carmen])
    group.submit(amina)
    told = {"DeskState": [desk.document()], "DeskReply": [], "DeskChange": []}
    for message in ASKED:
        sent = {key: amina if value == "AMINA" else value for key, value in message.items()}
        told["DeskReply"].append(desk.answer(sent))
        group.submit(bao)
        group.people.set_active(carmen, message["kind"] != "close")
        told["DeskChange"] += filter(None, [desk.changes()])

    told = json.loads(json.dumps(told))
    for document, name in ((DESK_STATE, "DeskState"), (DESK_REPLY, "DeskReply"), (DESK_CHANGE, "DeskChange")):
        for message in told[name]:
            document.check(message)
    kinds = {"all", "current", "done", "not-done", "pictures", "stop"}
    assert {reply["kind"] for reply in told["DeskReply"]} == kinds
    assert {key for change in told["DeskChange"] for key in change} >= {"people", "gone", "things"}
    javascript_takes(told)
