# SPDX-License-Identifier: AGPL-3.0-or-later
"""The lists of the ground floor as files: which columns each has."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from piani.esporta import Colonna, Foglio, di_celle
from piani.filters import nome_del_tipo
from piani.models import Evento, Incarico
from piani.organigramma.foglio import COLONNE as UNITA
from piani.registro import in_riga, racconta


def _racconto(quale: int) -> Callable[[Evento], str]:
    return lambda evento: in_riga(racconta(evento))[quale]


REGISTRO = Foglio(
    "registro", gettext_lazy("Registro"),
    (
        Colonna(gettext_lazy("quando"), "quando"),
        Colonna(gettext_lazy("chi"), lambda uno: uno.da or _("il sistema")),
        Colonna(gettext_lazy("per conto di"), "per_conto_di"),
        Colonna(gettext_lazy("azienda"), "azienda"),
        Colonna(gettext_lazy("che cosa"), lambda uno: nome_del_tipo(uno.tipo)),
        Colonna(gettext_lazy("descrizione"), "descrizione"),
        Colonna(gettext_lazy("su"), "oggetto"),
        Colonna(gettext_lazy("prima"), _racconto(0)),
        Colonna(gettext_lazy("dopo"), _racconto(1)),
    ),
    personali=True,
)  # fmt: skip
ACCESSI = Foglio(
    "accessi-nucleo", gettext_lazy("Accessi del Nucleo"),
    (
        Colonna(gettext_lazy("quando"), "quando"),
        Colonna(gettext_lazy("persona"), "utente"),
        Colonna(gettext_lazy("nome utente"), "utente.username"),
        Colonna(gettext_lazy("indirizzo"), "indirizzo"),
        Colonna(gettext_lazy("risposta"), "esito"),
    ),
    personali=True,
)  # fmt: skip


def _ultimo(campo: str) -> Callable[[Any], Any]:
    """Of a plan, something of its newest score of the results."""
    return lambda piano: next(
        (getattr(una, campo) for una in piano.punteggi if una.prospettiva == "consuntivo"), None
    )


PIANI_BREVI = Foglio(
    "piani", gettext_lazy("Piani"),
    (
        Colonna(gettext_lazy("Piano"), "titolo"),
        Colonna(gettext_lazy("Azienda"), "azienda.nome"),
        Colonna(gettext_lazy("Tipo"), "get_tipo_display"),
        Colonna(gettext_lazy("Primo anno"), "anno_inizio"),
        Colonna(gettext_lazy("Ultimo anno"), "anno_fine"),
        Colonna(gettext_lazy("Stato"), "get_stato_display"),
    ),
)  # fmt: skip
PIANI = Foglio(
    "piani", gettext_lazy("Piani"),
    (
        *PIANI_BREVI.colonne,
        Colonna(gettext_lazy("Ultimo punteggio"), _ultimo("punteggio")),
        Colonna(gettext_lazy("Anno del punteggio"), _ultimo("anno")),
    ),
)  # fmt: skip
RELAZIONI_CUG = Foglio(
    "relazioni-cug", gettext_lazy("Relazioni del CUG"),
    (
        Colonna(gettext_lazy("Azienda"), "azienda.nome"),
        Colonna(gettext_lazy("Anno"), "anno"),
        Colonna(gettext_lazy("Stato"), "get_stato_display"),
        Colonna(gettext_lazy("Da presentare entro"), "scade_il"),
        Colonna(gettext_lazy("A Direzione e Nucleo il"), "trasmessa_il"),
        Colonna(gettext_lazy("Al Dipartimento il"), "al_dipartimento_il"),
    ),
)  # fmt: skip


def _incarico(uno: Incarico) -> str:
    """An incarico in words, with its unit and its days."""
    dove = f" – {uno.unita}" if uno.unita else ""
    fine = f" al {uno.al:%d/%m/%Y}" if uno.al else ""
    return f"{uno.get_ruolo_display()}{dove} (dal {uno.dal:%d/%m/%Y}{fine})"


def _stato(persona: Any) -> str:
    if not persona.is_active:
        return _("disattivata")
    if persona.invitata:
        return _("invito scaduto") if persona.invitata[0].scaduto else _("invitata")
    return _("attiva") if persona.has_usable_password() else _("senza password")


PERSONE = Foglio(
    "persone", gettext_lazy("Persone"),
    (
        Colonna(gettext_lazy("Cognome"), "last_name"),
        Colonna(gettext_lazy("Nome"), "first_name"),
        Colonna(gettext_lazy("Posta elettronica"), "email"),
        Colonna(gettext_lazy("Nome utente"), "username"),
        Colonna(gettext_lazy("Incarichi"), lambda una: "; ".join(map(_incarico, una.qui))),
        Colonna(gettext_lazy("Stato"), _stato),
        Colonna(gettext_lazy("Ultimo accesso"), "last_login"),
    ),
    personali=True,
)  # fmt: skip
CLIENTI = Foglio(
    "programmi", gettext_lazy("Programmi che usano la API"),
    (
        Colonna(gettext_lazy("Programma"), "name"),
        Colonna(gettext_lazy("Persona di servizio"), "user"),
        Colonna(gettext_lazy("Ambiti"), "ambiti"),
        Colonna(gettext_lazy("Creato il"), "created"),
        Colonna(gettext_lazy("Revocato il"), "revocato_il"),
    ),
)  # fmt: skip
WEBHOOK = Foglio(
    "webhook", gettext_lazy("Webhook del programma"),
    (
        Colonna(gettext_lazy("Indirizzo"), "indirizzo"),
        Colonna(gettext_lazy("Eventi"), "eventi_detti"),
        Colonna(gettext_lazy("Stato"), "get_stato_display"),
        Colonna(gettext_lazy("Perché è sospeso"), "motivo"),
        Colonna(gettext_lazy("Sospeso il"), "sospeso_il"),
        Colonna(gettext_lazy("Consegne non riuscite di fila"), "fallite_di_fila"),
        Colonna(gettext_lazy("Creato il"), "creato_il"),
    ),
)  # fmt: skip


def _tentativo(campo: str) -> Callable[[Any], Any]:
    """Of a delivery, something of the last time that it was tried."""
    return lambda una: next(
        (getattr(uno, campo) for uno in reversed(una.tentativi.all())), None
    )  # fmt: skip


CONSEGNE = Foglio(
    "consegne", gettext_lazy("Consegne del webhook"),
    (
        Colonna(gettext_lazy("Evento"), "annuncio.get_tipo_display"),
        Colonna(gettext_lazy("Accaduto il"), "annuncio.creato_il"),
        Colonna("webhook-id", "annuncio.codice"),
        Colonna(gettext_lazy("Stato"), "get_stato_display"),
        Colonna(gettext_lazy("Tentativi"), "tentativi_fatti"),
        Colonna(gettext_lazy("Ultimo tentativo"), _tentativo("quando")),
        Colonna(gettext_lazy("Stato della risposta"), _tentativo("risposta")),
        Colonna(gettext_lazy("Durata (ms)"), _tentativo("durata_ms")),
        Colonna(gettext_lazy("Errore"), _tentativo("errore")),
        Colonna(gettext_lazy("Chiusa il"), "chiusa_il"),
        Colonna(gettext_lazy("Che cosa si manda"), "annuncio.corpo"),
    ),
)  # fmt: skip
ATTESTAZIONI = Foglio(
    "attestazioni", gettext_lazy("Attestazioni degli obblighi di pubblicazione"),
    (
        Colonna(gettext_lazy("Griglia"), str),
        Colonna(gettext_lazy("Azienda"), "azienda.nome"),
        Colonna(gettext_lazy("Anno"), "anno"),
        Colonna(gettext_lazy("Data di riferimento"), "riferimento"),
        Colonna(gettext_lazy("Organismo che attesta"), "organismo"),
        Colonna(gettext_lazy("Stato"), "get_stato_display"),
        Colonna(gettext_lazy("Inventata per la dimostrazione"), "dimostrativa"),
    ),
)  # fmt: skip
SCADENZE = Foglio(
    "scadenze", gettext_lazy("Scadenze"),
    (
        Colonna(gettext_lazy("Dal"), "dal"),
        Colonna(gettext_lazy("Entro il"), "il"),
        Colonna(gettext_lazy("Che cosa"), "titolo"),
        Colonna(gettext_lazy("Di che cosa"), "di"),
        Colonna(gettext_lazy("Aspetta me"), "mia"),
    ),
)  # fmt: skip
SEGNALAZIONI = Foglio(
    "segnalazioni", gettext_lazy("Segnalazioni"),
    (
        Colonna(gettext_lazy("Ricevuta il"), "ricevuta_il"),
        Colonna(gettext_lazy("Azienda"), "azienda.nome"),
        Colonna(gettext_lazy("Documento"), "documento"),
        Colonna(gettext_lazy("Punto del documento"), "dove"),
        Colonna(gettext_lazy("Che cosa c’è di sbagliato"), "testo"),
        Colonna(gettext_lazy("Posta elettronica"), "email"),
        Colonna(gettext_lazy("Stato"), "get_stato_display"),
        Colonna(gettext_lazy("Presa in carico da"), "presa_da"),
        Colonna(gettext_lazy("Risposta"), "risposta"),
        Colonna(gettext_lazy("Chiusa il"), "chiusa_il"),
    ),
    personali=True,
)  # fmt: skip

# -- the chart ------------------------------------------------------------------------------------
ORGANIGRAMMA = di_celle("organigramma", gettext_lazy("Organigramma"), UNITA)
VERIFICHE = di_celle(
    "verifiche-organigramma", gettext_lazy("Verifiche dell’organigramma"),
    (gettext_lazy("Verifica"), gettext_lazy("Che cosa")),
    personali=True,
)  # fmt: skip
VERSIONI = Foglio(
    "versioni-organigramma", gettext_lazy("Versioni dell’organigramma"),
    (
        Colonna(gettext_lazy("Versione"), "nome"),
        Colonna(gettext_lazy("Valida dal"), "valido_dal"),
        Colonna(gettext_lazy("Valida al"), "valido_al"),
        Colonna(gettext_lazy("Fonte"), "fonte"),
        Colonna(gettext_lazy("Nata da"), "nata_da"),
    ),
)  # fmt: skip
INCARICHI = Foglio(
    "incarichi-da-sistemare", gettext_lazy("Incarichi da sistemare"),
    (
        Colonna(gettext_lazy("Persona"), "utente"),
        Colonna(gettext_lazy("Incarico"), "get_ruolo_display"),
        Colonna(gettext_lazy("Unità"), "unita"),
        Colonna(gettext_lazy("Dal"), "dal"),
        Colonna(gettext_lazy("Al"), "al"),
    ),
    personali=True,
)  # fmt: skip
