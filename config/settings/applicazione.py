# SPDX-License-Identifier: AGPL-3.0-or-later
"""The apps, what every request goes through, language and time, the log."""

from config.settings.ambiente import BASE
from config.versione import VERSIONE

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "django_htmx",
    "corsheaders",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "oauth2_provider",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "rules.apps.AutodiscoverRulesConfig",  # reads each app's rules.py
    "tree_queries",
    "csp",
    "piani",
    "obiettivi",
    "conciliazione",
    "lavoro_agile",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.statici.FileStatici",
    "corsheaders.middleware.CorsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "piani.accesso.middleware.AgireMiddleware",
    "piani.accesso.middleware.SecondoFattoreMiddleware",
    "piani.accesso.middleware.AccessiMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "piani.contesto.di_ogni_pagina",
            ],
        },
    },
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "it"
LANGUAGES = [("it", "Italiano")]
LOCALE_PATHS = [BASE / "locale"]
TIME_ZONE = "Europe/Rome"
USE_TZ = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"riga": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "riga"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "weasyprint": {"level": "ERROR"},
        "pyhanko": {"level": "CRITICAL"},  # what is wrong with a signature, we tell who sent it
        "fontTools": {"level": "ERROR"},
        "kombu": {"level": "ERROR"},
        "celery.app.trace": {"level": "WARNING"},
    },
}
ALBERO_VERSIONE = VERSIONE

# The matrix of the weights of the schede sends a field for each of its cells.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
