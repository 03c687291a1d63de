"""Printing over the network by IPP (RFC 8010, 8011): requests carries it; driverless printers and CUPS speak it."""
