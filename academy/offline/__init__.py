"""Answers from outside the server: files that come back, and paper that a facilitator types in."""

from academy.offline.read import Importer, Report
from academy.offline.ticket import Seals, Ticket

__all__ = ["Importer", "Report", "Seals", "Ticket"]
