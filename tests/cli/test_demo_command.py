def test_a_course_is_filled_once_and_says_so(academy, data):
    made = academy("demo", "--participants", 3, "--data", data)
    assert made.status == 0
    assert "3 invented participants with " in made.out
    again = academy("demo", "--data", data)
    assert again.status == 1
    assert "There are participants already" in again.err
    assert academy("demo", "--participants", 1, "--among", "--data", data).status == 0
    assert academy("people", "list", "--data", data).out.count("Amara O.") == 2
