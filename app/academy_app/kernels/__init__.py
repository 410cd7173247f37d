"""Kernels forked from a template process in which everything has been imported already.

A template is a process with one thread and without sockets, loops or databases (`template`). A server or nbgrader
keeps one (`keeper`) and asks it for kernels (`provisioner`, known to Jupyter by the name in `PROVISIONER`). What
a kernel does before it is one is in `child`. Wherever that can't be had, a stock kernel starts.
"""

__all__ = ["PROVISIONER"]

PROVISIONER = "academy-forked"
