# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Comitato evaluates the requests to join the network; the office writes what came of it."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, bloccata, esigi_stato, passa, salva
from conciliazione.azioni.posta import spedisci
from conciliazione.azioni.referente import nomina_referente
from conciliazione.comitato.decisioni import esigi_che_decida
from conciliazione.models import Adesione, Comune, Ente, Referente, Seduta
from conciliazione.rete import tasks
from piani.azioni import manda
from piani.models import Utente
from piani.rules import esigi

Stato = Adesione.Stato
PERMESSO = "conciliazione.valuta_adesione"


def enti_simili(adesione: Adesione) -> QuerySet[Ente]:
    """The bodies that we know already and may be the one that asks: same code or same name."""
    stessi = Q(nome__iexact=adesione.denominazione)
    for campo in ("codice_fiscale", "partita_iva"):
        if codice := getattr(adesione, campo):
            stessi |= Q(**{campo: codice})
    return Ente.objects.filter(stessi, azienda=adesione.azienda_id)


def accogli(
    adesione: Adesione,
    *,
    dal: date,
    valutata_il: date,
    ente: Ente | None = None,
    seduta: Seduta | None = None,
    motivo: str = "",
    con_referente: bool = True,
    da: Utente | None,
) -> Adesione:
    """Accept a request: the body is in the network from a day. It becomes an Ente, unless it is
    said which of ours it is; who it named as its contact is entered and invited.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: by field; the request is in another state; the body is a member on
        that day.
    """
    esigi(da, PERMESSO, adesione)
    _controlla_giorni(valutata_il, seduta)
    esigi_che_decida(adesione, seduta)
    with transaction.atomic():
        adesione = bloccata(adesione)
        esigi_stato(adesione, Stato.CONFERMATA)
        membro = _quale_ente(adesione, ente)
        _non_gia_membro(membro, dal)
        passa(
            adesione, Stato.ACCOLTA, ente=membro, dal=dal, seduta=seduta, valutata_il=valutata_il,
            valutata_da=da, motivo=motivo.strip(),
        )  # fmt: skip
        annota(
            "conc_adesione.accolta", adesione,
            _("%(ente)s entra nella Rete") % {"ente": membro}, da=da, riguarda=[membro],
        )  # fmt: skip
        if con_referente:
            _nomina(adesione, membro, dal=dal, da=da)
        manda(tasks.spedisci_esito_adesione, adesione.pk)
    return adesione


def respingi(
    adesione: Adesione, *, motivo: str, valutata_il: date, seduta: Seduta | None = None,
    da: Utente | None,
) -> None:  # fmt: skip
    """Refuse a request, saying why; the body is told so.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: no reason; the request is in another state.
    """
    esigi(da, PERMESSO, adesione)
    if not motivo.strip():
        raise ValidationError({"motivo": _("Scrivi perché la richiesta è respinta.")})
    _controlla_giorni(valutata_il, seduta)
    esigi_che_decida(adesione, seduta)
    with transaction.atomic():
        passa(
            adesione, Stato.RESPINTA, seduta=seduta, valutata_il=valutata_il, valutata_da=da,
            motivo=motivo.strip(),
        )  # fmt: skip
        annota(
            "conc_adesione.respinta", adesione,
            _("Respinta la richiesta di %(ente)s") % {"ente": adesione}, da=da,
            dati={"motivo": motivo.strip()},
        )  # fmt: skip
        manda(tasks.spedisci_esito_adesione, adesione.pk)


def conferma_d_ufficio(adesione: Adesione, *, motivo: str, da: Utente | None) -> None:
    """The office received by another way what the link would have said: why it is sure.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: no reason; the request does not await its confirmation.
    """
    esigi(da, PERMESSO, adesione)
    if not motivo.strip():
        raise ValidationError({"motivo": _("Scrivi come l'ente ha confermato la richiesta.")})
    with transaction.atomic():
        passa(adesione, Stato.CONFERMATA, confermata_il=timezone.now())
        annota(
            "conc_adesione.confermata", adesione,
            _("Confermata dall'ufficio la richiesta di %(ente)s") % {"ente": adesione}, da=da,
            dati={"motivo": motivo.strip()},
        )  # fmt: skip


def spedisci_esito(adesione: Adesione) -> None:
    """Tell the body, and the contact that it named, what became of its request."""
    indirizzi = dict.fromkeys(filter(None, (adesione.email, adesione.referente_email)))
    if indirizzi:
        spedisci(
            _("La richiesta di adesione alla Rete di conciliazione"),
            "rete/posta/esito.txt", {"adesione": adesione}, *indirizzi,
        )  # fmt: skip


def _controlla_giorni(valutata_il: date, seduta: Seduta | None) -> None:
    if valutata_il > timezone.localdate():
        raise ValidationError({"valutata_il": _("È un giorno che deve ancora venire.")})
    if seduta is None:
        return
    giorno = timezone.localdate(seduta.quando)
    if valutata_il < giorno:
        frase = _("La seduta è del %(giorno)s: la valutazione non può venire prima.")
        raise ValidationError({"valutata_il": frase % {"giorno": giorno.strftime("%d/%m/%Y")}})


def _quale_ente(adesione: Adesione, ente: Ente | None) -> Ente:
    """The body, locked: the one that was said, or a new one made from the request."""
    if ente is not None:
        ente = bloccata(ente)
        if ente.azienda_id != adesione.azienda_id:
            raise ValidationError({"ente": _("L'ente è di un'altra azienda.")})
        return ente
    if simile := enti_simili(adesione).first():
        frase = _("C'è già «%(ente)s», con lo stesso nome o lo stesso codice: sceglilo, invece di "
                  "crearne un altro.")  # fmt: skip
        raise ValidationError({"ente": frase % {"ente": simile}})
    comune = Comune.objects.filter(
        azienda=adesione.azienda_id, nome__iexact=adesione.comune.strip()
    ).first()
    copiati = ("tipo", "natura", "dimensione", "codice_fiscale", "partita_iva", "email",
               "telefono", "sito")  # fmt: skip
    valori: dict[str, Any] = {campo: getattr(adesione, campo) for campo in copiati}
    nuovo = Ente(
        azienda=adesione.azienda, nome=adesione.denominazione, comune=comune,
        ambito=comune.ambito if comune else None,
        sede=", ".join(filter(None, (adesione.indirizzo, adesione.comune, adesione.provincia))),
        **valori,
    )  # fmt: skip
    return salva(nuovo)


def _non_gia_membro(ente: Ente, dal: date) -> None:
    ancora = ente.adesioni.filter(stato=Stato.ACCOLTA).filter(Q(al__isnull=True) | Q(al__gte=dal))
    prima = ancora.first()
    if prima is None:
        return
    if prima.al:
        frase = _("«%(ente)s» è nella Rete fino al %(giorno)s: si rientra da un giorno dopo.")
        raise ValidationError({"dal": frase % _chi_e_quando(ente, prima.al)})
    frase = _("«%(ente)s» fa già parte della Rete, dal %(giorno)s.")
    raise ValidationError({"ente": frase % _chi_e_quando(ente, prima.dal)})


def _chi_e_quando(ente: Ente, giorno: date | None) -> dict[str, Any]:
    return {"ente": ente, "giorno": giorno.strftime("%d/%m/%Y") if giorno else ""}


def _nomina(adesione: Adesione, ente: Ente, *, dal: date, da: Utente | None) -> None:
    """Let the contact of the request represent the body; not twice."""
    posta = adesione.referente_email
    aperti = Referente.objects.filter(ente=ente, utente__email__iexact=posta, al__isnull=True)
    if not posta or aperti.exists():
        return
    try:
        nomina_referente(
            ente, nome=adesione.referente_nome, cognome=adesione.referente_cognome, email=posta,
            telefono=adesione.referente_telefono, dal=dal, da=da,
        )  # fmt: skip
    except ValidationError as errore:
        raise ValidationError(
            {"con_referente": _("Il referente indicato (%(chi)s) non si può nominare: %(perche)s "
                                "Togli la spunta, accogli la richiesta e nomina un altro referente "
                                "dalla pagina dell'ente.")
             % {"chi": posta, "perche": " ".join(errore.messages)}}
        ) from errore  # fmt: skip
