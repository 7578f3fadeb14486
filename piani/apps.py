# SPDX-License-Identifier: AGPL-3.0-or-later
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PianiConfig(AppConfig):
    name = "piani"
    verbose_name = _("Piani")

    def ready(self) -> None:
        from piani import controlli  # noqa: F401 -- importing it registers the checks
