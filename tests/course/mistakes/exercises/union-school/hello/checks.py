from academy.course import check


@check("has-town", points=2, title="A town", hint="Where do you live?", fields=["town"])
def has_town(answers):
    return bool(answers["town"])


@check("long-day", points=1, title="A long day", hint="Which day is the longest?", fields=["days"])
def long_day(answers, exercise, work):
    least = work.course.thresholds.get("long_days", 10) if work.known else 10
    return any((row["hours"] or 0) >= least for row in answers["days"])
