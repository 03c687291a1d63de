"""The demo hall: sample settings and people, a clerk who works by himself, and an outage on order."""

from client.config import Settings

DEMO_SETTINGS = Settings(
    region="110101",
    hall_code="01",
    hall_name="示例区政务服务中心",
    window_no="07",
    paper_serials=(1, 9999),
    clerk_phone="0000-0000001",
)
DEMO_PASSPHRASE = "demo hall, nothing real is kept here"  # noqa: S105 - opens sample data alone
DEMO_PIN = "000000"
CLERK_NO, CLERK_NAME = "0207", "张三"
SUPERVISOR_NO, SUPERVISOR_NAME = "0101", "李四"
SAMPLE_SETTINGS = DEMO_SETTINGS.model_copy(update={"sample": True})  # of a new profile, for the hall to correct
DEMO_WINDOW_SETTINGS = SAMPLE_SETTINGS.model_copy(
    update={"reader_port": "simulated", "scanner": "simulated", "printer": "simulated", "seal_key": "simulated"}
)  # its platform is started with it
