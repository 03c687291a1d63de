"""How the window looks: tokens as data, one style sheet, our own icons, the fonts that ship with the program."""
