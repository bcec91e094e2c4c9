"""A library of which a part is still to be written: fourteen modules, the others only named."""

from ccio_skills import library

WRITTEN = (
    "M01", "M09", "M10", "M17", "M18", "M26", "M43", "M44", "M46", "M47", "M50", "M55", "M60",
    "M61",
)  # fmt: skip


def partly_written(whole: library.Library) -> library.Library:
    """Take a library back to its first fourteen modules, as any library begins."""
    rest = [one for one in whole.modules if one.code not in WRITTEN]
    planned = [
        library.Planned(
            slug=one.slug, code=one.code, title=one.title,
            level=one.level, skills=one.skills, minutes=one.minutes,
        )
        for one in sorted(rest, key=lambda one: one.code)
    ]  # fmt: skip
    held = {name: getattr(whole, name) for name in library.Library.model_fields}
    modules = tuple(one for one in whole.modules if one.code in WRITTEN)
    return library.Library(**{**held, "modules": modules, "planned": tuple(planned)})
