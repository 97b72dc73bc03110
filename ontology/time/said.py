"""One time as it was said in a text: its pieces put together, not yet reckoned."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ontology.time.merging import merged
from ontology.time.repeating import Except, Repetition, Times, is_shorter_than_a_step, united
from ontology.time.values import (
    Bound,
    Clock,
    Day,
    Duration,
    EdgeOf,
    Impossible,
    Lasting,
    Later,
    Moment,
    NamedPeriod,
    OpenEnd,
    PartOfDay,
    Relation,
    Span,
    Weekday,
    Zone,
)

Piece = Moment | Span | Bound | Lasting | Relation | Impossible | Repetition | Times | Except


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of one time.

    ``moment`` is the time itself or where a span begins. With a repetition, ``day`` is the
    one said beside it, ``begin`` and ``until`` are where it begins and ends, ``lasting`` how
    long it goes on, ``times`` how often it fires, and ``clocks`` the wall times of each day.
    """

    moment: Moment = Moment()
    clocks: tuple[Clock, ...] = ()
    span: Span | None = None
    bound: OpenEnd | None = None
    lasting: Duration | None = None
    relation: Relation | None = None
    repetition: Repetition | None = None
    times: int | None = None
    except_: tuple[Except, ...] = ()
    begin: Moment | None = None
    until: Moment | None = None
    impossible: Impossible | None = None
    kinds: frozenset[str] = field(default=frozenset())

    @property
    def day(self) -> Day | None:
        return self.moment.day

    @property
    def part(self) -> PartOfDay | None:
        return self.moment.part

    @property
    def zone(self) -> Zone | None:
        return self.moment.zone

    def with_(self, piece: Piece) -> Said | None:
        """Return this with another piece, None where they cannot be one time."""
        if self.impossible is not None:
            return None
        more = self._joined(piece)
        if more is None:
            return None
        return replace(more, kinds=self.kinds | kinds_of(piece))

    def _joined(self, piece: Piece) -> Said | None:
        if isinstance(piece, Moment):
            return self._with_moment(piece)
        if isinstance(piece, Span):
            return self._with_span(piece)
        if isinstance(piece, Bound):
            return self._with_bound(piece)
        if isinstance(piece, Lasting):
            return self._with_lasting(piece.duration)
        if isinstance(piece, Impossible):
            return replace(self, impossible=piece)
        if isinstance(piece, Relation):
            return replace(self, relation=piece) if not self.kinds else None
        return self._with_repeating(piece)

    def _with_lasting(self, length: Duration) -> Said | None:
        of_the_task = self.repetition is not None and is_shorter_than_a_step(
            length, self.repetition
        )
        if of_the_task:
            return self
        return replace(self, lasting=length) if self.lasting is None else None

    def _with_repeating(self, piece: Repetition | Times | Except) -> Said | None:
        if isinstance(piece, Times):
            return replace(self, times=piece.count) if self.times is None else None
        if isinstance(piece, Except):
            return replace(self, except_=(*self.except_, piece))
        if self.repetition is not None:
            both = united(self.repetition, piece)
            return replace(self, repetition=both) if both is not None else None
        if isinstance(self.moment.day, Later):
            return None
        bare = replace(self, repetition=piece)
        if self.lasting is not None and is_shorter_than_a_step(self.lasting, piece):
            bare = replace(bare, lasting=None)
        if self.span is not None:
            return bare._ending_with(self.span)
        if self.bound is not None:
            moment = Moment(zone=self.moment.zone)
            return replace(bare, moment=moment, clocks=(), bound=None)._with_bound(
                Bound(self.bound, self.moment)
            )
        return bare

    def _with_moment(self, moment: Moment) -> Said | None:
        if self.relation is not None:
            return None
        counts = isinstance(moment.day, Later) and bool(moment.day.duration.seconds)
        if self.repetition is not None and counts:
            return None
        if self.span is not None:
            return self._span_with(moment)
        clocks = self.clocks
        if self.is_another_weekday(moment):
            return None
        if moment.clock is not None:
            clocks = (*clocks, moment.clock)
            if len(clocks) > 1:
                rest = replace(moment, clock=None)
                other = merged(self.moment, rest)
                return replace(self, moment=other, clocks=clocks) if other is not None else None
        both = merged(self.moment, moment)
        return replace(self, moment=both, clocks=clocks) if both is not None else None

    def is_another_weekday(self, moment: Moment) -> bool:
        """Tell whether a moment is on a day beside those of "every monday at 9, wednesday"."""
        day = moment.day
        if self.repetition is None or not self.repetition.by_day:
            return False
        weekdays = [weekday for _, weekday in self.repetition.by_day]
        return isinstance(day, Weekday) and not day.which and day.weekday not in weekdays

    def _span_with(self, moment: Moment) -> Said | None:
        span = self.span
        if span is None or moment.clock is not None and span.begin.clock is not None:
            return None
        begin, end = merged(span.begin, moment), merged(span.end, moment)
        if begin is None:
            return None
        return replace(self, moment=begin, span=Span(begin, end or span.end))

    def _with_span(self, span: Span) -> Said | None:
        if self.relation is not None or self.span is not None:
            return None
        if self.repetition is not None:
            return self._ending_with(span)
        begin = merged(self.moment, span.begin)
        if begin is None:
            return None
        carried = replace(self.moment, clock=None) if span.end.day is None else Moment()
        end = merged(carried, span.end) or span.end
        if span.end.clock is not None and end.part is None:
            end = replace(end, part=self.moment.part)
        clocks = (begin.clock,) if begin.clock is not None else ()
        return replace(self, moment=begin, clocks=clocks, span=Span(begin, end))

    def _ending_with(self, span: Span) -> Said | None:
        """Let a span of days be where a repetition begins and ends."""
        if span.begin.clock is not None and span.end.clock is not None:
            clocks = (*self.clocks, span.begin.clock) if not self.clocks else self.clocks
            if span.begin.day is None:
                moment = merged(self.moment, replace(span.begin, clock=None))
                return replace(self, clocks=clocks, moment=moment or self.moment, span=None)
            if span.begin.day == span.end.day:
                # "at 9 until 17:00 on 3 march"
                return replace(self, clocks=clocks, until=span.end, span=None)
        days = replace(self, begin=span.begin, span=None)
        return days._ending(_to_its_end(span), clock_last=span.begin.clock is None)

    def _with_bound(self, bound: Bound) -> Said | None:
        if self.repetition is not None:
            if bound.how in ("until", "before", "by"):
                return self._ending(bound.moment, clock_last=bound.clock_last)
            return replace(self, begin=bound.moment) if self.begin is None else None
        if self.bound is not None:
            return self._both_bounds(bound)
        joined = self._with_moment(bound.moment)
        return replace(joined, bound=bound.how) if joined is not None else None

    def _ending(self, until: Moment, *, clock_last: bool) -> Said | None:
        """End a repetition; of "every friday until christmas at 4" the hour is that of each."""
        if self.until is not None:
            return None
        if not clock_last or until.clock is None or not self._lacks_a_clock():
            return replace(self, until=until)
        return replace(self, until=replace(until, clock=None), clocks=(until.clock,))

    def _lacks_a_clock(self) -> bool:
        repetition = self.repetition
        if repetition is None or self.clocks or repetition.clocks or repetition.window:
            return False
        return repetition.freq not in ("HOURLY", "MINUTELY")

    def _both_bounds(self, bound: Bound) -> Said | None:
        if self.bound in ("from", "after", "since") and bound.how in ("until", "before", "by"):
            return replace(self, span=Span(self.moment, bound.moment), bound=None)
        return None


def _to_its_end(span: Span) -> Moment:
    """Return the end of "from january to march", which is that of march."""
    begin, end = span.begin.day, span.end.day
    if isinstance(begin, NamedPeriod) and isinstance(end, NamedPeriod):
        return replace(span.end, day=EdgeOf("end", end))
    return span.end


def kinds_of(piece: Piece) -> frozenset[str]:
    """Return which kinds of things a piece says, to weigh times against each other."""
    if isinstance(piece, Moment):
        return frozenset(
            kind
            for kind, value in (
                ("day", piece.day),
                ("clock", piece.clock),
                ("part", piece.part),
                ("zone", piece.zone),
            )
            if value is not None
        )
    if isinstance(piece, Span):
        return kinds_of(piece.begin) | {"span"}
    if isinstance(piece, Bound):
        return kinds_of(piece.moment) | {"bound"}
    return frozenset({type(piece).__name__.lower()})
