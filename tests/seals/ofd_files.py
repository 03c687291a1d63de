"""Makes OFDs by hand, XML and ZIP, with the office's seal: right, or with anything in them wrong."""

import base64
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from posixpath import normpath

from client.proof import sm2
from printing.seals.create import signature, to_sign
from printing.seals.structures import SesSeal
from tests.seals.office import PROPERTY, SIGNED_AT, Office, picture

Digest = Callable[[bytes], bytes]

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIGNS, DOCUMENT, PAGE = "Doc_0/Signs/", "Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml"
WORDS = "受理通知书"
TEXT = (
    '<ofd:TextObject ID="4" Boundary="20 20 100 10" Font="3" Size="5">'
    f'<ofd:TextCode X="0" Y="5" DeltaX="g 4 5">{WORDS}</ofd:TextCode></ofd:TextObject>'
)
PATH = (
    '<ofd:PathObject ID="5" Boundary="20 40 100 50" LineWidth="0.5" Fill="true"><ofd:StrokeColor Value="0 0 255"/>'
    '<ofd:FillColor Value="0 200 0"/>'
    "<ofd:AbbreviatedData>M 0 0 L 50 0 Q 60 5 50 10 B 40 20 20 20 10 10 "
    "A 5 5 0 0 1 0 5 C</ofd:AbbreviatedData></ofd:PathObject>"
)
IMAGE = '<ofd:ImageObject ID="6" Boundary="150 20 20 20" CTM="20 0 0 20 0 0" ResourceID="7"/>'


def page(content: str, more: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><ofd:Page {SPACE}>{more}<ofd:Content>'
        f'<ofd:Layer ID="2">{content}</ofd:Layer></ofd:Content></ofd:Page>'
    ).encode()


def parts(content: str = TEXT + PATH + IMAGE) -> dict[str, bytes]:
    """An OFD of one page, which nobody sealed."""
    told = {
        "OFD.xml": f'<ofd:OFD {SPACE} DocType="OFD" Version="1.1"><ofd:DocBody><ofd:DocInfo><ofd:DocID>0</ofd:DocID>'
        "</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        DOCUMENT: f"<ofd:Document {SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
        "</ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages>"
        '<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>',
        "Doc_0/PublicRes.xml": f'<ofd:Res {SPACE} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="3" FontName="宋体"/>'
        "</ofd:Fonts>"
        '<ofd:MultiMedias><ofd:MultiMedia ID="7" Type="Image"><ofd:MediaFile>ring.png</ofd:MediaFile></ofd:MultiMedia>'
        "</ofd:MultiMedias></ofd:Res>",
    }
    return {name: text.encode() for name, text in told.items()} | {
        PAGE: page(content),
        "Doc_0/Res/ring.png": picture(),
    }


def packed(files: Mapping[str, bytes]) -> bytes:
    into = BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 23, 10, 30, 0)), content, zipfile.ZIP_DEFLATED)
    return into.getvalue()


@dataclass(frozen=True)
class Wish:
    """How the next signature is to be made; as it stands, it is right."""

    method: str = sm2.SM3
    digest: Digest = sm2.sm3
    leave_out: frozenset[str] = frozenset()
    more_references: str = ""
    property_info: str = ""
    with_seal: bool = True
    seal_file: bytes | None = None
    seal_at: str = "Seal.esl"
    value: bytes | None = None
    stamp: str = '<ofd:StampAnnot ID="1" PageRef="1" Boundary="120 200 40 40"/>'
    kind: str = "Seal"


def sealed_parts(files: Mapping[str, bytes], place: Office, wish: Wish | None = None) -> dict[str, bytes]:
    """The OFD with one more signature, over all that is there but the root and the list."""
    wish = wish or Wish()
    number = sum(1 for name in files if name.endswith("Signature.xml"))
    folder, listing = f"{SIGNS}Sign_{number}/", f"{SIGNS}Signatures.xml"
    free = {"OFD.xml", listing, *wish.leave_out}
    xml = _signature_xml({name: each for name, each in files.items() if name not in free}, folder, wish)
    seal = place.seal()
    info = wish.property_info or PROPERTY.replace("Sign_0", f"Sign_{number}")
    signed = to_sign(SesSeal.parse(seal).seal, place.clerk.certificate, SIGNED_AT, sm2.sm3(xml), info)
    value = wish.value or signature(signed, place.clerk.certificate, place.clerk.key.sign(signed))
    entry = f'<ofd:Signature ID="{number + 1}" Type="{wish.kind}" BaseLoc="/{folder}Signature.xml"/>'
    before = files.get(listing, f"<ofd:Signatures {SPACE}></ofd:Signatures>".encode())
    root = files["OFD.xml"]
    if listing not in files:
        root = root.replace(b"</ofd:DocBody>", f"<ofd:Signatures>/{listing}</ofd:Signatures></ofd:DocBody>".encode())
    made = {
        "OFD.xml": root,
        listing: before.replace(b"</ofd:Signatures>", entry.encode() + b"</ofd:Signatures>"),
        f"{folder}Signature.xml": xml,
        f"{folder}SignedValue.dat": value,
    }
    if wish.with_seal:
        made[normpath(folder + wish.seal_at)] = wish.seal_file or seal
    return {**files, **made}


def _signature_xml(covered: Mapping[str, bytes], folder: str, wish: Wish) -> bytes:
    references = "".join(
        f'<ofd:Reference FileRef="/{name}"><ofd:CheckValue>{base64.b64encode(wish.digest(content)).decode()}'
        "</ofd:CheckValue></ofd:Reference>"
        for name, content in covered.items()
    )
    method = f' CheckMethod="{wish.method}"' if wish.method else ""
    seal = f"<ofd:Seal><ofd:BaseLoc>{wish.seal_at}</ofd:BaseLoc></ofd:Seal>" if wish.with_seal else ""
    return (
        f'<ofd:Signature {SPACE}><ofd:SignedInfo><ofd:Provider ProviderName="yichuang"/>'
        "<ofd:SignatureMethod>1.2.156.10197.1.501</ofd:SignatureMethod>"
        "<ofd:SignatureDateTime>20261123023000Z</ofd:SignatureDateTime>"
        f"<ofd:References{method}>{references}{wish.more_references}</ofd:References>{wish.stamp}{seal}"
        f"</ofd:SignedInfo><ofd:SignedValue>/{folder}SignedValue.dat</ofd:SignedValue></ofd:Signature>"
    ).encode()


def sealed(place: Office, wish: Wish | None = None, content: str = TEXT + PATH + IMAGE) -> bytes:
    return packed(sealed_parts(parts(content), place, wish))
