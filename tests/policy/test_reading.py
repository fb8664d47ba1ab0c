"""Readings: every combination once, and those listed that change a result."""

from assistcli.policy.reading import Dependence, Open, Reading, combinations, dependences

A = Reading(id="A", question="？", clause="一", decides="", options={"x": "甲", "y": "乙"})
B = Reading(id="B", question="？", clause="一", decides="", options={"u": "丙", "v": "丁"})


def test_an_adopted_reading_counts_alone() -> None:
    assert combinations([A, B], {"A": "y"}) == [{"A": "y", "B": "u"}, {"A": "y", "B": "v"}]
    assert combinations([], {}) == [{}]


def test_a_part_is_looked_up_by_its_own_readings_only() -> None:
    part = Open(("A",), {("x",): 1, ("y",): 2})
    assert part.at({"A": "y", "B": "u"}) == 2
    assert Open.settled(3).at({"A": "x"}) == 3


def test_only_a_reading_that_changes_a_result_is_listed() -> None:
    results = [(c, "yes" if c["A"] == "x" else "no") for c in combinations([A, B], {})]
    assert dependences(results, [A, B], {}) == [Dependence("A", {"x": "yes", "y": "no"})]


def test_an_option_on_which_the_others_decide_is_open() -> None:
    """Yes only where both favour it: x alone does not settle it, y does."""
    results = [(c, "yes" if c == {"A": "x", "B": "u"} else "no") for c in combinations([A, B], {})]
    assert dependences(results, [A, B], {}) == [
        Dependence("A", {"x": None, "y": "no"}),
        Dependence("B", {"u": None, "v": "no"}),
    ]


def test_readings_that_only_decide_together_are_both_listed() -> None:
    """Every option of either reads ``depends``; unlisted, nobody could learn what the result hangs on."""
    results = [(c, "yes" if (c["A"] == "x") == (c["B"] == "u") else "no") for c in combinations([A, B], {})]
    assert dependences(results, [A, B], {}) == [
        Dependence("A", {"x": None, "y": None}),
        Dependence("B", {"u": None, "v": None}),
    ]


def test_an_adopted_reading_is_not_listed() -> None:
    results = [(c, c["B"]) for c in combinations([A, B], {"A": "x"})]
    assert [d.reading for d in dependences(results, [A, B], {"A": "x"})] == ["B"]
