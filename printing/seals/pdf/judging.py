"""Says of each signature in a PDF what holds: electronic seals of the standards, and the usual signatures besides."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from client.ports.seals import CheckName, SealCheck, SealForm, Verdict
from client.proof.chain import Trust
from client.proof.faults import ProofError
from client.text import tr
from printing.seals.judge import judge_signature
from printing.seals.pdf.cms_judging import judge_cms
from printing.seals.pdf.reading import SealedPart, sealed_in


def judge_pdf(content: bytes, at: datetime, trust: Trust) -> Sequence[Verdict]:
    """A verdict for each signature, in the order they were put there; none for a PDF nobody sealed.

    Raises ProofError for what is no PDF.
    """
    return [_of(part, at, trust) for part in sealed_in(content)]


def _of(part: SealedPart, at: datetime, trust: Trust) -> Verdict:
    if part.trouble:
        checks = [SealCheck(CheckName.STRUCTURE, ok=True, detail=tr("PDF签章域{name}").format(name=part.field))]
        checks.append(SealCheck(CheckName.DOCUMENT_DIGEST, ok=False, detail=part.trouble))
        return Verdict(SealForm.PDF, None, None, None, None, checks)
    try:
        judged = judge_signature(part.der, at, trust, part.data, SealForm.PDF) if part.is_ses else None
    except ProofError as error:
        broken = SealCheck(CheckName.STRUCTURE, ok=False, detail=error.title)
        return Verdict(SealForm.PDF, None, None, None, None, [broken])
    verdict = judged or judge_cms(part, at, trust)
    return replace(verdict, checks=[*_with_added(verdict.checks, part.added)])


def _with_added(checks: Sequence[SealCheck], added: str) -> Iterator[SealCheck]:
    """What came behind a signature is a change of the document, though the signed part is as it was."""
    for check in checks:
        if added and check.ok and check.name is CheckName.DOCUMENT_DIGEST:
            yield SealCheck(check.name, ok=False, detail=added)
        else:
            yield check
