# SPDX-License-Identifier: AGPL-3.0-or-later
"""The evaluation of the schede: begun, validated by the Nucleo or sent back, closed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from obiettivi.azioni.passi_scheda import annota_scheda, bloccata, esigi_stato, passa
from obiettivi.azioni.punteggi_scheda import ricalcola_schede
from obiettivi.calcolo.edizione import EdizioneNonValida
from obiettivi.models import (
    Controdeduzione,
    EdizioneSMVP,
    Finestra,
    SchedaBudget,
    ValidazioneScheda,
)
from obiettivi.schede.finestre import esigi_aperta
from obiettivi.schede.valutazione import (
    SI_VALUTA,
    differenze_da_oggi,
    impronta_valutazione,
    non_rendicontati,
    punteggio_annuo,
)
from piani.azioni.passi import non_futura
from piani.azioni.righe import Superata
from piani.models import Utente
from piani.rules import esigi

Stato = SchedaBudget.Stato
Esito = ValidazioneScheda.Esito
FERMA = {
    Esito.VALIDATA: gettext_lazy("validata dal Nucleo"),
    Esito.RINVIATA: gettext_lazy("rinviata dal Nucleo"),
}


@dataclass
class Fatte:
    """The schede for which something was done, and why not for the others."""

    fatte: list[SchedaBudget] = field(default_factory=list)
    scartate: list[tuple[SchedaBudget, str]] = field(default_factory=list)


def avvia_valutazione(scheda: SchedaBudget, *, motivo: str = "", da: Utente | None) -> None:
    """End the reporting of a scheda and begin its evaluation, with its scores up to date.

    :raises PermissionDenied: the person does not prepare the schede of this azienda.
    :raises ValidationError: the scheda is not being monitored, the year has no usable rules, or
        some period is not reported and no reason is given.
    """
    esigi(da, "obiettivi.prepara_scheda", scheda)
    with transaction.atomic():
        esigi_stato(bloccata(scheda), Stato.IN_MONITORAGGIO)
        _esigi_regole(scheda)
        manca = non_rendicontati(scheda.azienda, scheda.anno, [scheda])[scheda.pk]
        if manca and not motivo.strip():
            raise ValidationError(
                {"motivo": _("Non è ancora rendicontato: %(periodi)s. Scrivi perché la valutazione "
                             "comincia lo stesso.") % {"periodi": ", ".join(manca)}}
            )  # fmt: skip
        passa(scheda, Stato.IN_MONITORAGGIO, Stato.IN_VALUTAZIONE)
        annota_scheda(
            "in_valutazione",
            scheda,
            _("avviata la valutazione"),
            da=da,
            dati={"motivo": motivo.strip(), "non_rendicontati": manca} if manca else None,
        )
        _ricalcola(scheda)


def avvia_valutazioni(
    schede: Iterable[SchedaBudget], *, motivo: str = "", da: Utente | None
) -> Fatte:
    """The same for many schede: one that cannot does not stop the others."""
    return _ognuna(schede, lambda una: avvia_valutazione(una, motivo=motivo, da=da))


def valida_scheda(
    scheda: SchedaBudget,
    *,
    esito: str,
    motivazione: str,
    data: date | None = None,
    visto: str | None = None,
    da: Utente | None,
) -> ValidazioneScheda:
    """What the Nucleo says of an evaluation: valid with its score, which from now on stays; or
    sent back. One that it validated can be sent back, until the scheda is closed.

    ``visto`` is the mark (``impronta_valutazione``) of what the person was looking at.

    :raises PermissionDenied: the person is not in the Nucleo of that year.
    :raises Superata: the scores or the objections have changed since.
    :raises ValidationError: no motivation, out of the window, an objection waits for its answer,
        or the scheda is not being evaluated.
    """
    esigi(da, "obiettivi.valida_scheda", scheda)
    if esito not in Esito.values:
        raise ValidationError({"esito": _("Scegli se la valutazione è valida.")})
    if not motivazione.strip():
        raise ValidationError({"motivazione": _("La validazione ha sempre una motivazione.")})
    data = data or timezone.localdate()
    non_futura("data", data)
    esigi_aperta(scheda.azienda, scheda.anno, Finestra.Tipo.VALIDAZIONE_SCHEDE, unita=scheda.unita)
    valida = esito == Esito.VALIDATA
    stati = SI_VALUTA if valida else (*SI_VALUTA, Stato.VALIDATA)
    with transaction.atomic():
        esigi_stato(bloccata(scheda), stati)
        _esigi_visto(scheda, visto)
        if valida:
            _esigi_risposte(scheda)
            if _ricalcola(scheda):
                _esigi_visto(scheda, visto)
        punteggio = punteggio_annuo(scheda)
        detta = ValidazioneScheda.objects.create(
            scheda=scheda,
            esito=esito,
            data=data,
            motivazione=motivazione.strip(),
            punteggio=punteggio.punteggio if punteggio else None,
            da=da,
        )
        passa(scheda, stati, Stato.VALIDATA if valida else Stato.IN_VALUTAZIONE)
        annota_scheda(
            esito,
            scheda,
            str(FERMA[Esito(esito)]),
            da=da,
            dati={"motivazione": motivazione.strip(), "punteggio": detta.punteggio},
        )
        if not valida:
            _ricalcola(scheda)
    return detta


def chiudi_scheda(scheda: SchedaBudget, *, da: Utente | None) -> None:
    """Close a validated scheda: its score is the result handed to the individual evaluation.

    :raises PermissionDenied: the person does not prepare the schede of this azienda.
    :raises ValidationError: it is not validated, or with the data of today its scores would be
        others than those validated: the Nucleo has to see them first.
    """
    esigi(da, "obiettivi.prepara_scheda", scheda)
    with transaction.atomic():
        adesso = bloccata(scheda)
        esigi_stato(adesso, Stato.VALIDATA)
        if cambiati := differenze_da_oggi(adesso):
            primo = cambiati[0]
            raise ValidationError(
                _("Dopo la validazione i dati sono cambiati: «%(nome)s» sarebbe %(dopo)s invece di "
                  "%(prima)s. Prima di chiudere il Nucleo rinvia la scheda e la valida di nuovo.")
                % {"nome": primo.nome, "prima": primo.prima, "dopo": primo.dopo}
            )  # fmt: skip
        passa(scheda, Stato.VALIDATA, Stato.CHIUSA)
        annota_scheda(
            "chiusa", scheda, _("chiusa, il punteggio va alla valutazione individuale"), da=da
        )


def chiudi_schede(schede: Iterable[SchedaBudget], *, da: Utente | None) -> Fatte:
    """The same for many schede: one that cannot does not stop the others."""
    return _ognuna(schede, lambda una: chiudi_scheda(una, da=da))


def _ognuna(schede: Iterable[SchedaBudget], azione: Callable[[SchedaBudget], None]) -> Fatte:
    fatte = Fatte()
    for scheda in schede:
        try:
            azione(scheda)
        except ValidationError as errore:
            fatte.scartate.append((scheda, " ".join(errore.messages)))
        else:
            fatte.fatte.append(scheda)
    return fatte


def _esigi_regole(scheda: SchedaBudget) -> None:
    if not EdizioneSMVP.objects.filter(azienda=scheda.azienda_id, anno=scheda.anno).exists():
        raise ValidationError(
            _("Mancano le regole di misurazione del %(anno)s: senza, la scheda non ha punteggi.")
            % {"anno": scheda.anno}
        )


def _esigi_visto(scheda: SchedaBudget, visto: str | None) -> None:
    if visto is None:
        return
    adesso = impronta_valutazione(scheda)
    if visto != adesso:
        raise Superata(
            _("Mentre guardavi la scheda sono cambiati i punteggi, le controdeduzioni o lo stato: "
              "riguardali qui sotto, poi conferma di nuovo."),
            adesso,
        )  # fmt: skip


def _esigi_risposte(scheda: SchedaBudget) -> None:
    if Controdeduzione.objects.filter(
        scheda=scheda, esito=Controdeduzione.Esito.IN_ATTESA
    ).exists():
        raise ValidationError(
            _("C'è una controdeduzione senza risposta: prima risponde il controllo di gestione.")
        )


def _ricalcola(scheda: SchedaBudget) -> int:
    try:
        return ricalcola_schede(scheda.azienda, scheda.anno, schede=[scheda.pk])
    except EdizioneNonValida as errore:
        raise ValidationError(
            _("Le regole di misurazione del %(anno)s non si possono usare: %(errore)s")
            % {"anno": scheda.anno, "errore": errore}
        ) from errore
