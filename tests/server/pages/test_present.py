"""Presenting: who may, and what a page tells its script."""

import re

import pytest


@pytest.mark.parametrize("page", ["present/home", "present/home.ipynb", "present/nothing-there"])
def test_only_facilitators_present_and_others_do_not_learn_what_there_is(page, visit):
    assert visit().get(page).status_code == 302
    assert visit("Amina").get(page).status_code == 403
    assert visit("Guide", role="mentor").get(page).status_code == 403


def test_a_facilitator_presents_a_notebook_by_its_name(visit):
    presenter = visit("Rosa", role="facilitator")
    page = presenter.get("present/home")
    assert page.status_code == 200
    assert "at home" in page.text
    assert presenter.get("present/nothing-there").status_code == 404
    assert presenter.get("present/../outside").status_code == 404


def test_the_picture_to_scan_is_drawn_here_for_who_is_signed_in(visit):
    assert visit().get("present/qr/K7M3QX.svg").status_code == 302
    drawn = visit("Rosa", role="facilitator").get("present/qr/K7M3QX.svg")
    assert drawn.headers["content-type"] == "image/svg+xml"
    assert re.match(r"<svg [^>]*>", drawn.text)
    assert "<script" not in drawn.text
