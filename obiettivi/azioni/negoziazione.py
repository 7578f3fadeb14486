# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sending a scheda to who has to agree on it, and what is said of it meanwhile."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from obiettivi.azioni.passi_scheda import annota_scheda, bloccata, passa, perche_no
from obiettivi.models import Finestra, MessaggioScheda, SchedaBudget, VersioneScheda
from obiettivi.schede.contenuto import fotografia_scheda, impronta_di, manca
from obiettivi.schede.finestre import esigi_aperta
from obiettivi.schede.versioni import revisione_aperta
from piani.models import Azienda, Utente
from piani.rules import esigi

Stato = SchedaBudget.Stato


@dataclass(frozen=True)
class Invio:
    """How the sending of many schede ended: those sent, and why the others were not."""

    inviate: list[SchedaBudget] = field(default_factory=list)
    scartate: list[tuple[SchedaBudget, list[str]]] = field(default_factory=list)


def invia_scheda(scheda: SchedaBudget, *, motivo: str = "", da: Utente | None) -> VersioneScheda:
    """Send a proposal to negotiation, or once there send its changed content as a new version.

    The version keeps the content as it is now. Signatures given to the one before stay with that
    one: they do not count any more. During a revision by act the window of the negotiation is not
    asked for.

    :param motivo: what changes; needed from the second version on.
    :raises PermissionDenied: the person does not prepare the schede of this azienda.
    :raises ValidationError: out of the window, something is missing (each thing a sentence),
        nothing has changed, no ``motivo``, or the scheda is in no state to be sent.
    """
    esigi(da, "obiettivi.prepara_scheda", scheda)
    with transaction.atomic():
        adesso = bloccata(scheda)
        if adesso.stato not in (Stato.PROPOSTA, Stato.IN_NEGOZIAZIONE):
            raise ValidationError(perche_no(adesso, [Stato.PROPOSTA, Stato.IN_NEGOZIAZIONE]))
        esigi_in_tempo(adesso)
        _esigi_completa(adesso)
        versione = _nuova_versione(adesso, motivo.strip(), da)
        passa(adesso, adesso.stato, Stato.IN_NEGOZIAZIONE, versione=versione.numero)
        annota_scheda(
            "inviata",
            adesso,
            _("inviata in negoziazione la versione %(n)s") % {"n": versione.numero},
            da=da,
            dati={"sha256": versione.impronta, "motivo": versione.motivo},
        )
    scheda.stato, scheda.versione = adesso.stato, adesso.versione
    return versione


def invia_schede(
    azienda: Azienda, anno: int, schede: Iterable[SchedaBudget], *, da: Utente | None
) -> Invio:
    """Send many proposals of a year; one that cannot be sent does not stop the others.

    :raises PermissionDenied: the person does not prepare the schede of this azienda.
    :raises ValidationError: none was chosen.
    """
    esigi(da, "obiettivi.prepara_scheda", azienda)
    scelte = [una for una in schede if una.azienda_id == azienda.pk and una.anno == anno]
    if not scelte:
        raise ValidationError({"schede": _("Scegli almeno una scheda.")})
    esito = Invio()
    for scheda in scelte:
        try:
            invia_scheda(scheda, da=da)
        except ValidationError as errore:
            esito.scartate.append((scheda, errore.messages))
        else:
            esito.inviate.append(scheda)
    return esito


def scrivi_messaggio(scheda: SchedaBudget, *, testo: str, da: Utente) -> MessaggioScheda:
    """Say something of the version under negotiation.

    :raises PermissionDenied: the person does not negotiate this scheda.
    :raises ValidationError: no text, or the scheda is not in negotiation.
    """
    esigi(da, "obiettivi.negozia_scheda", scheda)
    if not testo.strip():
        raise ValidationError({"testo": _("Scrivi il messaggio.")})
    with transaction.atomic():
        adesso = bloccata(scheda)
        if adesso.stato != Stato.IN_NEGOZIAZIONE:
            raise ValidationError(
                _("I messaggi si scrivono mentre la scheda è in negoziazione: ora è «%(stato)s».")
                % {"stato": adesso.get_stato_display()}
            )
        messaggio = MessaggioScheda.objects.create(
            scheda=adesso,
            versione=adesso.versione,
            testo=testo.strip(),
            autore=da,
            per_conto_di=da.per_conto_di,
        )
        annota_scheda("messaggio", adesso, _("scritto un messaggio"), da=da)
    return messaggio


def esigi_in_tempo(scheda: SchedaBudget) -> None:
    """Stop out of the window of the negotiation; a revision has an act, not a window."""
    if revisione_aperta(scheda) is None:
        esigi_aperta(
            scheda.azienda, scheda.anno, Finestra.Tipo.NEGOZIAZIONE, unita=scheda.unita
        )  # fmt: skip


def _esigi_completa(scheda: SchedaBudget) -> None:
    if mancanze := manca(scheda):
        raise ValidationError(
            [
                _("Non ancora: prima va rimediato a quanto segue."),
                *(una.testo for una in mancanze),
            ]
        )


def _nuova_versione(scheda: SchedaBudget, motivo: str, da: Utente | None) -> VersioneScheda:
    contenuto = fotografia_scheda(scheda)
    impronta = impronta_di(contenuto)
    ultima = scheda.versioni.filter(numero=scheda.versione).first()
    if ultima is not None and ultima.impronta == impronta:
        raise ValidationError(
            _("Il contenuto è lo stesso della versione %(n)s: non c'è niente da inviare.")
            % {"n": ultima.numero}
        )
    if ultima is not None and not motivo:
        raise ValidationError({"motivo": _("Scrivi che cosa cambia nella nuova versione.")})
    usato = scheda.versioni.aggregate(ultimo=Max("numero"))["ultimo"]
    return VersioneScheda.objects.create(
        scheda=scheda,
        numero=scheda.versione if usato is None else usato + 1,
        contenuto=contenuto,
        impronta=impronta,
        motivo=motivo,
        inviata_da=da,
    )
