"""When a signature of version 1 was made: its field holds a time, or a time stamp token (RFC 3161) with one inside."""

from datetime import datetime

from printing.seals.der import BITS, INTEGER, OCTETS, SEQUENCE, SET, TIMES, Element, Fields, malformed, moment, only

_PLACE = "timeInfo"
_EXPLICIT = 0xA0
_BARE = {13: 0x17, 15: 0x18}  # digits and Z of a UTCTime or GeneralizedTime whose octets alone were written


def time_told(element: Element) -> datetime:
    """The time in a timeInfo, whatever a maker's program wrote there; the token's own signature is not looked at.

    Raises ProofError where none is found.
    """
    if element.tag in TIMES:
        return moment(element, _PLACE)
    content = element.content[1:] if element.tag == BITS else element.content
    bare = content.strip(b"\0")
    if len(bare) in _BARE and bare[:-1].isdigit():
        return moment(Element.first(memoryview(bytes((_BARE[len(bare)], len(bare))) + bare), _PLACE), _PLACE)
    inner = only(content, _PLACE)
    return moment(inner, _PLACE) if inner.tag in TIMES else _of_token(inner)


def _of_token(token: Element) -> datetime:
    """The genTime inside a TSTInfo inside a SignedData; a whole answer of a time stamp server has its status before."""
    info = Fields(token, _PLACE)
    if info.next_is(SEQUENCE):
        info.take("status", SEQUENCE)
        info = info.fields("timeStampToken")
    info.oid("contentType")
    signed = Fields(_inside(info.take("content", _EXPLICIT)), _PLACE)
    signed.integer("version")
    signed.take("digestAlgorithms", SET)
    content = signed.fields("encapContentInfo")
    content.oid("eContentType")
    told = Fields(only(_inside(content.take("eContent", _EXPLICIT), OCTETS).content, _PLACE), _PLACE)
    told.integer("version")
    told.oid("policy")
    told.take("messageImprint", SEQUENCE)
    told.take("serialNumber", INTEGER)
    return told.moment("genTime")


def _inside(tagged: Element, tag: int = SEQUENCE) -> Element:
    inner = Element.first(tagged.view[tagged.head :], _PLACE)
    if inner.tag != tag:
        raise malformed(_PLACE)
    return inner
