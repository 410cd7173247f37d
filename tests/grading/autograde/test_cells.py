"""What cells say when they run one after the other: texts, last values and errors, as a kernel gives them."""

import pytest

from academy_grading.autograde.cells import LONGEST_TEXT, run_cells


def run(*sources):
    told = {}
    run_cells(sources, told.__setitem__)
    assert list(told) == list(range(len(sources)))
    return list(told.values())


def value(text, number=1):
    data = {"text/plain": text}
    return {"output_type": "execute_result", "execution_count": number, "metadata": {}, "data": data}


def stream(name, text):
    return {"output_type": "stream", "name": name, "text": text}


def test_what_is_printed_comes_first_then_what_is_complained_of_then_the_last_value():
    noisy = "import sys\nsys.stderr.write('e')\nprint('o')\n1 + 1"
    assert run("", noisy) == [[], [stream("stdout", "o\n"), stream("stderr", "e"), value("2", 2)]]


def test_cells_share_their_names_and_none_of_ours():
    assert run("x = 2", "x", "sorted(n for n in globals() if n[0] != '_')", "__name__") == [
        [],
        [value("2", 2)],
        [value("['x']", 3)],
        [value("'__main__'", 4)],
    ]


@pytest.mark.parametrize("source", ["None", "7;", "7; \n", "x = 7", "7\nx = 8", "", "# a word"])
def test_a_cell_without_a_last_value_says_nothing(source):
    assert run(source) == [[]]


@pytest.mark.parametrize(
    ("source", "name", "text"),
    [
        ("1 / 0", "ZeroDivisionError", "division by zero"),
        ("raise ValueError('no')\n3", "ValueError", "no"),
        ("raise SystemExit(3)", "SystemExit", "3"),
    ],
)
def test_an_error_is_named_with_its_text_after_what_was_printed_and_the_next_cell_runs(source, name, text):
    error = {"output_type": "error", "ename": name, "evalue": text, "traceback": [f"{name}: {text}"]}
    assert run(f"print('so far')\n{source}", "2") == [[stream("stdout", "so far\n"), error], [value("2", 2)]]


def test_a_cell_that_is_no_python_is_an_error_too():
    ((error,),) = run("print(")
    assert (error["output_type"], error["ename"]) == ("error", "SyntaxError")


def test_what_is_very_long_is_cut_at_the_same_length_wherever_it_is_said():
    most, more = LONGEST_TEXT, LONGEST_TEXT + 1
    printed, shown, raised = run(f"print('x' * {more})", f"'x' * {more}", f"raise ValueError('x' * {more})")
    assert printed == [stream("stdout", "x" * most)]
    assert shown == [value("'" + "x" * (most - 1), 2)]
    assert raised[0]["evalue"] == "x" * most == raised[0]["traceback"][0].removeprefix("ValueError: ")
    assert most == 20_000
