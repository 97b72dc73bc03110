-- Prosody's whole configuration: for the embedded server, for the tests, for docker-compose.yml.
-- What differs between them comes from the environment (ENV_X reads the variable X). Prosody 0.12 or newer.

local function list(text)
	local words = {};
	for word in (text or ""):gmatch("[^, ]+") do
		words[#words + 1] = word;
	end
	return words;
end

local federation = ENV_STEWARD_FEDERATION == "true";

data_path = ENV_STEWARD_PROSODY_DATA or "/var/lib/prosody"
pidfile = "prosody.pid" -- in data_path
umask = "077"
plugin_paths = { ENV_STEWARD_PROSODY_MODULES or "/etc/prosody/modules" }
log = { { levels = { min = ENV_STEWARD_PROSODY_LOG_LEVEL or "info" }; to = "console"; timestamps = true } }

-- Accounts are made on the command line only (modules/mod_steward_accounts.lua).
authentication = "internal_hashed"
storage = "internal"
admins = { }

modules_enabled = {
	"roster"; "saslauth"; "tls"; "disco"; "posix";
	"smacks"; "steward_resume"; -- XEP-0198: acknowledgement and resumption
	"carbons"; -- XEP-0280: what one client of a person says, the others see
	"mam"; -- XEP-0313: the archive
	"csi_simple"; "ping"; "time"; "blocklist"; "limits";
	"pep"; "vcard4"; "vcard_legacy"; "bookmarks";
}
-- What is said to other domains is refused, unless they are let in.
modules_disabled = { not federation and "s2s" or nil }
s2s_secure_auth = true

c2s_interfaces = list(ENV_STEWARD_XMPP_HOST or "127.0.0.1")
c2s_ports = { (ENV_STEWARD_XMPP_PORT or 5222) + 0 }
c2s_direct_tls_ports = { }

-- Nobody talks in the clear; every client can check that this server is the right one.
c2s_require_encryption = true
local certificate = ENV_STEWARD_CERTIFICATE or "/etc/prosody/certs/server.pem";
certificates = certificate:match("^(.*)/")
ssl = {
	certificate = certificate;
	key = ENV_STEWARD_CERTIFICATE_KEY or "/etc/prosody/certs/server.key";
	protocol = "tlsv1_2+";
}

-- An agent may be cut off for this long (seconds) and resume as if nothing had been. Longer would
-- only delay what waits for it: after that, messages go to its offline store.
smacks_hibernation_time = 30
-- A queue that overflows loses messages. 10,000 reminders may fall due in one second.
smacks_max_queue_size = 30000
-- Ask at once whether the messages arrived, and again when no answer came for some seconds.
smacks_max_ack_delay = 5

-- Archived: who asks for it himself (XEP-0313 preferences; the assistant does), and with the policy
-- "roster" everybody's talks with contacts. Archiving doubles the work of delivery.
default_archive_policy = ENV_STEWARD_ARCHIVE_POLICY == "roster" and "roster" or false
archive_expires_after = "1w"
max_archive_query_results = 200
-- To leave chat states out, mod_mam copies every message twice. Those that stand alone have no
-- body and are not archived anyhow.
dont_archive_namespaces = { }
-- Items in one account's archive, or in its store of offline messages. Beyond this they are refused.
storage_archive_item_limit = 200000

-- Agents talk in bursts; Debian's 10 kB/s would hold them up for minutes.
limits = {
	c2s = { rate = "20mb/s"; burst = "5s" };
	s2sin = { rate = "100kb/s" };
}
c2s_stanza_size_limit = 1024 * 1024 -- bytes

-- Collect garbage when the heap has doubled. At Prosody's own 105 % the collector runs all the time,
-- and takes a third of the processor time of a burst.
gc = { mode = "incremental"; threshold = 200; speed = 200 }

network_settings = {
	-- Nagle's algorithm meets delayed acknowledgement: every hundredth answer would wait 40 ms.
	nagle = false;
	-- Gathering what is to be sent until the next turn of the loop costs an echo 0.2 ms of 0.7,
	-- and carries a burst a third faster.
	opportunistic_writes = false;
	tcp_backlog = 512;
}

VirtualHost(ENV_STEWARD_XMPP_DOMAIN or "localhost")
