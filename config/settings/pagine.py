# SPDX-License-Identifier: AGPL-3.0-or-later
"""Static files, and what a browser is told about every page."""

import importlib.util
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import SELF
from django.core.exceptions import ImproperlyConfigured

from config.settings.ambiente import BASE, DATI, IN_PRODUZIONE, MODO, env
from config.settings.persone import OIDC_ORIGINI, OIDC_SERVER

_bootstrap_italia = importlib.util.find_spec("bootstrap_italia_template")
if _bootstrap_italia is None or _bootstrap_italia.origin is None:
    raise ImproperlyConfigured("Manca design-django-theme: pip install -r requirements.txt")
# Only the static folder of that package: its templates name files that are no longer there.
BOOTSTRAP_ITALIA = Path(_bootstrap_italia.origin).parent / "static"
STATIC_URL = "/static/"
# Production serves what collectstatic gathered; elsewhere the files are served where they are.
STATIC_ROOT = env.str("STATIC_ROOT", default=str(DATI / "static")) if IN_PRODUZIONE else None
STATICFILES_DIRS = [BASE / "static", BOOTSTRAP_ITALIA]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if IN_PRODUZIONE
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not IN_PRODUZIONE
WHITENOISE_AUTOREFRESH = False


def _origine(indirizzo: str) -> str:
    """Scheme and host of an address: what the Content-Security-Policy names."""
    parti = urlsplit(indirizzo)
    return f"{parti.scheme}://{parti.netloc}"


CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF, "data:"],
        "style-src": [SELF],
        "frame-ancestors": ["'none'"],
        # Logging in with the body's credentials is a form that ends on the body's own site.
        "form-action": [SELF, *map(_origine, [OIDC_SERVER] if OIDC_SERVER else []), *OIDC_ORIGINI],
        "base-uri": [SELF],
        "object-src": ["'none'"],
    },
}
# For how long a public page that was just looked at is taken as it was, without asking the tables.
PAGINE_SECONDI = env.int("PAGINE_SECONDI", default=0 if MODO == "prova" else 10)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 60 * 60
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = IN_PRODUZIONE
CSRF_COOKIE_SECURE = IN_PRODUZIONE
SECURE_SSL_REDIRECT = IN_PRODUZIONE and env.bool("SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^status$"]
SECURE_HSTS_SECONDS = 31_536_000 if IN_PRODUZIONE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IN_PRODUZIONE
SECURE_HSTS_PRELOAD = IN_PRODUZIONE
if IN_PRODUZIONE:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
