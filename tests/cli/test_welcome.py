"""What is printed once a course can be used: addresses, links, and where answers are kept."""

import re
from ipaddress import ip_address

import pytest

from academy_app.cli.commands.serve import _addresses, _lan_address, _welcome
from academy_app.cli.first_run import prepare


@pytest.fixture
def ready(folder):
    return prepare(folder, release=None)


@pytest.mark.parametrize(
    ("ip", "found"),
    [
        *((ip, ["http://localhost:8866/kit/"]) for ip in ("127.0.0.1", "::1", "localhost")),
        ("192.0.2.7", ["http://192.0.2.7:8866/kit/", "http://localhost:8866/kit/"]),
        ("2001:db8::7", ["http://[2001:db8::7]:8866/kit/", "http://localhost:8866/kit/"]),
    ],
)
def test_the_address_for_the_room_comes_before_that_of_this_computer(ip, found):
    assert _addresses("http://anything:8866/kit/", ip) == found


@pytest.mark.parametrize("ip", ["0.0.0.0", "::", ""])
def test_who_listens_everywhere_is_found_in_the_network_of_this_computer(ip):
    for lan, found in (("192.0.2.7", ["https://192.0.2.7:1/"]), (None, [])):
        assert _addresses("https://x:1/", ip, lan=lambda lan=lan: lan) == [*found, "https://localhost:1/"]


def test_an_address_of_this_computer_alone_is_none_in_a_network():
    assert _lan_address("127.0.0.9") is None
    assert _lan_address("255.255.255.255") is None, "everybody is no address to look a route up for"
    found = _lan_address()
    assert found is None or not ip_address(found).is_loopback


def test_each_address_stands_on_a_line_of_its_own(folder, ready):
    said = _welcome(folder, [ready], ["http://192.0.2.7:1/", "http://localhost:1/"])
    token, code = folder.people.join_token(), folder.people.join_code()
    assert said.splitlines()[:6] == [
        "",
        ready.course.title,
        "",
        f"  Participants join with   http://192.0.2.7:1/join/{token}",
        f"  or on this computer      http://localhost:1/join/{token}",
        f"  Join code                {code}",
    ]
    assert said.splitlines()[-1] == f"Answers are kept in {folder.data.path}. Stop the server with Ctrl+C."
    assert not re.search(r"this computer only|Everything is ready|Joining is closed", said)


def test_a_closed_door_has_no_link(folder, ready):
    folder.people.close_join()
    said = _welcome(folder, [ready], ["http://192.0.2.7:1/"])
    assert "  Joining is closed. Open it with: academy join on\n" in said
    assert "/join/" not in said
