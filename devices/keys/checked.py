"""A key's signature is verified in software before it is given on: some libraries hash twice, or sign for another."""

from client.errors import DeviceError, DeviceState
from client.proof.certificates import Certificate
from devices.keys.faults import SIGNED_WRONGLY


def checked(certificate: Certificate, message: bytes, signature: bytes, device: str) -> bytes:
    """The signature itself. Raises DeviceError where the certificate's key did not make it over `message`."""
    if not certificate.has_signed(message, signature):
        raise DeviceError(DeviceState.UNREADABLE, SIGNED_WRONGLY, device=device)
    return signature
