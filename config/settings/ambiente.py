# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the environment says first of all: the mode, the secret, the folder, the hosts."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

MODI = ("incorporato", "produzione", "prova")
MODO = env.str("ALBERO_MODO", default="produzione")
if MODO not in MODI:
    raise ImproperlyConfigured(
        f"ALBERO_MODO vale «{MODO}»: scrivere uno fra {', '.join(MODI)}. "
        "Per provare Albero basta ./avvia, che lo imposta da sé."
    )
IN_PRODUZIONE = MODO == "produzione"
INCORPORATO = MODO == "incorporato"


def obbligatoria(nome: str, a_che_serve: str) -> str:
    """The value of a setting that has no sensible default, or a sentence that says why not."""
    valore = env.str(nome, default="")
    if not valore:
        raise ImproperlyConfigured(f"Manca la variabile d'ambiente {nome}: {a_che_serve}")
    return valore


SECRET_KEY = obbligatoria(
    "SECRET_KEY",
    "firma le sessioni. Generarne una lunga e segreta, oppure usare ./avvia.",
)
DATI = Path(
    obbligatoria("ALBERO_DATI", "è la cartella di documenti e allegati, da tenere in backup.")
).resolve()
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
