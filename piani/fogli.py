# SPDX-License-Identifier: AGPL-3.0-or-later
"""The lists of the ground floor as files: which columns each has."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from piani.esporta import Colonna, Foglio, di_celle
from piani.esporta.colonne import AL, ANNO, AZIENDA, DAL, PRIMO_ANNO, STATO, ULTIMO_ANNO
from piani.filters import nome_del_tipo
from piani.models import Evento, Incarico
from piani.organigramma.foglio import COLONNE as UNITA
from piani.registro import in_riga, racconta


def _racconto(quale: int) -> Callable[[Evento], str]:
    return lambda evento: in_riga(racconta(evento))[quale]


REGISTRO = Foglio(
    "registro", _("Registro"),
    (
        Colonna(_("quando"), "quando"),
        Colonna(_("chi"), lambda uno: uno.da or _("il sistema")),
        Colonna(_("per conto di"), "per_conto_di"),
        Colonna(_("azienda"), "azienda"),
        Colonna(_("che cosa"), lambda uno: nome_del_tipo(uno.tipo)),
        Colonna(_("descrizione"), "descrizione"),
        Colonna(_("su"), "oggetto"),
        Colonna(_("prima"), _racconto(0)),
        Colonna(_("dopo"), _racconto(1)),
    ),
    personali=True,
)  # fmt: skip
ACCESSI = Foglio(
    "accessi-nucleo", _("Accessi del Nucleo"),
    (
        Colonna(_("quando"), "quando"),
        Colonna(_("persona"), "utente"),
        Colonna(_("nome utente"), "utente.username"),
        Colonna(_("indirizzo"), "indirizzo"),
        Colonna(_("risposta"), "esito"),
    ),
    personali=True,
)  # fmt: skip


def _ultimo(campo: str) -> Callable[[Any], Any]:
    """Of a plan, something of its newest score of the results."""
    return lambda piano: next(
        (getattr(una, campo) for una in piano.punteggi if una.prospettiva == "consuntivo"), None
    )


PIANI_BREVI = Foglio(
    "piani", _("Piani"),
    (
        Colonna(_("Piano"), "titolo"),
        AZIENDA,
        Colonna(_("Tipo"), "get_tipo_display"),
        PRIMO_ANNO,
        ULTIMO_ANNO,
        STATO,
    ),
)  # fmt: skip
PIANI = Foglio(
    "piani", _("Piani"),
    (
        *PIANI_BREVI.colonne,
        Colonna(_("Ultimo punteggio"), _ultimo("punteggio")),
        Colonna(_("Anno del punteggio"), _ultimo("anno")),
    ),
)  # fmt: skip
RELAZIONI_CUG = Foglio(
    "relazioni-cug", _("Relazioni del CUG"),
    (
        AZIENDA,
        ANNO,
        STATO,
        Colonna(_("Da presentare entro"), "scade_il"),
        Colonna(_("A Direzione e Nucleo il"), "trasmessa_il"),
        Colonna(_("Al Dipartimento il"), "al_dipartimento_il"),
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
    "persone", _("Persone"),
    (
        Colonna(_("Cognome"), "last_name"),
        Colonna(_("Nome"), "first_name"),
        Colonna(_("Posta elettronica"), "email"),
        Colonna(_("Nome utente"), "username"),
        Colonna(_("Incarichi"), lambda una: "; ".join(map(_incarico, una.qui))),
        Colonna(_("Stato"), _stato),
        Colonna(_("Ultimo accesso"), "last_login"),
    ),
    personali=True,
)  # fmt: skip
CLIENTI = Foglio(
    "programmi", _("Programmi che usano la API"),
    (
        Colonna(_("Programma"), "name"),
        Colonna(_("Persona di servizio"), "user"),
        Colonna(_("Ambiti"), "ambiti"),
        Colonna(_("Creato il"), "created"),
        Colonna(_("Revocato il"), "revocato_il"),
    ),
)  # fmt: skip
WEBHOOK = Foglio(
    "webhook", _("Webhook del programma"),
    (
        Colonna(_("Indirizzo"), "indirizzo"),
        Colonna(_("Eventi"), "eventi_detti"),
        STATO,
        Colonna(_("Perché è sospeso"), "motivo"),
        Colonna(_("Sospeso il"), "sospeso_il"),
        Colonna(_("Consegne non riuscite di fila"), "fallite_di_fila"),
        Colonna(_("Creato il"), "creato_il"),
    ),
)  # fmt: skip


def _tentativo(campo: str) -> Callable[[Any], Any]:
    """Of a delivery, something of the last time that it was tried."""
    return lambda una: next(
        (getattr(uno, campo) for uno in reversed(una.tentativi.all())), None
    )  # fmt: skip


CONSEGNE = Foglio(
    "consegne", _("Consegne del webhook"),
    (
        Colonna(_("Evento"), "annuncio.get_tipo_display"),
        Colonna(_("Accaduto il"), "annuncio.creato_il"),
        Colonna("webhook-id", "annuncio.codice"),
        STATO,
        Colonna(_("Tentativi"), "tentativi_fatti"),
        Colonna(_("Ultimo tentativo"), _tentativo("quando")),
        Colonna(_("Stato della risposta"), _tentativo("risposta")),
        Colonna(_("Durata (ms)"), _tentativo("durata_ms")),
        Colonna(_("Errore"), _tentativo("errore")),
        Colonna(_("Chiusa il"), "chiusa_il"),
        Colonna(_("Che cosa si manda"), "annuncio.corpo"),
    ),
)  # fmt: skip
ATTESTAZIONI = Foglio(
    "attestazioni", _("Attestazioni degli obblighi di pubblicazione"),
    (
        Colonna(_("Griglia"), str),
        AZIENDA,
        ANNO,
        Colonna(_("Data di riferimento"), "riferimento"),
        Colonna(_("Organismo che attesta"), "organismo"),
        STATO,
        Colonna(_("Inventata per la dimostrazione"), "dimostrativa"),
    ),
)  # fmt: skip
SCADENZE = Foglio(
    "scadenze", _("Scadenze"),
    (
        DAL,
        Colonna(_("Entro il"), "il"),
        Colonna(_("Che cosa"), "titolo"),
        Colonna(_("Di che cosa"), "di"),
        Colonna(_("Aspetta me"), "mia"),
    ),
)  # fmt: skip
SEGNALAZIONI = Foglio(
    "segnalazioni", _("Segnalazioni"),
    (
        Colonna(_("Ricevuta il"), "ricevuta_il"),
        AZIENDA,
        Colonna(_("Documento"), "documento"),
        Colonna(_("Punto del documento"), "dove"),
        Colonna(_("Che cosa c’è di sbagliato"), "testo"),
        Colonna(_("Posta elettronica"), "email"),
        STATO,
        Colonna(_("Presa in carico da"), "presa_da"),
        Colonna(_("Risposta"), "risposta"),
        Colonna(_("Chiusa il"), "chiusa_il"),
    ),
    personali=True,
)  # fmt: skip

# -- the chart ------------------------------------------------------------------------------------
ORGANIGRAMMA = di_celle("organigramma", _("Organigramma"), UNITA)
VERIFICHE = di_celle(
    "verifiche-organigramma", _("Verifiche dell’organigramma"),
    (_("Verifica"), _("Che cosa")),
    personali=True,
)  # fmt: skip
VERSIONI = Foglio(
    "versioni-organigramma", _("Versioni dell’organigramma"),
    (
        Colonna(_("Versione"), "nome"),
        Colonna(_("Valida dal"), "valido_dal"),
        Colonna(_("Valida al"), "valido_al"),
        Colonna(_("Fonte"), "fonte"),
        Colonna(_("Nata da"), "nata_da"),
    ),
)  # fmt: skip
INCARICHI = Foglio(
    "incarichi-da-sistemare", _("Incarichi da sistemare"),
    (
        Colonna(_("Persona"), "utente"),
        Colonna(_("Incarico"), "get_ruolo_display"),
        Colonna(_("Unità"), "unita"),
        DAL,
        AL,
    ),
    personali=True,
)  # fmt: skip
