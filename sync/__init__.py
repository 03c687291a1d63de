"""The hand that sends: outbox to platform and states back; imports the desk's ports, rules and errors."""
