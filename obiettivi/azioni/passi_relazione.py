# SPDX-License-Identifier: AGPL-3.0-or-later
"""The steps of a Relazione: approved, sent to the Nucleo, validated or not, taken up again.

Every step locks the row, compares its state, asks its checks and sets the next: of two people who
take it at once one does, the other reads who did.
"""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from obiettivi.azioni.cammino_relazione import annota_passo, dove_e, imposta, in_attesa_di, passa
from obiettivi.azioni.relazione import relazione_bloccata
from obiettivi.models import CriterioValidazione, EsitoCriterio, Relazione, ValidazioneRelazione
from obiettivi.models.validazione_relazione import senza_risposta
from obiettivi.relazione.passaggi import APPROVAZIONE, INVIO, SI_RIAPRE, VALIDAZIONE
from obiettivi.relazione.verifiche import cancello
from piani.azioni.passi import esigi_viste, non_futura
from piani.azioni.righe import in_parole
from piani.models import Utente
from piani.rules import esigi

Stato = Relazione.Stato
Risposta = tuple[str, str]


def approva_relazione(
    relazione: Relazione,
    *,
    atto_tipo: str,
    atto_numero: str,
    atto_data: date,
    atto_organo: str,
    avvertenze_viste: str = "",
    da: Utente | None,
) -> None:
    """Record the act that approves a Relazione: from now on its content is closed.

    :raises PermissionDenied: the person does not direct this azienda.
    :raises ValidationError: by field; it is no draft; something stops it; there are warnings that
        were not seen.
    """
    esigi(da, APPROVAZIONE.permesso, relazione)
    atto = {
        "atto_tipo": atto_tipo.strip(),
        "atto_numero": atto_numero.strip(),
        "atto_data": atto_data,
        "atto_organo": atto_organo.strip(),
    }
    mancano = {campo: _("Manca.") for campo, valore in atto.items() if not valore}
    if mancano:
        raise ValidationError(mancano)
    non_futura("atto_data", atto_data)
    if atto_data.year <= relazione.anno:
        raise ValidationError(
            {"atto_data": _("L'atto viene prima della fine dell'anno di cui si rende conto.")}
        )
    with transaction.atomic():
        bloccata = in_attesa_di(relazione, APPROVAZIONE)
        trovato = cancello(bloccata)
        if trovato.bloccano:
            raise ValidationError(
                [_("Non ancora: prima va rimediato a quanto segue.")]
                + [una.testo for una in trovato.bloccano]
            )
        esigi_viste(trovato.impronta, avvertenze_viste, da)
        dati = {nome.removeprefix("atto_"): in_parole(valore) for nome, valore in atto.items()}
        passa(bloccata, APPROVAZIONE, _("Approvata la %(relazione)s"), da, dati, **atto)
    relazione.refresh_from_db()


def invia_relazione(relazione: Relazione, *, da: Utente | None) -> None:
    """Send an approved Relazione to the Nucleo.

    :raises PermissionDenied: the person does not do the controllo di gestione of this azienda.
    :raises ValidationError: it is not approved, or was sent already.
    """
    esigi(da, INVIO.permesso, relazione)
    with transaction.atomic():
        bloccata = in_attesa_di(relazione, INVIO)
        passa(bloccata, INVIO, _("Mandata al Nucleo la %(relazione)s"), da)
    relazione.refresh_from_db()


def valida_relazione(
    relazione: Relazione,
    *,
    esito: str,
    data: date,
    motivazione: str,
    criteri: Mapping[int, Risposta],
    organo: str = "",
    da: Utente | None,
) -> ValidazioneRelazione:
    """Record what the Nucleo says of a Relazione, criterion by criterion and of the whole.

    :param criteri: by criterion, its outcome and its note.
    :raises PermissionDenied: the person is not of the Nucleo, or not for that year.
    :raises ValidationError: by field (``criterio-<key>`` for a criterion), what is wrong; it does
        not await validation.
    """
    esigi(da, VALIDAZIONE.permesso, relazione)
    dell_anno = list(CriterioValidazione.objects.per(relazione.anno))
    _controlla_validazione(esito, data, motivazione, dell_anno, criteri)
    with transaction.atomic():
        bloccata = in_attesa_di(relazione, VALIDAZIONE)
        detta = ValidazioneRelazione.objects.create(
            relazione=bloccata,
            esito=esito,
            data=data,
            organo=organo.strip() or _("Nucleo di valutazione"),
            motivazione=motivazione.strip(),
            da=da,
            per_conto_di=da.per_conto_di if da else None,
        )
        EsitoCriterio.objects.bulk_create(
            EsitoCriterio(
                validazione=detta,
                criterio=criterio,
                esito=criteri[criterio.pk][0],
                nota=criteri[criterio.pk][1].strip(),
            )
            for criterio in dell_anno
        )
        dati = {
            "esito": str(detta.get_esito_display()),
            "data": in_parole(data),
            "motivazione": detta.motivazione,
        }
        if detta.positiva:
            passa(bloccata, VALIDAZIONE, _("Validata la %(relazione)s"), da, dati)
        else:
            imposta(bloccata, Stato.NON_VALIDATA)
            annota_passo(
                "relazione.non_validata", bloccata, _("Non validata la %(relazione)s"), da, dati
            )
    relazione.refresh_from_db()
    return detta


def _controlla_validazione(
    esito: str,
    data: date,
    motivazione: str,
    dell_anno: list[CriterioValidazione],
    criteri: Mapping[int, Risposta],
) -> None:
    """Every criterion answered, and the whole in keeping with the answers."""
    non_futura("data", data)
    errori: dict[str, str] = {}
    if esito not in ValidazioneRelazione.Esito.values:
        errori["esito"] = _("Esito sconosciuto.")
    if not motivazione.strip():
        errori["motivazione"] = _("La validazione ha sempre una motivazione.")
    risposti = {pk for pk, (quale, _nota) in criteri.items() if quale in EsitoCriterio.Esito.values}
    for criterio in senza_risposta(dell_anno, risposti):
        errori[f"criterio-{criterio.pk}"] = _("Scegli l'esito del criterio.")
    for pk in risposti:
        quale, nota = criteri[pk]
        if quale != EsitoCriterio.Esito.SODDISFATTO and not nota.strip():
            errori[f"nota-{pk}"] = _("Scrivi perché il criterio non è soddisfatto del tutto.")
    negativi = [pk for pk in risposti if criteri[pk][0] == EsitoCriterio.Esito.NON_SODDISFATTO]
    if negativi and esito == ValidazioneRelazione.Esito.VALIDATA:
        errori["esito"] = _(
            "C'è un criterio non soddisfatto: la relazione si valida con osservazioni, oppure non "
            "si valida."
        )
    if errori:
        raise ValidationError(errori)


def riapri_relazione(relazione: Relazione, *, motivo: str, da: Utente | None) -> None:
    """Take a Relazione back to draft, to change it: act and validation fall, and stay on record.

    What is published stays published until the new version takes its place.

    :raises PermissionDenied: the person does not do the controllo di gestione of this azienda.
    :raises ValidationError: no reason, or it is a draft already.
    """
    esigi(da, "obiettivi.prepara_relazione", relazione)
    if not motivo.strip():
        raise ValidationError({"motivo": _("Scrivi perché la relazione torna in bozza.")})
    with transaction.atomic():
        bloccata = relazione_bloccata(relazione)
        if bloccata.stato not in SI_RIAPRE:
            raise ValidationError(dove_e(bloccata))
        dati = {"motivo": motivo.strip()}
        if bloccata.atto:
            dati["atto decaduto"] = bloccata.atto
        imposta(bloccata, Stato.BOZZA, atto_tipo="", atto_numero="", atto_data=None, atto_organo="")
        annota_passo(
            "relazione.in_bozza", bloccata, _("Riportata in bozza la %(relazione)s"), da, dati
        )
    relazione.refresh_from_db()
