"""The few widgets of our own: panels, chips, keys on buttons, fields that mask."""
