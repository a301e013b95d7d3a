"""Read the generated code once more, as code: nothing but declarations and the calls that templates make may stand in it.

A second line behind the escaping: if text of a document ever became code, it would be a node or a name that is not listed here.
"""

from __future__ import annotations

import ast

_NODES = (
    ast.Module, ast.Expr, ast.Constant, ast.Import, ast.ImportFrom, ast.alias, ast.If, ast.Name, ast.Load, ast.Store, ast.Assign,
    ast.AnnAssign, ast.Call, ast.keyword, ast.Dict, ast.Set, ast.Tuple, ast.List, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef,
    ast.arguments, ast.arg, ast.Return, ast.Await, ast.Attribute, ast.Subscript, ast.BinOp, ast.BitOr, ast.IfExp, ast.UnaryOp, ast.USub,
    ast.Starred,
)  # fmt: skip
_CALLS = {
    "Charge", "Envelope", "KnownError", "Limit", "Lookup", "Operation", "Paging", "Param", "Refusal",
    "TimeSource", "Venue", "attrs.field", "attrs.frozen",
    "Commands", "FrameFormat", "Request", "Stream", "StreamVenue", "SymbolLookup",
    "frozenset", "async_pages", "lazy_names", "pages",
    "self._ask", "self._call", "self._open", "self._resolve", "self._streaming", "super", "super().__init__",
    "has_key_in_env", "settings_from_env", "stream_options_from_env", "cls",
}  # fmt: skip
_MODULES = {
    "attrs",
    "auth_hooks",
    "collections",
    "datetime",
    "decimal",
    "functools",
    "spotwire",
    "spotwire_core",
    "typing",
    "__future__",
}


def verify(path: str, text: str) -> list[str]:
    """Return what does not belong into a generated file."""
    try:
        tree = ast.parse(text, path)
    except SyntaxError as error:
        return [f"{path}:{error.lineno}: not Python: {error.msg}"]
    return [f"{path}:{getattr(node, 'lineno', 1)}: {trouble}" for node in ast.walk(tree) if (trouble := _trouble(node))]


def _trouble(node: ast.AST) -> str:
    if not isinstance(node, _NODES):
        return f"generated code has no {type(node).__name__}"
    if isinstance(node, ast.Call):
        return _call_trouble(ast.unparse(node.func))
    if isinstance(node, ast.ImportFrom) and not node.level and (node.module or "").split(".")[0] not in _MODULES:
        return f"generated code does not import {node.module}"
    if isinstance(node, ast.Import) and any(alias.name.split(".")[0] not in _MODULES for alias in node.names):
        return "generated code does not import that"
    if isinstance(node, (ast.Name, ast.Attribute)):
        name = node.id if isinstance(node, ast.Name) else node.attr
        if name.startswith("__") and name not in ("__name__", "__init__", "__getattr__", "__dir__", "__all__"):
            return f"generated code does not name {name}"
    return ""


def _call_trouble(function: str) -> str:
    known = function in _CALLS or function.endswith("Auth.from_env")
    bound = function[:1].isupper() and function.isidentifier()  # a group of methods, made by a client's property
    return "" if known or bound else f"generated code does not call {function}"
