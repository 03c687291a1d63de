"""Intake, all of it on one page: who and what at the left, the materials in the middle, their pages at the right."""
