"""Many people at once."""

from itertools import pairwise

from tests.support.crowd import crowd
from tests.support.visitor import Visitor, run


def cookies_of(server, count):
    found = []
    for number in range(count):
        with Visitor(server.url) as visitor:
            visitor.sign_in(server.people.add(f"Person {number}").code)
            found.append(dict(visitor.cookies))
    return found


def test_thirty_people_at_once_all_get_their_page_and_a_kernel_of_their_own(start):
    with start(starting=2, max_kernels=40) as server:
        arrivals = run(crowd(server.url, "voila/render/home.ipynb", cookies_of(server, 30)))
        assert [arrival.trouble for arrival in arrivals if arrival.seconds is None] == []
        assert len({arrival.kernel for arrival in arrivals}) == 30
        for arrival in arrivals:
            assert all(later <= earlier for earlier, later in pairwise(arrival.numbers))
        server.wait_for_kernels(30)
