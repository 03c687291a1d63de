"""Marks the sentences people will read, so that the face can translate them; it translates nothing itself."""


def tr(sentence: str) -> str:
    """Mark `sentence` (zh_CN, the source language) for Qt Linguist; `{name}` places are filled by the face."""
    return sentence
