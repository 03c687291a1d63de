"""The regulation as pure values and functions, without I/O or a clock; imports errors and text alone."""
