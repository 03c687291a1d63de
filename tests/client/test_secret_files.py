"""What is in the file of a secret, and what of it is none of the secret."""

from pathlib import Path

import pytest

from client.errors import StoreError
from client.secret_files import MOST_BYTES, secret_in


@pytest.mark.parametrize("content", [b"123456", b"123456\r\n", b" 123456\n\n", b"\xef\xbb\xbf123456\r\n"])
def test_a_pin_is_what_was_meant_however_an_editor_wrote_it(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "pin").write_bytes(content)
    assert secret_in(tmp_path / "pin", "PIN") == "123456"


@pytest.mark.parametrize("content", [b"1" * (MOST_BYTES + 1), "口令".encode("utf-16"), b"\xff"])
def test_what_is_no_line_of_words_is_refused_and_not_repeated(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "pin").write_bytes(content)
    with pytest.raises(StoreError, match="STORE-161") as refused:
        secret_in(tmp_path / "pin", "PIN")
    assert "1111" not in f"{refused.value.__cause__}{refused.value.__context__}"


def test_a_file_without_an_end_is_not_read_to_it() -> None:
    with pytest.raises(StoreError, match="STORE-161"):
        secret_in(Path("/dev/zero"), "PIN")
