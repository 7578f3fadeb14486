# SPDX-License-Identifier: AGPL-3.0-or-later
"""The jobs: how they are sent, how a lost one comes back, which ones come at their hour."""

from celery.schedules import crontab

from config.settings.ambiente import INCORPORATO
from config.settings.dati import REDIS_URL

CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_TASK_ALWAYS_EAGER = INCORPORATO
# Beside the tasks.py of each app.
CELERY_IMPORTS = ["conciliazione.comitato.tasks", "conciliazione.rete.tasks", "piani.webhook.tasks"]
CELERY_TASK_EAGER_PROPAGATES = False
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# Far longer than the longest job: what a lost worker held comes back, and finds it done already.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "Europe/Rome"
CELERY_BEAT_SCHEDULE = {
    "riprendi-i-lavori-in-attesa": {
        "task": "obiettivi.tasks.riprendi_in_attesa",
        "schedule": 120.0,
    },
    "riprendi-le-stampe-in-attesa": {
        "task": "piani.tasks.riprendi_stampe",
        "schedule": 300.0,
    },
    "prepara-le-pagine-pubbliche": {
        "task": "piani.tasks.prepara_pagine",
        "schedule": 300.0,
    },
    "riprendi-gli-archivi-di-schede": {
        "task": "obiettivi.tasks.riprendi_archivi",
        "schedule": 300.0,
    },
    "togli-gli-archivi-di-schede": {
        "task": "obiettivi.tasks.togli_archivi",
        "schedule": 24 * 3600.0,
    },
    "rispedisci-gli-inviti": {
        "task": "piani.tasks.rispedisci_inviti",
        "schedule": 300.0,
    },
    "manda-gli-avvisi": {
        "task": "piani.tasks.manda_avvisi",
        "schedule": crontab(hour=6, minute=30),
    },
    "rispedisci-gli-avvisi": {
        "task": "piani.tasks.rispedisci_avvisi",
        "schedule": 900.0,
    },
    "rispedisci-le-conferme-di-adesione": {
        "task": "conciliazione.rete.tasks.rispedisci_conferme",
        "schedule": 300.0,
    },
    "fa-scadere-le-adesioni": {
        "task": "conciliazione.rete.tasks.fa_scadere_adesioni",
        "schedule": 3600.0,
    },
    "riprendi-le-sedute": {
        "task": "conciliazione.comitato.tasks.riprendi_sedute",
        "schedule": 600.0,
    },
    "chiudi-i-questionari-scaduti": {
        "task": "piani.tasks.chiudi_questionari",
        "schedule": crontab(hour=0, minute=20),
    },
    "cancella-i-dati-scaduti-del-lavoro-agile": {
        "task": "lavoro_agile.tasks.cancella_scaduti",
        "schedule": crontab(hour=3, minute=10),
    },
    "rispedisci-le-risposte-alle-segnalazioni": {
        "task": "piani.tasks.rispedisci_risposte",
        "schedule": 900.0,
    },
    "dimentica-le-segnalazioni-vecchie": {
        "task": "piani.tasks.dimentica_segnalazioni",
        "schedule": 24 * 3600.0,
    },
    "cancella-gli-accessi-vecchi": {
        "task": "piani.tasks.cancella_accessi",
        "schedule": 24 * 3600.0,
    },
    "dimentica-gettoni-e-chiavi-dell-api": {
        "task": "piani.tasks.dimentica_api",
        "schedule": 24 * 3600.0,
    },
    "riprendi-i-webhook": {
        "task": "piani.webhook.tasks.riprendi",
        "schedule": 30.0,
    },
    "dimentica-i-webhook-vecchi": {
        "task": "piani.webhook.tasks.dimentica",
        "schedule": 24 * 3600.0,
    },
    "annuncia-cio-che-sta-per-aprirsi": {
        "task": "piani.webhook.tasks.annuncia",
        "schedule": 3600.0,
    },
    "riprendi-le-importazioni": {
        "task": "piani.tasks.riprendi_importazioni",
        "schedule": 300.0,
    },
    "dimentica-le-importazioni-vecchie": {
        "task": "piani.tasks.dimentica_importazioni",
        "schedule": 24 * 3600.0,
    },
    "segna-il-battito": {
        "task": "piani.tasks.segna_battito",
        "schedule": 60.0,
    },
}
