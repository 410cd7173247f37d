"""Chance that is the same each time: what is drawn with `secrets` in this process follows from the test's name."""

import os
import random

__all__ = ["begin_anew", "same_each_time"]

DRAWN = random.Random()
SYSTEMS = {name: getattr(random.SystemRandom, name) for name in ("random", "getrandbits", "randbytes")}


def same_each_time():
    """Let what asks the system for chance in this process get it from a source that `begin_anew` sets."""
    for name in SYSTEMS:
        setattr(random.SystemRandom, name, _from_here(name))
    os.register_at_fork(after_in_child=_the_systems)  # two children must not draw the same


def begin_anew(name):
    """Begin the row of what is drawn that belongs to a name."""
    DRAWN.seed(name)


def _from_here(name):
    def drawn(_, *arguments):
        return getattr(DRAWN, name)(*arguments)

    return drawn


def _the_systems():
    for name, method in SYSTEMS.items():
        setattr(random.SystemRandom, name, method)
