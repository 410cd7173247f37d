"""A webinar from its start to its results."""

import re

from tests.server.live.rooms import Events, answer, crowd, send


def test_a_facilitator_starts_a_webinar_and_everybody_finds_it(desk, visit):
    started = send(desk, "live/start", {"webinar": "webinar-1", "guests": True, "anew": True}).json()
    amina = visit("Amina")
    assert amina.get("live/now").json() == {"rooms": [{"webinar": "webinar-1", "code": started["code"]}]}
    at = amina.get("live/at/webinar-1").json()
    assert at == {"webinar": "webinar-1", "code": started["code"], "state": "live"}
    assert amina.get("live/at/webinar-9").status_code == 404
    assert send(desk, "live/start", {"webinar": "nothing"}).status_code == 409
    typed = amina.get(f"live?code={started['code'][:3].lower()}+{started['code'][3:]}")
    assert typed.headers["location"].lower() == f"/c/small/live/{started['code'].lower()}"


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


def test_what_is_closed_for_good_is_read_on_by_people_of_the_course_and_by_nobody_else(desk, visit):
    amina, bao, omar = visit("Amina"), visit("Bao"), visit("Omar")
    for person, order in (
        (amina, ["climate", "platforms", "ageing"]),
        (bao, ["climate", "ageing", "platforms"]),
    ):
        desk.press("open", activity="drivers")
        answer(person, desk.room, "drivers", order)
    crowd(desk.room, "drivers", ["climate", "platforms", "ageing"])
    desk.press("open", activity="facts")
    answer(amina, desk.room, "facts", ["a", "b"])
    desk.press("open", activity="connected")
    answer(amina, desk.room, "connected", "phone")
    desk.press("end")
    desk.press("close")
    assert omar.get("live/at/webinar-1").json() == {
        "webinar": "webinar-1",
        "code": desk.room.code,
        "state": "closed",
    }
    listed = omar.get(f"live/{desk.room.code}").text
    assert "You can still read what the room said." in listed
    assert "?activity=drivers" in listed
    assert "?activity=grid" not in listed  # nobody answered it
    page = omar.get(f"live/{desk.room.code}?activity=drivers").text
    assert "What the room says" in page
    assert 'id="answer"' not in page
    assert answer(omar, desk.room, "drivers", ["climate", "ageing", "platforms"]).status_code == 409
    assert "fewer than 5 answered it" in omar.get(f"live/{desk.room.code}?activity=connected").text
    kept = omar.get(f"live/{desk.room.code}?activity=facts").text  # never revealed, and not for home
    assert "The results of this question were not shown." in kept
    assert omar.get(f"live/{desk.room.code}/state?activity=facts").json().get("results") is None
    assert visit().get(f"live/{desk.room.code}/state?activity=drivers").status_code == 403
    assert desk.get(f"live/{desk.room.code}/desk?activity=drivers").status_code == 200
    assert desk.get(f"live/{desk.room.code}/results.csv?activity=drivers").status_code == 200


def test_a_session_that_is_closed_elsewhere_is_told_to_who_follows_it(desk, visit):
    amina = visit("Amina")
    events = Events(amina, desk.room.code)
    assert events.next()["state"]["state"] == "live"
    rev = desk.room.do("close", "")  # as `academy live close` does
    while (news := events.next())["rev"] < rev:
        pass
    assert news["patch"]["state"] == "closed"
    events.close()


def test_a_ranking_that_comes_after_its_board_was_closed_counts_with_the_word_of_its_form(desk, visit):
    amina, bao = visit("Amina"), visit("Bao")
    desk.press("open", activity="drivers")
    page = amina.get(f"live/{desk.room.code}").text
    word = re.search(r'name="ticket" value="([^"]+)"', page)[1]
    desk.press("reveal")
    order = ["climate", "platforms", "ageing"]
    late = answer(bao, desk.room, "drivers", order)
    assert (late.status_code, late.json()["late"]) == (409, True)
    assert answer(amina, desk.room, "drivers", order, ticket=word, after=0).status_code == 200
    assert desk.get(f"live/{desk.room.code}/state").json()["answered"] == 1
    form = {f"p-{option}": str(place) for place, option in enumerate(order, 1)}
    typed = {"activity": "drivers", "id": "form-12345678", "_xsrf": bao.xsrf(), "ticket": word, **form}
    plain = bao.post(
        f"live/{desk.room.code}/answer", data=typed
    )  # without script nobody knows when it was pressed
    assert plain.status_code == 409
    assert "was closed before your answer came" in plain.text
    typed["after"] = "0"
    assert bao.post(f"live/{desk.room.code}/answer", data=typed).status_code == 303


def test_on_a_phone_the_first_of_a_ranking_has_the_longest_bar(desk, visit):
    amina = visit("Amina")
    desk.press("open", activity="drivers")
    answer(amina, desk.room, "drivers", ["platforms", "climate", "ageing"])
    crowd(desk.room, "drivers", ["platforms", "climate", "ageing"])
    desk.press("reveal")
    page = amina.get(f"live/{desk.room.code}").text
    bars = re.findall(r'results\.mean\.(\w+)" data-less="4" max="3" value="([\d.]+)"', page)
    assert [(name, float(length)) for name, length in bars] == [
        ("platforms", 3),
        ("climate", 2),
        ("ageing", 1),
    ]


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
    assert full.headers["content-type"] == "text/csv; charset=utf-8"
    whole = desk.get(f"live/{desk.room.code}/results.json")
    assert whole.headers["content-disposition"] == 'attachment; filename="webinar-1.json"'
    assert whole.headers["content-type"] == "application/json; charset=utf-8"
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
    assert drawn.headers["content-disposition"] == 'attachment; filename="webinar-1-drivers.svg"'
    assert "Which driver pushes hardest?" in drawn.text
    png = desk.get(address.format("png"))
    assert (png.headers["content-type"], png.content[:4]) == ("image/png", b"\x89PNG")
    assert desk.get(f"live/{desk.room.code}/results.svg?activity=nothing").status_code == 404
    assert visit("Amina").get(address.format("svg")).status_code == 403
    assert visit().get(address.format("png")).status_code == 403
