"""The form as a file: made for one person, filled in without internet, and read when it comes back."""

from academy.offline.build import file_name, offline_form, paper_sheet
from academy.offline.read import Importer, Report
from academy.offline.ticket import Seals, Ticket

__all__ = ["Importer", "Report", "Seals", "Ticket", "file_name", "offline_form", "paper_sheet"]
