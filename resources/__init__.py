"""The data the program ships: catalogue, calendar, fonts, words. No code lives here."""
