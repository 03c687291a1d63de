"""Tells by a file's own beginning what was given to be judged, and asks who knows that form."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Final

from client.ports.seals import SealForm, Verdict, never
from client.proof.chain import Trust
from client.proof.faults import ProofError
from printing.seals.faults import UNKNOWN_FORM
from printing.seals.judge import judge_seal, judge_signature
from printing.seals.structures import is_signature

Judge = Callable[[bytes, datetime, Trust], Sequence[Verdict]]
"""A document's verdicts, one for each of its seals; empty where nobody sealed it. Raises ProofError."""

_ZIP: Final = b"PK\x03\x04"
_DER: Final = b"\x30"
_PDF: Final = b"%PDF-"
_PDF_WITHIN = 1024  # the head of a PDF may stand so far behind its beginning (PDF Reference 1.7, appendix H, note 13)


def _judge_pdf(content: bytes, at: datetime, trust: Trust) -> Sequence[Verdict]:
    from printing.seals.pdf.judging import judge_pdf  # noqa: PLC0415 - pyHanko loads where a PDF comes

    return judge_pdf(content, at, trust)


def _judge_ofd(content: bytes, at: datetime, trust: Trust) -> Sequence[Verdict]:
    from printing.seals.ofd.judging import judge_ofd  # noqa: PLC0415 - loads where an OFD comes

    return judge_ofd(content, at, trust)


DOCUMENTS: Final[Mapping[SealForm, Judge]] = MappingProxyType({SealForm.PDF: _judge_pdf, SealForm.OFD: _judge_ofd})
"""Who judges sealed documents."""


def form_of(content: bytes) -> SealForm:
    """What this is, by its beginning. Raises ProofError for none of the four."""
    if content.startswith(_DER):
        return SealForm.SIGNATURE if is_signature(content) else SealForm.SEAL
    if content.startswith(_ZIP):
        return SealForm.OFD
    if _PDF in content[:_PDF_WITHIN]:
        return SealForm.PDF
    raise ProofError(UNKNOWN_FORM)


def judge(content: bytes, at: datetime, trust: Trust, data: bytes | None = None) -> Sequence[Verdict]:
    """What can be said of it as of `at`; `data` is what a detached signature protects. Raises ProofError."""
    form = form_of(content)
    if form is SealForm.SEAL:
        return [judge_seal(content, at, trust)]
    if form is SealForm.SIGNATURE:
        return [judge_signature(content, at, trust, data)]
    if form not in DOCUMENTS:
        raise ProofError(UNKNOWN_FORM)
    return DOCUMENTS[form](content, at, trust)


def preview(content: bytes, is_taken_back: Callable[[], bool] = never) -> bytes:
    """A sealed document as PDF, to look at: a PDF as it is. Raises ProofError for what is no document."""
    form = form_of(content)
    if form is SealForm.PDF:
        return content
    if form is not SealForm.OFD:
        raise ProofError(UNKNOWN_FORM)
    from printing.seals.ofd.drawing import preview as drawn  # noqa: PLC0415 - loads where an OFD is looked at

    return drawn(content, is_taken_back)
