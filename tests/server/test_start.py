"""Starting and stopping."""

import shutil
import socket
import tempfile
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest

from academy_app.server.app import AcademyServer as Served
from academy_app.server.kernels.socket_folder import usual_place
from tests.support.server import AcademyServer, NotStartedError
from tests.support.visitor import Visitor, run


def folders(pages):
    return {name: str(pages / name) for name in ("notebooks", "template", "assets")}


def test_a_port_in_use_is_said_with_what_to_do(tmp_path, pages):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        server = AcademyServer(tmp_path / "data", port=port, **folders(pages))
        with pytest.raises(NotStartedError, match=rf"^Port {port} is in use already.*PORT=\d+$"):
            server.start()
    assert server.process.returncode == 1
    server.close()


def test_an_address_that_is_not_ours_is_said(tmp_path, pages):
    server = AcademyServer(tmp_path / "data", ip="192.0.2.1", **folders(pages))
    with pytest.raises(NotStartedError, match=r"^The address 192\.0\.2\.1 is not one of this machine's"):
        server.start()
    server.close()


def test_a_second_server_on_the_same_data_folder_is_refused(start, pages):
    first = start()
    second = AcademyServer(first.data.path, **folders(pages))
    with pytest.raises(NotStartedError, match="already being served"):
        second.start()
    second.close()
    with Visitor(first.url) as visitor:
        assert visitor.get("healthz").status_code == 204


def test_serving_a_copy_of_the_data_folder_leaves_the_first_server_at_work(start, pages, tmp_path):
    first = start()
    with Visitor(first.url) as visitor:
        visitor.sign_in(first.people.add("Amina").code)
        kernel = visitor.open()
        shutil.copytree(first.data.path, tmp_path / "copy")
        copy = AcademyServer(tmp_path / "copy", **folders(pages)).start()
        copy.close()
        assert visitor.get(f"api/kernels/{kernel}").status_code == 200
        run(visitor.socket(kernel))  # its sockets are there
        visitor.open()


def test_after_a_kill_the_server_starts_again_and_knows_everybody(start):
    server = start()
    with Visitor(server.url) as visitor:
        visitor.sign_in(server.people.add("Amina").code)
        visitor.open()
        server.kill()
        left = {path for path in Path(tempfile.gettempdir()).glob("academy-*") if path.is_dir()}
        url = server.url
        server.start()
        assert server.url == url
        assert visitor.is_in()
        place = usual_place(server.data.runtime)
        assert place.is_dir()
        assert server.stop() == 0
        assert not place.exists()
        assert place in left


def test_everything_lies_below_the_base_url(start):
    server = start(base_url="/x")
    new = server.people.add("Amina")
    assert server.root.endswith("/x/")
    assert server.url == f"{server.root}c/{server.edition}/"
    with Visitor(server.url) as visitor:
        home = f"/x/c/{server.edition}/voila/render/home.ipynb"
        assert visitor.get("").headers["location"] == home
        assert visitor.get(home).headers["location"] == f"/x/login?{urlencode({'next': home})}"
        assert visitor.get("/x/voila/render/home.ipynb").headers["location"] == home
        assert 'href="/x/login"' in visitor.get("/x/").text
        answer = visitor.form(f"{server.url}j/{new.link_token}")
        assert answer.headers["location"] == home
        assert "Path=/x/" in answer.headers["set-cookie"]
        kernel = visitor.open()
        assert visitor.get(f"api/kernels/{kernel}").status_code == 200
        assert visitor.get("assets/page-1A2B.js").status_code == 200
        outside = server.root.removesuffix("x/")
        within = f"c/{server.edition}/"
        for address in ("", "login", "voila/render/home.ipynb", f"api/kernels/{kernel}"):
            assert visitor.get(outside + address).status_code == 404
            assert visitor.get(outside + within + address).status_code == 404


@pytest.mark.parametrize(
    ("ip", "host"),
    [
        *((ip, socket.gethostname()) for ip in ("", "0.0.0.0", "::")),
        ("127.0.0.1", "127.0.0.1"),
        ("::1", "[::1]"),
    ],
)
def test_a_server_says_under_which_address_it_answers(ip, host):
    server = SimpleNamespace(site=SimpleNamespace(options=SimpleNamespace(ip=ip), base="/kit/"), port=8866)
    assert Served._address(server) == f"http://{host}:8866/kit/"
