"""Ways to forge a sealed OFD, each wrong in one thing; of the containers that are not opened at all besides."""

import hashlib
import stat
import struct
import zipfile
from io import BytesIO

from client.ports.seals import CheckName
from tests.seals.forging import CHAIN, DIGEST, FLAW, SIGNATURE, Forgery, Given, flipped, noted_in, of_seal, swapped
from tests.seals.ofd_files import DOCUMENT, PAGE, SIGNS, WORDS, Wish, packed, parts, sealed, sealed_parts
from tests.seals.office import Office, office

WAYS: list[Forgery] = []
forged = noted_in(WAYS)
STRUCTURE = CheckName.STRUCTURE
SIGN = f"{SIGNS}Sign_0/"


def _changed(place: Office, name: str, content: bytes, wish: Wish | None = None) -> Given:
    return of_seal(place, packed(sealed_parts(parts(), place, wish) | {name: content}))


@forged("OFD: a word of the page altered", DIGEST, versions=(1, 4, 5))
def _word(place: Office) -> Given:
    return _changed(place, PAGE, parts()[PAGE].replace(WORDS[:2].encode(), "批准".encode()))


@forged("OFD: another picture", DIGEST)
def _picture(place: Office) -> Given:
    return _changed(place, "Doc_0/Res/ring.png", b"another")


@forged("OFD: a page taken away", DIGEST)
def _taken(place: Office) -> Given:
    made = sealed_parts(parts(), place)
    del made[PAGE]
    return of_seal(place, packed(made))


@forged("OFD: a part added that nobody signed", DIGEST)
def _added(place: Office) -> Given:
    return _changed(place, "Doc_0/Pages/Page_1/Content.xml", parts()[PAGE])


@forged("OFD: the list of signatures, which nobody signs, named as the document and written to be one", DIGEST)
def _list_as_document(place: Office) -> Given:
    made, listing = sealed_parts(parts(), place), f"{SIGNS}Signatures.xml"
    pages = f'<ofd:Pages><ofd:Page ID="1" BaseLoc="/{listing}"/></ofd:Pages></ofd:Signatures>'
    another = made[listing].replace(b"</ofd:Signatures>", pages.encode())
    return of_seal(place, packed(made | {listing: another, "OFD.xml": _naming(made, listing)}))


@forged("OFD: the root named as the document", DIGEST)
def _root_as_document(place: Office) -> Given:
    made = sealed_parts(parts(), place)
    return of_seal(place, packed(made | {"OFD.xml": _naming(made, "OFD.xml")}))


@forged("OFD: a version of the document nobody signed", DIGEST)
def _version(place: Office) -> Given:
    made, listing = sealed_parts(parts(), place), f"{SIGNS}Signatures.xml"
    version = f'<ofd:Versions><ofd:Version ID="1" Current="true" BaseLoc="/{listing}"/></ofd:Versions></ofd:DocBody>'
    return of_seal(place, packed(made | {"OFD.xml": made["OFD.xml"].replace(b"</ofd:DocBody>", version.encode())}))


def _naming(made: dict[str, bytes], part: str) -> bytes:
    return made["OFD.xml"].replace(DOCUMENT.encode(), f"/{part}".encode())


@forged("OFD: its seal lies among the pages, where nothing is free", DIGEST)
def _freed(place: Office) -> Given:
    return of_seal(place, sealed(place, Wish(seal_at="../../Pages/Seal.esl")))


@forged("OFD: the page was never covered", DIGEST)
def _uncovered(place: Office) -> Given:
    return of_seal(place, sealed(place, Wish(leave_out=frozenset({PAGE}))))


@forged("OFD: the document's list of pages was never covered", DIGEST)
def _no_document(place: Office) -> Given:
    return of_seal(place, sealed(place, Wish(leave_out=frozenset({DOCUMENT}))))


@forged("OFD: digests by MD5", DIGEST)
def _md5(place: Office) -> Given:
    return of_seal(place, sealed(place, Wish(method="MD5", digest=lambda part: hashlib.md5(part).digest())))


@forged("OFD: digests by SHA-1", DIGEST)
def _sha1(place: Office) -> Given:
    return of_seal(place, sealed(place, Wish(method="SHA1", digest=lambda part: hashlib.sha1(part).digest())))


@forged("OFD: the way of its digests is not told", DIGEST)
def _no_method(place: Office) -> Given:
    return of_seal(place, sealed(place, Wish(method="")))


@forged("OFD: a digest that is none", DIGEST)
def _no_digest(place: Office) -> Given:
    more = f'<ofd:Reference FileRef="/{PAGE}"><ofd:CheckValue>?</ofd:CheckValue></ofd:Reference>'
    return of_seal(place, sealed(place, Wish(more_references=more)))


@forged("OFD: it covers a part that is not there", DIGEST)
def _not_there(place: Office) -> Given:
    more = '<ofd:Reference FileRef="/Doc_0/no.xml"><ofd:CheckValue>AA==</ofd:CheckValue></ofd:Reference>'
    return of_seal(place, sealed(place, Wish(more_references=more)))


@forged("OFD: Signature.xml altered with the page, so that the digests are right", DIGEST)
def _again(place: Office) -> Given:
    made = sealed_parts(parts(), place)
    other = sealed_parts(parts("<ofd:TextObject/>"), place)
    kept = {name: made[f"{SIGN}{name}"] for name in ("SignedValue.dat", "Seal.esl")}
    return of_seal(place, packed(other | {f"{SIGN}{name}": content for name, content in kept.items()}))


@forged("OFD: the seal drawn in another place", DIGEST)
def _moved(place: Office) -> Given:
    made, name = sealed_parts(parts(), place), f"{SIGN}Signature.xml"
    return of_seal(place, packed(made | {name: swapped(made[name], b"120 200 40 40", b"120 100 40 40")}))


@forged("OFD: a signature that says it is over another file", DIGEST)
def _elsewhere(place: Office) -> Given:
    return of_seal(place, sealed(place, Wish(property_info="/Doc_0/Signs/Sign_9/Signature.xml")))


@forged("OFD: Seal.esl is another seal", STRUCTURE)
def _other_seal(place: Office) -> Given:
    return of_seal(place, sealed(place, Wish(seal_file=place.with_words(name="另一枚章").seal())))


@forged("OFD: the signature altered", SIGNATURE)
def _signature(place: Office) -> Given:
    made, name = sealed_parts(parts(), place), f"{SIGN}SignedValue.dat"
    return of_seal(place, packed(made | {name: flipped(made[name])}))


@forged("OFD: sealed by an office of another root", CHAIN)
def _stranger(place: Office) -> Given:
    return Given(sealed(office()), place.trust)


@forged("OFD: SignedValue.dat is no signature", STRUCTURE)
def _no_signature(place: Office) -> Given:
    return of_seal(place, sealed(place, Wish(value=FLAW)))


@forged("OFD: a signature without a seal that is no CMS", STRUCTURE)
def _no_cms(place: Office) -> Given:
    return of_seal(place, sealed(place, Wish(value=b"0", with_seal=False, kind="Sign")))


@forged("OFD: the list names a signature that is not there", STRUCTURE)
def _no_file(place: Office) -> Given:
    made = sealed_parts(parts(), place)
    del made[f"{SIGN}Signature.xml"]
    return of_seal(place, packed(made))


@forged("OFD: Signature.xml with entities", STRUCTURE)
def _entities(place: Office) -> Given:
    bomb = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">]>'
    return _changed(place, f"{SIGN}Signature.xml", bomb + sealed_parts(parts(), place)[f"{SIGN}Signature.xml"])


# Containers that are not opened


@forged("OFD: no root", "SEAL-150")
def _no_root(place: Office) -> Given:
    made = sealed_parts(parts(), place)
    del made["OFD.xml"]
    return of_seal(place, packed(made))


@forged("OFD: cut short", "SEAL-150")
def _cut(place: Office) -> Given:
    return of_seal(place, sealed(place)[:-200])


@forged("OFD: a part that says less than it unpacks to", "SEAL-150")
def _lies(place: Office) -> Given:
    content, size = packed({"OFD.xml": parts()["OFD.xml"]}), len(parts()["OFD.xml"])
    return of_seal(place, content.replace(struct.pack("<L", size), struct.pack("<L", size - 20)))


@forged("OFD: a bomb", "SEAL-151")
def _bomb(place: Office) -> Given:
    return of_seal(place, packed(parts() | {"Doc_0/zeros": bytes(8 * 1024 * 1024)}))


@forged("OFD: it says it unpacks to more than any memory", "SEAL-151")
def _huge(place: Office) -> Given:
    content, size = packed(parts() | {"Doc_0/big": b"7" * 77_777}), struct.pack("<L", 77_777)
    return of_seal(place, content.replace(size, struct.pack("<L", 0xFFFFFFF0)))


@forged("OFD: more parts than any has", "SEAL-151")
def _many(place: Office) -> Given:
    return of_seal(place, packed(parts() | {f"Doc_0/{number}": b"" for number in range(10_001)}))


@forged("OFD: a path that leads out", "SEAL-152")
def _out(place: Office) -> Given:
    return of_seal(place, packed(parts() | {"Doc_0/../../x": b""}))


@forged("OFD: a path from the root", "SEAL-152")
def _absolute(place: Office) -> Given:
    return of_seal(place, packed(parts() | {"/etc/x": b""}))


@forged("OFD: a backslash in a name", "SEAL-152")
def _backslash(place: Office) -> Given:
    return of_seal(place, packed(parts() | {"Doc_0\\x": b""}))


@forged("OFD: a drive in a name", "SEAL-152")
def _drive(place: Office) -> Given:
    return of_seal(place, packed(parts() | {"C:x": b""}))


@forged("OFD: two parts of one name but for case", "SEAL-152")
def _case(place: Office) -> Given:
    return of_seal(place, packed(parts() | {DOCUMENT.upper(): b""}))


@forged("OFD: two parts of one name", "SEAL-152")
def _twice(place: Office) -> Given:
    name = "Doc_0/Document.xmL"
    return of_seal(place, packed(parts() | {name: b""}).replace(name.encode(), DOCUMENT.encode()))


@forged("OFD: a link", "SEAL-152")
def _link(place: Office) -> Given:
    into = BytesIO(packed(parts()))
    with zipfile.ZipFile(into, "a") as archive:
        link = zipfile.ZipInfo("Doc_0/link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    return of_seal(place, into.getvalue())


@forged("OFD: enciphered", "SEAL-152")
def _enciphered(place: Office) -> Given:
    content = bytearray(packed(parts()))
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    return of_seal(place, bytes(content))


@forged("OFD: packed in a way OFD does not know", "SEAL-152")
def _bzip2(place: Office) -> Given:
    into = BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("OFD.xml", parts()["OFD.xml"])
    return of_seal(place, into.getvalue())


@forged("OFD: a root with entities", "SEAL-152")
def _bomb_of_entities(place: Office) -> Given:
    bomb = b'<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><OFD>&b;</OFD>'
    return of_seal(place, packed(parts() | {"OFD.xml": bomb}))
