"""The live room: a webinar with everyone in it.

A session is one row that only ever gets newer: its `rev` rises with everything that changes in it. Everybody has one
row for each activity, whatever comes how often (`Ballot.id` is made by the client, once for each answer). Counts are
never kept; they are derived when they are asked for. What was read is the state, never a list of events: who comes
late, or comes back, sees what is.

    live = Live(store, course, secret)            `secret` is `DataFolder.secret`
    room = live.start("webinar-1", by=person_id)  the meeting begins, or goes on where it was
    room.code                                     what people type; `live.room(code)` finds it again
    room.answer(Ballot(who, "driver-ranking", id, value))   → Received, after the commit
    room.state()                                  what everybody sees; `patch(old, new)` is what changed
    room.mine(who, "driver-ranking")              a person's own answer, or None
    room.do("reveal", by, activity=…)             what facilitators do; `room.do("undo", by)` takes it back
    room.presenter_view()                         what waits, who is there, what can be undone
    live.home("webinar-1")                        the same session when the meeting is over, or one for own time alone;
                                                  one that was closed for good stays, its results are read there
    results(live, "webinar-1", "driver-ranking")  for everything that leaves the facilitator's screen

State: {rev, webinar, code, state (live, home, closed), begun (there was a meeting), guests, now, people, activity,
phase (waiting, open, locked, revealed), names (anonymous, named), round, answered, held, timer_ends (seconds since
1970), results (None while they are held, or while too few have answered something anonymous: then `few` says from how
many on), few, spot (the activity itself where it was made on the fly), activities: {id: {phase, answered}}}.
`academy.live.values` says what an answer of each kind looks like, `academy.live.tally` what the results look like.

Acts of `room.do(act, by, **given)`; where no `activity` is named, the one that is on is meant:

    go(activity)  next  previous  open(activity)  lock  reveal  hide  reset  timer(seconds; 0 takes it away)
    spot(title, kind="choice", options=[text, …], show, names)
    approve(item)  hide-answer(item)  merge(item, into)  split(item)  answered(item)  unanswered(item)
    remove(who)  admit(who)  guests(on)  enter(value, id, how="phone" | "chat" | "paper", name)
    end (own time begins)  close (for good)  undo(step: what `room.last_step()` named)

In anonymous activities no row says whose it is (`academy.live.ballots`), removing a person leaves their anonymous
answers where they are, and neither presenters nor an export name anybody.
"""

from academy.live.answering import AnsweredError, Ballot, LateError, Received
from academy.live.reading import patch
from academy.live.results import results
from academy.live.room import Live, Room
from academy.live.session import GoneError

__all__ = [
    "AnsweredError",
    "Ballot",
    "GoneError",
    "LateError",
    "Live",
    "Received",
    "Room",
    "patch",
    "results",
]
