"""Documents shown by a code （亮证）: where a real platform asks its province, this one has a file beside its own."""

import json
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from pydantic import TypeAdapter, ValidationError

from sync.hub.problems import Kind, Rejection
from sync.shown import ShownCode, ShownDocument

FILE = "shown.json"  # {code: document}, read anew at each question
_CODES = TypeAdapter(dict[str, ShownDocument])


def router(files_dir: Path, responses: dict[int | str, dict[str, Any]]) -> APIRouter:
    routes = APIRouter()

    @routes.post(
        "/v1/documents/shown",
        tags=["documents"],
        summary="The document behind a code that a citizen shows",
        response_model_exclude_none=True,
        responses=responses,
    )
    def shown(asked: ShownCode) -> ShownDocument:
        document = _codes(files_dir / FILE).get(asked.code)
        if document is None:
            raise Rejection(Kind.UNKNOWN_CODE)
        return document

    return routes


def _codes(file: Path) -> dict[str, ShownDocument]:
    try:
        return _CODES.validate_python(json.loads(file.read_bytes()))
    except FileNotFoundError:
        return {}
    except (ValueError, ValidationError) as error:
        raise Rejection(Kind.FAILED) from error
