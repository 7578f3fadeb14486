# SPDX-License-Identifier: AGPL-3.0-or-later
"""A request to join the network: asked on a public page, confirmed by post, or entered by the
office when it comes on paper. Evaluating it is in ``valutazione_adesione``.
"""

import logging
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conciliazione.azioni.ente import NATURA_DEL_TIPO, controlla_codici
from conciliazione.azioni.passi import annota, passa, salva
from conciliazione.azioni.posta import spedisci
from conciliazione.calcolo.codici import compatto
from conciliazione.models import Adesione, EdizioneConciliazione, TipoEnte
from conciliazione.rete import tasks
from conciliazione.rete.quando import a_mezzogiorno
from piani.azioni import manda
from piani.models import Azienda, Utente
from piani.models.questionario import impronta_gettone, nuovo_gettone
from piani.rules import esigi

log = logging.getLogger(__name__)
Stato = Adesione.Stato
IN_ATTESA_PER_INDIRIZZO = 3
"""Requests that the same address may leave unconfirmed: nobody is flooded with messages."""

SENZA_INTERESSE = gettext_lazy("Senza questa dichiarazione non c'è una richiesta.")
CAMPI = frozenset(campo.name for campo in Adesione._meta.get_fields())
# What the module asks of people; forgotten when nobody confirms it.
PERSONALI = (
    "rappresentante", "referente_nome", "referente_cognome", "referente_email",
    "referente_telefono", "email", "telefono",
)  # fmt: skip


def rete_aperta(azienda: Azienda) -> bool:
    """Whether an ATS takes requests: it has an edition in force (art. 2 bis of the Regolamento)."""
    return azienda.edizioni_conciliazione.filter(
        stato=EdizioneConciliazione.Stato.IN_VIGORE
    ).exists()


def chiedi(azienda: Azienda, dati: Mapping[str, Any]) -> Adesione:
    """Somebody asks, on the public page, that a body join the network; the body's address is sent
    a link to confirm it. No author: whoever it is, they are not known yet.

    :raises ValidationError: by field; the network takes no requests; too many of that address wait.
    """
    if not rete_aperta(azienda):
        raise ValidationError(_("Adesso questa Rete non raccoglie adesioni."))
    adesione = _nuova(azienda, dati, stato=Stato.RICHIESTA)
    in_attesa = azienda.adesioni.filter(stato=Stato.RICHIESTA, email__iexact=adesione.email)
    if in_attesa.filter(scade_il__gt=timezone.now()).count() >= IN_ATTESA_PER_INDIRIZZO:
        raise ValidationError(
            {"email": _("A questo indirizzo abbiamo già scritto più volte: apri il collegamento "
                        "di uno dei messaggi, guardando anche fra la posta indesiderata.")}
        )  # fmt: skip
    adesione.scade_il = timezone.now() + timedelta(days=settings.ADESIONE_GIORNI)
    with transaction.atomic():
        salva(adesione)
        annota(
            "conc_adesione.chiesta", adesione,
            _("Chiesta l'adesione di %(ente)s") % {"ente": adesione}, da=None,
        )  # fmt: skip
        manda(tasks.spedisci_conferma, adesione.pk)
    return adesione


def registra_adesione(
    azienda: Azienda, dati: Mapping[str, Any], *, arrivata_il: date, da: Utente | None
) -> Adesione:
    """The office enters a request that came signed, by certified post or registered letter: there
    is nothing to confirm, it awaits its evaluation.

    :param arrivata_il: the day that the protocol says.
    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: by field.
    """
    esigi(da, "conciliazione.valuta_adesione", azienda)
    if arrivata_il > timezone.localdate():
        raise ValidationError({"arrivata_il": _("È un giorno che deve ancora venire.")})
    adesione = _nuova(azienda, dati, stato=Stato.CONFERMATA)
    adesione.chiesta_il = adesione.confermata_il = a_mezzogiorno(arrivata_il)
    with transaction.atomic():
        salva(adesione)
        annota(
            "conc_adesione.registrata", adesione,
            _("Registrata la richiesta di adesione di %(ente)s, arrivata firmata")
            % {"ente": adesione}, da=da,
        )  # fmt: skip
    return adesione


def dal_modulo(letti: Mapping[str, Any]) -> dict[str, Any]:
    """What of the module goes in the request: street and number are one there, and that the body is
    interested is the request itself.
    """
    dati = {nome: valore for nome, valore in letti.items() if nome in CAMPI}
    return dati | {"indirizzo": f"{letti['via'].strip()} {letti['civico'].strip()}"}


def _nuova(azienda: Azienda, dati: Mapping[str, Any], *, stato: str) -> Adesione:
    pronti = {**dati, "tipo": TipoEnte(dati["tipo"])}
    pronti["provincia"] = dati.get("provincia", "").strip().upper()
    for campo in ("codice_fiscale", "partita_iva"):
        pronti[campo] = compatto(dati.get(campo, ""))
    controlla_codici(pronti)
    if not dati.get("regolamento_visto"):
        raise ValidationError(
            {"regolamento_visto": _("Per aderire si dichiara di aver letto il regolamento.")}
        )
    if pronti["tipo"] == TipoEnte.PROFIT:
        _dell_impresa(pronti)
    natura = NATURA_DEL_TIPO[pronti["tipo"]]
    return Adesione(azienda=azienda, natura=natura, stato=stato, **pronti)


def _dell_impresa(pronti: Mapping[str, Any]) -> None:
    """Stop if a company does not say what only companies must."""
    mancano = [campo for campo in ("partita_iva", "dimensione") if not pronti.get(campo)]
    if mancano:
        raise ValidationError(dict.fromkeys(mancano, _("Per un'impresa è obbligatoria.")))


def spedisci_conferma(adesione: Adesione) -> bool:
    """Send the link of a request that awaits its message; False if there was nothing to do.

    The secret is made here and only its hash stays: it is nowhere else, not even in the queue. A
    server that refuses gives the request back, to be tried again with another link.
    """
    gettone = nuovo_gettone()
    mia = Adesione.objects.filter(pk=adesione.pk)
    presa = mia.filter(stato=Stato.RICHIESTA, impronta="").update(
        impronta=impronta_gettone(gettone)
    )
    if not presa:
        return False
    indirizzo = settings.INDIRIZZO_SITO + reverse("adesione_conferma", args=[gettone])
    try:
        spedisci(
            _("Conferma la richiesta di adesione alla Rete di conciliazione"),
            "rete/posta/conferma.txt", {"adesione": adesione, "indirizzo": indirizzo},
            adesione.email,
        )  # fmt: skip
    except OSError as errore:
        log.warning("conferma dell'adesione %s non spedita: %s", adesione.pk, errore)
        mia.filter(stato=Stato.RICHIESTA).update(impronta="")
        return False
    return True


def richiesta_del(gettone: str) -> Adesione:
    """The request that a link carries, if it can still be confirmed.

    :raises ValidationError: the link is not ours, or its request was confirmed or expired.
    """
    trovate = Adesione.objects.select_related("azienda")
    adesione = trovate.filter(impronta=impronta_gettone(gettone)).first()
    if adesione is None:
        raise ValidationError(
            _("Il collegamento non è intero: copialo dal messaggio, dall'inizio alla fine.")
        )
    in_tempo = adesione.scade_il is not None and adesione.scade_il > timezone.now()
    if adesione.stato == Stato.RICHIESTA and in_tempo:
        return adesione
    if adesione.stato in (Stato.RICHIESTA, Stato.SCADUTA):
        raise ValidationError(
            _("Il tempo per confermare è finito: si può compilare di nuovo il modulo.")
        )
    raise ValidationError(_("La richiesta è già confermata: non serve altro."))


def conferma(gettone: str) -> Adesione:
    """Who reads the mail of the body confirms the request. The link works once.

    :raises ValidationError: see :func:`richiesta_del`.
    """
    with transaction.atomic():
        adesione = richiesta_del(gettone)
        passa(adesione, Stato.CONFERMATA, confermata_il=timezone.now())
        annota(
            "conc_adesione.confermata", adesione,
            _("Confermata dalla posta dell'ente la richiesta di %(ente)s") % {"ente": adesione},
            da=None,
        )  # fmt: skip
    return adesione


def fa_scadere() -> int:
    """Close the requests that nobody confirmed in time, and forget the people in them; how many."""
    vecchie = Adesione.objects.filter(stato=Stato.RICHIESTA, scade_il__lte=timezone.now())
    vuoti = dict.fromkeys(PERSONALI, "")
    quante = 0
    for adesione in vecchie.select_related("azienda"):
        with transaction.atomic():
            mia = Adesione.objects.filter(pk=adesione.pk, stato=Stato.RICHIESTA)
            if not mia.update(stato=Stato.SCADUTA, **vuoti):
                continue  # confirmed in the last moment
            annota(
                "conc_adesione.scaduta", adesione,
                _("Nessuno ha confermato la richiesta di %(ente)s") % {"ente": adesione}, da=None,
            )  # fmt: skip
        quante += 1
    return quante
