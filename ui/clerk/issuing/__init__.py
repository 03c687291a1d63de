"""出具文书: papers that no act brings along, chosen, filled in and issued by key, beside any case."""
