"""The face: Qt, and nothing but Qt. It asks the desk off its own thread and paints the answers.

It may import `client` (desk, house, ports, rules, errors, config, lanes, log, text), never the store or the hands:
they are handed in by the front door as values of `ui.seat`. `tasks` is the only way off the GUI thread and back,
`notices` the only painter of errors; there is a folder for each person who sits in front of it.
"""
