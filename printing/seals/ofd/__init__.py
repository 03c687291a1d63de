"""OFD (GB/T 33190-2016): opened within bounds, its seals judged, its pages drawn for a look."""
