-- A resumed stream is read by a parser of its own.
--
-- When a session is resumed (XEP-0198), Prosody 0.12 goes on feeding what arrives to the parser of
-- the connection that was cut. Where that was cut in the middle of a stanza, the first bytes of the
-- new one look malformed, and Prosody ends the session: what its client had not acknowledged yet is
-- delivered a second time, from the offline store and out of order.

module:depends("smacks");

-- The event tells of the end of hibernation, within the very read that asked for the resumption.
module:hook("smacks-hibernation-end", function (event)
	event.resumed.data = event.origin.data;
end);
