"""Registry of live activity types: each has all that the engine does with its answers in one class.

What a new kind needs besides stands in `docs/architecture.md`. It is declared in `academy.course.live_kinds`, is a
class here with a line in `KINDS`, and has a template for phones in `app/academy_app/server/templates/live/`; in the
browser the projector draws it (`js/present/results/`) and a presenter can write an answer down for somebody
(`js/present/enter_fields.js`); `js/present/kinds.js` names both.
"""

from __future__ import annotations

from academy.live.kinds.base import ActivityKind, Fields, Form, ResultLine
from academy.live.kinds.chosen import ChoiceActivity, MultiActivity, QuizActivity
from academy.live.kinds.places import PlaceActivity
from academy.live.kinds.points import PointsActivity
from academy.live.kinds.ranking import RankingActivity
from academy.live.kinds.scale import ScaleActivity
from academy.live.kinds.written import CardsActivity, QuestionsActivity, TextActivity, WordsActivity

__all__ = ["KINDS", "ActivityKind", "Fields", "Form", "ResultLine"]

KINDS: dict[str, ActivityKind] = {
    kind.name: kind
    for kind in (
        ChoiceActivity(),
        MultiActivity(),
        ScaleActivity(),
        RankingActivity(),
        TextActivity(),
        WordsActivity(),
        QuizActivity(),
        PlaceActivity(),
        QuestionsActivity(),
        CardsActivity(),
        PointsActivity(),
    )
}
