"""ID-card readers with a SAM (GA 467) on a serial line: wire format, text layouts, driver, and a simulator."""
