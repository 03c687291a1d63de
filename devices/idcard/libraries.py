"""Makers' libraries by their documented interface, in the child alone: sdtapi and Termb. Standard library alone."""

import ctypes
import os
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from devices.children.native import loaded, required
from devices.idcard.frames import FIND, READ_ADDRESS, READ_BASE, SAM_ID, SELECT, STATUS

OPENED = 0x90
INITIALISED = 1
NO_SUCH_ITEM = 0x91
BAD_COMMAND = 0x21

_ROOM = 4096  # bytes of each buffer: the interface says how much it wants, not that it keeps to it
_LONGEST = 0xFFFF  # bytes a length of the SAM can tell; more than the room is a length gone wrong, and is seen as such
_PORT_IS_OPEN = 0  # iIfOpen: do not open and close the port inside each call
_TEXT_AND_PHOTO = 4  # Active of CVR_Read_Content: write them to files
_AS_BMP = 1  # bmpSave: with the heads of a file
_PICTURE = 38862  # bytes of a BMP of 102 by 126 pixels in 24 bits
_KEPT = ("wz.txt", "xp.wlt", "zp.bmp", "fp.dat")  # what Termb writes: text, photo as on the chip, photo, fingerprints
_GETTERS: Mapping[str, str] = {
    "name": "GetPeopleName",
    "sex": "GetPeopleSex",
    "nation": "GetPeopleNation",
    "birth": "GetPeopleBirthday",
    "address": "GetPeopleAddress",
    "number": "GetPeopleIDCode",
    "issuer": "GetDepartment",
    "valid_from": "GetStartDate",
    "valid_to": "GetEndDate",
}


class Sdtapi:
    """A reader by `sdtapi`: each command of the SAM is a function. `port` 1–16 is serial, 1001–1016 USB."""

    def __init__(self, path: str, port: int) -> None:
        self._library = loaded(path)
        self._port = port
        required(
            self._library, "SDT_OpenPort", "SDT_ClosePort", "SDT_StartFindIDCard", "SDT_SelectIDCard", "SDT_ReadBaseMsg"
        )

    def open(self) -> int:
        """0x90 when the port is ours."""
        return int(self._library.SDT_OpenPort(ctypes.c_int(self._port)))

    def do(self, asked: Mapping[str, Any]) -> tuple[int, bytes]:
        """Status and data of one command, the data as the SAM itself would send them."""
        command = bytes.fromhex(asked["command"])
        if command == READ_BASE:
            return self._read_base()
        if command == READ_ADDRESS:
            return self._read_address()
        if command == STATUS:
            return self._call("SDT_GetSAMStatus", missing=OPENED)
        length = {FIND: 4, SELECT: 8, SAM_ID: 16}.get(command)
        name = {FIND: "SDT_StartFindIDCard", SELECT: "SDT_SelectIDCard", SAM_ID: "SDT_GetSAMID"}.get(command)
        if length is None or name is None:
            return BAD_COMMAND, b""
        room = ctypes.create_string_buffer(_ROOM)
        status, _ = self._call(name, room)
        return status, room.raw[:length]

    def close(self) -> None:
        self._library.SDT_ClosePort(ctypes.c_int(self._port))

    def _read_base(self) -> tuple[int, bytes]:
        text, photo = ctypes.create_string_buffer(_ROOM), ctypes.create_string_buffer(_ROOM)
        text_length, photo_length = ctypes.c_uint(0), ctypes.c_uint(0)
        places = (text, ctypes.byref(text_length), photo, ctypes.byref(photo_length))
        status, _ = self._call("SDT_ReadBaseMsg", *places)
        lengths = [min(length.value, _LONGEST) for length in (text_length, photo_length)]
        heads = b"".join(length.to_bytes(2, "big") for length in lengths)
        return status, heads + text.raw[: lengths[0]] + photo.raw[: lengths[1]]

    def _read_address(self) -> tuple[int, bytes]:
        room, length = ctypes.create_string_buffer(_ROOM), ctypes.c_uint(0)
        status, _ = self._call("SDT_ReadNewAppMsg", room, ctypes.byref(length), missing=NO_SUCH_ITEM)
        return status, room.raw[: min(length.value, _ROOM)]

    def _call(self, name: str, *places: object, missing: int = BAD_COMMAND) -> tuple[int, bytes]:
        """`missing` is what an older library that lacks the function is taken to have said."""
        function = getattr(self._library, name, None)
        return (missing if function is None else int(function(self._port, *places, _PORT_IS_OPEN))), b""


class Wlt:
    """A decoder of photos: `unpack(char* src, char* dst, int bmpSave)`, 1 is done."""

    def __init__(self, path: str) -> None:
        self._library = loaded(path)
        required(self._library, "unpack")

    def open(self) -> int:
        """There is no port to open."""
        return OPENED

    def do(self, asked: Mapping[str, Any]) -> tuple[int, bytes]:
        """A BMP out of a photo as the chip has it, unchecked."""
        photo = bytes.fromhex(asked["photo"])
        source = ctypes.create_string_buffer(photo, max(len(photo), _ROOM))
        picture = ctypes.create_string_buffer(2 * _PICTURE)
        return int(self._library.unpack(source, picture, _AS_BMP)), picture.raw[:_PICTURE]

    def close(self) -> None:
        """There is no port to give back."""


class Termb:
    """A reader by `Termb`, in `folder`: it leaves what it read in files there, which nobody else may see."""

    def __init__(self, path: str, port: int, folder: str) -> None:
        self._library = loaded(path)
        self._port = port
        self._folders = (Path(folder), Path(path).parent)
        required(
            self._library, "CVR_InitComm", "CVR_Authenticate", "CVR_Read_Content", "CVR_CloseComm", "GetPeopleIDCode"
        )
        os.chdir(folder)  # "its own folder" is the working one for some versions, the library's for others

    def open(self) -> int:
        """1 when the port is ours."""
        return int(self._library.CVR_InitComm(ctypes.c_int(self._port)))

    def do(self, asked: Mapping[str, Any]) -> tuple[int, bytes]:
        """`find` is find and select in one; `read` gives the parts `Content` takes apart."""
        if asked["command"] == "find":
            return int(self._library.CVR_Authenticate()), b""
        foreign = self._erased()  # of whoever was read before, should an end have come between
        try:
            status = int(self._library.CVR_Read_Content(ctypes.c_int(_TEXT_AND_PHOTO)))
            return status, self._content(foreign) if status == INITIALISED else b""
        finally:
            self._erased()

    def close(self) -> None:
        self._library.CVR_CloseComm()

    def _content(self, foreign: Collection[Path]) -> bytes:
        """Three parts, each behind its length in four bytes: text file, photo, picture; then the getters' words."""
        files = [self._file(name, foreign) for name in _KEPT[:3]]
        words = [self._got(name) for name in _GETTERS.values()]
        return b"".join(len(part).to_bytes(4, "big") + part for part in (*files, *words))

    def _file(self, name: str, foreign: Collection[Path]) -> bytes:
        """What it left under that name, in whichever folder; nothing that lay there before and could not be erased."""
        for file in (folder / name for folder in self._folders):
            if file.is_file() and file not in foreign:
                return file.read_bytes()
        return b""

    def _got(self, getter: str) -> bytes:
        """GBK as the library has it, b"" where it has no such getter."""
        function = getattr(self._library, getter, None)
        if function is None:
            return b""
        room, length = ctypes.create_string_buffer(_ROOM), ctypes.c_int(_ROOM)
        function(room, ctypes.byref(length))
        return room.value

    def _erased(self) -> Collection[Path]:
        """Erase what it leaves; what we may not erase, in the library's folder, is none of ours."""
        files = [folder / name for folder in self._folders for name in _KEPT]
        for file in files:
            with suppress(OSError):
                file.unlink(missing_ok=True)
        return [file for file in files if file.exists()]


def content_of(data: bytes) -> tuple[bytes, bytes, bytes, Mapping[str, bytes]]:
    """What `Termb.do` read: text file, photo as on the chip, picture, and the getters' words by field.

    Raises ValueError when it is cut short.
    """
    parts, at = [], 0
    for _ in range(3 + len(_GETTERS)):
        length = int.from_bytes(data[at : at + 4], "big")
        part = data[at + 4 : at + 4 + length]
        if len(data) < at + 4 or len(part) < length:
            message = "a part is cut short"
            raise ValueError(message)
        parts.append(part)
        at += 4 + length
    return parts[0], parts[1], parts[2], dict(zip(_GETTERS, parts[3:], strict=True))
