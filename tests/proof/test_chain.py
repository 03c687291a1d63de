"""By whom a certificate is vouched for: what makes a chain, and each thing that breaks one, told apart."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from client.proof.certificates import MOST_BYTES, Certificate, KeyAlgorithm
from client.proof.chain import ChainState, ChainTrouble, Trust, chain_of
from client.proof.faults import ProofError
from client.proof.revoked import RevocationList
from tests.seals.authority import BEGAN, ENDS, SIGNS, Authority, SoftKey, certificate, revocation_list

AT = datetime(2026, 11, 23, tzinfo=UTC)
ROOT = Authority.root()
BETWEEN = ROOT.below("训练用中间证书")
HOLDER = BETWEEN.certify(SoftKey.make(), "示例市市场监督管理局")


def pem(kind: str, der: bytes) -> bytes:
    return f"-----BEGIN {kind}-----\n{base64.encodebytes(der).decode()}-----END {kind}-----\n".encode()


def chain(leaf: bytes, *trusted: bytes, between: tuple[bytes, ...] = (), at: datetime = AT) -> ChainState:
    trust = Trust.parse(trusted)
    return chain_of(
        Certificate.parse(leaf), Trust(trust.roots, tuple(map(Certificate.parse, between)), trust.revoked), at
    )


@pytest.mark.parametrize("algorithm", list(KeyAlgorithm))
def test_up_to_a_trusted_root_over_one_between(algorithm: KeyAlgorithm) -> None:
    root = Authority.root(algorithm=algorithm)
    between = root.below("中间")
    holder = between.certify(SoftKey.make(), "持有人")
    assert chain(holder, root.certificate, between=(between.certificate,)).ok
    assert chain(holder, root.certificate, between.certificate).ok
    assert chain(holder, between.certificate).ok, "what is trusted needs nobody above it"
    assert chain(holder, holder).ok


def test_without_its_root_it_is_not_trusted_and_nothing_is_said_to_be_wrong() -> None:
    for trusted in ((), (Authority.root("别的根").certificate,)):
        state = chain(HOLDER, *trusted, between=(BETWEEN.certificate,))
        assert state.trouble is ChainTrouble.NOT_TRUSTED
        assert state.detail == "签发者训练用根证书（无效力）不在本机信任的证书之列"
    assert chain(HOLDER, ROOT.certificate).trouble is ChainTrouble.NOT_TRUSTED, "the one between is missing"


def test_a_root_of_the_same_name_has_not_signed_it() -> None:
    forged = Authority.root()
    assert chain(HOLDER, forged.certificate, between=(BETWEEN.certificate,)).trouble is ChainTrouble.WRONG_SIGNATURE
    assert chain(forged.certificate, ROOT.certificate).trouble is ChainTrouble.WRONG_SIGNATURE
    assert chain(HOLDER, forged.certificate, ROOT.certificate, BETWEEN.certificate).ok, "nor does it stand in the way"


def test_who_is_no_authority_issues_nothing() -> None:
    key = SoftKey.make()
    plain = Authority(key, ROOT.certify(key, "无权签发"))
    assert chain(plain.certify(SoftKey.make(), "持有人"), ROOT.certificate, plain.certificate).trouble is (
        ChainTrouble.NO_AUTHORITY
    )


def test_a_use_without_the_right_makes_no_authority() -> None:
    """The sample seal's own certificates are so: they say that they may certify, and that they are no authority."""
    key = SoftKey.make()
    odd = Authority(key, ROOT.certify(key, "无权签发", usage=SIGNS | {"key_cert_sign"}))
    state = chain(odd.certify(SoftKey.make(), "持有人"), ROOT.certificate, odd.certificate)
    assert chain(odd.certify(SoftKey.make(), "持有人"), ROOT.certificate, between=(odd.certificate,)).trouble is (
        ChainTrouble.NO_AUTHORITY
    )
    assert state.trouble is ChainTrouble.NO_AUTHORITY, "trusted or not"


def test_authorities_that_certify_one_another_are_each_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("甲", "乙", "丙", "丁")
    keys = {name: SoftKey.make() for name in names}
    mesh = tuple(certificate(keys[of], of, keys[by], by, is_authority=True) for of in names for by in names if of != by)
    holder = certificate(SoftKey.make(), "持有人", keys["甲"], "甲")
    asked = []
    has_issued = Certificate.has_issued

    def counted(issuer: Certificate, other: Certificate) -> bool:
        asked.append(other)
        return has_issued(issuer, other)

    monkeypatch.setattr(Certificate, "has_issued", counted)
    assert chain(holder, between=mesh).trouble is ChainTrouble.NOT_TRUSTED
    assert len(asked) <= len(mesh) * len(names)


def test_an_authority_whose_use_is_not_to_certify_issues_nothing() -> None:
    key = SoftKey.make()
    der = certificate(
        key, "只签名", ROOT.key, "训练用根证书（无效力）", is_authority=True, certifies=False, usage=SIGNS
    )
    holder = Authority(key, der).certify(SoftKey.make(), "持有人")
    assert chain(holder, ROOT.certificate, der).trouble is ChainTrouble.NO_AUTHORITY


def test_no_more_stand_below_than_an_authority_allows() -> None:
    key = SoftKey.make()
    last = Authority(key, ROOT.certify(key, "最后一级", is_authority=True, path_length=0))
    below = last.below("多出的一级")
    assert chain(last.certify(SoftKey.make(), "持有人"), ROOT.certificate, between=(last.certificate,)).ok
    state = chain(
        below.certify(SoftKey.make(), "持有人"), ROOT.certificate, between=(last.certificate, below.certificate)
    )
    assert state.trouble is ChainTrouble.TOO_LONG


def test_authorities_count_in_their_time() -> None:
    key = SoftKey.make()
    short = Authority(key, ROOT.certify(key, "一年", is_authority=True, ends=datetime(2027, 1, 1, tzinfo=UTC)))
    holder = short.certify(SoftKey.make(), "持有人")
    assert chain(holder, ROOT.certificate, between=(short.certificate,)).ok
    late = chain(holder, ROOT.certificate, between=(short.certificate,), at=datetime(2027, 1, 2, tzinfo=UTC))
    assert late.trouble is ChainTrouble.OUT_OF_TIME
    assert chain(HOLDER, ROOT.certificate, BETWEEN.certificate, at=BEGAN - timedelta(1)).trouble is (
        ChainTrouble.OUT_OF_TIME
    )
    assert chain(HOLDER, ROOT.certificate, BETWEEN.certificate, at=ENDS + timedelta(1)).trouble is (
        ChainTrouble.OUT_OF_TIME
    )


@pytest.mark.parametrize("algorithm", list(KeyAlgorithm))
def test_what_was_taken_back_counts_from_then_on(algorithm: KeyAlgorithm) -> None:
    root = Authority.root(algorithm=algorithm)
    holder = root.certify(SoftKey.make(), "持有人")
    taken_back = revocation_list(root, {holder: AT})
    before = chain(holder, root.certificate, taken_back, at=AT - timedelta(1))
    assert (before.ok, before.detail) == (True, "信任链止于训练用根证书（无效力）。已核对2026-11-24的吊销列表")
    state = chain(holder, root.certificate, taken_back)
    assert (state.trouble, state.detail) == (
        ChainTrouble.REVOKED,
        "证书已于2026-11-23被训练用根证书（无效力）吊销",
    )
    assert chain(root.certify(SoftKey.make(), "别人"), root.certificate, taken_back).ok


def test_an_authority_that_was_taken_back_takes_those_below_with_it() -> None:
    taken_back = revocation_list(ROOT, {BETWEEN.certificate: AT})
    assert chain(HOLDER, ROOT.certificate, taken_back, between=(BETWEEN.certificate,)).trouble is ChainTrouble.REVOKED


def test_a_list_that_is_not_the_issuers_counts_for_nothing() -> None:
    forged = revocation_list(Authority.root(), {HOLDER: AT, BETWEEN.certificate: AT})
    assert chain(HOLDER, ROOT.certificate, BETWEEN.certificate, forged).ok


def test_a_list_of_the_same_key_under_another_name_is_not_the_issuers() -> None:
    renamed = Authority(ROOT.key, certificate(ROOT.key, "别的名称", ROOT.key, "别的名称", is_authority=True))
    holder = ROOT.certify(SoftKey.make(), "持有人")
    assert chain(holder, ROOT.certificate, revocation_list(renamed, {holder: AT})).ok


def test_a_file_far_larger_than_any_certificate_is_not_read() -> None:
    with pytest.raises(ProofError, match="SEAL-10"):
        Certificate.parse(b"\n" * MOST_BYTES + pem("CERTIFICATE", HOLDER))


def test_one_that_was_only_held_is_back() -> None:
    root = Authority.root()
    holder = root.certify(SoftKey.make(), "持有人")
    assert chain(holder, root.certificate, revocation_list(root, {holder: AT}, reason="remove_from_crl")).ok
    held = revocation_list(root, {holder: AT}, reason="certificate_hold")
    assert chain(holder, root.certificate, held).trouble is ChainTrouble.REVOKED


def test_a_ring_of_certificates_ends() -> None:
    one, other = SoftKey.make(), SoftKey.make()
    first = certificate(one, "甲", other, "乙", is_authority=True)
    second = certificate(other, "乙", one, "甲", is_authority=True)
    holder = certificate(SoftKey.make(), "持有人", one, "甲")
    assert chain(holder, between=(first, second)).trouble is ChainTrouble.NOT_TRUSTED


def test_a_ladder_is_climbed_so_far_and_no_further() -> None:
    steps = [ROOT]
    for number in range(9):
        steps.append(steps[-1].below(f"第{number}级"))
    between = tuple(step.certificate for step in steps[1:])
    holder = steps[-1].certify(SoftKey.make(), "持有人")
    assert chain(holder, ROOT.certificate, between=between).trouble is ChainTrouble.NOT_TRUSTED
    one_less = steps[8].certify(SoftKey.make(), "持有人")
    assert chain(one_less, ROOT.certificate, between=between).trouble is ChainTrouble.NOT_TRUSTED
    assert chain(steps[7].certify(SoftKey.make(), "持有人"), ROOT.certificate, between=between).ok


def test_files_hold_several_certificates_and_lists() -> None:
    several = pem("CERTIFICATE", ROOT.certificate) + pem("CERTIFICATE", BETWEEN.certificate)
    trust = Trust.parse([several, revocation_list(ROOT, {}), pem("X509 CRL", revocation_list(BETWEEN, {}))])
    assert [root.der for root in trust.roots] == [ROOT.certificate, BETWEEN.certificate]
    assert [each.issuer for each in trust.revoked] == [root.subject for root in trust.roots]
    assert trust.more(trust).roots == (*trust.roots, *trust.roots)


@pytest.mark.parametrize("content", [b"", b"no certificate", b"-----BEGIN CERTIFICATE-----\nAA\n", b"\x30\x00"])
def test_a_file_that_holds_neither_is_told(content: bytes) -> None:
    with pytest.raises(ProofError, match="SEAL-102"):
        Trust.parse([content])


@pytest.mark.parametrize("content", [b"", b"\x30\x00", ROOT.certificate, bytes(16 * 1024 * 1024 + 1)])
def test_what_is_no_list_is_told(content: bytes) -> None:
    with pytest.raises(ProofError, match="SEAL-107"):
        RevocationList.parse(content)
