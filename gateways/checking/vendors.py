"""The accounts at Telegram, Twilio and SendGrid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gateways.checking.asking import Told, ask, part
from gateways.checking.finding import Finding

MESSAGE: Final = "/twilio/message"
VOICE: Final = "/twilio/voice"
SENDGRID_EVENTS: Final = "/webhooks/sendgrid"
"""Where those who tell us something are to send it, below the public address."""

SEND: Final = "mail.send"
"""The scope that a key of SendGrid needs."""


async def telegram(token: str, url: str) -> Sequence[Finding]:
    """Look whether the bot's token is good, and nobody else takes its updates."""
    what = "telegram"
    told = await ask(f"{url}/bot{token}/getMe")
    if told.status in (401, 404):
        mend = "set STEWARD_TELEGRAM_TOKEN to the token that @BotFather shows by /mybots"
        return [Finding(what, "the token is not accepted", mend)]
    name = part(told.said, "result", "username")
    if told.status != 200 or name is None:
        return [_unreachable(what, told, url, "STEWARD_TELEGRAM_URL")]
    hook = await ask(f"{url}/bot{token}/getWebhookInfo")
    if hook.status != 200:
        return [_unreachable(what, hook, url, "STEWARD_TELEGRAM_URL")]
    if part(hook.said, "result", "url"):
        mend = "Steward asks for updates itself: have the bot's webhook deleted (deleteWebhook)"
        return [Finding(what, f"@{name} sends its updates elsewhere", mend)]
    return [Finding(what, f"the bot is @{name}")]


async def twilio(
    account: str,
    token: str,
    url: str,
    *,
    number: str | None = None,
    public_url: str | None = None,
) -> Sequence[Finding]:
    """Look whether the account is active and its number is ours and calls us."""
    what = "twilio"
    base = f"{url}/2010-04-01/Accounts/{account}"
    told = await ask(f"{base}.json", basic=(account, token))
    if told.status in (401, 403, 404):
        mend = "set STEWARD_TWILIO_ACCOUNT and STEWARD_TWILIO_TOKEN as Twilio's console shows"
        return [Finding(what, "account and token are not accepted", mend)]
    status = part(told.said, "status")
    if told.status != 200 or status is None:
        return [_unreachable(what, told, url, "STEWARD_TWILIO_URL")]
    if status != "active":
        mend = "see Twilio's console for what it needs"
        return [Finding(what, f"the account is {status}", mend)]
    found = [Finding(what, "the account is active")]
    if number is not None:
        found.append(await _number(base, (account, token), number, public_url))
    return found


async def _number(
    base: str, basic: tuple[str, str], number: str, public_url: str | None
) -> Finding:
    what = f"twilio {number}"
    url = f"{base}/IncomingPhoneNumbers.json"
    told = await ask(url, basic=basic, query={"PhoneNumber": number})
    ours = part(told.said, "incoming_phone_numbers", 0)
    if told.status != 200:
        return _unreachable(what, told, url, "STEWARD_TWILIO_URL")
    if ours is None:
        mend = "set STEWARD_TWILIO_NUMBER to a number that the account has"
        return Finding(what, "the account has no such number", mend)
    if public_url is None:
        mend = "set STEWARD_PUBLIC_URL, so that calls and replies can reach Steward"
        return Finding(what, "Twilio cannot reach Steward", mend)
    wanted = {"sms_url": f"{public_url}{MESSAGE}", "voice_url": f"{public_url}{VOICE}"}
    names = {"sms_url": "“A message comes in”", "voice_url": "“A call comes in”"}
    wrong = [f"{names[key]} to {to}" for key, to in wanted.items() if part(ours, key) != to]
    if wrong:
        mend = f"set at this number in Twilio's console {' and '.join(wrong)}, by HTTP POST"
        return Finding(what, "what people send to it does not come to Steward", mend)
    return Finding(what, "messages and calls come to Steward")


async def sendgrid(key: str, url: str, *, event_key: bool, public: bool) -> Sequence[Finding]:
    """Look whether the key may send mail, and whether what becomes of mails is told."""
    what = "sendgrid"
    told = await ask(f"{url}/v3/scopes", token=key)
    if told.status in (401, 403):
        mend = "set STEWARD_SENDGRID_KEY to an API key with the permission “Mail Send”"
        return [Finding(what, "the key is not accepted", mend)]
    scopes = part(told.said, "scopes")
    if told.status != 200 or not isinstance(scopes, list):
        return [_unreachable(what, told, url, "STEWARD_SENDGRID_URL")]
    if SEND not in scopes:
        mend = "give it the permission “Mail Send” at SendGrid, or make another key"
        return [Finding(what, "the key may not send mail", mend)]
    found = [Finding(what, "the key may send mail")]
    if public and not event_key:
        mend = (
            "switch on SendGrid's signed event webhook, and set STEWARD_SENDGRID_EVENT_KEY to "
            f"its key; its URL is STEWARD_PUBLIC_URL with {SENDGRID_EVENTS}"
        )
        found.append(Finding("sendgrid events", "bounces are not told to Steward", mend))
    return found


def _unreachable(what: str, told: Told, url: str, setting: str) -> Finding:
    said = told.why or f"an answer of status {told.status} that says nothing we know"
    mend = f"see whether {url.split('/2010')[0]} can be reached from here ({setting})"
    return Finding(what, said, mend)
