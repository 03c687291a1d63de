"""What the supervisor sits in front of: today, and what waits for a decision."""
