"""Tests of the answerers, one file for each kind of question."""
