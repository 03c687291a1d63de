"""The window's memory: an encrypted database and sealed files; imports ports, rules and errors."""
