"""The page 文书: every paper of this window, what is done about it, and whether one that somebody holds is genuine."""
