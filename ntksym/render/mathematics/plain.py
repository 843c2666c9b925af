"""Prose with mathematics between dollars as plain text, for a terminal."""

import re

COMMANDS = {
    r"\dot\Sigma": "Σ̇", r"\dot\Theta": "Θ̇", r"\mathbb{E}": "E", r"\mathbb E": "E",
    r"\left": "", r"\right": "", r"\,": " ", r"\Sigma": "Σ", r"\Theta": "Θ", r"\sigma": "σ",
    r"\Phi": "Φ", r"\rho": "ρ", r"\theta": "θ", r"\delta": "δ", r"\kappa": "κ", r"\beta": "β",
    r"\sqrt2": "√2", r"\partial": "∂", r"\pi": "π", r"\chi": "χ",
    r"\sum": "∑", r"\cos": "cos", r"\pm": "±", r"\ne": "≠", r"\ell": "ℓ", r"\in": "∈",
    r"\mapsto": "↦", r"\to": "→", r"\Leftrightarrow": "⇔", r"\mathcal N": "N", r"\xi": "ξ",
    r"\bigl": "", r"\bigr": "", r"\times": "×", r"\cup": "∪", r"\otimes": "⊗", r"\ldots": "...",
    r"\arcsin": "arcsin", r"\infty": "∞", r"\le": "≤", r"\ge": "≥", r"\neq": "≠", r"\cdot": "·",
    r"\dot\sigma": "σ̇", r"\tau": "τ", r"\lambda": "λ", r"\Delta": "Δ", r"\circ": "∘",
}  # fmt: skip
INDICES = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
EXPONENTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def plain(text: str, keep: bool = False) -> str:
    r"""Prose with LaTeX between dollars as plain text; a formula of several storeys is left out.

    With ``keep`` it stays as it is written.

    >>> plain(r"$\dot\Sigma=\partial\Sigma/\partial c$ where $c^2<q_1q_2$")
    'Σ̇=∂Σ/∂c where c²<q₁q₂'
    >>> plain(r"The integrand $\frac{1}{2}$")
    'The integrand'
    """
    return re.sub(r"\$([^$]+)\$", lambda found: _formula(found[1], keep), text).strip()


def _formula(text: str, keep: bool) -> str:
    for command, letter in COMMANDS.items():
        end = r"(?![A-Za-z]) ?" if command[-1].isalpha() else ""
        text = re.sub(re.escape(command) + end, letter, text)
    text = _in_line(text) if keep else text
    text = raised(re.sub(r"([_^])\{(\w+)\}", r"\1\2", text))
    text = text.replace("^n", "ⁿ")
    return text if keep or not re.search(r"[\\{}^]", text) else ""


def _in_line(text: str) -> str:
    """Fractions and exponents of several terms in one line, from the inside out."""
    before = ""
    while text != before:
        before = text
        text = re.sub(r"([_^])\{([^{}]*\W[^{}]*)\}", lambda m: m[1] + _grouped(m[2]), text)
        pattern = r"\\frac\{([^{}]*)\}\{([^{}]*)\}"
        text = re.sub(pattern, lambda m: f"{_grouped(m[1])}/{_grouped(m[2])}", text)
    return text


def _grouped(text: str) -> str:
    single = re.fullmatch(r"[\w^]*|\([^()]*\)", text)
    return text if single else f"({text})"


def raised(text: str) -> str:
    """Digits after ``_`` and ``^`` as indices and exponents."""
    text = re.sub(r"_(\d)", lambda found: found[1].translate(INDICES), text)
    return re.sub(r"\^(\d)", lambda found: found[1].translate(EXPONENTS), text)
