# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the data are: tables, files, broker and cache."""

from config.settings.ambiente import DATI, INCORPORATO, env, obbligatoria

if INCORPORATO:
    DATABASES = {"default": env.db_url_config(f"sqlite:///{DATI / 'albero.sqlite3'}")}
else:
    DATABASES = {
        "default": env.db_url_config(
            obbligatoria(
                "DATABASE_URL",
                "dice dove sta PostgreSQL (postgres://utente@host/nome).",
            )
        )
    }
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Readers never wait for the writer, and the writer waits instead of failing at once.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    # The tables are in memory or on solid disks: an index costs little more than reading in order,
    # and a query that lasts milliseconds is not worth compiling.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault(
        "options", "-c random_page_cost=1.1 -c jit=off"
    )
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

MEDIA_ROOT = DATI / "archivio"
DOCUMENTI = DATI / "documenti"

REDIS_URL = "" if INCORPORATO else obbligatoria("REDIS_URL", "dice dove sta Redis, il broker.")
_BANCA = (
    "django.core.cache.backends.filebased.FileBasedCache"
    if INCORPORATO
    else "piani.conteggi.CacheRedis"
)
CACHES = {
    # On disk, so that the limits to the attempts are one for all the processes of the pages.
    "default": {"BACKEND": _BANCA, "LOCATION": DATI / "cache" if INCORPORATO else REDIS_URL},
    # The public pages, compressed: apart, so that many of them never push a limit out.
    "pagine": {
        "BACKEND": _BANCA,
        "LOCATION": DATI / "pagine" if INCORPORATO else REDIS_URL,
        "KEY_PREFIX": "pagine",
        "OPTIONS": {"MAX_ENTRIES": 5000} if INCORPORATO else {},
    },
}
