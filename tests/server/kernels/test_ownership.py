"""Whose kernel it is, at every address that has to do with kernels."""

import asyncio

import pytest
from tornado.httpclient import HTTPClientError

from tests.support.patience import SECONDS
from tests.support.visitor import Visitor, run


@pytest.fixture
def kernel(visit):
    """Amina, and the kernel of a page she has open."""
    amina = visit("Amina")
    return amina, amina.open()


def others(visit):
    return {
        "another participant": visit("Fatou"),
        "a facilitator": visit("Mona", role="facilitator"),
        "a mentor": visit("Musa", role="mentor"),
    }


def refused(visitor: Visitor, kernel: str) -> int:
    with pytest.raises(HTTPClientError) as error:
        run(visitor.socket(kernel))
    return error.value.code


async def opened(visitor: Visitor, kernel: str) -> bool:
    socket = await visitor.socket(kernel)
    socket.close()
    return True


def requests(visitor: Visitor, kernel: str) -> dict[str, int]:
    """Try everything that could be asked about a kernel over HTTP."""
    word = {"_xsrf": visitor.xsrf()}
    tries = [
        ("GET", f"api/kernels/{kernel}"),
        ("DELETE", f"api/kernels/{kernel}"),
        ("PATCH", f"api/kernels/{kernel}"),
        ("POST", f"api/kernels/{kernel}/interrupt"),
        ("POST", f"api/kernels/{kernel}/restart"),
        ("POST", f"voila/api/shutdown/{kernel}"),
        ("GET", "api/kernels"),
        ("POST", "api/kernels"),
        ("GET", f"voila/query/{kernel}"),
        ("GET", f"voila/execution/{kernel}"),
    ]
    headers = {"X-XSRFToken": word["_xsrf"]}
    return {
        f"{method} {address}": visitor.request(method, address, headers=headers).status_code
        for method, address in tries
    }


def test_to_everybody_else_a_kernel_is_not_there(visit, kernel):
    amina, id_ = kernel
    for who, visitor in others(visit).items():
        for request, status in requests(visitor, id_).items():
            assert status in (404, 405), (who, request)
        assert refused(visitor, id_) == 404, who
    assert amina.get(f"api/kernels/{id_}").status_code == 200


def test_to_nobody_a_kernel_is_forbidden(visit, kernel):
    amina, id_ = kernel
    for request, status in requests(visit(), id_).items():
        assert status in (403, 404, 405), request
    assert refused(visit(), id_) == 403
    assert amina.get(f"api/kernels/{id_}").status_code == 200


def test_the_owner_sees_reaches_and_ends_it(visit, kernel):
    amina, id_ = kernel
    assert amina.get(f"api/kernels/{id_}").json()["id"] == id_
    assert run(opened(amina, id_))
    assert amina.delete(f"api/kernels/{id_}", headers={"X-XSRFToken": amina.xsrf()}).status_code == 204
    assert amina.get(f"api/kernels/{id_}").status_code == 404


def test_leaving_a_page_ends_its_kernel(visit, kernel):
    amina, id_ = kernel
    assert amina.post(f"voila/api/shutdown/{id_}", data={"_xsrf": amina.xsrf()}).status_code == 204
    assert amina.get(f"api/kernels/{id_}").status_code == 404


def test_another_site_cannot_end_it_in_the_owners_name(visit, kernel):
    amina, id_ = kernel
    assert amina.post(f"voila/api/shutdown/{id_}").status_code == 403
    assert amina.delete(f"api/kernels/{id_}").status_code == 403
    elsewhere = {"Origin": "https://evil.example", "X-XSRFToken": amina.xsrf()}
    assert amina.delete(f"api/kernels/{id_}", headers=elsewhere).status_code in (403, 404)
    with pytest.raises(HTTPClientError) as error:
        run(amina.socket(id_, Origin="https://evil.example"))
    assert error.value.code == 403
    assert amina.get(f"api/kernels/{id_}").status_code == 200


def test_a_page_left_at_the_door_gets_a_status_and_not_the_sign_in_form(visit, kernel):
    answer = visit().get(f"api/kernels/{kernel[1]}")
    assert answer.status_code == 403
    assert answer.headers["content-type"].startswith("application/json")


def test_who_is_signed_out_everywhere_loses_the_open_page_too(server, visit):
    new = server.people.add("Amina")
    amina = visit().sign_in(new.code)
    id_ = amina.open()

    async def closed_with():
        socket = await amina.socket(id_)
        server.people.revoke(new.person.id)
        while await asyncio.wait_for(socket.read_message(), SECONDS) is not None:
            pass
        return socket.close_code

    assert run(closed_with()) == 4404
