"""Charts of answers: inline SVG, a sentence that says the same, and a table.

A picture function of an exercise calls one of these and gives it the sentence and the table:

    said = {"sentence": "…", "head": ["…"], "rows": [["…"]], "language": exercise.language}
    scatter([Point(5, 3, "1")], x=Axis("Urgency", "can wait", "this year"), y=Axis("Power", "no", "a lot"), **said)
    bars([Bar("Discussion", 90)], unit="min", limit=Limit("40 %", 132), **said)
    gantt([Task("Recruit", date(2026, 5, 4), date(2026, 5, 20), critical=True)], **said)
    chain([Box("Outcome", "Members refuse an unsafe lift"), Box("Indicator", "")], **said)
    profile([Area("Strategy", 3)], ends=("harder", "easier"), **said)
    ranks(["Heat", "Apps"], ["Apps", "Heat"], names=("The room", "You"), **said)

Each takes `language`, the exercise's language, and is drawn from right to left where that is. Long texts are cut in
the drawing and whole in the table. Nothing is said by colour alone.
"""

from academy.pictures.bars import Bar, Limit, bars
from academy.pictures.chain import Box, chain
from academy.pictures.gantt import Task, gantt
from academy.pictures.picture import Picture
from academy.pictures.profile import Area, profile
from academy.pictures.ranks import ranks
from academy.pictures.scatter import Axis, Point, scatter

__all__ = [
    "Area",
    "Axis",
    "Bar",
    "Box",
    "Limit",
    "Picture",
    "Point",
    "Task",
    "bars",
    "chain",
    "gantt",
    "profile",
    "ranks",
    "scatter",
]
