"""Whether what an installation was given works: credentials, addresses, certificates, clocks.

Each check asks the other side something that changes nothing, and says in one line what it
found and how to mend it. The vendors' own libraries are not needed for that.
"""
