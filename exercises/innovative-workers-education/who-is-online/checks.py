"""What the series say, and which numbers are right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from academy.course import Exercise, Finding, check, computed, judging, picture
from academy.course.writing import uses
from academy.i18n import listed
from academy.pictures import Picture
from academy.series import Digest, Economy, current, published, shipped, teaching_pairs
from academy.series.digest import YEARS
from academy.series.figures import cloud, over_years

Answers = dict[str, Any]

FOLLOWS = {"association", "other-factors"}
CLEARLY = 0.05
"""Inside the groups r² is at least this much lower or higher than over all, or it is the same."""


def near(value: float | None, wanted: Iterable[float | None], within: float) -> bool:
    """Whether a number is one of those wanted; a hair more than `within` is let through for binary fractions."""
    return value is not None and any(w is not None and abs(value - w) <= within + 1e-9 for w in wanted)


def sets() -> tuple[Digest, Digest]:
    """The series in use and the shipped ones: who answered before others were loaded was right too."""
    return current(), shipped()


# Coherence


@check(
    "figures",
    points=1,
    title="Both figures are read from their numbers",
    hint="What does the table under the picture say here, or the formula in the help with the numbers of the brief?",
    fields=["rising", "median", "explained", "per_10000", "at_100000"],
)
def figures(answers: Answers) -> Finding:
    """One fifth for each number. Those of figure 1 are the table's in use, those of figure 2 follow from the brief."""
    printed, derived = published()["published"], published()["derived"]
    wanted: dict[str, tuple[list[float | None], float]] = {
        "rising": ([found.rising for found in sets()], 0),
        "median": ([found.median for found in sets()], 0.5),
        "explained": ([derived["r_squared"]], 0.005),
        "per_10000": ([derived["effect_per_10000_servers_pp"]], 0.01),
        "at_100000": ([printed["intercept"] + printed["slope"] * 100_000], 0.1),
    }
    wrong = [name for name, (right, within) in wanted.items() if not near(answers[name], right, within)]
    return Finding(1 - len(wrong) / len(wanted), wrong)


@check(
    "what-follows",
    points=1,
    title="What follows from a line, and what does not",
    hint="Does a line through rich economies say what causes what, or anything about poor ones?",
    fields=["follows", "group_line"],
)
def what_follows(answers: Answers) -> float:
    return ((set(answers["follows"]) == FOLLOWS) + (answers["group_line"] in {inside(s) for s in sets()})) / 2


def inside(series: Digest) -> str | None:
    """What happens to the line inside the income groups: the mean of their r² against that of all."""
    if len(series.fits) < 2:
        return None
    whole, *groups = series.fits
    mean = sum(fit.r_squared for fit in groups) / len(groups)
    if abs(mean - whole.r_squared) < CLEARLY:
        return "same"
    return "weaker" if mean < whole.r_squared else "stronger"


@check(
    "behind-the-average",
    points=1,
    title="At least two groups behind the average, and no personal data",
    hint="Which two groups does the average hide, told without anybody's name, number or address?",
    fields=["hidden"],
)
def behind_the_average(answers: Answers, exercise: Exercise) -> Finding:
    private = judging.no_personal_data(exercise, answers)
    if private.share < 1:
        return private
    named = sum(uses(answers["hidden"] or "", [word]) for word in exercise.words["groups"])
    return Finding(named >= 2, ["hidden"])


# What the series say


def values(economy: Economy, exercise: Exercise) -> str:
    """The shares of an economy, oldest first."""
    shares = dict(economy.online)
    if economy.latest is not None and economy.latest_year:
        shares[economy.latest_year] = economy.latest
    say = exercise.texts
    said = (say["online"].format(share=f"{share:g}", year=year) for year, share in sorted(shares.items()))
    return listed(said, exercise.language) or say["no_value"]


def span(economy: Economy, exercise: Exercise) -> str:
    """The shares of an economy in the first and the last year of figure 1."""
    said = (
        exercise.texts["online"].format(share=f"{economy.online[year]:g}", year=year)
        for year in (YEARS[0], YEARS[-1])
        if year in economy.online
    )
    return listed(said, exercise.language) or exercise.texts["no_value"]


def source(series: Digest, exercise: Exercise) -> str:
    """Where the series come from; the invented set says so in the person's language."""
    say = exercise.texts
    return say["source"].format(source=say["invented_source"] if series.invented else series.source)


def not_found(series: Digest, typed: str, exercise: Exercise) -> str:
    """What to say of a name that is not in the set."""
    say, language = exercise.texts, exercise.language
    parts = [say["unknown"].format(typed=typed)]
    if close := series.close(typed, language):
        parts.append(say["close"].format(names=listed(close, language)))
    if series.invented:
        names = listed((economy.name(language) for economy in series.economies), language)
        parts.append(say["invented"].format(names=names))
    return " ".join(parts)


@computed("value")
def value(answers: Answers, exercise: Exercise) -> str:
    say, series = exercise.texts, current()
    if answers["guess"] is None or not answers["economy"]:
        return say["guess_first"]
    economy = series.find(answers["economy"])
    if economy is None:
        return not_found(series, answers["economy"], exercise)
    told = say["value"].format(
        name=economy.name(exercise.language), values=values(economy, exercise), guess=f"{answers['guess']:g}"
    )
    return f"{told} {say['source'].format(source=series.source)}"


@computed("found")
def found(answers: Answers, exercise: Exercise) -> dict[str, str]:
    series, said = current(), {}
    for row in answers["compare"]:
        if row["economy"]:
            economy = series.find(row["economy"])
            said[row["_id"]] = (
                values(economy, exercise) if economy else not_found(series, row["economy"], exercise)
            )
    return said


# Pictures


def lines(economies: list[Economy], exercise: Exercise, sentence: str, *, named: bool) -> Picture:
    """Shares over the years of figure 1, a line for each economy, and the same as a table."""
    return over_years(
        [(e.name(exercise.language), [e.online.get(year) for year in YEARS]) for e in economies],
        years=YEARS,
        named=named,
        language=exercise.language,
        sentence=sentence,
        head=[exercise.texts["economy"], *(f"{year}, %" for year in YEARS)],
        rows=[
            [
                economy.name(exercise.language),
                *(f"{economy.online[y]:g}" if y in economy.online else "–" for y in YEARS),
            ]
            for economy in economies
        ],
    )


@picture("chosen")
def draw_chosen(answers: Answers, exercise: Exercise) -> Picture | None:
    series, say = current(), exercise.texts
    typed = [answers["economy"], *(row["economy"] for row in answers["compare"])]
    economies = list({e.code: e for e in map(series.find, typed) if e}.values())
    if answers["guess"] is None or not economies:
        return None
    told = " ".join(
        say["chosen_sentence"].format(name=e.name(exercise.language), values=span(e, exercise))
        for e in economies
    )
    return lines(economies, exercise, f"{told} {say['source'].format(source=series.source)}", named=True)


@picture("region")
def draw_region(answers: Answers, exercise: Exercise) -> Picture | None:
    series, say = current(), exercise.texts
    if answers["guess"] is None or not series.figure:
        return None
    told = say["region_sentence"].format(n=len(series.figure))
    return lines(series.figure, exercise, f"{told} {say['source'].format(source=series.source)}", named=False)


@picture("servers")
def draw_servers(answers: Answers, exercise: Exercise) -> Picture | None:
    say, printed = exercise.texts, published()["published"]
    return cloud(
        teaching_pairs(),
        language=exercise.language,
        x=say["servers"],
        y=say["skilled"],
        line=(printed["slope"], printed["intercept"]),
        sentence=say["servers_sentence"],
        head=[say["servers"], say["skilled"]],
        rows=[[f"{servers:.0f}", f"{skilled:g}"] for servers, skilled in sorted(teaching_pairs())],
    )


@picture("groups")
def draw_groups(answers: Answers, exercise: Exercise) -> Picture | None:
    series, say = current(), exercise.texts
    points = [
        (e.self_employed, e.latest)
        for e in series.economies
        if e.self_employed is not None and e.latest is not None
    ]
    if len(series.fits) < 2:
        return None
    whole, *groups = series.fits
    names = {"": say["everyone"], "High income": say["income_high"], "Upper middle income": say["income_upper"],
             "Lower middle income": say["income_lower"], "Low income": say["income_low"]}  # fmt: skip
    return cloud(
        points,
        language=exercise.language,
        x=say["self_employed"],
        y=say["people_online"],
        line=(whole.slope, whole.intercept),
        sentence=say["groups_sentence"].format(
            n=whole.n,
            all=f"{whole.r_squared:.2f}",
            groups=listed(
                (f"{names.get(fit.group, fit.group)} {fit.r_squared:.2f}" for fit in groups),
                exercise.language,
            ),
        )
        + " "
        + source(series, exercise),
        head=[say["group"], say["number"], say["slope"], "r²"],
        rows=[
            [names.get(fit.group, fit.group), str(fit.n), f"{fit.slope:.2f}", f"{fit.r_squared:.2f}"]
            for fit in series.fits
        ],
    )
