"""Every way the hub says no, once: status, stable code and Chinese title, as problem documents (RFC 9457)."""

from collections.abc import Mapping, Sequence
from enum import Enum
from http import HTTPStatus
from typing import NamedTuple

from fastapi import Response

from client.ports.conflicts import Conflict, FieldDifference
from client.text import marked
from sync.protocol import (
    CLONED_SOURCE,
    CURSOR_GONE,
    ENROLMENT_REFUSED,
    PROBLEM_TYPE,
    PROBLEM_URI,
    UNKNOWN_BLOCK,
    UNKNOWN_EVENT,
    DifferenceMessage,
    Problem,
)
from sync.shown import UNKNOWN_CODE


class _Kind(NamedTuple):
    status: int
    code: str
    title: str


class Kind(Enum):
    """The closed list of the hub's problems."""

    INVALID_BATCH = _Kind(400, "invalid-batch", marked("不是 CloudEvents 批次"))
    BATCH_TYPE = _Kind(415, "batch-type", marked("内容的类型须为 application/cloudevents-batch+json"))
    INVALID_EVENT = _Kind(422, "invalid-event", marked("事件格式不符合规范"))
    OTHER_PAYLOAD = _Kind(422, "other-payload", marked("同一编号的事件内容与先前收到的不同"))
    UNKNOWN_TYPE = _Kind(422, "unknown-type", marked("不认识的事件类型"))
    UNKNOWN_STATE = _Kind(422, "unknown-state", marked("不认识的办件状态"))
    OTHER_CASE = _Kind(422, "other-case", marked("事件内的办件编号与主题不一致"))
    UNKNOWN_CASE = _Kind(422, "unknown-case", marked("平台没有这个办件"))
    ITEM_REVISED = _Kind(409, Conflict.ITEM_REVISED, marked("该事项在平台已有新的版本"))
    ALREADY_ONLINE = _Kind(409, Conflict.ALREADY_ONLINE, marked("同一申请人的同一事项已在网上申请"))
    WITHDREW = _Kind(409, Conflict.WITHDREW, marked("申请人已在网上撤回申请"))
    NUMBER_TAKEN = _Kind(
        409, Conflict.NUMBER_TAKEN, marked("该办件编号已属于另一办件，没有合并；请联系大厅管理员核对窗口编号设置")
    )
    KEY_TAKEN = _Kind(409, Conflict.KEY_TAKEN, marked("该办件在平台已有另一个办件编号，没有合并；请联系大厅管理员核对"))
    CLONED = _Kind(
        409,
        CLONED_SOURCE,
        marked("另一台电脑正以同一窗口的身份上传，本批没有接收也没有合并；请停用其中一台，重新登记另一台"),
    )
    NOT_LAWFUL = _Kind(409, "not-lawful", marked("办件状态不能这样变化"))
    OUT_OF_ORDER = _Kind(409, "out-of-order", marked("该件已有更晚的事件"))
    FILES_MISSING = _Kind(409, "files-missing", marked("平台还没有收齐该事件的材料文件"))
    EARLIER_EVENT = _Kind(409, "earlier-event", marked("该件更早的事件还没有接收"))
    UNKNOWN_EVENT = _Kind(404, UNKNOWN_EVENT, marked("平台没有收到过这个事件"))
    CURSOR_INVALID = _Kind(400, "cursor-invalid", marked("游标格式不对"))
    CURSOR_GONE = _Kind(410, CURSOR_GONE, marked("游标不属于本平台当前的数据，请从头读取"))
    UNKNOWN_CODE = _Kind(404, UNKNOWN_CODE, marked("没有这个亮证码，或者它已失效"))
    UNKNOWN_BLOCK = _Kind(404, UNKNOWN_BLOCK, marked("平台没有发出过这个号段"))
    OTHER_BLOCK = _Kind(409, "other-block", marked("该号段的申请或退回与先前的不同，或者属于另一窗口"))
    UNKNOWN_UPLOAD = _Kind(404, "unknown-upload", marked("没有这个文件的上传"))
    UPLOAD_INVALID = _Kind(400, "upload-invalid", marked("上传请求不符合 tus 1.0"))
    UPLOAD_TYPE = _Kind(415, "upload-type", marked("上传内容的类型须为 application/offset+octet-stream"))
    UPLOAD_VERSION = _Kind(412, "upload-version", marked("只支持 tus 1.0.0"))
    OTHER_OFFSET = _Kind(409, "other-offset", marked("上传位置与平台已收到的不一致"))
    WRONG_DIGEST = _Kind(460, Conflict.WRONG_DIGEST, marked("收到的内容与声明的摘要不符"))
    TOO_LARGE = _Kind(413, "too-large", marked("内容超过平台允许的大小"))
    TOO_MANY_EVENTS = _Kind(429, "too-many-events", marked("该来源今天的事件已达平台上限，次日自动继续"))
    QUOTA_FULL = _Kind(507, "quota-full", marked("该来源在平台的存储配额已用完，请联系平台管理员"))
    UNAUTHORIZED = _Kind(401, "unauthorized", marked("需要有效的令牌"))
    OTHER_SOURCE = _Kind(403, "other-source", marked("该令牌不属于这个窗口，只能上传本窗口的内容"))
    ENROLMENT_REFUSED = _Kind(
        403, ENROLMENT_REFUSED, marked("登记令牌无效：已用过、已过期，或者不是发给这个窗口的；请向平台管理员另要一个")
    )
    INVALID_REQUEST = _Kind(422, "invalid-request", marked("请求参数不符合要求"))
    ABOVE_AWAY = _Kind(503, "above-away", marked("上级平台没有应答，号段稍后再领；窗口可以继续受理"))
    STORE_BUSY = _Kind(503, "store-busy", marked("平台存储正忙，请稍后再试"))
    STORE_FULL = _Kind(507, "store-full", marked("平台存储空间不足"))
    FAILED = _Kind(500, "failed", marked("平台内部出错"))


class Rejection(Exception):  # noqa: N818 -- it is the hub's lawful answer, not an error of the program
    """Ends a request with a problem document."""

    def __init__(
        self,
        kind: Kind,
        detail: str | None = None,
        *,
        fields: Sequence[str] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(kind.value.code)
        self.kind = kind
        self.detail = detail
        self.fields = fields
        self.headers = headers or {}


def problem(
    kind: Kind,
    detail: str | None = None,
    fields: Sequence[str] = (),
    differences: Sequence[FieldDifference] = (),
) -> Problem:
    status, code, title = kind.value
    return Problem(
        type=PROBLEM_URI + code,
        title=title,
        status=status,
        code=code,
        detail=detail,
        fields=list(fields),
        differences=[DifferenceMessage(field=f, sent=s, held=h) for f, s, h in differences] or None,
    )


def plain_problem(status: int) -> Problem:
    """What HTTP itself says no to: unknown paths and methods."""
    code = HTTPStatus(status).phrase.lower().replace(" ", "-")
    return Problem(type=PROBLEM_URI + code, title=HTTPStatus(status).phrase, status=status, code=code)


def respond(document: Problem, headers: Mapping[str, str] | None = None) -> Response:
    body = document.model_dump_json(exclude_none=True)
    return Response(body, document.status, headers, media_type=PROBLEM_TYPE)
