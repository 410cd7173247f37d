"""What was filled in away from the server: files that come back, and answers typed in from paper."""

from academy.offline.read import Importer, Report
from academy.offline.ticket import Seals, Ticket

__all__ = ["Importer", "Report", "Seals", "Ticket"]
