"""A hall's own words for its papers: read, tried on every kind of paper, and kept."""
