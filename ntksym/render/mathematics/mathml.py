"""LaTeX mathematics as MathML, with the spacing that TeX would give it."""

import re

_OPERATORS = "arcsin|arccos|arctan|sinh|cosh|tanh|sin|cos|tan|exp|ln|log|max|min|det|erf|erfc"
_CHANGES = (
    (r' xmlns="[^"]*"', ""),
    (r'<mo stretchy="true" fence="true"', '<mo stretchy="true" fence="true" lspace="0" rspace="0"'),
    (rf"<m[io]>({_OPERATORS}|sign)</m[io]>", r"<mi>\1</mi>"),
    (
        rf"(</(?:mi|mn|msub|msup|msqrt|mfrac|mrow)>)(<mi>(?:{_OPERATORS})</mi>)",
        r'\1<mspace width="0.167em"/>\2',
    ),
    (r"\\langle", "&#x027E8;"),
    (r"\\rangle", "&#x027E9;"),
    (r"<m([io])>&#x0007E;</m\1>", "<mo>&#x0223C;</mo>"),
    (
        r"(<mo[^>]*>(?:&#x00028;|\(|\[|&#x0003D;|=|,|&#x0002C;)</mo>)<mo>&#x02212;</mo>",
        r'\1<mo form="prefix" lspace="0" rspace="0">&#x02212;</mo>',
    ),
)

_LOW = re.compile(
    r'<mo stretchy="true"([^>]*form="prefix"[^>]*>[^<]*</mo>)'
    r"((?:(?!<mo stretchy=\"true\"|<mfrac|<msup|<msqrt|<munder|<mtable).)*)"
    r'<mo stretchy="true"([^>]*form="postfix")'
)
"""A pair of brackets with nothing tall between them: stretching would only add space."""


def mathml(tex: str, display: str = "inline") -> str:
    """LaTeX without dollars as one ``<math>``; ``display`` is ``inline`` or ``block``.

    ImportError that says what to install where latex2mathml is missing.

    >>> mathml("c")
    '<math display="inline"><mrow><mi>c</mi></mrow></math>'
    """
    try:
        from latex2mathml.converter import convert
    except ImportError as error:
        raise ImportError("latex2mathml is missing: pip install 'ntksym[report]'") from error
    braced = re.sub(r"\\(mathbb|mathcal|mathbf|mathrm|mathfrak)\s*([A-Za-z])", r"\\\1{\2}", tex)
    result = str(convert(braced, display=display))
    for found, replacement in _CHANGES:
        result = re.sub(found, replacement, result)
    while _LOW.search(result):
        result = _LOW.sub(r'<mo stretchy="false"\1\2<mo stretchy="false"\3', result)
    return result
