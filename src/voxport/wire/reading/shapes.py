"""What JSON a document may hold, as models: names and types, checked and cleared of absent values in one pass.

An explicit null, an empty object and an empty list mean the same as nothing at all (docs/contract/v3-configuration.md,
"Rules for the whole document"). That is settled here, before any rule about sections looks. Meaning is not judged here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Self, TypeVar, get_args, get_origin

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic.alias_generators import to_camel
from pydantic_core import CoreSchema, core_schema

from voxport.wire.reading.refusals import MOST_REPORTED

_AT_ONCE = 256
"""Elements of a list that are read before it is asked whether enough is wrong."""
_Element = TypeVar("_Element")


@dataclass(slots=True)
class LeftOut:
    """What one reading has found wrong and does not report, since enough is reported before it."""

    unknown_names: int = 0
    """Names that their objects do not have."""


def _content_of(shape: Shape) -> Shape | None:
    """The shape, or None where it says nothing."""
    held = shape.__dict__.values()
    return shape if any(held) or any(inner is not None and inner != () for inner in held) else None


class Shape(BaseModel):
    """An object with known names, each spelt as the wire spells it; every other name is refused.

    An absent value is None, an absent list is empty. An object without content is absent too, unless the class is
    declared with `kept_empty=True`: there it says something, and only null is absent.
    """

    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, alias_generator=to_camel, use_attribute_docstrings=True
    )

    kept_empty: ClassVar[bool] = False
    _wire_names: ClassVar[frozenset[str]] = frozenset()
    _keeping: ClassVar[frozenset[str]] = frozenset()
    """Those of the names under which an empty object says something."""
    _kept_lists: ClassVar[tuple[str, ...]] = ()
    """Those of the names under which an empty list says something; `lists_nothing` asks for it."""

    def __init_subclass__(cls, *, kept_empty: bool = False, kept_lists: tuple[str, ...] = (), **rest: Any) -> None:
        super().__init_subclass__(**rest)
        cls.kept_empty = kept_empty
        cls._kept_lists = kept_lists

    @classmethod
    def __pydantic_init_subclass__(cls, **rest: Any) -> None:
        super().__pydantic_init_subclass__(**rest)
        fields = fields_of(cls)
        cls._wire_names = frozenset(fields)
        cls._keeping = frozenset(
            name
            for name, field in fields.items()
            if field.shape is not None and field.shape.kept_empty and not field.many
        )

    @property
    def lists_nothing(self) -> bool:
        """Whether one of the lists whose emptiness says something is there and has no element."""
        return any(name in self.model_fields_set and not getattr(self, name) for name in self._kept_lists)

    @classmethod
    def nothing(cls) -> Self:
        """The shape of which nothing is said."""
        return cls.model_construct()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        schema = handler(source)
        # What is read twice is complete already, and so is its schema. A model validator that wraps would do the same,
        # and raise and catch an exception on every level of a wrong document.
        if cls.kept_empty or schema is cls.__dict__.get("__pydantic_core_schema__"):
            return schema
        return core_schema.no_info_after_validator_function(_content_of, schema)

    @model_validator(mode="before")
    @classmethod
    def _without_absent(cls, value: object, info: ValidationInfo) -> object:
        """An unknown name stays, so that it is refused whatever it holds."""
        if not isinstance(value, dict):
            return value
        if len(value) > len(cls._wire_names) + MOST_REPORTED:
            value = cls._with_few_unknown(value, info.context)
        # Whatever is absent is false, so that one look is enough for most objects.
        if all(value.values()):
            return value
        return {name: inner for name, inner in value.items() if not cls._is_absent(name, inner)}

    @classmethod
    def _with_few_unknown(cls, value: dict[Any, object], counted: LeftOut | None) -> dict[Any, object]:
        """As many unknown names as are reported: megabytes of them would else be an error object each."""
        unknown = [name for name in value if name not in cls._wire_names]
        left_out = set(unknown[MOST_REPORTED:])
        if counted is not None:
            counted.unknown_names += len(left_out)
        return {name: inner for name, inner in value.items() if name not in left_out}

    @classmethod
    def _is_absent(cls, name: str, value: object) -> bool:
        if name not in cls._wire_names:
            return False
        if value == [] and name in cls._kept_lists:
            return False
        return value is None or (name not in cls._keeping and (value == [] or value == {}))


class _ListRules:
    """Reads a list as a tuple. An absent element is left out, or keeps its place as None where order has a meaning."""

    def __init__(self, *, positional: bool = False) -> None:
        self._positional = positional

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        element = _without_none(get_args(source)[0])
        elements = core_schema.list_schema(core_schema.nullable_schema(handler.generate_schema(element)), strict=True)
        kept = isinstance(element, type) and issubclass(element, Shape) and element.kept_empty
        cleared = core_schema.no_info_before_validator_function(_ListClearing(element, kept_empty=kept), elements)
        return core_schema.no_info_after_validator_function(tuple if self._positional else _present, cleared)


class _ListClearing:
    """Makes nulls of what is absent, and leaves out what lies behind the elements with which enough is wrong.

    A document of megabytes can be wrong in millions of places, each of which would become an error object.
    """

    def __init__(self, element: Any, *, kept_empty: bool) -> None:
        self._element, self._kept_empty = element, kept_empty
        self._elements: TypeAdapter[Any] | None = None

    def __call__(self, value: object) -> object:
        if not isinstance(value, list):
            return value
        if not self._kept_empty and not all(value):
            value = [None if element == [] or element == {} else element for element in value]
        return value if len(value) <= _AT_ONCE else self._as_far_as_reported(value)

    def _as_far_as_reported(self, value: list[object]) -> list[object]:
        # Made when a list first needs it: the class of the elements is not complete before.
        self._elements = self._elements or TypeAdapter(list[self._element | None])  # type: ignore[name-defined]
        wrong = 0
        for start in range(0, len(value), _AT_ONCE):
            try:
                self._elements.validate_python(value[start : start + _AT_ONCE], strict=True)
            except ValidationError as error:
                wrong += error.error_count()
            if wrong >= MOST_REPORTED:
                return value[: start + _AT_ONCE]
        return value


def _whole(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value


Whole = Annotated[int, BeforeValidator(_whole)]
"""A whole number, also one written as `270.0`: that is an integer in JSON Schema, and what tables of data write."""


def _present(elements: list[object]) -> tuple[object, ...]:
    return tuple(elements) if all(elements) else tuple(element for element in elements if element is not None)


Many = Annotated[tuple[_Element, ...], _ListRules()]
"""A list of elements; absent ones are left out."""
Positional = Annotated[tuple[_Element | None, ...], _ListRules(positional=True)]
"""A list in which an absent element keeps its place, as None."""


@dataclass(frozen=True, slots=True)
class ReadLater:
    """Marks a field that takes any value, which the rules read on their own since it has codes of its own."""

    described: Any
    """The type that the value is read as."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a shape, as a document has it."""

    shape: type[Shape] | None
    """The shape of the value or of each element; None for a value without parts."""
    many: bool
    """Whether the value is a list."""


def fields_of(shape: type[Shape]) -> dict[str, Field]:
    """The fields of a shape by their names on the wire, in the order of its declaration."""
    fields = {}
    for name, field in shape.model_fields.items():
        later = next((mark.described for mark in field.metadata if isinstance(mark, ReadLater)), None)
        fields[field.alias or name] = _field(field.annotation if later is None else later)
    return fields


def _field(annotation: Any) -> Field:
    inner = _without_none(annotation)
    many = get_origin(inner) in (tuple, list)
    elements = get_args(get_args(inner)[0] if many else inner) or (get_args(inner)[0] if many else inner,)
    shapes = (one for one in elements if isinstance(one, type) and issubclass(one, Shape))
    return Field(next(shapes, None), many)


def _without_none(annotation: Any) -> Any:
    """What an annotation of the form `X | None` says besides None."""
    known = [one for one in get_args(annotation) if one is not type(None)]
    return known[0] if type(None) in get_args(annotation) else annotation
