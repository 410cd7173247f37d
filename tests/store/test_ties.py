"""What ties an anonymous answer to its giver, and how it is destroyed."""

import pytest

from academy.errors import StoreError
from academy.store.ties import BYTES, Ties, ties_of


@pytest.fixture
def ties(tmp_path):
    return Ties(tmp_path / "runtime" / "live")


def test_a_secret_is_found_by_its_session_and_name_and_by_nothing_else(ties):
    assert ties.codes() == []
    name, other = ties.make("ABC234"), ties.make("ABC234")
    assert len(ties.get("ABC234", name)) == BYTES
    assert ties.get("ABC234", name) != ties.get("ABC234", other)
    assert ties.get("XYZ234", name) is None
    assert ties.get("ABC234", f"../ABC234/{name}") is None
    assert ties.get("ABC234", ties.make("ABC234", b"too short")) is None
    assert ties.codes() == ["ABC234"]
    assert ties.folder.stat().st_mode & 0o077 == 0, "for nobody else on this machine"


def test_destroyed_secrets_are_gone_and_others_stay(ties):
    name, kept = ties.make("ABC234"), ties.make("XYZ234")
    ties.destroy("ABC234")
    ties.destroy("ABC234")
    assert ties.get("ABC234", name) is None
    assert ties.codes() == ["XYZ234"]
    assert ties.get("XYZ234", kept)


@pytest.mark.parametrize("code", ["", "../x", "A" * 33, "a b"])
def test_what_is_no_code_leads_to_no_folder(ties, code):
    with pytest.raises(ValueError, match="letters and digits"):
        ties.make(code)


def test_where_a_secret_cannot_be_kept_the_answer_is_refused(tmp_path):
    (tmp_path / "runtime").write_text("a file")
    with pytest.raises(StoreError, match="so it was not taken"):
        Ties(tmp_path / "runtime" / "live").make("ABC234")


def test_secrets_are_beside_the_database_and_never_in_one_folder_for_two(tmp_path, monkeypatch):
    monkeypatch.delenv("ACADEMY_LIVE_TIES", raising=False)
    assert ties_of(f"sqlite:///{tmp_path}/academy.sqlite").folder == tmp_path / "runtime" / "live"
    assert ties_of("postgresql://host/one").folder != ties_of("postgresql://host/two").folder
    assert ties_of("postgresql://host/one").folder == ties_of("postgresql://host/one").folder
    assert ties_of("sqlite://").folder != ties_of("sqlite://").folder
    assert ties_of("postgresql://host/one", tmp_path).folder == tmp_path
    monkeypatch.setenv("ACADEMY_LIVE_TIES", str(tmp_path / "shared"))
    assert ties_of("postgresql://host/one", tmp_path).folder == tmp_path / "shared"
