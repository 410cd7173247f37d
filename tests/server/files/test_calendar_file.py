"""The calendar file over the wire."""


def test_who_is_signed_in_gets_the_weeks_for_their_calendar(visit):
    answer = visit("Amina").get("calendar.ics")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.text.startswith("BEGIN:VCALENDAR")
    assert "Amina" not in answer.text


def test_it_is_the_same_for_another_person(visit):
    def lines(name):
        text = visit(name).get("calendar.ics").text
        return [line for line in text.splitlines() if not line.startswith("DTSTAMP")]

    assert lines("Amina") == lines("Bao")


def test_who_is_not_signed_in_gets_none(visit):
    answer = visit().get("calendar.ics")
    assert "VCALENDAR" not in answer.text
    assert answer.status_code in (302, 403) or "login" in str(answer.url)
