"""Pictures of answers: `plan` says what is shown and in which words, `paint` puts it on a canvas."""
