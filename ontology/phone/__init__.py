"""Reaching people by their number: calls with the keypad, SMS, WhatsApp."""
