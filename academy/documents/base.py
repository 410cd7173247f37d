"""What every document has: a name, a version, a type, and the JSON Schema that is made of the type."""

from __future__ import annotations

from functools import cached_property
from typing import Generic, TypeVar

from pydantic import ConfigDict, JsonValue, TypeAdapter

__all__ = ["CLOSED", "Document", "JsonObject", "JsonValue"]

T_co = TypeVar("T_co", covariant=True)
JsonObject = dict[str, JsonValue]
CLOSED = ConfigDict(extra="forbid")
"""For documents that we write ourselves: a key that the type does not know is a mistake."""


class Document(Generic[T_co]):
    """A kind of document that travels between page, server, files and gradebook."""

    def __init__(self, name: str, version: int, type_: type[T_co]) -> None:
        self.name = name
        self.version = version
        self.type = type_

    @cached_property
    def adapter(self) -> TypeAdapter[T_co]:
        """What validates it."""
        return TypeAdapter(self.type)

    def check(self, value: object) -> T_co:
        """Return a value as such a document. Raises pydantic.ValidationError with each place that is wrong."""
        return self.adapter.validate_python(value)

    def schema(self) -> JsonObject:
        """Return its JSON Schema (draft 2020-12)."""
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": f"urn:academy-kit:{self.name}:{self.version}",
            **self.adapter.json_schema(),
        }
