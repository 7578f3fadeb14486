# SPDX-License-Identifier: AGPL-3.0-or-later
"""Celery's application: wiring only, the tasks live in each app's ``tasks``."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("albero")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
