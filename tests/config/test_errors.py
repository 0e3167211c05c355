from config.errors import ConfigError, Problem


def test_a_problem_names_file_line_and_column() -> None:
    assert str(Problem("topics.yaml", 5, 7, "unknown key")) == "topics.yaml:5:7 unknown key"


def test_a_problem_of_a_setting_names_the_variable() -> None:
    assert str(Problem("STORYTRAIL_LISTEN", None, None, "must be host:port")) == "STORYTRAIL_LISTEN must be host:port"


def test_problems_are_told_in_order_of_line() -> None:
    late, early, whole = Problem("f", 10, 1, "c"), Problem("f", 9, 30, "b"), Problem("f", None, None, "a")
    assert ConfigError(late, early, whole).problems == (whole, early, late)
    assert str(ConfigError(late, early)) == "f:9:30 b\nf:10:1 c"
