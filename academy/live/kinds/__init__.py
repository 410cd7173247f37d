"""The kinds of live activities: each has all that the engine does with its answers in one place.

A new kind is declared in `academy.course.live_kinds`, is a class here with a line in `KINDS`, and has a template for
phones in `server/templates/live/`; in the browser the projector draws it (`js/present/results/`) and a presenter can
write an answer down for somebody (`js/present/results/index.js` names both).
"""

from __future__ import annotations

from academy.live.kinds.base import Fields, Form, Kind, Line
from academy.live.kinds.chosen import Choice, Multi, Quiz
from academy.live.kinds.places import Place
from academy.live.kinds.points import Points
from academy.live.kinds.ranking import Ranking
from academy.live.kinds.scale import Scale
from academy.live.kinds.written import Cards, Questions, Text, Words

__all__ = ["KINDS", "Fields", "Form", "Kind", "Line"]

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Choice(),
        Multi(),
        Scale(),
        Ranking(),
        Text(),
        Words(),
        Quiz(),
        Place(),
        Questions(),
        Cards(),
        Points(),
    )
}
