"""Charts of a cohort, each with a sentence, a table and a CSV with safe cells. Small counts are hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from academy.course import Course, nest
from academy.course.answers import number
from academy.course.desk_plan import DeskPlan
from academy.course.fields import Column
from academy.desk.answers import Submitted, submitted
from academy.desk.people import Cohort, small_group
from academy.i18n import N_, translator
from academy.numbers import formatted
from academy.people.links import links_csv
from academy.pictures import Bar, Limit, Picture, bars
from academy.store import Store

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CohortPicture", "cohort_pictures"]

SEVERAL = "several"
SOUND_MB, VIDEO_MB = 0.5, 5
"""Megabytes a minute, the rule of thumb that the lessons give (week 2, "Small, mobile, in modules")."""


@dataclass(frozen=True)
class CohortPicture:
    """A picture of the cohort under its title."""

    id: str
    title: str
    picture: Picture

    @property
    def csv(self) -> str:
        """The table as CSV (RFC 4180) with safe cells."""
        return links_csv(self.picture.rows, self.picture.head)

    def frame(self) -> pd.DataFrame:
        """The table for a notebook."""
        import pandas as pd

        return pd.DataFrame(list(self.picture.rows), columns=list(self.picture.head))


def cohort_pictures(store: Store, course: Course, plan: DeskPlan, cohort: Cohort) -> list[CohortPicture]:
    """Return the pictures of a course's plan in the course's language; those without any data are left out."""
    asked = [plan.drivers, plan.region, plan.access, *plan.balance]
    there = submitted(store, course, [address for address in asked if address])
    made = _Made(course, plan, cohort, there)
    drawn = {
        "drivers": made.drivers,
        "access": made.access,
        "coverage": made.coverage,
        "balance": made.balance,
        "minutes": made.minutes,
    }
    return [picture for name in plan.pictures for picture in drawn[name]()]


OUTCOME_COLUMNS = (N_("Outcome"), N_("In all its exercises"), N_("In some"), N_("Not yet"))


class _Made:
    def __init__(self, course: Course, plan: DeskPlan, cohort: Cohort, there: Submitted) -> None:
        self.course, self.plan, self.cohort, self.there = course, plan, cohort, there
        self.gettext = translator(course.language)

    # -- the context map ---------------------------------------------------------------------------------------------

    def drivers(self) -> list[CohortPicture]:
        """How many maps name each driver, and how many of each region."""
        found = self._column(self.plan.drivers)
        if found is None:
            return []
        exercise, table, name, column = found
        regions = self._regions()
        counts: dict[str, Counter[str]] = {}
        maps = 0
        for (owner, where), flat in self.there.items():
            if where != exercise or owner not in self.cohort.owners:
                continue
            maps += 1
            for value in set(_cells(self.course, exercise, table, flat, name)):
                counts.setdefault(value, Counter())[regions.get(owner, "")] += 1
        if not maps:
            return []
        names = _labels(column)
        order = sorted(names, key=lambda value: -sum(counts.get(value, Counter()).values()))
        totals = {value: sum(counts.get(value, Counter()).values()) for value in order}
        most = order[0]
        sentence = self.gettext(
            "{n} maps. Most name “{driver}” ({count}); the fewest name “{least}” ({few})."
        ).format(
            n=maps, driver=names[most], count=totals[most], least=names[order[-1]], few=totals[order[-1]]
        )
        parts = self._region_names({region for count in counts.values() for region in count})
        head = [self.gettext("Driver of change"), self.gettext("Maps"), *parts.values()]
        rows = [
            [names[value], totals[value], *(counts.get(value, Counter())[region] for region in parts)]
            for value in order
        ]
        drawn = bars(
            [Bar(names[value], totals[value]) for value in order],
            sentence=sentence, head=head, rows=rows, language=self.course.language,
        )  # fmt: skip
        return [CohortPicture("drivers", self.gettext("Drivers of change"), drawn)]

    def _regions(self) -> dict[str, str]:
        """The region of each person, and of each team whose members are all from one."""
        found = self._column(self.plan.region)
        if found is None:
            return {}
        exercise, _table, name, _ = found
        by_person = {o: str(flat.get(name) or "") for (o, e), flat in self.there.items() if e == exercise}
        for team, members in self.cohort.members.items():
            theirs = {by_person[m] for m in members if by_person.get(m)}
            by_person[team] = theirs.pop() if len(theirs) == 1 else SEVERAL if theirs else ""
        return by_person

    def _region_names(self, there: Container[str]) -> dict[str, str]:
        found = self._column(self.plan.region)
        if found is None:
            return {}
        names = {region: label for region, label in _labels(found[3]).items() if region in there}
        if SEVERAL in there:
            names[SEVERAL] = self.gettext("Several regions")
        return names | {"": self.gettext("Region not said")} if "" in there else names

    # -- access ------------------------------------------------------------------------------------------------------

    def access(self) -> list[CohortPicture]:
        """Which connection the groups have and how much data, to choose the way of live sessions."""
        found = self._column(self.plan.access)
        if found is None:
            return []
        exercise_id, table, _, _ = found
        exercise = self.course.exercise(exercise_id)
        link = exercise.at(f"{table}/r1/{self.plan.link}")
        if link is None:
            return []
        groups: dict[str, list[float | None]] = {}
        for (owner, where), flat in self.there.items():
            if where == exercise_id and owner in self.cohort.owners:
                for row in nest(exercise, flat)[table]:
                    groups.setdefault(row[self.plan.link] or "", []).append(number(row.get(self.plan.data)))
        known = [value for values in groups.values() for value in values if value is not None]
        total = sum(map(len, groups.values()))
        if not known:
            return []
        names = _labels(link) | ({"": self.gettext("Not said")} if "" in groups else {})
        half = median(known)
        said = self.gettext(
            "{n} groups of learners. Half of them have {mb} MB a month or less for learning. {advice}"
        )
        sentence = said.format(n=total, mb=formatted(half, self.course.language), advice=self._advice(half))
        rows = []
        for value, label in names.items():
            data = [each for each in groups.get(value, []) if each is not None]
            rows.append([label, len(groups.get(value, [])), f"{median(data):g}" if data else "–"])
        drawn = bars(
            [Bar(label, len(groups.get(value, []))) for value, label in names.items()],
            sentence=sentence,
            head=[self.gettext("Connection"), self.gettext("Groups"), self.gettext("MB a month in the middle")],
            rows=rows, language=self.course.language,
        )  # fmt: skip
        return [CohortPicture("access", self.gettext("Access of the groups"), drawn)]

    def _advice(self, megabytes: float) -> str:
        """What fits of the two that people plan with, an hour of sound and an hour of video."""
        if megabytes < 60 * SOUND_MB:
            return self.gettext("Messages and text fit; an hour of sound does not.")
        if megabytes < 60 * VIDEO_MB:
            return self.gettext("An hour of sound fits, an hour of video does not.")
        return self.gettext("An hour of video fits for half of them, and sound for more.")

    # -- outcomes ----------------------------------------------------------------------------------------------------

    def coverage(self) -> list[CohortPicture]:
        """In how many passports each outcome of the course shows in what was handed in."""
        labels = {outcome.id: outcome.label for outcome in self.course.outcomes}
        order = {exercise.id: place for place, exercise in enumerate(self.course.exercises)}
        people = [line for line in self.cohort.lines if line.role == "participant"]
        rows: list[tuple[str, int, int, int]] = []
        items = []
        for each in self.plan.coverage:
            places = [order[name] for name in each.exercises if name in order]
            if each.outcome not in labels or not places:
                continue
            done = [sum(line.states[place] in "mfad" for place in places) for line in people]
            whole = sum(count == len(places) for count in done)
            some = sum(0 < count < len(places) for count in done)
            rows.append((labels[each.outcome], whole, some, len(people) - whole - some))
            items.append(Bar(labels[each.outcome], whole))
        if not rows or not people:
            return []
        least = min(rows, key=lambda row: row[1])
        sentence = self.gettext(
            "{n} participants. The outcome that the fewest have shown in all its exercises: {outcome} ({count})."
        )
        drawn = bars(
            items,
            most=len(people),
            sentence=sentence.format(n=len(people), outcome=least[0], count=least[1]),
            head=[self.gettext(name) for name in OUTCOME_COLUMNS],
            rows=rows, language=self.course.language,
        )  # fmt: skip
        return [CohortPicture("coverage", self.gettext("Outcomes of the course"), drawn)]

    # -- balance -----------------------------------------------------------------------------------------------------

    def balance(self) -> list[CohortPicture]:
        """Who takes part, by what people said of themselves. Small counts stay hidden, and so does the one beside."""
        least = small_group(self.course)
        made = []
        for address in self.plan.balance:
            found = self._column(address)
            if found is None:
                continue
            exercise, table, _, column = found
            given = [flat.get(table) for (_, e), flat in self.there.items() if e == exercise]
            # The newest answers wait until there are as many as a small group: who watches sees nobody come in.
            given = given[: len(given) - len(given) % least]
            counts = Counter(v for value in given for v in (value if isinstance(value, list) else [value]))
            shown = _hide_small({v: counts[v] for v in _labels(column)}, least)
            if not given:
                continue
            fewer = self.gettext("fewer than {n}").format(n=least)
            rows = [[label, fewer if shown[v] is None else shown[v]] for v, label in _labels(column).items()]
            sentence = self.gettext(
                "Answers of {n} people. Counts under {least} are hidden, so that nobody can be recognised."
            )
            drawn = bars(
                [Bar(label, shown[v] or 0) for v, label in _labels(column).items() if shown[v] is not None],
                sentence=sentence.format(n=len(given), least=least),
                head=[column.label, self.gettext("People")],
                rows=rows, language=self.course.language,
            )  # fmt: skip
            title = self.gettext("Balance: {question}").format(question=column.label)
            made.append(CohortPicture(f"balance-{exercise}-{table}", title, drawn))
        return made

    # -- minutes -----------------------------------------------------------------------------------------------------

    def minutes(self) -> list[CohortPicture]:
        """How many of a module's minutes half of the participants have handed in, beside the plan."""
        order = {exercise.id: place for place, exercise in enumerate(self.course.exercises)}
        people = [line for line in self.cohort.lines if line.role == "participant"]
        rows: list[tuple[str, int, int, str, int]] = []
        items = []
        for module in self.course.modules:
            mine = [(order[e], self.course.exercise(e).minutes) for e in module.exercises if e in order]
            if not mine or not people:
                continue
            plan = sum(minutes for _, minutes in mine)
            done = [sum(m for place, m in mine if line.states[place] in "mfad") for line in people]
            half = median(done)
            rows.append((module.title, module.minutes, plan, f"{half:g}", sum(d == plan for d in done)))
            items.append(Bar(module.title, half))
        if not rows:
            return []
        longest = max(row[2] for row in rows)
        drawn = bars(
            items,
            unit=self.gettext("min"),
            limit=Limit(self.gettext("the longest plan: {n}").format(n=longest), longest),
            sentence=self.gettext(
                "What half of the participants have handed in, in the minutes that its exercises are planned to take. "
                "Nobody's time is measured."
            ),
            head=[
                self.gettext("Week"),
                self.gettext("Minutes of the week"),
                self.gettext("Minutes of its exercises"),
                self.gettext("Handed in by half"),
                self.gettext("People who have all"),
            ],
            rows=rows, language=self.course.language,
        )  # fmt: skip
        return [CohortPicture("minutes", self.gettext("Minutes against the plan"), drawn)]

    def _column(self, address: str | None) -> tuple[str, str, str, Column] | None:
        """The exercise, the field, the column or field, and what it asks; None if the course does not have it."""
        exercise_id, _, place = (address or "").partition(".")
        if not self.course.has(exercise_id):
            return None
        table, _, name = place.partition(".")
        exercise = self.course.exercise(exercise_id)
        column = exercise.at(f"{table}/r1/{name}" if name else table)
        return (exercise_id, table, name or table, column) if column else None


def _labels(column: Column) -> dict[str, str]:
    return {option.id: option.label for option in column.options or []}


def _cells(course: Course, exercise: str, table: str, flat: Mapping[str, Any], name: str) -> list[str]:
    rows = nest(course.exercise(exercise), flat)[table]
    return [row[name] for row in rows if isinstance(row.get(name), str)]


def _hide_small(counts: Mapping[str, int], least: int) -> dict[str, int | None]:
    """Counts below `least` become None; a single one could be found by subtracting, so the next smallest goes too."""
    shown: dict[str, int | None] = {k: n if n == 0 or n >= least else None for k, n in counts.items()}
    if sum(n is None for n in shown.values()) == 1:
        rest = [k for k, n in shown.items() if n]
        if rest:
            shown[min(rest, key=lambda k: counts[k])] = None
    return shown
