"""A seal key of software for training and tests: a PKCS #15 card put into a virtual reader (vpcd) of PC/SC."""
