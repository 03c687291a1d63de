"""The face: Qt and nothing but Qt; imports desk, ports, rules and errors, and is handed the rest. Still empty."""
