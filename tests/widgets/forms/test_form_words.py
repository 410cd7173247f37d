"""The counters of words and characters of the form and those of the engine are the same rule."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path

import pytest

from academy.words import count_characters, count_words
from tests.support.patience import SECONDS
from tools.node import find_node

ROOT = Path(__file__).parents[3]
VECTORS = json.loads((ROOT / "tests/data/word_counts.json").read_text(encoding="utf-8"))
PIECES = "👍🏽\u200d👩🇫🇷क्षिกำ글\u1100\u1161aÉéß7٣๒〇.,'’-‑_/ \t\u0301\u200c\u00ad\ufe0fعف工ーがｶﾟไาิ한አक्✊😀٫"


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: repr(vector["text"]))
def test_words_are_counted_as_agreed(vector: dict[str, object]) -> None:
    assert count_words(str(vector["text"])) == vector["words"]


def test_form_and_engine_count_any_text_alike() -> None:
    chance = random.Random(20250301)
    texts = ["".join(chance.choices(PIECES, k=chance.randint(1, 12))) for _ in range(4000)]
    program = """
      import { countCharacters, countWords } from "./widgets/academy_widgets/js/form/values/words.js";
      let text = "";
      for await (const part of process.stdin.setEncoding("utf8")) text += part;
      console.log(JSON.stringify(JSON.parse(text).map((one) => [countWords(one), countCharacters(one)])));
    """
    run = subprocess.run(
        [find_node(), "--input-type=module", "-e", program],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        timeout=SECONDS,
    )
    differing = [
        text
        for text, counts in zip(texts, json.loads(run.stdout), strict=True)
        if counts != [count_words(text), count_characters(text)]
    ]
    assert differing == []
