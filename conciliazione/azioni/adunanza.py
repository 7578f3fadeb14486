# SPDX-License-Identifier: AGPL-3.0-or-later
"""A meeting while it is held: opened with its quorum, or deserted; what came of each item; closed.

Who was there is in :mod:`conciliazione.azioni.presenze`, the votes in ``votazione``.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, bloccata, esigi_stato, passa
from conciliazione.azioni.seduta import VERBALIZZA
from conciliazione.calcolo.numero_legale import numero_legale, spiega_numero_legale
from conciliazione.comitato.decisioni import DA_COLLEGARE, da_collegare
from conciliazione.models import PuntoOrdine, Seduta, Seggio, Votazione
from piani.models import Utente
from piani.rules import esigi

Stato = Seduta.Stato


def apri_seduta(seduta: Seduta, *, da: Utente | None) -> None:
    """Open a meeting; of the Comitato, with its members and its quorum of that day, for good.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: it is not its day yet; members are missing; it was not called, or was
        opened already.
    """
    esigi(da, VERBALIZZA, seduta)
    with transaction.atomic():
        questa = bloccata(seduta)
        esigi_stato(questa, Stato.CONVOCATA)
        _del_giorno(questa)
        conta = _conta(questa)
        if questa.organo == Seduta.Organo.COMITATO:
            if conta["presenti"] < conta["numero_legale"]:
                raise ValidationError(
                    _(
                        "Manca il numero legale: presenti %(presenti)s su %(componenti)s, ne "
                        "servono %(numero_legale)s. %(perche)s Segna chi manca nelle presenze, o "
                        "dichiara la seduta deserta."
                    )
                    % conta
                )
        elif not conta["presenti"]:
            raise ValidationError(_("Non c'è nessuno: segna prima le presenze."))
        passa(
            seduta,
            Stato.APERTA,
            componenti=conta["componenti"],
            numero_legale=conta["numero_legale"],
            aperta_il=timezone.now(),
        )
        _annota("aperta", seduta, _("Aperta: %(seduta)s"), da, **conta)


def dichiara_deserta(seduta: Seduta, *, da: Utente | None) -> None:
    """The members are not enough: it is not held, and may be called again.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: it is not its day yet, the quorum is there, it is of the Rete (that has
        none), it was opened already.
    """
    esigi(da, VERBALIZZA, seduta)
    with transaction.atomic():
        questa = bloccata(seduta)
        esigi_stato(questa, Stato.CONVOCATA)
        _del_giorno(questa)
        conta = _conta(questa)
        if questa.organo != Seduta.Organo.COMITATO:
            raise ValidationError(_("La Rete non ha un numero legale: la riunione si annulla."))
        if conta["presenti"] >= conta["numero_legale"]:
            raise ValidationError(
                _(
                    "Il numero legale c'è: presenti %(presenti)s, ne servono %(numero_legale)s. "
                    "La seduta si può aprire."
                )
                % conta
            )
        passa(
            seduta,
            Stato.DESERTA,
            componenti=conta["componenti"],
            numero_legale=conta["numero_legale"],
        )
        _annota("deserta", seduta, _("Senza numero legale: %(seduta)s"), da, **conta)


def scrivi_esito(punto: PuntoOrdine, *, esito: str, da: Utente | None) -> None:
    """What was said and decided of an item.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: the meeting is not open, nor closed with its minutes still to send.
    """
    esigi(da, VERBALIZZA, punto)
    with transaction.atomic():
        seduta = bloccata(punto.seduta)
        esigi_stato(seduta, Stato.APERTA, Stato.CHIUSA)
        verbale = getattr(seduta, "verbale", None)
        if verbale is not None and verbale.stato != "bozza":
            raise ValidationError(
                _("Il verbale è già inviato: per correggere un punto riportalo prima in bozza.")
            )
        punto.esito = esito.strip()
        punto.save(update_fields=["esito"])
        annota(
            "conc_seduta.esito",
            punto,
            _("Scritto l'esito di «%(punto)s»") % {"punto": punto},
            da=da,
            riguarda=[seduta],
        )


def chiudi_seduta(seduta: Seduta, *, da: Utente | None) -> None:
    """The meeting is over.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: a vote is still open, or it is not open.
    """
    esigi(da, VERBALIZZA, seduta)
    with transaction.atomic():
        esigi_stato(bloccata(seduta), Stato.APERTA)
        aperta = Votazione.objects.filter(punto__seduta=seduta, stato="aperta").first()
        if aperta is not None:
            raise ValidationError(
                _("La votazione «%(quesito)s» è ancora aperta: chiudila prima.")
                % {"quesito": aperta}
            )
        passa(seduta, Stato.CHIUSA, chiusa_il=timezone.now())
        _annota("chiusa", seduta, _("Chiusa: %(seduta)s"), da)


def collega(seduta: Seduta, *, genere: str, chiave: int, da: Utente | None) -> Model:
    """Say that a thing decided (an adhesion, a renunciation, a ranking, a scenario) was decided in
    this meeting of the Comitato.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: it is not one of those without a meeting; the meeting was not held.
    """
    esigi(da, VERBALIZZA, seduta)
    with transaction.atomic():
        esigi_stato(bloccata(seduta), Stato.APERTA, Stato.CHIUSA)
        if seduta.organo != Seduta.Organo.COMITATO or genere not in DA_COLLEGARE:
            raise ValidationError(_("Si collegano solo le decisioni del Comitato."))
        righe = da_collegare(seduta, genere).filter(pk=chiave)
        riga: Any = righe.first()
        if riga is None or not type(riga).objects.filter(pk=chiave, seduta=None).update(
            seduta=seduta
        ):
            raise ValidationError(
                _("Quella decisione non c'è più, o è già collegata a una seduta.")
            )
        annota(
            "conc_seduta.decisione",
            riga,
            _("Decisa nella seduta «%(seduta)s»: %(riga)s") % {"seduta": seduta, "riga": riga},
            da=da,
            riguarda=[seduta],
        )
    return riga


def _del_giorno(seduta: Seduta) -> None:
    giorno = timezone.localdate(seduta.quando)
    if giorno > timezone.localdate():
        raise ValidationError(
            _("La seduta è il %(giorno)s: si apre quel giorno.")
            % {"giorno": giorno.strftime("%d/%m/%Y")}
        )


def _conta(seduta: Seduta) -> dict[str, Any]:
    presenti = seduta.presenze.filter(presente=True, consultiva=False).count()
    if seduta.organo != Seduta.Organo.COMITATO:
        return {"presenti": presenti, "componenti": None, "numero_legale": None}
    regola = seduta.edizione.regole.comitato.quorum
    giorno = timezone.localdate(seduta.quando)
    componenti = Seggio.objects.filter(edizione=seduta.edizione_id).in_carica(giorno).count()
    return {
        "presenti": presenti,
        "componenti": componenti,
        "numero_legale": numero_legale(componenti, regola),
        "perche": spiega_numero_legale(componenti, regola),
    }


def _annota(che: str, seduta: Seduta, frase: str, da: Utente | None, **dati: Any) -> None:
    annota(
        f"conc_seduta.{che}",
        seduta,
        frase % {"seduta": seduta},
        da=da,
        dati=dati,
        riguarda=[seduta.edizione],
    )
