import asyncio

from behaviours.forget_old import ForgetOld
from ontology.retention import KEPT_DAYS
from tests.behaviours.duties import on_duty


class Forgetful:
    def __init__(self):
        self.asked = []

    async def forget_before(self, days):
        self.asked.append(days)
        return 3


async def test_what_is_over_is_forgotten_at_the_start_and_every_day(virtual_time):
    retention = Forgetful()
    async with on_duty(ForgetOld(retention)):
        await asyncio.sleep(2.5 * 86_400)

    assert retention.asked == [KEPT_DAYS] * 3
