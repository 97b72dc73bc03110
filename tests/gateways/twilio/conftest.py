"""What tests of Twilio's side may ask for."""

from tests.behaviours.conftest import virtual_time

__all__ = ["virtual_time"]
