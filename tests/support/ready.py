"""Imported by the process that test servers are forked from: what each of them would import and read first."""

import academy_app.server.app
import academy_app.server.routes  # noqa: F401
from academy.course import load_course
from tests.support.courses import FLAGSHIP

load_course(FLAGSHIP)  # read again where its files, or where they lie, are others
