"""Documents: what travels between page, server, files and gradebook, each typed, with a version and a JSON Schema.

`docs/schemas/` has the schemas, and `js/documents.d.ts` the same types for JavaScript; `make documents` makes both of
what stands here, and a test compares. What pages and kernels say to each other beside these is no document.
"""

from __future__ import annotations

from academy.documents.answers_file import ANSWERS_FILE
from academy.documents.base import Document
from academy.documents.course_files import COURSE_FILES
from academy.documents.desk_state import DESK_CHANGE, DESK_REPLY, DESK_STATE
from academy.documents.feedback import FEEDBACK
from academy.documents.passport import PASSPORT
from academy.documents.room_state import CHANGE, NEWS, PRESENTER_VIEW, ROOM_STATE, WHOLE

__all__ = ["COURSE_FILES", "DOCUMENTS", "Document"]

DOCUMENTS: tuple[Document[object], ...] = (
    ROOM_STATE,
    WHOLE,
    CHANGE,
    NEWS,
    PRESENTER_VIEW,
    FEEDBACK,
    PASSPORT,
    ANSWERS_FILE,
    DESK_STATE,
    DESK_CHANGE,
    DESK_REPLY,
    *COURSE_FILES.values(),
)
"""All of them."""
