"""The frames of the v1 kernel protocol."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy_app.server.kernels.sockets import MalformedError, read_frame, write_frame

PARTS = st.lists(st.binary(max_size=50), min_size=5, max_size=20)


@given(PARTS)
def test_a_frame_gives_back_its_parts(parts):
    assert read_frame(write_frame(parts)) == parts


@given(st.binary(max_size=400))
def test_any_bytes_are_either_a_frame_or_refused(data):
    try:
        parts = read_frame(data)
    except MalformedError:
        return
    assert len(parts) >= 5
    assert sum(map(len, parts)) <= len(data)


@given(PARTS, st.data())
def test_a_changed_offset_never_reaches_outside_the_frame(parts, data):
    frame = bytearray(write_frame(parts))
    place = data.draw(st.integers(0, 8 * (len(parts) + 2) - 1))
    frame[place] = data.draw(st.integers(0, 255))
    try:
        found = read_frame(bytes(frame))
    except MalformedError:
        return
    assert sum(map(len, found)) <= len(frame)


@pytest.mark.parametrize("count", [0, 1, 5, 2**31, 2**63, 2**64 - 1])
def test_a_count_of_offsets_that_cannot_be_is_refused_at_once(count):
    with pytest.raises(MalformedError):
        read_frame(count.to_bytes(8, "little") + b"\0" * 64)
