"""What every world of a test process compiles alike is compiled once: the addresses of pages, the statements.

In use there is one application and one engine in a process, so both are compiled once there too. Templates: see
`CompiledTemplates` beside the world.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.engine import Dialect, Engine
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

_STATEMENTS = 5_000
_AS_SHIPPED: Any = Rule._compile_builder


def compile_once() -> None:
    """Shares compiled addresses and statements between the worlds of this process."""
    builders: dict[object, Any] = {}

    def compile_builder(rule: Rule, append_unknown: bool = True) -> Any:
        key = (rule.rule, repr(rule.defaults), append_unknown)
        if key not in builders:
            builders[key] = _AS_SHIPPED(rule, append_unknown)
        return builders[key]

    Rule._compile_builder = compile_builder  # type: ignore[method-assign]
    statements: LRUCache[Any, Any] = LRUCache(_STATEMENTS)
    begin: Any = Engine.__init__

    def begin_sharing(engine: Engine, *args: Any, **options: Any) -> None:
        begin(engine, *args, **options)
        engine._compiled_cache = statements

    Engine.__init__ = begin_sharing  # type: ignore[method-assign]
    # The key of a compiled statement holds its dialect: two of one class, on one machine, compile alike.
    Dialect.__eq__ = lambda self, other: type(self) is type(other)  # type: ignore[assignment,method-assign]
    Dialect.__hash__ = lambda self: hash(type(self))  # type: ignore[method-assign]
