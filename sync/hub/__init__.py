"""The other end, a server of its own: the reference platform; imports sync.protocol, ports, rules and errors."""
