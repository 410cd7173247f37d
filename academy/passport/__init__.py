"""The passport: one document per participant or team, made of references into their answers.

    passport = Passport.of(store, course, owner)      # as the store has it now; `owner` is a person's or team's id
    passport = Passport.of_work(course, work)         # of answers from anywhere: examples, fixtures, a file

    passport.title, passport.holder, passport.union, passport.team
    passport.pages        Page(code, title, summary, entries, part)
    page.entries          Entry(address, exercise, label, text | head and rows | picture, again)
    passport.stamps       Stamp(module, title, state, at, done, of, todo)
    passport.again        StaleAnswer(exercise, address, label, was, now): changed upstream after a submission
    passport.thread       Thread(head, strands, missing): `strand[i]` are the texts below `head[i]`
    passport.answers      flat answers by exercise
    passport.document()   all of it as plain data for JSON

It keeps nothing of its own: every value is looked up in the answers, and what has changed since a submission is read
from their history.
"""

from academy.passport.document import Passport
from academy.passport.pages import Entry, Page
from academy.passport.staleness import StaleAnswer, changed_since
from academy.passport.stamps import Stamp
from academy.passport.thread import Thread

__all__ = ["Entry", "Page", "Passport", "StaleAnswer", "Stamp", "Thread", "changed_since"]
