"""The forms of peer review: one review as a form of its own, and the author's reply to it."""

from __future__ import annotations

from academy.course import Exercise
from academy.course.fields import Field, Option
from academy.i18n import Translator, translator

__all__ = ["FLAG", "HELPFUL", "REPLIES", "REVIEWS", "TRUE_NAME", "reply_form", "review_form"]

REVIEWS, REPLIES = "reviews", "replies"
"""Where reviews and replies stand among the answers of a round."""
HELPFUL, FLAG = "helpful", "flag"
TRUE_NAME = "agreed"
"""The column with which a reviewer confirms that personal data may be shared."""
ANSWER_WORDS = [3, 40]


def review_form(round_: Exercise) -> Exercise:
    """Return the round's exercise with the columns of one review as its fields."""
    table = round_.field(REVIEWS)
    columns = table.columns if table else []
    fields = [
        Field.model_validate(column.model_dump(exclude_unset=True, by_alias=True)) for column in columns
    ]
    return round_.model_copy(update={"fields": fields, "checks": (), "computes": {}, "pictures": []})


def reply_form(round_: Exercise, review: dict[str, object]) -> Exercise:
    """Return a form in which the author answers a review.

    Each wish is accepted, adapted or declined, with a reason; each question has an answer in the author's own words.
    They come in the order of the review.
    """
    gettext = translator(round_.language)
    table = round_.field(REVIEWS)
    fields: list[Field] = []
    for column in table.columns if table else []:
        if round_.review is None or not review.get(column.id):
            continue
        if column.id in round_.review.wishes:
            fields += _answer(column.id, column.label, gettext)
        elif column.id in round_.review.questions:
            fields.append(_own_words(column.id, column.label, gettext))
    fields += [
        Field(
            id="thanks",
            type="text",
            label=gettext("A word of thanks"),
            help=gettext("One sentence is enough."),
            words=[0, 60],
        ),
        Field(
            id=HELPFUL,
            type="scale",
            label=gettext("How helpful was this review?"),
            help=gettext("Only facilitators see this."),
            range=[1, 4],
            low=gettext("not yet"),
            high=gettext("very"),
        ),
        Field(
            id=FLAG,
            type="bool",
            label=gettext("Something in this review is not all right. Please let a facilitator look at it."),
        ),
    ]
    return round_.model_copy(update={"fields": fields, "checks": (), "computes": {}, "pictures": []})


def _answer(name: str, label: str, gettext: Translator) -> list[Field]:
    options = [
        Option(id="accept", label=gettext("I take it up")),
        Option(id="adapt", label=gettext("I take it up in another way")),
        Option(id="decline", label=gettext("I leave it, and say why")),
    ]
    return [
        Field(
            id=f"{name}_answer",
            type="choice",
            label=label,
            help=gettext("Your answer to this."),
            required=True,
            options=options,
        ),
        Field(
            id=f"{name}_why",
            type="text",
            label=gettext("Why?"),
            help=gettext("A short reason helps both of you."),
            required=True,
            words=ANSWER_WORDS,
        ),
    ]


def _own_words(name: str, label: str, gettext: Translator) -> Field:
    """Return the field for the answer to a question.

    It is called as the reason for an answer to a wish: what authors wrote when questions were taken for wishes stays.
    """
    return Field(
        id=f"{name}_why",
        type="text",
        label=label,
        help=gettext("Your answer, in your own words."),
        required=True,
        words=ANSWER_WORDS,
    )
