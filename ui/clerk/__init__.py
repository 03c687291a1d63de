"""What the clerk sits in front of: intake, the cases of this window, what is on its way to the platform."""
