"""Electronic seals: structures, judgements, commands."""
