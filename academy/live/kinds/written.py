"""Activity types `text`, `words`, `cards` and `questions`: what people write in words of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from academy.course.webinar import LiveActivity
from academy.errors import StoreError
from academy.live.ballots import item_id
from academy.live.cleaning import (
    EMPTY,
    LONG,
    LONGEST_WORD,
    SIGNS,
    STRANGE,
    WORDS_A_PERSON,
    clean,
    first,
    written,
)
from academy.live.cloud import normal, stopped
from academy.live.kinds.base import ActivityKind, Fields, Form, Results
from academy.live.rows import AnswerRow, WrittenItem
from academy.live.sheet import ACCENT, EDGE, INK, INSIDE, Sheet, lines_of, rest
from academy.words import count_characters

__all__ = ["CardsActivity", "QuestionsActivity", "TextActivity", "WordsActivity"]

MOST_TEXTS, MOST_WORDS = 24, 40
LONGEST_ID = 40


class WrittenActivity(ActivityKind):
    """People answer in their own words."""

    def discreet(self, results: dict[str, Any], least: int) -> dict[str, Any]:
        """Return what was written without who wrote it."""
        items = {
            key: {name: value for name, value in about.items() if name != "by"}
            for key, about in results["items"].items()
        }
        return results | {"items": items}

    def export(self, activity: LiveActivity, results: Results) -> Iterator[dict[str, object]]:
        """Yield what was written, with how many wrote it, its column and its author where these are known."""
        for about in results["items"].values():
            more = {"column": about.get("column", ""), "by": about.get("by", "")}
            yield {"what": self.name, "text": about["text"], "number": about.get("n", 1), **more}


class TextActivity(WrittenActivity):
    """One text from each person."""

    name = "text"
    columns = ("text", "column", "count")

    def canonical(self, activity: LiveActivity, given: object) -> Any:
        """Return the text, alone in a list."""
        text = written(activity, given[0] if isinstance(given, list) and len(given) == 1 else given)
        if not text:
            raise StoreError(EMPTY)
        return [text]

    def pieces(self, row: AnswerRow) -> Iterator[tuple[str, str, str]]:
        """Yield what a row says: the id, the column and the text of each piece."""
        for text in row.value:
            yield item_id(row.key, text), "", text

    def items(
        self, activity: LiveActivity, rows: list[AnswerRow], stop_words: Iterable[str], language: str
    ) -> dict[str, WrittenItem]:
        """Return all pieces."""
        return {
            key: WrittenItem(key, text, column, row.name, who={row.who})
            for row in rows
            for key, column, text in self.pieces(row)
        }

    def order(self, activity: LiveActivity, results: Results) -> list[dict[str, object]]:
        """Return the texts in the order in which they are drawn."""
        return list(results["items"].values())

    def mark(self, item: dict[str, object]) -> str:
        """Return what stands before a text that is drawn."""
        return "·"

    def draw(self, sheet: Sheet, activity: LiveActivity, results: Results) -> None:
        """Draw the texts below each other."""
        items = self.order(activity, results)
        for item in items[:MOST_TEXTS]:
            self.draw_text(sheet, item)
        rest(sheet, len(items) - MOST_TEXTS)

    def draw_text(self, sheet: Sheet, item: dict[str, Any]) -> None:
        """Draw one text with its mark."""
        top = sheet.y + 32 * 1.28
        sheet.lines(EDGE + 100, lines_of(item["text"], 32, INSIDE - 100), 32)
        bottom, sheet.y = sheet.y, top
        sheet.write(EDGE, self.mark(item), 32, weight=700, fill=ACCENT)
        sheet.y = bottom + 14

    def table(self, activity: LiveActivity, results: Results) -> list[tuple[Any, ...]]:
        """Return the texts, numbered, with the title of their column and how many said them."""
        titles = {column.id: column.title for column in activity.columns}
        return [
            (place, item["text"], titles.get(item.get("column", ""), ""), item.get("n", 1))
            for place, item in enumerate(results["items"].values(), 1)
        ]

    def from_form(self, activity: LiveActivity, form: Form) -> Any:
        """Return what was written."""
        return first(form("v"))


class WordsActivity(WrittenActivity):
    """A few words from each person; the same word of several people is one."""

    name = "words"
    columns = ("count",)

    def canonical(self, activity: LiveActivity, given: object) -> Any:
        """Return the words."""
        most = activity.words.most if activity.words else WORDS_A_PERSON
        if not isinstance(given, list) or len(given) > 2 * most:
            raise StoreError(STRANGE)
        words = [word for word in (clean(item, lines=False) for item in given) if word]
        if not words:
            raise StoreError(EMPTY)
        long = [word for word in words if max(count_characters(word), len(word) / SIGNS) > LONGEST_WORD]
        if len(words) > most or long:
            raise StoreError(LONG)
        return words

    def items(
        self, activity: LiveActivity, rows: list[AnswerRow], stop_words: Iterable[str], language: str
    ) -> dict[str, WrittenItem]:
        """Return the words as most people write them, without those that say nothing alone."""
        listed = tuple(stop_words)
        spellings: dict[str, Counter[str]] = {}
        found: dict[str, WrittenItem] = {}
        for row in rows:
            for word in row.value:
                key = normal(word, language)
                if key and not stopped(key, listed, language):
                    found.setdefault(key, WrittenItem(key, word)).who.add(row.who)
                    spellings.setdefault(key, Counter())[word] += 1
        for key, item in found.items():
            item.text = min(
                spellings[key], key=lambda spelling: _rank(spelling, spellings[key][spelling], key)
            )
        return found

    def draw(self, sheet: Sheet, activity: LiveActivity, results: Results) -> None:
        """Draw a cloud: the more people said a word, the larger it is."""
        items = sorted(results["items"].values(), key=lambda item: -item.get("n", 1))
        most = max([item.get("n", 1) for item in items] + [1])
        x = float(EDGE)
        sheet.y += 100
        for item in items[:MOST_WORDS]:
            n = item.get("n", 1)
            size = round(34 + 56 * ((n - 1) / (most - 1)) ** 0.5) if most > 1 else 44
            text = f"{item['text']} ×{n}" if n > 1 else item["text"]
            wide = len(text) * size * 0.6 + 40
            if x > EDGE and x + wide > EDGE + INSIDE:
                x, sheet.y = float(EDGE), sheet.y + 104
            sheet.write(x, text, size, fill=ACCENT if n > 1 else INK, weight=700 if n > 1 else 400)
            x += wide
        rest(sheet, len(items) - MOST_WORDS)

    def table(self, activity: LiveActivity, results: Results) -> list[tuple[Any, ...]]:
        """Return how many said each word, the most frequent first."""
        items = sorted(results["items"].values(), key=lambda item: -item.get("n", 1))
        return [(item["text"], item.get("n", 1)) for item in items]

    def from_form(self, activity: LiveActivity, form: Form) -> Any:
        """Return what was written."""
        return form("v")


class CardsActivity(TextActivity):
    """A card for each column."""

    name = "cards"

    def canonical(self, activity: LiveActivity, given: object) -> Any:
        """Return the cards that say something, by their columns."""
        columns = [column.id for column in activity.columns]
        if not isinstance(given, dict) or not set(given) <= set(columns):
            raise StoreError(STRANGE)
        cards = {column: written(activity, given[column]) for column in columns if column in given}
        kept = {column: text for column, text in cards.items() if text}
        if not kept:
            raise StoreError(EMPTY)
        return kept

    def pieces(self, row: AnswerRow) -> Iterator[tuple[str, str, str]]:
        """Yield each card."""
        for column, text in row.value.items():
            yield item_id(row.key, (column, text)), column, text

    def draw(self, sheet: Sheet, activity: LiveActivity, results: Results) -> None:
        """Draw the cards below the titles of their columns."""
        titles = {column.id: column.title for column in activity.columns}
        heading = None
        for item in sorted(
            results["items"].values(), key=lambda item: list(titles).index(item.get("column", ""))
        ):
            if item.get("column") != heading:
                heading = item.get("column")
                sheet.y += 18
                sheet.lines(EDGE, [titles.get(str(heading), "")], 36, weight=700, fill=ACCENT)
            self.draw_text(sheet, item)

    def from_form(self, activity: LiveActivity, form: Form) -> Any:
        """Return what was written in each column."""
        return {column.id: first(form(f"c-{column.id}")) or "" for column in activity.columns}

    def to_form(self, activity: LiveActivity, mine: Any) -> Fields:
        """Return the text of each column."""
        return {f"c-{column}": [text] for column, text in mine.items()}

    def said(self, activity: LiveActivity, mine: Any) -> list[str]:
        """Return the cards with the titles of their columns."""
        titles = {column.id: column.title for column in activity.columns}
        return [f"{titles.get(column, column)}: {text}" for column, text in mine.items()]


class QuestionsActivity(TextActivity):
    """Questions to the room, which others support. What is sent is one step: ask, for or unfor."""

    name = "questions"

    def canonical(self, activity: LiveActivity, given: object) -> Any:
        """Return the step."""
        if isinstance(given, dict) and len(given) == 1:
            ((step, value),) = given.items()
            if step == "ask":
                text = written(activity, value)
                if not text:
                    raise StoreError(EMPTY)
                return {"ask": text}
            if step in ("for", "unfor") and isinstance(value, str) and 0 < len(value) <= LONGEST_ID:
                return {step: value}
        raise StoreError(STRANGE)

    def pieces(self, row: AnswerRow) -> Iterator[tuple[str, str, str]]:
        """Yield what a person has asked."""
        for item, text in row.value["asked"].items():
            yield item, "", text

    def items(
        self, activity: LiveActivity, rows: list[AnswerRow], stop_words: Iterable[str], language: str
    ) -> dict[str, WrittenItem]:
        """Return the questions with everybody who asks or supports them."""
        found = super().items(activity, rows, stop_words, language)
        for row in rows:
            for item in row.value["for"]:
                if item in found:
                    found[item].who.add(row.who)
        return found

    def order(self, activity: LiveActivity, results: Results) -> list[dict[str, Any]]:
        """Return the questions, those of most people first."""
        return sorted(super().order(activity, results), key=lambda item: -item.get("n", 1))

    def mark(self, item: dict[str, object]) -> str:
        """Return how many ask it."""
        return f"({item.get('n', 1)})"

    def from_form(self, activity: LiveActivity, form: Form) -> Any:
        """Return the step that was taken."""
        for step in ("for", "unfor"):
            if said := first(form(step)):
                return {step: said}
        return {"ask": first(form("v")) or ""}

    def to_form(self, activity: LiveActivity, mine: object) -> Fields:
        """Return nothing: what was asked is asked, and the form is for the next question."""
        return {}

    def said(self, activity: LiveActivity, mine: Any) -> list[str]:
        """Return what the person has asked."""
        return list(mine["asked"].values())


def _rank(spelling: str, times: int, key: str) -> tuple[int, bool, int, int, str]:
    """The spelling that most chose comes first; where several are as frequent, the plainest: rows have no order."""
    capitals = sum(letter.isupper() for letter in spelling)
    return -times, spelling != key, len(spelling), capitals, spelling
