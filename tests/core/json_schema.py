"""As much of JSON Schema as `resources/statistics.schema.json` uses. A word it does not know is an error here."""

from typing import Any

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}
_NOTES = {"$schema", "$defs", "title", "description", "format"}


def problems(  # noqa: PLR0912  # a branch a word of the schema
    value: Any, schema: dict[str, Any], whole: dict[str, Any] | None = None, place: str = "$"
) -> list[str]:
    """What is wrong with `value`; [] where it is right."""
    whole = schema if whole is None else whole
    found: list[str] = []
    for word, wanted in schema.items():
        if word in _NOTES:
            continue
        match word:
            case "$ref":
                assert wanted.startswith("#/$defs/")
                found += problems(value, whole["$defs"][wanted.removeprefix("#/$defs/")], whole, place)
            case "type":
                names = [wanted] if isinstance(wanted, str) else wanted
                fits = any(isinstance(value, _TYPES[name]) for name in names)
                if not fits or (isinstance(value, bool) and "boolean" not in names):
                    found.append(f"{place}: {value!r} is not {wanted}")
            case "const" if value != wanted:
                found.append(f"{place}: {value!r} is not {wanted!r}")
            case "enum" if value not in wanted:
                found.append(f"{place}: {value!r} is none of {wanted}")
            case "minimum" if isinstance(value, int | float) and value < wanted:
                found.append(f"{place}: {value} is below {wanted}")
            case "maximum" if isinstance(value, int | float) and value > wanted:
                found.append(f"{place}: {value} is above {wanted}")
            case "minItems" if len(value) < wanted:
                found.append(f"{place}: fewer than {wanted}")
            case "maxItems" if len(value) > wanted:
                found.append(f"{place}: more than {wanted}")
            case "required" if isinstance(value, dict):
                found += [f"{place}: no {name}" for name in wanted if name not in value]
            case "properties" if isinstance(value, dict):
                for name, part in wanted.items():
                    if name in value:
                        found += problems(value[name], part, whole, f"{place}.{name}")
            case "additionalProperties" if isinstance(value, dict):
                others = value.keys() - schema.get("properties", {}).keys()
                for name in others:
                    if wanted is False:
                        found.append(f"{place}: {name} is not known")
                    else:
                        found += problems(value[name], wanted, whole, f"{place}.{name}")
            case "items" if isinstance(value, list):
                for number, item in enumerate(value):
                    found += problems(item, wanted, whole, f"{place}[{number}]")
            case "prefixItems" if isinstance(value, list):
                for number, (item, part) in enumerate(zip(value, wanted, strict=False)):
                    found += problems(item, part, whole, f"{place}[{number}]")
            case "anyOf":
                if all(problems(value, part, whole, place) for part in wanted):
                    found.append(f"{place}: {value!r} is none of them")
            case "const" | "enum" | "minimum" | "maximum" | "minItems" | "maxItems":
                pass
            case "required" | "properties" | "additionalProperties" | "items" | "prefixItems":
                pass
            case unknown:
                raise AssertionError(f"{unknown} is not known here")
    return found
