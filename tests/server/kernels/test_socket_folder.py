"""Where the kernels' sockets lie, and whose folders are left alone."""

import shutil

import pytest

from academy_app.server.kernels.socket_folder import socket_folder


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    place = tmp_path / "tmp"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    return place


@pytest.fixture
def runtime(tmp_path):
    folder = tmp_path / "data" / "runtime"
    folder.mkdir(parents=True)
    return folder


def test_a_copied_data_folder_leaves_the_first_servers_sockets(runtime, tmp_path):
    with socket_folder(runtime) as first:
        (first / "kernel").write_text("a socket")
        copy = tmp_path / "copy"
        shutil.copytree(runtime, copy)
        (copy / "sockets.txt").write_text(str(first), "utf-8")
        with socket_folder(copy) as second:
            assert second != first
        assert (first / "kernel").exists()
    assert not first.exists()


def test_no_path_that_stands_in_a_data_folder_is_followed(runtime, temporary):
    other = temporary / "academy-of-somebody"
    other.mkdir()
    (other / "kept").write_text("kept")
    (runtime / "sockets.txt").write_text(str(other), "utf-8")
    with socket_folder(runtime):
        assert not (runtime / "sockets.txt").exists()
    assert (other / "kept").read_text() == "kept"
    assert list(runtime.iterdir()) == []


def test_what_a_killed_server_left_is_removed(runtime):
    with socket_folder(runtime) as folder:
        name = folder
    name.mkdir(mode=0o700)
    (name / "kernel-1").mkdir()
    (name / "kernel-2").symlink_to(runtime)
    with socket_folder(runtime) as folder:
        assert folder == name
        assert list(folder.iterdir()) == []
    assert runtime.is_dir()


def test_a_server_that_lives_keeps_its_folder_whoever_comes_by_its_name(runtime):
    with socket_folder(runtime) as first, socket_folder(runtime) as second:
        assert first != second
        assert first.is_dir()


@pytest.mark.parametrize("kind", ["link", "open to others"])
def test_a_folder_that_somebody_else_put_there_is_not_used(runtime, temporary, kind):
    with socket_folder(runtime) as folder:
        name = folder
    if kind == "link":
        (temporary / "elsewhere").mkdir()
        (temporary / "elsewhere" / "kept").write_text("kept")
        name.symlink_to(temporary / "elsewhere")
    else:
        name.mkdir()
        name.chmod(0o755)
        (name / "kept").write_text("kept")
    with socket_folder(runtime) as folder:
        assert folder != name
        assert folder.stat().st_mode & 0o077 == 0
    assert (name / "kept").read_text() == "kept"
