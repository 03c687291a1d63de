"""The desk: what a window does and remembers. It knows no screen, no platform, no device and no paper."""
