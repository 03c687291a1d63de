"""Keys, certificates and seals of invented organs, for tests and for training."""
