"""SKF's memory layouts, byte for byte as a C compiler lays them out, for both widths of a ULONG."""

import ctypes
import subprocess
from pathlib import Path

import pytest

from devices.keys.skf.structs import EccSignature, Version, device_info, file_attribute

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
