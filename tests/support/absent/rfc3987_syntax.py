"""Stands before the package of this name in each process of the tests, and says that there is none.

jsonschema builds some forty grammars with it at its import, a second of each start of nbgrader, alembic, Voilà and
JupyterLab, to check addresses that nobody here checks. It does without; `academy serve` has it do so for everybody.
"""

raise ImportError("left out by tests/conftest.py")
