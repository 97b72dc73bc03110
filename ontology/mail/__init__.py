"""Mails that tell people of something: what they are, and what becomes of them."""
