"""Errors that end as a sentence for a person.

AcademyError
├── CourseError   a course or exercise file is wrong
├── StoreError    the database refuses (a value, a version, no room)
│   └── BusyError   it can't be had just now: the same may work in a moment
├── DataError     the data folder can't be used
├── PeopleError   a roster or a person's record is wrong
└── AccessError   a code or link does not open the door
"""

__all__ = [
    "AcademyError",
    "AccessError",
    "BusyError",
    "CourseError",
    "DataError",
    "PeopleError",
    "StoreError",
]


class AcademyError(Exception):
    """An error whose text is a full sentence that says what to do next."""


class CourseError(AcademyError):
    """A course or exercise file is wrong."""


class StoreError(AcademyError):
    """The database refuses a value or can't be written."""


class BusyError(StoreError):
    """Somebody else has the database just now: the same may work in a moment."""


class DataError(AcademyError):
    """The data folder can't be used."""


class PeopleError(AcademyError):
    """A roster or a person's record is wrong."""


class AccessError(AcademyError):
    """A code or link does not open the door."""
