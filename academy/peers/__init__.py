"""Peer review: who reviews whom, in rounds that finish."""

from academy.peers.choose import ChosenWork, RoundState, choose
from academy.peers.fit import RULES, Reviewer, broken_rules
from academy.peers.plan import plan

__all__ = ["RULES", "ChosenWork", "Reviewer", "RoundState", "broken_rules", "choose", "plan"]
