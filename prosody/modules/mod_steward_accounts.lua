-- Usage: prosodyctl mod_steward_accounts HOST
--
-- Reads lines "name<TAB>password" from standard input and makes sure that each such account exists
-- with that password. Unlike `prosodyctl register` it shows no password to whoever lists processes,
-- does many accounts in one run, and may be repeated.

local prosodyctl = require "util.prosodyctl";
local usermanager = require "core.usermanager";

module:set_global();

local function ensure(user, host, password)
	local account = { user = user, host = host, password = password };
	if not prosodyctl.user_exists(account) then
		return prosodyctl.adduser(account);
	elseif usermanager.test_password(user, host, password) then
		return true;
	end
	return usermanager.set_password(user, password, host);
end

function module.command(arg)
	local host = arg[1];
	if not (host and prosody.hosts[host]) then
		io.stderr:write("no such host: ", tostring(host), "\n");
		return 2;
	end
	for line in io.lines() do
		local user, password = line:match("^([^\t]+)\t(.+)$");
		local ok, why = user, "a line without name and password";
		if user then
			ok, why = ensure(user, host, password);
		end
		if not ok then
			io.stderr:write(tostring(user), ": ", tostring(why), "\n");
			return 1;
		end
	end
	return 0;
end
