"""An adapter of the time grammar for the scorer of public expressions.

``parse`` gives (start, rule, end) of a text, as the scorer asks for them.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from ontology.time.reading import Setting, read_time


def parse(
    text: str, reference: datetime
) -> tuple[datetime | None, str | None, datetime | None]:
    """Return what is read, the way that most of the expressions' authors live: in the USA."""
    zone = reference.tzinfo.key if isinstance(reference.tzinfo, ZoneInfo) else "UTC"
    reading = read_time(text, Setting(reference, zone, "en_US"))
    if reading is None or reading.schedule is None:
        return None, None, None
    schedule = reading.schedule
    if schedule.rule is None:
        return schedule.first, None, reading.end
    rule, start = schedule.rule, schedule.start
    sub_daily = rule.startswith(("FREQ=HOURLY", "FREQ=MINUTELY"))
    if "time" in reading.given and "BYHOUR" not in rule and not sub_daily:
        rule += f";BYHOUR={start.hour};BYMINUTE={start.minute}"
    return schedule.first, rule, None
