"""What IT sits in front of: the first run, and the settings."""
