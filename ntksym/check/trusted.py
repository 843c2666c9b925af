"""What of the trusted base some reports lean on."""

from ntksym.check.functional.facts import FACTS, Fact
from ntksym.check.functional.witnesses import BY
from ntksym.check.symbolic.lemmas import BASE, Lemma
from ntksym.check.verdict import Report


def trusted(*reports: Report) -> tuple[Lemma | Fact, ...]:
    """The lemmas and facts that their witnesses name, in the order of the base."""
    lines = [line for report in reports for line in report.lines]
    said = {witness.detail for line in lines for witness in line.witnesses}
    by_name = {n for detail in said if detail.startswith(BY) for n in _names(detail)}
    return (
        *(lemma for lemma in BASE if f"instance of: {lemma.name}" in said),
        *(fact for fact in FACTS if fact.name in by_name),
    )


def _names(detail: str) -> list[str]:
    return detail.removeprefix(BY).split(", ")
