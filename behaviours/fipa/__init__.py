"""The FIPA protocols, both roles, written once and without XMPP: coroutines that speak and hear."""
