"""What people can say: the examples that help shows and that the documentation lists.

Every one of them is read by the tests and must mean what is promised here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ontology.dialogue.concepts import Intent


@dataclass(frozen=True, slots=True)
class Example:
    """Something that can be said, what it does, and the intent that it is read as."""

    say: str
    does: str
    intent: Intent


@dataclass(frozen=True, slots=True)
class Topic:
    """Examples that belong together, under a heading."""

    heading: str
    examples: tuple[Example, ...]


def _each(intent: Intent, *pairs: tuple[str, str]) -> tuple[Example, ...]:
    return tuple(Example(say, does, intent) for say, does in pairs)


TOPICS: Final = (
    Topic(
        "Be reminded once",
        _each(
            Intent.CREATE_REMINDER,
            ("remind me in 1 minute to stretch", "after a length of time"),
            ("remind me in 1h30 to check the oven", "hours and minutes together"),
            ("remind me tomorrow at 9 to call the bank", "on a day, at a time"),
            ("remind me to water the plants on friday", "on a day: at 09:00"),
            ("remind me tomorrow evening to call mum", "in a part of the day"),
            ("remind me on 24 December at 18:30 to light the candles", "on a date"),
            ("remind me on the 3rd to pay the rent", "on the next such day of a month"),
            ("remind me next monday at noon to book the train", "in the week after this one"),
            ("reminder: take out the bins at half past 8 tonight", "text first, time last"),
            ("wake me at 7", "a bare hour is the next one that makes sense"),
            ("don't let me forget the milk at 5pm", "in other words"),
        ),
    ),
    Topic(
        "Be reminded again and again",
        _each(
            Intent.CREATE_REMINDER,
            ("remind me every weekday at 8:30 to take the pills", "from Monday to Friday"),
            ("remind me every monday, wednesday and friday at 18:00 to run", "on some days"),
            (
                "remind me every 2 weeks on thursday at 19:00 to empty the bins",
                "every second one",
            ),
            ("remind me every month on the 3rd at 10 to pay the rent", "once a month"),
            ("remind me every first monday of the month to back up", "on the nth week day"),
            ("remind me every year on 24 december to call Grandma", "once a year"),
            ("remind me daily at 8am and 8pm to take the drops", "several times a day"),
            ("remind me every 10 minutes to stretch", "by the hour or the minute"),
            ("remind me every day at 9 until 30 april to do the exercises", "until a day"),
            ("remind me every evening, 10 times, to read", "so many times"),
        ),
    ),
    Topic(
        "Ask for several things at once",
        (
            *_each(
                Intent.CREATE_REMINDER,
                ("remind me to call mum at 5pm and to buy milk at 6pm", "each at its own time"),
                (
                    "tomorrow remind me to call mum at 9 and pay the rent at 10",
                    "a day that both share",
                ),
                ("remind me on monday and thursday at 7pm to row", "one task, two times"),
                (
                    "remind me every monday at 9 and every friday at 5pm to row",
                    "one task, two repetitions",
                ),
            ),
            *_each(
                Intent.CANCEL_REMINDER,
                ("cancel 2 and 3", "several numbers"),
                ("cancel the dentist and the plumber", "several by their words"),
            ),
            *_each(
                Intent.CHANGE_REMINDER,
                ("move 2 to friday and 3 to saturday", "each to its own time"),
            ),
        ),
    ),
    Topic(
        "See what there is",
        (
            *_each(
                Intent.LIST_REMINDERS,
                ("list", "lists your reminders with their numbers"),
                ("what reminders do I have?", "the same"),
            ),
            *_each(Intent.SHOW_MORE, ("more", "goes on with a long list")),
            *_each(Intent.SHOW_NEXT, ("what's next?", "shows the one that comes next")),
            *_each(Intent.MISSED, ("what did I miss?", "shows what fired and is not done")),
            *_each(Intent.WHY, ("why did you remind me?", "explains the last reminder")),
        ),
    ),
    Topic(
        "When one has fired",
        (
            *_each(
                Intent.DONE,
                ("done", "the one that fired last is done"),
                ("done with the pills", "the one with these words is done"),
            ),
            *_each(
                Intent.SNOOZE,
                ("snooze", "it comes again in 10 minutes"),
                ("snooze 15m", "it comes again in 15 minutes"),
                ("10 min", "a length of time alone does the same"),
                ("until 5pm", "it comes again at that time"),
                ("snooze the pills till tomorrow", "another one than the last"),
            ),
        ),
    ),
    Topic(
        "Change your mind",
        (
            *_each(
                Intent.CHANGE_REMINDER,
                ("change the dentist to 5pm", "another time; the day stays"),
                ("move it to tomorrow at 9", "another day and time, for the latest one"),
                ("reschedule 2 to friday", "by its number; the time stays"),
                ("push the gym back by 15 minutes", "so much later than it would have come"),
                ("rename the dentist to orthodontist", "another text"),
            ),
            *_each(
                Intent.CANCEL_REMINDER,
                ("cancel 2", "by its number"),
                ("cancel the dentist", "by its words"),
            ),
            *_each(Intent.UNDO, ("undo", "takes back the last change")),
        ),
    ),
    Topic(
        "Where you are",
        _each(
            Intent.SET_ZONE,
            ("set my time zone to Europe/Madrid", "times are meant and said there"),
            ("I'm in New York", "the same, by city"),
            ("what's my time zone?", "tells it"),
        ),
    ),
    Topic(
        "When you are told",
        (
            *_each(
                Intent.SET_QUIET_HOURS,
                ("quiet hours 10pm to 7am on weekdays", "what is due then comes when they end"),
                ("no reminders after 22:00 before 7", "the same, every day"),
                ("add quiet hours from 1pm to 2pm on sundays", "some more of them"),
                ("what are my quiet hours?", "tells them"),
                ("end quiet hours", "there are none any more"),
                ("do not disturb until monday", "everything waits until then"),
                ("I'm back", "it does not wait any more"),
                ("silent on weekends", "what is due then comes on Monday"),
                ("only e-mail on weekends", "it comes by e-mail then"),
                ("treat public holidays like weekends", "the rule of weekends is theirs too"),
            ),
            *_each(
                Intent.SET_PREFERENCE,
                ("always ring for medicine", "these words come through at any hour"),
                ("always call me for Ana", "who is worth a call"),
                ("treat school as urgent", "what is urgent"),
                ("internal topics: standup, retro", "what comes by e-mail only"),
                ("remove retro from internal topics", "takes a word off its list"),
                ("remind me 15 minutes before every meeting", "how long before events"),
                ("allow 45 minutes for travel", "so much more for the way to a place"),
                ("show my settings", "tells all of these, and how you are reached"),
            ),
        ),
    ),
    Topic(
        "How you are reached",
        _each(
            Intent.SET_CHANNEL,
            ("remind me by e-mail", "it is tried first"),
            ("telegram first, then call", "these channels in this order, and no other"),
            ("don't use e-mail", "it is not used any more"),
            ("never call me", "not even for what is urgent"),
            ("try the next channel after 5 minutes", "where you do not answer"),
            ("don't escalate", "nothing more is tried where you do not answer"),
            ("call me at most 3 times, 5 minutes apart", "how often, how far apart"),
            ("how do you reach me?", "tells it, and what is not set up"),
            ("link telegram", "tells a code to send to the bot"),
            ("my number is +34 600 111 222", "sends a code there"),
            ("my e-mail is ada@example.org", "the same"),
            ("link whatsapp +34 600 111 222", "the same"),
            ("481516", "the code that came, which proves the address"),
            ("unlink telegram", "nothing is sent there any more"),
        ),
    ),
    Topic("Help", _each(Intent.HELP, ("help", "shows the first lines of this list"))),
)


LATER: Final = Topic(
    "What is understood but not done yet",
    (
        *_each(
            Intent.SHOW_AGENDA,
            ("what's on my calendar tomorrow?", "your calendar"),
        ),
        *_each(
            Intent.ADD_EVENT,
            ("book a meeting with Anna tomorrow at 3pm", "an event in it"),
        ),
        *_each(Intent.MOVE_EVENT, ("move the standup to 10am", "another time for one")),
        *_each(Intent.CANCEL_EVENT, ("cancel my 3pm", "one that is off")),
        *_each(Intent.FREE_BUSY, ("am I free tomorrow at noon?", "whether you are free")),
        *_each(Intent.FIND_SLOT, ("find an hour for the gym", "a free time")),
        *_each(Intent.ADD_TASK, ("add milk to the shopping list", "a list of tasks")),
        *_each(Intent.LIST_TASKS, ("what's on my todo list?", "what is on it")),
        *_each(Intent.COMPLETE_TASK, ("tick off milk", "what is done of it")),
        *_each(Intent.REMEMBER, ("remember that my bike code is 4711", "a fact")),
        *_each(Intent.RECALL, ("do you remember where I parked?", "a fact you told")),
        *_each(Intent.FORGET, ("delete everything you know about me", "facts to forget")),
        *_each(Intent.EXPORT_MEMORY, ("export my data", "your data as a file")),
        *_each(Intent.ASK_DOCUMENTS, ("what does my lease say about pets?", "your documents")),
        *_each(Intent.ADD_DOCUMENT, ("index this pdf", "a document of yours")),
        *_each(Intent.PAUSE_REMINDER, ("pause the gym reminder", "a reminder that waits")),
        *_each(Intent.BRIEFING, ("send me a summary every morning at 7", "a briefing")),
    ),
)
"""What is answered honestly until there is an agent for it."""


def help_text() -> str:
    """Return what to say to a person who asks for help: a few examples a topic."""
    lines = ["You can say, for example:"]
    for topic in TOPICS[:-1]:
        said = [f"“{example.say}”" for example in _shown(topic)]
        lines.append(f"{topic.heading}: {', '.join(said)}.")
    return "\n".join(lines)


def _shown(topic: Topic) -> list[Example]:
    """Return an example of each intent of a topic; two where all have the same."""
    first_of = {example.intent: example for example in reversed(topic.examples)}
    shown = [each for each in topic.examples if each in first_of.values()]
    return shown if len(shown) > 1 else list(topic.examples[:2])
