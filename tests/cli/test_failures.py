import errno
import stat

import pytest
import sqlalchemy as sa

from academy.people import People
from academy_app.cli import main
from academy_app.cli.failure import Run, explain


def broken(*_arguments, **_options):
    raise ValueError("maria@example.org went wrong")


@pytest.fixture
def unforeseen(folder):
    """In the data folder stands what nobody has thought of, and the error about it tells it."""
    folder.people.add("Maria")
    with folder.store.write() as session:
        session.execute(sa.text("UPDATE enrolment SET at = 'maria@example.org went wrong'"))


def test_a_folder_that_is_no_data_folder_gets_one_sentence(academy, tmp_path):
    shown = academy("people", "list", "--data", tmp_path)
    assert (shown.status, shown.out) == (1, "")
    assert (
        shown.err
        == f"{tmp_path} is not an Academy Kit data folder. Make one with: academy init --data {tmp_path}\n"
    )


def test_the_unforeseen_ends_as_a_sentence_with_the_place_of_the_details(academy, data, unforeseen):
    shown = academy("people", "list", "--data", data)
    log = data / "logs" / "errors.log"
    assert shown.status == 1
    assert shown.err.startswith(f"Something unexpected happened (ValueError). The details are in {log}")
    assert len(shown.err.splitlines()) == 1
    assert "maria" not in shown.err
    assert "maria@example.org went wrong" in log.read_text("utf-8")
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_details_go_elsewhere_where_there_is_no_data_folder(academy, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("academy.content.courses_root", broken)
    shown = academy("check")
    (log,) = tmp_path.glob("academy-error-*.log")
    assert (shown.status, str(log) in shown.err) == (1, True)
    assert "maria@example.org went wrong" in log.read_text("utf-8")


def test_debug_in_any_place_shows_where_an_error_came_from(data, unforeseen):
    for words in (
        ["--debug", "people", "list", "--data", str(data)],
        ["people", "list", "--data", str(data), "--debug"],
    ):
        with pytest.raises(ValueError, match="went wrong"):
            main(words)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(28, "No space left on device"), "There is no room left on the disk."),
        (PermissionError(13, "Permission denied", "/x/y"), "/x/y can't be written or read"),
        (FileNotFoundError(2, "No such file or directory", "/x/y"), "/x/y: No such file or directory."),
    ],
)
def test_errors_of_the_system_are_sentences(academy, data, monkeypatch, error, sentence):
    def fail(*_arguments):
        raise error

    monkeypatch.setattr(People, "all", fail)
    shown = academy("people", "list", "--data", data)
    assert shown.status == 1
    assert shown.err.startswith(sentence)


@pytest.mark.parametrize(
    ("number", "place", "sentence"),
    [
        (errno.EDQUOT, "/x/y", "There is no room left on the disk."),
        (errno.EPERM, None, "The disk can't be written or read: you don't have the right."),
        (errno.EROFS, "/x/y", "/x/y can't be written or read: you don't have the right."),
        (errno.ENOTDIR, "/x/y", "/x/y: no. Choose another place."),
        (errno.EISDIR, "/x/y", "/x/y: no. Choose another place."),
        (errno.ENOENT, None, "Something unexpected happened (FileNotFoundError)."),
        (errno.EIO, "/x/y", "Something unexpected happened (OSError)."),
    ],
)
def test_what_a_system_says_is_told_with_the_place(tmp_path, monkeypatch, number, place, sentence):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert explain(OSError(number, "no", place), Run()).startswith(sentence)


def test_details_go_elsewhere_where_the_data_folder_takes_none(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    said = explain(ValueError("maria@example.org"), Run(data=tmp_path / "nothing"))
    (log,) = tmp_path.glob("academy-error-*.log")
    assert f"(ValueError). The details are in {log}: please show them" in said


def test_without_a_place_for_the_details_it_is_said_how_to_see_them(academy, data, unforeseen):
    (data / "logs" / "errors.log").mkdir(parents=True)
    shown = academy("people", "list", "--data", data)
    said = "Something unexpected happened (ValueError). Run the command again with --debug to see more.\n"
    assert (shown.status, shown.err) == (1, said)


def test_a_pipe_that_closes_early_is_no_failure(academy, data, monkeypatch):
    def fail(*_arguments):
        raise BrokenPipeError(32, "Broken pipe")

    monkeypatch.setattr(People, "all", fail)
    shown = academy("people", "list", "--data", data)
    assert shown.err == ""


def test_sentences_follow_the_language_of_the_terminal(monkeypatch):
    from academy_app.cli.words import language

    monkeypatch.delenv("ACADEMY_LANG")
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    for value, expected in (("ar_EG.UTF-8", "ar"), ("C.UTF-8", "en"), ("tlh", "en"), ("", "en")):
        monkeypatch.setenv("LANG", value)
        assert language() == expected
