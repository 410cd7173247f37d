"""The environment of kernels: which of it is a person's, and which all share."""

import pytest

from academy.content import use_data
from academy.course import load_course
from academy.data import DataFolder
from academy.editions import Editions
from academy_app.server import ServeOptions
from academy_app.server.kernels.environment import PERSONAL, kernel_environment
from academy_app.server.site import Site
from tests.support.courses import FLAGSHIP
from tests.support.outsider import OUTSIDER, drop_in


@pytest.fixture
def site(tmp_path):
    site = Site(ServeOptions(data=DataFolder.create(tmp_path / "data"), course=FLAGSHIP))
    yield site
    site.store.close()
    use_data(None)


def test_a_course_that_comes_while_the_server_runs_changes_nothing_that_kernels_share(site):
    before = kernel_environment(site)
    Editions(site.store).new("north", load_course(drop_in(site.data.path)))
    site.editions._looked = float("-inf")
    assert [edition.course for edition in site.editions.all()] == [FLAGSHIP, OUTSIDER]
    after = kernel_environment(site, "p-amina", site.editions.site("north"))
    assert {name for name in after if after[name] != before[name]} == {*PERSONAL}
    assert (before["ACADEMY_COURSES"], after["ACADEMY_EDITION"]) == (FLAGSHIP, "north")
