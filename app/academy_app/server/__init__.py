"""The server: Voilà on one port, behind a sign-in, showing only the pages of a course."""

from academy_app.server.options import ServeOptions
from academy_app.server.serve import serve

__all__ = ["ServeOptions", "serve"]
