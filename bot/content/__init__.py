"""The words and the program designs, as data, and the readers that check them.

What people read is in `words/*.toml` and `prompts/*.toml`; what a program is, in `programs/<name>/program.toml` and
`roster.csv`. Every file is checked as a whole when it is read: a file with mistakes is refused with all of them at
once, each with its line, its column and a sentence that says what would be right (`bot.content.problems`).
"""
