"""Render the model through the templates.

A value reaches the output only as a checked `Name`, as `Code`, or through a filter that escapes it; anything else stops the
run. Values are never rendered as templates themselves.
"""

from __future__ import annotations

import dataclasses
import re
import textwrap
import unicodedata
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.model import Code, Group, Venue, stated
from generator.names import Name

WIDTH = 120
KINDS = (
    {
        "prefix": Code(""),
        "suffix": Code(""),
        "define": Code("def"),
        "wait": Code(""),
        "iterator": Code("Iterator"),
        "pages": Code("pages"),
        "caller": Code("SyncCaller"),
        "opener": Code("SyncOpener"),
        "subscription": Code("Subscription"),
        "base": Code("SyncClient"),
        "http": Code("An httpx.Client"),
    },
    {
        "prefix": Code("Async"),
        "suffix": Code(", asynchronous"),
        "define": Code("async def"),
        "wait": Code("await "),
        "iterator": Code("AsyncIterator"),
        "pages": Code("async_pages"),
        "caller": Code("AsyncCaller"),
        "opener": Code("AsyncOpener"),
        "subscription": Code("AsyncSubscription"),
        "base": Code("AsyncClient"),
        "http": Code("An httpx.AsyncClient"),
    },
)
TEMPLATES = Path(__file__).parent / "templates"

_quotes = re.compile(r'"{3,}|"+$')  # what could end a docstring


_tag = re.compile(r"<(?=[A-Za-z/!?])")
_list_item = re.compile(r"([0-9]{1,2}\.|[-*]) ").match


class Unescaped(TypeError):
    """A template printed text of a document without a filter."""


def render_venue(venue: Venue) -> dict[str, str]:
    """Return the files of a venue's package: path below `generated/` → text."""
    package = f"spotwire/{venue.id}"
    files = {
        f"{package}/__init__.py": _render("package.py.jinja", venue=venue),
        f"{package}/venue.py": _render("venue.py.jinja", venue=venue),
        f"{package}/lookups.py": _render("lookups.py.jinja", venue=venue),
        f"{package}/enums.py": _render("enums.py.jinja", venue=venue),
        f"{package}/client.py": _render("client.py.jinja", venue=venue, kinds=KINDS),
        f"{package}/models/__init__.py": _render("subpackage.py.jinja", venue=venue),
        f"{package}/api/__init__.py": _render("subpackage.py.jinja", venue=venue),
    }
    for group in venue.groups:
        files[f"{package}/api/{group.name}.py"] = _render("api.py.jinja", venue=venue, group=group, kinds=KINDS)
        if group.models:
            files[f"{package}/models/{group.name}.py"] = _render("models.py.jinja", venue=venue, group=group)
    if venue.streams:
        files[f"{package}/streams.py"] = _render("streams.py.jinja", venue=venue, streams=venue.streams, kinds=KINDS)
    return files


def render_page(venue: Venue) -> str:
    """Return the venue's reference page in Markdown."""
    return _render("page.md.jinja", venue=venue)


def render_root(venues: list[Name]) -> dict[str, str]:
    """Return the files of the package above the venues."""
    return {
        "spotwire/__init__.py": _render("root.py.jinja", venues=venues),
        "spotwire/py.typed": "",
    }


def literal(value: Any) -> Code:
    """Write a value as a Python literal, a description as a call of the class of the same name in the core."""
    if isinstance(value, Code):
        return value
    if isinstance(value, (str, bool, int, float)) or value is None:
        return Code(_ascii(str(value)) if isinstance(value, str) else repr(value))
    if isinstance(value, frozenset):
        return Code(f"frozenset({{{', '.join(sorted(_literals(value)))}}})")
    if isinstance(value, tuple):
        return Code(f"({', '.join(_literals(value))}{',' if len(_literals(value)) == 1 else ''})")
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        arguments = ", ".join(f"{name}={literal(v)}" for name, v in stated(value))
        return Code(f"{type(value).__name__}({arguments})")
    raise Unescaped(f"{type(value).__name__} has no literal form")


def _literals(values: Any) -> list[Code]:
    return [literal(value) for value in values]


def doc(text: str, indent: int = 0, first: int = 0) -> Code:
    """Write text inside a docstring: escaped, wrapped, its further lines indented by `indent`, `first` columns used before."""
    lines: list[str] = []
    for block in _blocks(text):
        escaped = _quotes.sub(lambda quotes: '\\"' * len(quotes[0]), block.replace("\\", "\\\\"))
        wrapped = textwrap.wrap(
            escaped,
            WIDTH - indent,
            initial_indent="" if lines else "\0" * first,
            subsequent_indent="   " if _list_item(block) else "",
            break_long_words=False,
            break_on_hyphens=False,
        )
        gap = [""] if lines and not (_list_item(block) and _list_item(lines[-1].lstrip())) else []
        lines += gap + [line.lstrip("\0") for line in wrapped]
    return Code(("\n" + " " * indent).join(lines).replace("\n" + " " * indent + "\n", "\n\n"))


def sentence(text: str) -> str:
    """Return text that begins with a capital and ends with a full stop."""
    said = text.strip()
    if not said:
        return said
    said = said if said[-1] in ".!?:" else said + "."
    return said[0].upper() + said[1:]


def markdown(text: str) -> Code:
    """Write text inside a cell of a Markdown table."""
    flat = " ".join(_printable(text).split())
    for character in "\\`*_{}[]<>#|":
        flat = flat.replace(character, "\\" + character)
    return Code(flat)


def markdown_code(text: str) -> Code:
    """Write text as code inside a cell of a Markdown table."""
    flat = " ".join(_printable(text).split()).replace("`", "'").replace("|", "\\|")
    return Code(f"`{flat}`")


def prose(text: str) -> Code:
    """Write text as paragraphs of Markdown without HTML."""
    return Code("\n\n".join(_tag.sub("&lt;", block) for block in _blocks(text)))


def _blocks(text: str) -> list[str]:
    """Split text into paragraphs and items of lists, each on one line."""
    blocks: list[str] = []
    for paragraph in _printable(text).split("\n\n"):
        current: list[str] = []
        for line in paragraph.split("\n"):
            if _list_item(line.strip()) and current:
                blocks.append(" ".join(current))
                current = []
            current += line.split()
        blocks.append(" ".join(current))
    return [block for block in blocks if block]


def _printable(text: str) -> str:
    """Drop what has no place in source text: control characters, direction overrides, line separators."""
    kept = "".join(
        c if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") else " "
        for c in text
    )
    return kept.replace("\t", " ")


def _ascii_code(code: str) -> Code:
    return Code(_ascii(code))


def _ascii(text: str) -> str:
    """Write a string literal that is plain ASCII, so that nothing in it can disguise itself."""
    escaped = ascii(text)
    return (
        escaped
        if escaped.startswith("'") is False
        else '"' + escaped[1:-1].replace('"', '\\"').replace("\\'", "'") + '"'
    )


def _finalize(value: Any) -> str:
    if isinstance(value, (Name, Code)):
        return value
    raise Unescaped(f"a template prints {value!r} without a filter")


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701  # the output is Python and Markdown; _finalize admits only what was escaped for it
    )
    environment.filters.update(
        lit=literal,
        text=_ascii_code,
        rendered=Code,
        sentence=sentence,
        doc=doc,
        md=markdown,
        code=markdown_code,
        prose=prose,
    )
    return environment


_templates = _environment()


def _render(template: str, **context: Any) -> str:
    return _templates.get_template(template).render(**context)


__all__ = ["Group", "Unescaped", "render_page", "render_root", "render_venue"]
