"""Pictures beside a page become a part of it, and nothing else does."""

import base64

import pytest

from academy_app.server.pages.pictures import Pictures


@pytest.fixture
def pictures(tmp_path):
    folder = tmp_path / "pages"
    (folder / "drawn").mkdir(parents=True)
    for name in ("map.png", "drawn/map.svg", "notes.txt", "../secret.png"):
        (folder / name).write_bytes(name.encode())
    (folder / "linked.png").symlink_to(tmp_path / "secret.png")
    return Pictures(folder)


@pytest.mark.parametrize("name", ["map.png", "drawn/map.svg", "drawn/../map.png"])
def test_a_picture_beside_its_page_is_shown(pictures, name):
    assert pictures.file_exists(name)
    assert base64.b64decode(pictures.get(name, format="base64")["content"]).endswith(name[-7:].encode())


@pytest.mark.parametrize(
    "name", ["notes.txt", "../secret.png", "linked.png", "none.png", "/etc/hosts", "map.png\0", ""]
)
def test_nothing_else_is(pictures, name):
    assert not pictures.file_exists(name)
    assert pictures.get(name) == {"content": ""}
