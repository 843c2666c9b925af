import re

import pytest

from ntksym.check import Line, Report, Section, Verdict, Witness
from ntksym.language import Claim, c

V = Verdict


def line(*verdicts: Verdict, names: str = "abcdefg") -> Line:
    witnesses = (
        Witness(name, v, f"saw {v.name}") for name, v in zip(names, verdicts, strict=False)
    )
    return Line(Claim(c, c + 1), tuple(witnesses))


def report(*lines: Line) -> Report:
    return Report((Section("first", lines[:1]), Section("second", lines[1:])))


def test_the_order_of_verdicts() -> None:
    assert V.PROVED > V.ENCLOSED > V.AGREES > V.UNKNOWN > V.REFUTED
    assert len(V) == 5


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ((), V.UNKNOWN),
        ((V.PROVED,), V.UNKNOWN),
        ((V.PROVED, V.UNKNOWN), V.UNKNOWN),
        ((V.UNKNOWN, V.UNKNOWN), V.UNKNOWN),
        ((V.PROVED, V.AGREES), V.PROVED),
        ((V.UNKNOWN, V.AGREES, V.ENCLOSED), V.ENCLOSED),
        ((V.AGREES, V.AGREES), V.AGREES),
        ((V.REFUTED,), V.REFUTED),
        ((V.PROVED, V.ENCLOSED, V.AGREES, V.REFUTED), V.REFUTED),
        ((V.UNKNOWN, V.REFUTED), V.REFUTED),
    ],
)
def test_a_line_needs_two_witnesses_and_one_refutes(verdicts, expected) -> None:
    assert line(*verdicts).verdict == expected


def test_the_same_witness_twice_is_one_witness() -> None:
    assert line(V.ENCLOSED, V.ENCLOSED, names="aa").verdict == V.UNKNOWN
    assert line(V.ENCLOSED, V.ENCLOSED, names="ab").verdict == V.ENCLOSED


def test_the_weakest_line_decides() -> None:
    proved, enclosed = line(V.PROVED, V.AGREES), line(V.AGREES, V.ENCLOSED)
    assert report(proved, enclosed, proved).verdict == V.ENCLOSED
    assert report(proved, line(V.REFUTED)).verdict == V.REFUTED
    assert len(list(report(proved, enclosed, proved).lines)) == 3


def test_require_returns_the_report_or_names_the_line() -> None:
    proved, weak = line(V.PROVED, V.AGREES), line(V.AGREES, V.UNKNOWN)
    good = report(proved, proved)
    assert good.require(V.ENCLOSED) is good
    expected = re.escape(
        "second, line 2 is UNKNOWN, expected at least AGREES: c = c + 1. "
        "a: AGREES (saw AGREES); b: UNKNOWN (saw UNKNOWN)"
    )
    with pytest.raises(AssertionError, match=expected):
        report(proved, proved, weak).require(V.AGREES)


def test_require_names_the_first_line_below() -> None:
    with pytest.raises(AssertionError, match="first, line 1 is ENCLOSED"):
        report(line(V.ENCLOSED, V.AGREES), line(V.REFUTED)).require(V.PROVED)
