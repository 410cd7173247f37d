"""What `academy build` writes into a course root, `<data>/courses/<course-id>/nbgrader_config.py`.

Settings of your own go below the call: building again leaves the file alone.
"""

from academy_grading.config import configure

configure(get_config(), __file__)  # noqa: F821 - nbgrader provides get_config
