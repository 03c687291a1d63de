"""What signatures and certificates prove, as pure functions: SM2, SM3, X.509. Keys that sign lie behind a port."""
