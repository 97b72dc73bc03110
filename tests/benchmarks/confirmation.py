"""(a) From a request to its confirmation, against an echo through the same Prosody."""

from __future__ import annotations

from tests.acceptance.household import settle_in
from tests.benchmarks.figures import Figure, percentile
from tests.benchmarks.raw import RawClient
from tests.benchmarks.stage import peer, running_home

TITLE = "(a) request to confirmation, one after the other"
WARM_UP = 20
ROUNDS = 400


async def measure() -> list[Figure]:
    """Take turns: one echo, one request, so that both meet the same weather."""
    with running_home() as home:
        (person,) = await settle_in(home, ["person"])
        bot, talker = await settle_in(home, ["bot", "talker"], known=False)
        assistant = home.assistant
        echoes: list[float] = []
        confirmations: list[float] = []
        async with (
            peer(bot, "echo"),
            RawClient(talker, "raw") as talking,
            RawClient(person, "raw") as asking,
        ):
            for number in range(WARM_UP + ROUNDS):
                text = f"remind me tomorrow at 9:00 to do task {number:05}"
                echo = await talking.round_trip(f"{bot.jid}/peer", text)
                confirmation = await asking.round_trip(assistant, text)
                if number >= WARM_UP:
                    echoes.append(echo * 1000)
                    confirmations.append(confirmation * 1000)
        wrong = [body for body in asking.bodies if "I will remind you" not in body]
        assert not wrong, wrong[:3]
    against = "raw slixmpp echo, ms"
    return [
        Figure(
            f"p{share:.0%}".replace("%", ""),
            percentile(confirmations, share),
            "ms",
            baseline=percentile(echoes, share),
            against=against,
            aim=aim,
            of_ratio=True,
            note=f"{ROUNDS} of each, taken in turns" if share == 0.5 else "",
        )
        for share, aim in ((0.5, 12.0), (0.99, 40.0))
    ] + [
        Figure(
            "p99 against the echo's p50",
            percentile(confirmations, 0.99),
            "ms",
            baseline=percentile(echoes, 0.5),
            against=against,
            aim=40.0,
            of_ratio=True,
        )
    ]
