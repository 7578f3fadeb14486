# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who enters and how: passwords, second factor, the body's single sign-on, invitations, mail."""

from django.core.exceptions import ImproperlyConfigured

from config.settings.ambiente import ALLOWED_HOSTS, IN_PRODUZIONE, MODO, env, obbligatoria

AUTH_USER_MODEL = "piani.Utente"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",  # logging in by e-mail address
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "piani.accesso.password.LunghezzaMinima",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "piani.accesso.adattatori.AdattatoreAccount"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_FORMS = {"login": "piani.accesso.forms.AccediForm"}
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation reached that address: it is proof enough
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Each person has one address, in their own row: the links to a new password follow that.
_COLLEGAMENTI = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = _COLLEGAMENTI
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Albero: "
ACCOUNT_SESSION_REMEMBER = True  # as long as SESSION_COOKIE_AGE, never more
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "30/m/ip,5/300s/key"}
# How many proxies of ours stand in front: only they are believed when they say who is calling.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXY_FIDATI", default=0)
MFA_ADAPTER = "piani.accesso.adattatori.AdattatoreSecondoFattore"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "add_webauthn": "piani.accesso.forms.NuovaChiaveForm",
    "edit_webauthn": "piani.accesso.forms.RinominaChiaveForm",
}
MFA_TOTP_ISSUER = "Albero"
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody signs up by themselves here
# The ruoli that work only with a second factor; the superuser counts as amministratore.
SECONDO_FATTORE_PER = env.list(
    "SECONDO_FATTORE_PER", default=["amministratore"] if IN_PRODUZIONE else []
)

# The body's single sign-on (also SPID and CIE, behind its proxy): on when OIDC_SERVER is said.
OIDC_SERVER = env.str("OIDC_SERVER", default="")
OIDC_NOME = env.str("OIDC_NOME", default="") or "le credenziali dell'ente"
# Which claim says who the person is, and which of our fields holds the same.
OIDC_ATTRIBUTO = env.str("OIDC_ATTRIBUTO", default="email")
OIDC_CAMPO = env.str("OIDC_CAMPO", default="email")
if OIDC_CAMPO not in ("email", "username"):
    raise ImproperlyConfigured(f"OIDC_CAMPO vale «{OIDC_CAMPO}»: scrivere email oppure username.")
OIDC_ORIGINI = env.list("OIDC_ORIGINI", default=[])
SOCIALACCOUNT_ADAPTER = "piani.accesso.adattatori.AdattatoreEnte"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {}
if OIDC_SERVER:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "ente",
                "name": OIDC_NOME,
                "client_id": obbligatoria("OIDC_CLIENT_ID", "lo dà chi gestisce OIDC_SERVER."),
                "secret": obbligatoria("OIDC_CLIENT_SECRET", "lo dà chi gestisce OIDC_SERVER."),
                "settings": {"server_url": OIDC_SERVER},
            }
        ],
    }

# Invitations, and how long the Nucleo's accesses are kept.
INVITO_GIORNI = env.int("INVITO_GIORNI", default=7)
# Days from a deadline at which people are reminded of it: before it, and (minus) after it.
AVVISI_GIORNI = env.list("AVVISI_GIORNI", cast=int, default=[7, 1, -1])
ACCESSI_MESI = env.int("ACCESSI_MESI", default=36)
# A request to join a network: for how many days its link is good, and how many an address may send.
ADESIONE_GIORNI = env.int("ADESIONE_GIORNI", default=7)
ADESIONI_PER_ORA = env.int("ADESIONI_PER_ORA", default=10)
# Reports of errors in the public pages: how many an address may send, and how long they are kept.
SEGNALAZIONI_PER_ORA = env.int("SEGNALAZIONI_PER_ORA", default=10)
SEGNALAZIONI_MESI = env.int("SEGNALAZIONI_MESI", default=12)
# What a CdR may add to a quarterly report of a row of its scheda.
PROVA_MASSIMA_MB = env.int("PROVA_MASSIMA_MB", default=10)
PROVE_MASSIME = env.int("PROVE_MASSIME", default=10)
INDIRIZZO_SITO = (
    env.str("INDIRIZZO_SITO", default="")
    or (f"https://{ALLOWED_HOSTS[0]}" if IN_PRODUZIONE else "http://localhost:8000")
).rstrip("/")
if MODO == "prova":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
# Messages that stop in the log: who invites hands the link over by themselves.
POSTA_IN_USCITA = not EMAIL_CONFIG["EMAIL_BACKEND"].endswith("console.EmailBackend")
EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_HOST = EMAIL_CONFIG.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = EMAIL_CONFIG.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = EMAIL_CONFIG.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = EMAIL_CONFIG.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = bool(EMAIL_CONFIG.get("EMAIL_USE_TLS"))
DEFAULT_FROM_EMAIL = env.str("EMAIL_MITTENTE", default="albero@localhost")
