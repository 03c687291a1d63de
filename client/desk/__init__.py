"""The use cases at the counter, each one transaction that checks who may; imports store, ports and rules."""
