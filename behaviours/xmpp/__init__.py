"""The XMPP transport: a stream that loses nothing it has not handled, and its stanzas."""
