"""Receipt printers that speak ESC/POS: over the network, on a serial line or as a file of the system."""
