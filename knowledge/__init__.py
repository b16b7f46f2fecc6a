"""Facts, questions and answers: a library that knows no Telegram. `knowledge.desk` is its door."""
