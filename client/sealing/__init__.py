"""What leaves the window outside its store: sealed to the hub's key and the hall's, and never trusted unchecked."""
