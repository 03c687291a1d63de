"""Whether a paper is genuine, by the statement in its QR code: offline, by what the hall trusts.

A statement is worth what its key is worth. What stands on a page is held against it where the page has words; of a
picture, and of a page that somebody made to look other than its words, a person compares what the verdict shows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final, Self

from client.ports.seals import CheckName
from client.ports.statements import PaperVerdict, Part, Standing, Statement
from client.proof.certificates import Certificate, KeyAlgorithm
from client.proof.chain import ChainTrouble, Trust, chain_of
from client.proof.faults import ProofError
from client.text import chinese, clauses, tr
from printing.faults import FOREIGN, NO_CODE, SEVERAL, PaperError
from printing.papers.statement import LONGEST_NAME, PREFIX, digest_of, read, signature_of, tail_of, to_sign
from printing.papers.wording import day, full_width
from printing.papers.written import Written, written_in
from printing.seals.trusted import trust_in

SLACK: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Papers:
    """See `client.ports.statements.Prover`; `trusted` tells what the hall trusts, anew each time."""

    trusted: Callable[[], Trust]

    @classmethod
    def of_hall(cls, folders: Sequence[Path], files: Sequence[Path] = ()) -> Self:
        """What lies in these folders, and these files besides, are trusted."""
        return cls(partial(trust_in, folders, files))

    def prove_text(self, text: str, at: datetime) -> PaperVerdict:
        found = _judged(read(text), (), self.trusted(), at)
        return replace(found, notes=(*found.notes, tr("只核对了二维码，请与文书上的文字逐项比对")))

    def prove_file(self, content: bytes, at: datetime) -> PaperVerdict:
        written, trust = written_in(content), self.trusted()
        seals = _Sealed.of(content, trust, at)
        found = _judged(_statement(written.codes), seals.signers, trust, at)
        if not written.words:
            return replace(found, notes=(*found.notes, tr("这是图片，没有可以核对的文字，请与画面上的文字逐项比对")))
        altered = [*_altered(found.statement, written), *([Part.FILE] if seals.is_altered else [])]
        if altered:
            return replace(found, standing=Standing.ALTERED, altered=(*found.altered, *altered))
        said = tr("页面的文字与二维码一致；画面另被遮盖或涂改的，请与下列内容比对")
        return replace(found, notes=(*found.notes, *seals.notes, said))


@dataclass(frozen=True, slots=True)
class _Sealed:
    """What the electronic seals of a file say of it, and the certificates that come with them."""

    signers: Sequence[Certificate] = ()
    is_altered: bool = False
    notes: Sequence[str] = ()

    @classmethod
    def of(cls, content: bytes, trust: Trust, at: datetime) -> "_Sealed":
        from printing.seals.use import judge  # noqa: PLC0415 - pyHanko loads where a file comes

        try:
            verdicts = judge(content, at, trust)
        except ProofError:  # a picture has no seal to judge
            return cls()
        wrong = [check for verdict in verdicts for check in verdict.checks if not check.ok]
        return cls(
            [verdict.signer for verdict in verdicts if verdict.signer is not None],
            any(check.name is CheckName.DOCUMENT_DIGEST for check in wrong),
            [tr("电子签章有不符之处：{what}").format(what=clauses([check.detail for check in wrong]))] if wrong else (),
        )


def _statement(codes: Sequence[str]) -> Statement:
    """The one statement among the codes of a file; the signed one where it lies upon the unsigned."""
    ours = [read(code) for code in codes if code.startswith(PREFIX)]
    if not ours:
        raise PaperError(FOREIGN if codes else NO_CODE)
    if len({replace(each, key=b"", signature=b"") for each in ours}) > 1:
        raise PaperError(SEVERAL)
    return max(ours, key=lambda each: len(each.signature))


def _judged(statement: Statement, more: Sequence[Certificate], trust: Trust, at: datetime) -> PaperVerdict:
    if not statement.signature:
        return PaperVerdict(Standing.UNSIGNED, statement)
    signer = next((each for each in (*trust.roots, *trust.between, *more) if tail_of(each) == statement.key), None)
    if signer is None:
        return PaperVerdict(Standing.UNKNOWN_KEY, statement, notes=(_not_found(statement),))
    if signer.algorithm not in _SIGNING or not signer.has_signed(to_sign(statement), signature_of(statement)):
        return PaperVerdict(Standing.ALTERED, statement, (Part.STATEMENT,), signer)
    standing, said = _vouched(statement, signer, trust, at)
    return PaperVerdict(standing, statement, (), signer, (said,))


_SIGNING: Final = frozenset({KeyAlgorithm.SM2, KeyAlgorithm.ECDSA_P256})


def _not_found(statement: Statement) -> str:
    said = tr("本机没有尾号为{key}的证书，请用--trust给出出具机关的证书，或者放入信任目录")
    return said.format(key=statement.key.hex())


def _vouched(statement: Statement, signer: Certificate, trust: Trust, at: datetime) -> tuple[Standing, str]:
    """A certificate that is trusted by being given may have been taken back all the same."""
    others = [each for each in trust.roots if each.der != signer.der]
    state = chain_of(signer, Trust(others, trust.between, trust.revoked), at)
    if state.trouble is ChainTrouble.REVOKED:
        return Standing.REVOKED, state.detail
    if trouble := _trouble(statement, signer, at):
        return Standing.UNKNOWN_KEY, trouble
    if state.ok:
        return Standing.GENUINE, state.detail
    if len(others) < len(trust.roots):
        return Standing.GENUINE, tr("签名的证书由本机直接信任")
    return Standing.UNKNOWN_KEY, state.detail


def _is_for(name: str, organ: str) -> bool:
    """Whether a name in a certificate is the organ's own, or its seal's: 某局, 某局行政许可专用章.

    The office beneath it, whose name begins with the same letters, does not speak for it.
    """
    holder = "".join(full_width(name).split())
    if not organ or not holder.startswith(organ):
        return False
    behind = holder.removeprefix(organ)
    seal = behind.partition("（")[0]  # the second of two seals is numbered
    is_seal = seal.endswith(_SEAL) and not any(office in seal for office in _OFFICES)
    return not behind or is_seal or len(organ) == LONGEST_NAME


_SEAL: Final = chinese("章")
_OFFICES: Final = (*chinese("局厅委院所站队会府处科室署"), chinese("中心"))
"""Where one of these follows the organ's name, the seal is that of another."""


def _trouble(statement: Statement, signer: Certificate, at: datetime) -> str:
    """Why this certificate may not speak for the organ at that time; empty where it may."""
    signed_at = statement.signed_at or statement.issued_at
    if not any(_is_for(name, statement.organ) for name in signer.names):
        said = tr("签名的证书属于{holder}，不是出具机关{organ}的")
        return said.format(holder=signer.holder, organ=statement.organ)
    if not signer.may_sign:
        return tr("证书的密钥用途不含签名")
    if not signer.is_valid_at(signed_at):
        return tr("签名时证书不在有效期内")
    return tr("签名时间晚于核验时间，请核对本机时钟") if signed_at > at + SLACK else ""


def _altered(statement: Statement, written: Written) -> list[Part]:
    """What of the statement does not stand on the page; the other words where all of it does."""
    if digest_of(written.words) == statement.digest:
        return []
    page = "".join("".join(written.words).split())
    stated = {
        Part.NUMBER: statement.paper_number,
        Part.CASE: statement.case_number,
        Part.QUERY: statement.query_code,
        Part.ORGAN: statement.organ,
        Part.NAME: statement.applicant,
        Part.DATE: day(statement.issued_at),
        Part.UNTIL: day(statement.until) if statement.until else "",
    }
    return [part for part, words in stated.items() if words not in page] or [Part.WORDS]
