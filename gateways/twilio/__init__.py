"""Twilio: calls, SMS and WhatsApp, and what it tells us of them.

The library is imported where it is used: it takes a while.
"""
