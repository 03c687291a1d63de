"""Rating boxes (评价器): a driver for a serial line whose frames are a table of data, and simulators."""
