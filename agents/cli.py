"""The ``steward`` command. What a subcommand needs is imported when it runs, not before."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from agents.prefer_arguments import Subparsers, add_prefer
from agents.streams import stand_in_for_closed_streams
from ontology.errors import SettingsError, StewardError

WRONG_SETTING = 2
FAILED = 1
INTERRUPTED = 130

Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 failed, 2 wrong use or setting."""
    try:
        stand_in_for_closed_streams()
        parsed = _parser().parse_args(arguments)
        command: Command = parsed.command
        code = command(parsed)
        # Whether it can be written at all is told here, not by a traceback at the very end.
        sys.stdout.flush()
        return code
    except SettingsError as error:
        print(f"steward: {error}", file=sys.stderr)  # noqa: T201
        return WRONG_SETTING
    except StewardError as error:
        print(f"steward: {error}", file=sys.stderr)  # noqa: T201
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has seen enough; what is left of it goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"steward: the system does not let us: {error}", file=sys.stderr)  # noqa: T201
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="steward",
        description="A self-hosted assistant whose confirmed reminders are never lost.",
        epilog="Settings are read from STEWARD_* environment variables; see the README.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_run(commands)
    _add_chat(commands)
    _add_person(commands)
    _add_status(commands)
    _add_doctor(commands)
    _add_understand(commands)
    return parser


def _add_run(commands: Subparsers) -> None:
    run = commands.add_parser("run", help="start servers and agents, and a chat prompt")
    run.add_argument(
        "--headless", action="store_true", help="no prompt; one JSON line when ready"
    )
    run.add_argument(
        "--only",
        metavar="PART[,PART…]",
        help="run only these agents, or postgres and prosody, in this process",
    )
    run.set_defaults(command=_run)


def _add_chat(commands: Subparsers) -> None:
    chat = commands.add_parser("chat", help="talk to a Steward that runs")
    chat.set_defaults(command=_chat)


def _add_person(commands: Subparsers) -> None:
    person = commands.add_parser("person", help="who the assistant works for")
    actions = person.add_subparsers(required=True, metavar="ACTION")
    add = actions.add_parser("add", help="add a person, with an XMPP account of this server")
    add.add_argument("name", help="what to call them; also the local part of their address")
    add.add_argument("--zone", help="their time zone, for example Europe/Madrid")
    add.add_argument("--jid", help="an address they have already, instead of a new account")
    add.set_defaults(command=_person_add)
    listing = actions.add_parser("list", help="list people and their addresses")
    listing.set_defaults(command=_person_list)
    link = actions.add_parser("link", help="link one more address to a person")
    link.add_argument("name")
    link.add_argument("address", help="a JID, or mailto:…, tel:+…, whatsapp:+…, telegram:ID")
    link.set_defaults(command=_person_link)
    add_prefer(actions)


def _add_status(commands: Subparsers) -> None:
    status = commands.add_parser("status", help="show agents, who is alive, and what waits")
    status.add_argument("--json", action="store_true", help="as one JSON line")
    status.set_defaults(command=_status)


def _add_doctor(commands: Subparsers) -> None:
    doctor = commands.add_parser(
        "doctor", help="check credentials, addresses, certificates and clocks"
    )
    doctor.add_argument("--json", action="store_true", help="as one JSON line")
    doctor.set_defaults(command=_doctor)


def _add_understand(commands: Subparsers) -> None:
    understand = commands.add_parser("understand", help="show how a text is read, as JSON")
    understand.add_argument("text", nargs="?", help="what a person might say")
    understand.add_argument("--at", metavar="ISO", help="when it is said; now if left out")
    understand.add_argument("--tz", metavar="ZONE", help="where it is said, an IANA name")
    understand.add_argument(
        "--jsonl",
        action="store_true",
        help='read {"text", "reference_time", "tz"} a line from standard input',
    )
    understand.add_argument(
        "--prepare",
        action="store_true",
        help="only learn what reading needs, so that the first message need not wait",
    )
    understand.set_defaults(command=_understand)


def _run(parsed: argparse.Namespace) -> int:
    from agents.commands.run import run

    return run(headless=parsed.headless, only=parsed.only)


def _chat(parsed: argparse.Namespace) -> int:
    from agents.commands.chat import chat

    return chat()


def _person_add(parsed: argparse.Namespace) -> int:
    from agents.commands.people import add

    return add(parsed.name, parsed.zone, parsed.jid)


def _person_list(parsed: argparse.Namespace) -> int:
    from agents.commands.people import show

    return show()


def _person_link(parsed: argparse.Namespace) -> int:
    from agents.commands.people import link

    return link(parsed.name, parsed.address)


def _status(parsed: argparse.Namespace) -> int:
    from agents.commands.status import status

    return status(as_json=parsed.json)


def _doctor(parsed: argparse.Namespace) -> int:
    from agents.commands.doctor import doctor

    return doctor(as_json=parsed.json)


def _understand(parsed: argparse.Namespace) -> int:
    if parsed.prepare:
        from agents.commands.prepare import prepare

        return prepare()
    from agents.commands.understand import understand

    return understand(parsed.text, at=parsed.at, tz=parsed.tz, jsonl=parsed.jsonl)
