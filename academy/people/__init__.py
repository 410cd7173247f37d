"""People of a course: pseudonyms, roles, personal links and codes, and rosters."""

from academy.people.accounts import Accounts
from academy.people.codes import normalise_code, normalise_token, show_code
from academy.people.links import csv_safe, join_url, links_csv, personal_url
from academy.people.model import LEARNERS, ROLES, Account, NewPerson, Person, Private, person_called
from academy.people.names import clean_name
from academy.people.people import People
from academy.people.roster.importing import RosterReport, SkippedRow, Twin, import_roster
from academy.people.teams import Team, Teams

__all__ = [
    "LEARNERS",
    "ROLES",
    "Account",
    "Accounts",
    "NewPerson",
    "People",
    "Person",
    "Private",
    "RosterReport",
    "SkippedRow",
    "Team",
    "Teams",
    "Twin",
    "clean_name",
    "csv_safe",
    "import_roster",
    "join_url",
    "links_csv",
    "normalise_code",
    "normalise_token",
    "person_called",
    "personal_url",
    "show_code",
]
