"""The configuration of Sphinx; ``build.py`` is what runs it."""

import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE)]

project = "ntksym"
author = "The ntksym developers"
copyright = author
release = tomllib.loads((HERE.parents[1] / "pyproject.toml").read_text("utf-8"))["project"][
    "version"
]
root_doc = "index"
extensions = ["sphinx.ext.autodoc", "myst_parser", "mathml", "docstrings"]

# A name of ours that a docstring refers to has its place, but for the types of inner fields.
smartquotes = False
nitpicky = True
_inner = (
    r"(lowering\.program|numerics\.finite\.(plan|draw)|numerics\.dynamics\.modes|check\.checker)"
)
nitpick_ignore_regex = [(r"py:.*", r"(?!ntksym\.).*"), (r"py:class", rf"ntksym\.{_inner}\..*")]
suppress_warnings = ["config.cache"]

myst_enable_extensions = ["dollarmath"]
myst_fence_as_directive = ["math"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
maximum_signature_line_length = 100
add_module_names = True
toc_object_entries_show_parents = "hide"

html_theme = "furo"
html_title = f"ntksym {release}"
html_math_renderer = "mathml"
html_static_path = [str(HERE / "static"), str(HERE.parents[1] / "ntksym" / "render" / "style.css")]
html_css_files = ["style.css", "site.css"]
html_copy_source = False
html_show_sphinx = False
