"""SKF's memory layouts, byte for byte as a C compiler has them for both widths of a ULONG; its words as they come."""

import ctypes
import subprocess
from pathlib import Path

import pytest
from asn1crypto import core
from hypothesis import given
from hypothesis import strategies as st

from devices.keys.skf.key_child import LARGEST, Answer
from devices.keys.skf.library import der_length, names_seal
from devices.keys.skf.structs import EccSignature, Version, device_info, file_attribute
from devices.keys.skf.told import text_of, told_keys

HEADER = """
#include <stddef.h>
#include <stdio.h>
#pragma pack(1)
typedef struct { unsigned char major, minor; } VERSION;
typedef struct {
    VERSION version; char manufacturer[64], issuer[64], label[32], serial[32]; VERSION hardware, firmware;
    ULONG symmetric, asymmetric, hashes, authentication, total_space, free_space, largest_ecc, largest;
    unsigned char reserved[64];
} DEVINFO;
typedef struct { unsigned char r[64], s[64]; } ECCSIGNATUREBLOB;
typedef struct { char name[32]; ULONG size, read_rights, write_rights; } FILEATTRIBUTE;
"""
KINDS = {"DEVINFO": device_info, "FILEATTRIBUTE": file_attribute}
SIZES = {("DEVINFO", 32): 294, ("DEVINFO", 64): 326, ("FILEATTRIBUTE", 32): 44, ("FILEATTRIBUTE", 64): 56}


@pytest.mark.parametrize("width", [32, 64])
def test_each_field_lies_where_c_has_it(tmp_path: Path, width: int) -> None:
    classes = {**{name: made(width) for name, made in KINDS.items()}, "ECCSIGNATUREBLOB": EccSignature}
    ours = {
        f"{name}.{field}": getattr(layout, field).offset
        for name, layout in classes.items()
        for field, _ in layout._fields_
    } | {name: ctypes.sizeof(layout) for name, layout in classes.items()}
    told = [
        f'printf("%s %zu\\n", "{key}", {f"offsetof({name}, {field})" if field else f"sizeof({name})"});'
        for key in ours
        for name, _, field in [key.partition(".")]
    ]
    source = tmp_path / "layout.c"
    source.write_text(f"{HEADER}int main(void) {{ {' '.join(told)} return 0; }}\n")
    ulong = "unsigned int" if width == 32 else "unsigned long long"
    program = tmp_path / "layout"
    subprocess.run(["gcc", f"-DULONG={ulong}", "-o", program, source], check=True)
    lines = subprocess.run([program], capture_output=True, text=True, check=True).stdout.splitlines()
    assert ours == {key: int(value) for key, value in (line.split() for line in lines)}


def test_sizes_are_those_of_the_standard() -> None:
    assert {(name, width): ctypes.sizeof(KINDS[name](width)) for name, width in SIZES} == SIZES
    assert (ctypes.sizeof(EccSignature), ctypes.sizeof(Version)) == (128, 2)


@given(head=st.binary(max_size=12), content=st.binary(max_size=300), tail=st.binary(max_size=20))
def test_a_der_value_is_cut_out_of_what_fills_its_file(head: bytes, content: bytes, tail: bytes) -> None:
    value = core.Sequence(contents=content).dump(force=True)
    assert der_length(value + tail) == len(value)
    assert der_length(value[:-1]) == 0
    assert 0 <= der_length(head) <= len(head)
    assert not names_seal(head + content) or b"\x16\x02ES" in head + content


def test_a_seal_is_told_by_its_first_words() -> None:
    assert names_seal(b"\x30\x82\x10\x00\x30\x82\x0f\x00\x30\x0a\x16\x02ES")
    assert names_seal(b"\x30\x10\x30\x0e\x30\x04\x16\x02ES")
    assert not names_seal(b"\x30\x10\x30\x0e\x16\x02ES")
    assert not names_seal(b"\x30\x82")


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("钥匙1".encode().hex(), "钥匙1"),
        ("钥匙1".encode("gb18030").hex(), "钥匙1"),
        ("", ""),
        ("ff00", "ff00"),
        ("00", "00"),
    ],
)
def test_a_librarys_words_are_read_in_whichever_encoding_they_are(given: str, text: str) -> None:
    assert text_of(given) == text


@pytest.mark.parametrize(
    "content", [b"", b"{}", b'[{"device": "xy"}]', b'[{"device": "00", "tries": 1}]', b'[{"device": "0"}]']
)
def test_a_list_that_is_none_of_our_childs_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"^$"):
        told_keys(content)


@pytest.mark.parametrize("parts", ["[33554432, 1]", "[-1, 2]", str([1] * 65), '["a"]'])
def test_an_answer_that_announces_more_than_any_key_holds_is_none(parts: str) -> None:
    assert Answer.model_validate_json('{"job": 1, "parts": [33554431, 1]}').length == LARGEST
    with pytest.raises(ValueError, match="parts"):
        Answer.model_validate_json(f'{{"job": 1, "parts": {parts}}}')
