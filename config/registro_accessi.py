# SPDX-License-Identifier: AGPL-3.0-or-later
"""The access log of gunicorn, without the pages that promise not to know who opens them."""

from typing import Any

from gunicorn.glogging import Logger

ANONIME = ("/q/",)
"""Where the addresses of the questionnaires begin: their link is in the path."""


class SenzaQuestionari(Logger):
    """No line, so no address and no time, for who answers a questionnaire."""

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> None:
        if not environ.get("PATH_INFO", "").startswith(ANONIME):
            super().access(resp, req, environ, request_time)
