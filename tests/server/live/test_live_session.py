"""A webinar from its start to its results."""

from tests.server.live.rooms import answer, crowd, send


def test_a_facilitator_starts_a_webinar_and_everybody_finds_it(desk, visit):
    started = send(desk, "live/start", {"webinar": "webinar-1", "guests": True, "anew": True}).json()
    amina = visit("Amina")
    assert amina.get("live/now").json() == {"rooms": [{"webinar": "webinar-1", "code": started["code"]}]}
    at = amina.get("live/at/webinar-1").json()
    assert at == {"webinar": "webinar-1", "code": started["code"], "state": "live"}
    assert amina.get("live/at/webinar-9").status_code == 404
    assert send(desk, "live/start", {"webinar": "nothing"}).status_code == 409
    typed = amina.get(f"live?code={started['code'][:3].lower()}+{started['code'][3:]}")
    assert typed.headers["location"].lower() == f"/live/{started['code'].lower()}"


def test_a_board_stays_open_at_home_with_the_same_output(desk, visit):
    amina, bao = visit("Amina"), visit("Bao")
    desk.press("open", activity="drivers")
    answer(bao, desk.room, "drivers", ["climate", "platforms", "ageing"])
    crowd(desk.room, "drivers", ["climate", "platforms", "ageing"], 3)
    desk.press("end")
    assert "answer in your own time" in amina.get(f"live/{desk.room.code}").text
    address = f"live/{desk.room.code}/state?activity=drivers"
    assert amina.get(address).json().get("results") is None
    assert answer(amina, desk.room, "drivers", ["platforms", "climate", "ageing"]).status_code == 200
    assert amina.get(address).json()["few"] == 5
    assert "as soon as 5 have answered" in amina.get(f"live/{desk.room.code}?activity=drivers").text
    crowd(desk.room, "drivers", ["platforms", "climate", "ageing"], 8)
    assert amina.get(address).json()["results"]["mean"] == {"climate": 1.56, "platforms": 1.44, "ageing": 3}
    assert "What the room says" in amina.get(f"live/{desk.room.code}?activity=drivers").text


def test_results_are_taken_away_without_small_counts_unless_asked_for(desk, visit):
    desk.press("open", activity="row")
    for number in range(2):
        answer(visit(f"Person {number}"), desk.room, "row", f"=cmd{number}")
    items = desk.get(f"live/{desk.room.code}/desk").json()["items"]
    desk.press("approve", item=next(item["id"] for item in items if item["text"] == "=cmd0"))
    few = desk.get(f"live/{desk.room.code}/results.csv?activity=row").text
    assert "few" in few
    assert "cmd" not in few
    full = desk.get(f"live/{desk.room.code}/results.csv?activity=row&full=1")
    assert ",'=cmd0," in full.text
    assert full.headers["content-disposition"] == 'attachment; filename="webinar-1-row.csv"'
    document = desk.get(f"live/{desk.room.code}/results.json?full=1").json()
    assert {item["activity"] for item in document["activities"]} >= {"row", "connected", "drivers"}
    assert desk.get(f"live/{desk.room.code}/results.json?activity=nothing").status_code == 404


def test_who_answered_what_is_taken_away_only_where_people_were_told_so(desk, visit):
    for activity, value in (("used", ["a"]), ("connected", "phone")):
        desk.press("open", activity=activity)
        answer(visit("Dolores"), desk.room, activity, value)
    document = desk.get(f"live/{desk.room.code}/results.json?full=1").json()
    answers = {item["activity"]: item.get("answers") for item in document["activities"]}
    assert [(given["by"][:7], given["answer"]) for given in answers["used"]] == [("Dolores", ["a"])]
    assert answers["connected"] is None
    assert "Dolores" not in desk.get(f"live/{desk.room.code}/results.json").text


def test_nobody_answers_faster_than_hands_can(desk, visit):
    desk.press("open", activity="asked")
    amina = visit("Amina")
    word = {"X-XSRFToken": amina.xsrf()}
    sent = {"activity": "asked", "id": "one-and-the-same", "value": {"ask": "Who pays?"}}
    statuses = [
        amina.post(f"live/{desk.room.code}/answer", json=sent, headers=word).status_code for _ in range(25)
    ]
    assert statuses == [200] * 20 + [429] * 5
    assert answer(visit("Bao"), desk.room, "asked", {"ask": "Who else?"}).status_code == 200


def test_the_code_of_a_session_opens_it_on_the_sign_in_page_too(desk, visit):
    answered = visit().form("login", code=f"{desk.room.code[:3]}-{desk.room.code[3:]}")
    assert answered.headers["location"] == f"/live/{desk.room.code}"


def test_results_are_pictures_for_facilitators_alone(desk, visit):
    address = f"live/{desk.room.code}/results.{{}}?activity=drivers"
    drawn = desk.get(address.format("svg"))
    assert drawn.headers["content-type"].startswith("image/svg+xml")
    assert "<title>" in drawn.text
    assert desk.get(address.format("png")).content.startswith(b"\x89PNG")
    assert desk.get(f"live/{desk.room.code}/results.svg?activity=nothing").status_code == 404
    assert visit("Amina").get(address.format("svg")).status_code == 403
    assert visit().get(address.format("png")).status_code == 403
