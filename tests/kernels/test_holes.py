"""Holes in memory are filled before kernels are forked."""

import subprocess
import sys

from academy_app.kernels.child import import_kernel

FILL = """
from academy_app.kernels.holes import fill_holes, free_blocks
strewn = [bytes(size) for size in range(1, 400) for _ in range(200)]
del strewn[::2]
before = sum(free_blocks().values())
fill_holes()
print(before, sum(free_blocks().values()))
"""


def test_of_the_free_blocks_few_are_left():
    ran = subprocess.run([sys.executable, "-c", FILL], capture_output=True, text=True, check=True)
    before, after = map(int, ran.stdout.split())
    assert before > 10_000
    assert after < before / 4


def test_what_is_asked_of_pythons_account_is_not_printed_and_what_is_said_after_it_is():
    said = f"{FILL}\nimport sys\nsys.stderr.write('and on')"
    ran = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert ran.stderr == "and on"


def test_the_classes_of_a_socket_have_their_annotations_before_the_fork():
    import_kernel()
    import zmq

    changeable = [kind for kind in zmq.Socket.__mro__ if kind.__flags__ & (1 << 9)]  # made while Python runs
    assert changeable
    # Python 3.14 keeps them under another name.
    assert all({"__annotations__", "__annotations_cache__"} & set(kind.__dict__) for kind in changeable)
