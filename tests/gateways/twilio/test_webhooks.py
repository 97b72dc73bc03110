"""What Twilio asks and tells over HTTP: signed or refused, each once, spoken safely."""

from contextlib import asynccontextmanager
from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest
from twilio.request_validator import RequestValidator

from behaviours.web.work_off_arrivals import WorkOffArrivals
from gateways.http.webhooks import Request
from gateways.twilio.texting import MOST_ANSWERS
from gateways.twilio.webhooks import webhooks
from ontology.errors import NoAnswer
from ontology.notifications.concepts import Acknowledgement, Channel, Outcome
from ontology.phone.concepts import About
from ontology.reminders.concepts import OccurrenceState
from tests.behaviours.duties import on_duty
from tests.clients.waiting import eventually
from tests.fakes.arrivals import FakeArrivals
from tests.gateways.twilio.colleagues import ADA, NOW, FakeColleagues

pytestmark = pytest.mark.usefixtures("virtual_time")

HERE = "https://steward.example"
TOKEN = "12345"
CALL = {"CallSid": "CA1", "From": "+4930123456", "To": "+34600111222"}
NUMBER = "+34600111222"


class Caller:
    """Twilio, calling our webhooks with its signature."""

    def __init__(self, routes, colleagues):
        self.routes = {route.path: route for route in routes}
        self.colleagues = colleagues

    async def post(self, path, form, *, signature=None, url=None, query="", body=None):
        route, parts = self._route(path)
        url = url or f"{HERE}{path}" + (f"?{query}" if query else "")
        body = urlencode(form).encode() if body is None else body
        signed = RequestValidator(TOKEN).compute_signature(url, form)
        headers = {"x-twilio-signature": signed if signature is None else signature}
        return await route.handler(
            Request(
                method="POST",
                url=url,
                path=path,
                query=query,
                parts=parts,
                headers={name: value for name, value in headers.items() if value},
                body=body,
            )
        )

    def _route(self, path):
        given = path.split("/")
        for pattern, route in self.routes.items():
            named = pattern.split("/")
            pairs = list(zip(named, given, strict=False))
            if len(named) == len(given) and all(a == b or a[:1] == "{" for a, b in pairs):
                return route, {a.strip("{}"): b for a, b in pairs if a[:1] == "{"}
        raise AssertionError(path)


@asynccontextmanager
async def calling(colleagues=None, arrivals=None):
    colleagues = colleagues or FakeColleagues()
    intake = WorkOffArrivals(arrivals or FakeArrivals())
    routes = webhooks(TOKEN, colleagues, intake, clock=lambda: NOW)
    async with on_duty(intake):
        yield Caller(routes, colleagues)


def spoken(answer):
    """Return what is said, and by which tags."""
    assert answer.status == 200
    assert answer.content_type == "application/xml"
    root = ET.fromstring(answer.body)
    assert root.tag == "Response"
    return " ".join(say.text or "" for say in root.iter("Say")), [tag.tag for tag in root]


def about(*ids, step=1):
    return About(ADA, step, ids)


async def test_who_picks_up_hears_who_calls_the_reminder_and_the_keys():
    async with calling() as twilio:
        pills = twilio.colleagues.tell(7, "take the pills & <drink> “water”")
        answer = await twilio.post(f"/twilio/call/en-GB/{about(pills)}", CALL)

    said, tags = spoken(answer)
    assert "Steward" in said
    assert "take the pills & <drink> “water”" in said
    assert "Press 1" in said
    assert tags == ["Gather", "Gather", "Say", "Hangup"]
    gather, *_ = ET.fromstring(answer.body).iter("Gather")
    (say,) = gather.iter("Say")
    assert gather.get("action") == f"/twilio/keys/en-GB/{about(pills)}"
    assert (gather.get("numDigits"), say.get("language")) == ("1", "en-GB")


async def test_a_hostile_text_is_only_read_out():
    async with calling() as twilio:
        bad = twilio.colleagues.tell(7, "</Say><Dial>+1900</Dial>\x00\x0b\ud7ff" + "x" * 9000)
        answer = await twilio.post(f"/twilio/call/en-GB/{about(bad)}", CALL)

    _, tags = spoken(answer)
    assert "Dial" not in tags
    assert len(answer.body) < 5000


@pytest.mark.parametrize(
    ("digit", "answer", "minutes"),
    [
        ("1", Acknowledgement.DONE, None),
        ("2", Acknowledgement.SNOOZE, 10),
        ("3", Acknowledgement.SNOOZE, 60),
    ],
)
async def test_a_key_answers_once_however_often_it_is_reported(digit, answer, minutes):
    async with calling() as twilio:
        pills = twilio.colleagues.tell(7, "pills")
        path = f"/twilio/keys/en-GB/{about(pills)}"
        answers = [await twilio.post(path, {**CALL, "Digits": digit}) for _ in range(5)]

    assert len({each.body for each in answers}) == 1
    said, tags = spoken(answers[0])
    assert said.endswith("Good bye.")
    assert tags == ["Say", "Hangup"]
    (action,) = twilio.colleagues.acknowledged.values()
    until = None if minutes is None else NOW + timedelta(minutes=minutes)
    assert (action.id, action.answer, action.until) == (pills, answer, until)
    assert action.channel is Channel.CALL


async def test_one_key_answers_everything_that_the_call_told_of():
    async with calling() as twilio:
        ids = [twilio.colleagues.tell(n, f"thing {n}") for n in (7, 8, 9)]
        said, _ = spoken(await twilio.post(f"/twilio/call/en-GB/{about(*ids)}", CALL))
        pressed = {**CALL, "Digits": "1"}
        await twilio.post(f"/twilio/keys/en-GB/{about(*ids)}", pressed)

    assert "3 reminders" in said
    assert [action.id for action in twilio.colleagues.acknowledged.values()] == ids


@pytest.mark.parametrize(("digit", "before"), [("9", ""), ("5", "That key means nothing")])
async def test_other_keys_repeat_it(digit, before):
    async with calling() as twilio:
        pills = twilio.colleagues.tell(7, "pills")
        path = f"/twilio/keys/en-GB/{about(pills)}"
        said, tags = spoken(await twilio.post(path, {**CALL, "Digits": digit}))

    assert "pills" in said
    assert said.startswith(before)
    assert tags[0] == "Gather"
    assert twilio.colleagues.acknowledged == {}


async def test_what_is_over_is_not_told_any_more():
    async with calling() as twilio:
        over = twilio.colleagues.tell(7, "pills", OccurrenceState.ACKNOWLEDGED)
        said, tags = spoken(await twilio.post(f"/twilio/call/en-GB/{about(over)}", CALL))
        nobodys = About(UUID(int=2), 1, (over,))
        elsewhere, _ = spoken(await twilio.post(f"/twilio/call/en-GB/{nobodys}", CALL))

    assert "nothing left to say" in said
    assert tags == ["Say", "Hangup"]
    assert "pills" not in elsewhere


@pytest.mark.parametrize("answered_by", ["machine_start", "machine_end_beep", "fax"])
async def test_a_machine_hears_nothing_and_the_attempt_has_failed(answered_by):
    async with calling() as twilio:
        pills = twilio.colleagues.tell(7, "pills")
        form = {**CALL, "AnsweredBy": answered_by}
        answer = await twilio.post(f"/twilio/call/en-GB/{about(pills)}", form)

    assert spoken(answer) == ("", ["Hangup"])
    (noted,) = twilio.colleagues.noted
    assert (noted.outcome, noted.why, noted.step) == (Outcome.FAILED, "voicemail", 1)


async def test_an_agent_that_is_silent_leaves_no_caller_in_silence():
    async with calling() as twilio:
        pills = twilio.colleagues.tell(7, "pills")
        twilio.colleagues.trouble = [NoAnswer("away")]
        said, _ = spoken(await twilio.post(f"/twilio/call/en-GB/{about(pills)}", CALL))
        assert "safe in chat" in said
        twilio.colleagues.trouble = [NoAnswer("away")] * 40
        pressed = {**CALL, "Digits": "1"}
        said, _ = spoken(await twilio.post(f"/twilio/keys/en-GB/{about(pills)}", pressed))
        assert "noted" in said
        done = twilio.colleagues.acknowledged
        await eventually(lambda: bool(done), "the key is carried out", 900)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("completed", Outcome.DELIVERED),
        ("busy", Outcome.FAILED),
        ("no-answer", Outcome.FAILED),
        ("failed", Outcome.FAILED),
        ("canceled", Outcome.FAILED),
        ("ringing", None),
    ],
)
async def test_a_report_on_a_call_is_noted_once(status, outcome):
    async with calling() as twilio:
        path = f"/twilio/status/call/{about(UUID(int=7))}"
        for _ in range(5):
            await twilio.post(path, {**CALL, "CallStatus": status})
        settled = [] if outcome is None else [outcome]
        await eventually(lambda: len(twilio.colleagues.noted) == len(settled), "noted", 60)

    assert [noted.outcome for noted in twilio.colleagues.noted] == settled


async def test_a_number_that_is_none_is_marked_bad():
    form = {"MessageSid": "SM1", "MessageStatus": "undelivered", "ErrorCode": "30006"}
    async with calling() as twilio:
        path = f"/twilio/status/sms/{about(UUID(int=7))}"
        await twilio.post(path, {**form, "To": NUMBER})
        await eventually(lambda: bool(twilio.colleagues.bad), "it is marked", 60)

    assert twilio.colleagues.bad == {f"tel:{NUMBER}": "error 30006"}
    assert twilio.colleagues.noted[0].why == "undelivered (error 30006)"


@pytest.mark.parametrize(
    ("sender", "channel"),
    [(NUMBER, Channel.SMS), (f"whatsapp:{NUMBER}", Channel.WHATSAPP)],
)
async def test_a_message_is_heard_once_and_answered_by_one(sender, channel):
    form = {"MessageSid": "SM1", "From": sender, "Body": "snooze 20m"}
    async with calling() as twilio:
        for _ in range(5):
            assert spoken(await twilio.post("/twilio/message", form)) == ("", [])
        await eventually(lambda: bool(twilio.colleagues.said), "it is answered", 60)

    (heard,) = twilio.colleagues.heard.values()
    assert (heard.text, heard.said_at) == ("snooze 20m", NOW)
    (said,) = twilio.colleagues.said.values()
    assert (said.text, said.channel, said.person_id) == ("you said snooze 20m", channel, ADA)


async def test_a_phone_that_answers_by_itself_is_not_answered_for_ever():
    async with calling() as twilio:
        for number in range(MOST_ANSWERS + 5):
            form = {"MessageSid": f"SM{number}", "From": NUMBER, "Body": "I am driving."}
            await twilio.post("/twilio/message", form)
        heard = twilio.colleagues.heard
        await eventually(lambda: len(heard) == MOST_ANSWERS + 5, "all are heard", 60)

    assert len(twilio.colleagues.said) == MOST_ANSWERS


async def test_strangers_who_write_get_no_text():
    form = {"MessageSid": "SM1", "From": "+15005550006", "Body": "win a car"}
    arrivals = FakeArrivals()
    async with calling(arrivals=arrivals) as twilio:
        await twilio.post("/twilio/message", form)
    assert twilio.colleagues.said == {}


async def test_who_calls_us_hears_what_is_next_and_answers_by_keys():
    form = {"CallSid": "CA2", "From": NUMBER}
    async with calling() as twilio:
        said, tags = spoken(await twilio.post("/twilio/voice", form))
        assert "you said what's next" in said
        assert tags[0] == "Gather"
        for _ in range(3):
            said, _ = spoken(await twilio.post("/twilio/voice/keys", {**form, "Digits": "1"}))
        assert "you said done" in said
    texts = [heard.text for heard in twilio.colleagues.heard.values()]
    assert texts.count("done") == 1


async def test_a_stranger_who_calls_hears_nothing_of_anybody():
    async with calling() as twilio:
        form = {"CallSid": "CA2", "From": "+15005550006"}
        said, tags = spoken(await twilio.post("/twilio/voice", form))
    assert "do not know your number" in said
    assert tags == ["Say", "Hangup"]


@pytest.mark.parametrize("signature", ["", "AAAA", "é", "RSOYDt4T1cUTdK1PDd93/VVr8B8="])
@pytest.mark.parametrize("path", ["/twilio/message", "/twilio/voice", "/twilio/keys"])
async def test_what_is_not_signed_is_refused_and_changes_nothing(path, signature):
    async with calling() as twilio:
        pills = twilio.colleagues.tell(7, "pills")
        path = f"{path}/en-GB/{about(pills)}" if path.endswith("keys") else path
        form = {**CALL, "Digits": "1", "MessageSid": "SM1", "From": NUMBER}
        answer = await twilio.post(path, form, signature=signature or "0" * 28)
        missing = await twilio.post(path, form, signature="\t"[:0] or None, url="http://else/")

    assert answer.status == 403
    assert missing.status in (200, 403)
    assert twilio.colleagues.said == {}


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/twilio/message", {}),
        ("/twilio/voice", {"From": NUMBER}),
        ("/twilio/keys/en-GB/1/2/3", {**CALL, "Digits": "1"}),
        ("/twilio/status/pigeon/" + str(About(ADA, 1, (ADA,))), {**CALL, "CallStatus": "busy"}),
        ("/twilio/call/en-GB/" + str(About(ADA, 1, (ADA,) * 11)), CALL),
        ("/twilio/call/en-GB/" + str(About(ADA, 5000, (ADA,))), CALL),
    ],
)
async def test_what_is_signed_but_makes_no_sense_is_a_bad_request(path, form):
    async with calling() as twilio:
        assert (await twilio.post(path, form)).status == 400


async def test_a_broken_body_is_refused():
    async with calling() as twilio:
        for body in (b"\xff\xfe", b"&".join([b"a=1"] * 300), b"no equals sign"):
            assert (await twilio.post("/twilio/message", {}, body=body)).status == 403
