"""What the linter says of a draft."""

from academy.course.lint.whole import lint_course

__all__ = ["errors", "notes", "only"]


def errors(draft):
    return [f for f in lint_course(draft.folder) if f.level == "error"]


def notes(draft):
    return [f for f in lint_course(draft.folder) if f.level == "note"]


def only(found, file, path, *words):
    """The one finding, at its place, with these words in its sentence."""
    assert [(f.file.name, f.path) for f in found] == [(file, path)], found
    sentence = found[0].text
    assert sentence.endswith(".")
    for word in words:
        assert word in sentence, sentence
