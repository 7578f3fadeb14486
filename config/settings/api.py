# SPDX-License-Identifier: AGPL-3.0-or-later
"""The REST API: resources, tokens, limits, description, who may read it from other sites."""

from config.settings.ambiente import env

# The REST API: the resources of each app, and whose they are for the scopes of a token.
ALBERO_API = [
    "piani.api.rotte.ROTTE",
    "obiettivi.api.rotte.ROTTE",
    "conciliazione.api.rotte.ROTTE",
    "lavoro_agile.api.rotte.ROTTE",
]
ALBERO_API_AMBITI = {
    "piani": "Piani, organizzazione e documenti",
    "obiettivi": "Obiettivi, indicatori e risultati",
    "conciliazione": "Conciliazione vita-lavoro",
    "lavoro_agile": "Lavoro agile",
}
# How many requests in a minute: of a person or program, and of an address that says no name.
API_AL_MINUTO = env.int("API_AL_MINUTO", default=600)
API_ANONIME_AL_MINUTO = env.int("API_ANONIME_AL_MINUTO", default=60)
API_GETTONE_MINUTI = env.int("API_GETTONE_MINUTI", default=60)
# Its tables as they are today, created in one go: its own twenty-one migrations, one after the
# other among two hundred models, take half a minute of a first installation.
MIGRATION_MODULES = {"oauth2_provider": "config.migrazioni_oauth2"}
OAUTH2_PROVIDER_APPLICATION_MODEL = "piani.ClienteApi"
# The library's own; their migrations name them by setting.
OAUTH2_PROVIDER_ACCESS_TOKEN_MODEL = "oauth2_provider.AccessToken"  # noqa: S105 -- a model
OAUTH2_PROVIDER_REFRESH_TOKEN_MODEL = "oauth2_provider.RefreshToken"  # noqa: S105 -- a model
OAUTH2_PROVIDER_ID_TOKEN_MODEL = "oauth2_provider.IDToken"  # noqa: S105 -- a model
OAUTH2_PROVIDER_GRANT_MODEL = "oauth2_provider.Grant"
OAUTH2_PROVIDER_DEVICE_GRANT_MODEL = "oauth2_provider.DeviceGrant"
OAUTH2_PROVIDER = {
    "OAUTH2_VALIDATOR_CLASS": "piani.api.credenziali.Credenziali",
    "SCOPES_BACKEND_CLASS": "piani.api.credenziali.Ambiti",
    "ACCESS_TOKEN_EXPIRE_SECONDS": API_GETTONE_MINUTI * 60,
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_PKCE_REQUIRED": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "COMPLIANT_BCP_RFC9700_REFRESH_TOKEN": True,
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_SCHEME": True,
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_MATCHING": True,
    "OAUTH2_GRANT_TYPES_SUPPORTED": ["client_credentials"],
}
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "piani.api.credenziali.Gettone",
        "piani.api.credenziali.Sessione",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["piani.api.credenziali.ConAmbito"],
    "DEFAULT_RENDERER_CLASSES": ["piani.api.formato.Scrittore"],
    "DEFAULT_PARSER_CLASSES": ["piani.api.formato.Lettore", "piani.api.formato.LettoreDiModifiche"],
    "DEFAULT_THROTTLE_CLASSES": ["piani.api.limiti.AlMinuto"],
    "DEFAULT_FILTER_BACKENDS": ["piani.api.filtri.Filtri", "piani.api.filtri.Ordine"],
    "DEFAULT_PAGINATION_CLASS": "piani.api.pagine.Pagine",
    "DEFAULT_SCHEMA_CLASS": "piani.api.schema.Schema",
    "EXCEPTION_HANDLER": "piani.api.errori.gestisci",
    "DEFAULT_METADATA_CLASS": None,
    "COERCE_DECIMAL_TO_STRING": False,
    "URL_FORMAT_OVERRIDE": None,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Albero",
    "DESCRIPTION": "Interfaccia REST del ciclo della performance: si legge e si scrive ciò che "
    "leggerebbe e scriverebbe una persona con lo stesso incarico.",
    "VERSION": "1.0.0",
    "CONTACT": {"name": "Chi gestisce questa installazione", "url": "/segnala/"},
    "LICENSE": {
        "name": "AGPL-3.0-or-later",
        "url": "https://www.gnu.org/licenses/agpl-3.0.html",
    },
    "TOS": "/note-legali/",
    "EXTENSIONS_INFO": {"x-summary": "Piani, obiettivi, indicatori, risultati e documenti."},
    "SERVERS": [
        {
            "url": "https://{host}/api/v1",
            "description": "Questa installazione",
            "variables": {"host": {"default": "albero.example", "description": "Il suo nome."}},
        }
    ],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SCHEMA_PATH_PREFIX_TRIM": True,
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "SORT_OPERATION_PARAMETERS": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": ["piani.api.schema.con_raccolte", "piani.api.schema.con_formati"],
}
# Open data are read by the pages of anybody, without their cookies.
CORS_URLS_REGEX = r"^/api/v1/(documenti|status|openapi\.json)(/.*)?$"
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_EXPOSE_HEADERS = ["ETag", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"]
