"""An SKF library (GM/T 0016) by its documented interface, in the child alone. Standard library alone.

What it says is not believed: lengths are bounded, every room is larger than it was told, and a number it writes may
have 64 bits where we were told 32.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from devices.children.native import loaded, required
from devices.keys.skf.structs import WIDTHS, EccSignature, Handle, device_info, file_attribute

OK = 0
NOT_SUPPORTED = 0x0A000003
BAD_PARAMETER = 0x0A000006
TIMED_OUT = 0x0A00000F
NO_CERTIFICATE = 0x0A00001C
TOO_SMALL = 0x0A000020
REMOVED = 0x0A000023
PIN_WRONG = 0x0A000024
PIN_LOCKED = 0x0A000025
LOGGED_IN = 0x0A000028
EMPTY = 0  # type of a container; 1 is RSA, 2 ECC

_USER = 1  # whose PIN it is
_PRESENT = 1
_TO_SIGN = 1  # of a container's two certificates
_SLACK = 4096  # bytes that every room has beyond what was asked for
_MOST_NAMES = 64
_NAMES_ROOM = 1 << 16
_CERTIFICATE_ROOM = 1 << 16
_MOST_TRIES = 255
_NUMBER = 32  # bytes of r and of s, the last of their room
_RSA_ROOM = 1024  # bytes of a signature
_LOCK_WAIT = 3000  # ms for another program to let go of the key
_NEEDED = (
    "SKF_EnumDev", "SKF_ConnectDev", "SKF_DisConnectDev", "SKF_EnumApplication", "SKF_OpenApplication",
    "SKF_CloseApplication", "SKF_EnumContainer", "SKF_OpenContainer", "SKF_CloseContainer", "SKF_ExportCertificate",
    "SKF_VerifyPIN", "SKF_ECCSignData",
)  # fmt: skip


class SarError(Exception):
    """The library said no at `step`, with its `status`; with OK where it said yes and gave what cannot be."""

    def __init__(self, step: str, status: int) -> None:
        super().__init__(f"{step} {status:08X}")
        self.step = step
        self.status = status


class PinError(SarError):
    """The PIN was not taken; `tries` are left where the library tells."""

    def __init__(self, status: int, tries: int | None) -> None:
        super().__init__("SKF_VerifyPIN", status)
        self.tries = tries


@dataclass(frozen=True)
class PinState:
    """Of an application's user PIN: wrong ones it still bears, and whether it is still the one it came with."""

    tries: int
    is_default: bool


class Skf:
    """The functions of the library at `path`, whose ULONG has `width` bits. Raises LibraryError for what is none."""

    def __init__(self, path: str, width: int) -> None:
        self._library = loaded(path)
        self._width = width
        self._ulong = WIDTHS[width]
        required(self._library, *_NEEDED)

    def devices(self) -> list[bytes]:
        """Names of those that are plugged in."""
        return self._names("SKF_EnumDev", ctypes.c_int(_PRESENT))

    def wait_for_event(self) -> bool:
        """Until a key is plugged in or pulled out; False where the library cannot wait, or was told to stop."""
        name, length, event = ctypes.create_string_buffer(_SLACK), self._cell(_SLACK // 2), self._cell()
        try:
            self._call("SKF_WaitForDevEvent", name, length, event)
        except SarError:
            return False
        return True

    def cancel_wait(self) -> None:
        """End a wait in another thread."""
        with suppress(SarError):
            self._call("SKF_CancelWaitForDevEvent")

    @contextmanager
    def connected(self, name: bytes) -> Iterator[Handle]:
        device = Handle()
        self._call("SKF_ConnectDev", ctypes.c_char_p(name), ctypes.byref(device))
        with self._let_go("SKF_DisConnectDev", device):
            yield device

    @contextmanager
    def alone(self, device: Handle) -> Iterator[None]:
        """No other program uses the key meanwhile, where the library knows how. Raises SarError when one keeps it."""
        try:
            self._call("SKF_LockDev", device, self._ulong(_LOCK_WAIT))
        except SarError as error:
            if error.status == TIMED_OUT:
                raise
            yield
            return
        with self._let_go("SKF_UnlockDev", device):
            yield

    def facts(self, device: Handle) -> dict[str, str]:
        """Maker, label and serial number; "" for each where the library does not tell."""
        layout = device_info(self._width)
        room = ctypes.create_string_buffer(ctypes.sizeof(layout) + _SLACK)
        with suppress(SarError):
            self._call("SKF_GetDevInfo", device, room)
        found = layout.from_buffer(room)
        return {name: getattr(found, name).hex() for name in ("manufacturer", "label", "serial")}

    def applications(self, device: Handle) -> list[bytes]:
        return self._names("SKF_EnumApplication", device)

    @contextmanager
    def application(self, device: Handle, name: bytes) -> Iterator[Handle]:
        application = Handle()
        self._call("SKF_OpenApplication", device, ctypes.c_char_p(name), ctypes.byref(application))
        with self._let_go("SKF_CloseApplication", application):
            yield application

    def pin_state(self, application: Handle) -> PinState | None:
        """None where the library does not tell, or tells what cannot be."""
        most, left, is_default = self._cell(), self._cell(), self._cell()
        try:
            self._call("SKF_GetPINInfo", application, self._ulong(_USER), most, left, is_default)
        except SarError:
            return None
        return PinState(left[0], bool(is_default[0])) if left[0] <= _MOST_TRIES else None

    def verify_pin(self, application: Handle, pin: bytearray) -> None:
        """Log in as the user; the one copy that is made of `pin` is overwritten. Raises PinError."""
        length = len(pin)
        room = ctypes.create_string_buffer(length + 1)
        ctypes.memmove(room, (ctypes.c_char * length).from_buffer(pin), length)
        try:
            try:
                self._verify(application, room)
            except PinError as error:
                if error.status != LOGGED_IN:
                    raise
                self.forget(application)  # somebody else's login says nothing of this PIN
                self._verify(application, room)
        finally:
            ctypes.memset(room, 0, length)

    def forget(self, application: Handle) -> None:
        """The key wants its PIN again from now on."""
        with suppress(SarError):
            self._call("SKF_ClearSecureState", application)

    def containers(self, application: Handle) -> list[bytes]:
        return self._names("SKF_EnumContainer", application)

    @contextmanager
    def container(self, application: Handle, name: bytes) -> Iterator[Handle]:
        container = Handle()
        self._call("SKF_OpenContainer", application, ctypes.c_char_p(name), ctypes.byref(container))
        with self._let_go("SKF_CloseContainer", container):
            yield container

    def certificate(self, container: Handle) -> bytes | None:
        """The one to sign with, in DER; None where there is none. Raises SarError."""
        kind = self._cell()
        with suppress(SarError):  # an older library does not tell
            self._call("SKF_GetContainerType", container, kind)
            if kind[0] == EMPTY:
                return None
        try:
            given = self._content("SKF_ExportCertificate", _CERTIFICATE_ROOM, container, ctypes.c_int(_TO_SIGN))
        except SarError as error:
            if error.status == NO_CERTIFICATE:
                return None
            raise
        return given[: der_length(given)] or None

    def sign_sm2(self, container: Handle, digest: bytes) -> bytes:
        """R ‖ s, 64 bytes, over e = SM3(Z ‖ message)."""
        room = ctypes.create_string_buffer(ctypes.sizeof(EccSignature) + _SLACK)
        self._call("SKF_ECCSignData", container, digest, self._ulong(len(digest)), room)
        found = EccSignature.from_buffer(room)
        return bytes(found.r)[-_NUMBER:] + bytes(found.s)[-_NUMBER:]

    def sign_rsa(self, container: Handle, digest_info: bytes) -> bytes:
        """PKCS #1 v1.5 over a DigestInfo, as long as the modulus."""
        room, length = ctypes.create_string_buffer(_RSA_ROOM + _SLACK), self._cell(_RSA_ROOM)
        step = "SKF_RSASignData"
        self._call(step, container, digest_info, self._ulong(len(digest_info)), room, length)
        if length[0] > _RSA_ROOM:
            raise SarError(step, OK)
        return room.raw[: length[0]]

    def files(self, application: Handle) -> list[bytes]:
        """Names; none where the library has no files."""
        try:
            return self._names("SKF_EnumFiles", application)
        except SarError as error:
            if error.status in (NOT_SUPPORTED, BAD_PARAMETER):
                return []
            raise

    def file_size(self, application: Handle, name: bytes) -> int:
        layout = file_attribute(self._width)
        room = ctypes.create_string_buffer(ctypes.sizeof(layout) + _SLACK)
        self._call("SKF_GetFileInfo", application, ctypes.c_char_p(name), room)
        return int(layout.from_buffer(room).size)

    def read_file(self, application: Handle, name: bytes, at: int, most: int) -> bytes:
        """At most `most` bytes from `at`; fewer at its end, or where the library wants to be asked again."""
        room, length = ctypes.create_string_buffer(most + _SLACK), self._cell(most)
        place = (self._ulong(at), self._ulong(most))
        self._call("SKF_ReadFile", application, ctypes.c_char_p(name), *place, room, length)
        return room.raw[: min(length[0], most)]

    def _verify(self, application: Handle, room: object) -> None:
        tries = self._cell(_MOST_TRIES + 1)
        try:
            self._call("SKF_VerifyPIN", application, self._ulong(_USER), room, tries)
        except SarError as error:
            is_told = error.status == PIN_WRONG and tries[0] <= _MOST_TRIES
            raise PinError(error.status, tries[0] if is_told else None) from None

    def _names(self, step: str, *before: object) -> list[bytes]:
        """Of a list that is separated by NUL and ended by two, or by its length."""
        listed = self._content(step, _NAMES_ROOM, *before)
        names: list[bytes] = []
        for name in listed.split(b"\0")[:_MOST_NAMES]:
            if not name:
                break
            names.append(name)
        return names

    def _content(self, step: str, most: int, *before: object) -> bytes:
        """What has a length that the library tells when it is given no room. Raises SarError."""
        length = self._cell()
        try:
            self._call(step, *before, None, length)
        except SarError as error:
            if error.status not in (BAD_PARAMETER, TOO_SMALL):
                raise
            length[0] = most  # it does not know that question
        if length[0] > most:
            raise SarError(step, OK)
        room = ctypes.create_string_buffer(length[0] + 2 * _SLACK)
        if length[0]:
            length[0] += _SLACK  # it may have grown since
            self._call(step, *before, room, length)
        if length[0] > len(room):
            raise SarError(step, OK)
        return room.raw[: length[0]]

    @contextmanager
    def _let_go(self, step: str, handle: Handle) -> Iterator[None]:
        try:
            yield
        finally:
            with suppress(SarError):
                self._call(step, handle)

    def _cell(self, value: int = 0) -> Any:  # noqa: ANN401 - an array of ctypes, which has no common type
        """A ULONG to be written, with as much room behind it: a library of the other width writes there."""
        return (self._ulong * 2)(value, 0)

    def _call(self, step: str, *arguments: object) -> None:
        function = getattr(self._library, step, None)
        if function is None:
            raise SarError(step, NOT_SUPPORTED)
        function.restype = ctypes.c_uint32
        status: int = function(*arguments)
        if status != OK:
            raise SarError(step, status)


def der_length(data: bytes) -> int:
    """Bytes of the DER value that `data` begins with; 0 where it begins with none, or is cut short."""
    if len(data) < len(b"\x30\x00") or data[0] != 0x30:  # noqa: PLR2004 - SEQUENCE
        return 0
    octets = data[1] & 0x7F if data[1] & 0x80 else 0
    long_is = int.from_bytes(data[2 : 2 + octets], "big") if octets else data[1]
    whole = 2 + octets + long_is
    return whole if whole <= len(data) else 0


def names_seal(head: bytes) -> bool:
    """Whether a file begins as a seal does (GB/T 38540): SEQUENCE { SEQUENCE { SEQUENCE { IA5String "ES"."""
    at = 0
    for _ in range(3):  # the seal, what is signed of it, its head
        if head[at : at + 1] != b"\x30" or len(head) < at + 2:
            return False
        at += 2 + (head[at + 1] & 0x7F if head[at + 1] & 0x80 else 0)
    return head[at : at + 4] == b"\x16\x02ES"
