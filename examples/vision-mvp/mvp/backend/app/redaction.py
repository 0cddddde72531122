"""Keeps the tokens of WebSocket addresses out of the server's log."""

import logging
import re

_TOKEN = re.compile(r"(?<=[?&]token=)[^&\s\"]+")


class RedactTokens(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _TOKEN.sub("***", record.getMessage())
        record.args = None
        return True


def redact_tokens() -> None:
    # uvicorn writes WebSocket handshakes to its error log, HTTP requests to its access log
    logging.getLogger("uvicorn.error").addFilter(RedactTokens())
