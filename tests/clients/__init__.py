"""XMPP clients that we did not write, each driven through the same few verbs."""
