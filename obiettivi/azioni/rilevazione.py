# SPDX-License-Identifier: AGPL-3.0-or-later
"""A new result: written beside the one it replaces, and carried to the scores at once."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi import tasks
from obiettivi.azioni.calcolo import aggiorna
from obiettivi.calcolo.edizione import EdizioneNonValida
from obiettivi.calcolo.periodi import mesi
from obiettivi.models import (
    Calcolo,
    EdizioneSMVP,
    Indicatore,
    PeriodoChiuso,
    Prospettiva,
    Raggiungimento,
    Rilevazione,
)
from piani.azioni import registra
from piani.models import Piano, Utente
from piani.rules import esigi

Stato = Rilevazione.Stato
Formula = Indicatore.Formula
CIFRE = ("valore", "numeratore", "denominatore", "avanzamento")
CAMPI = ("stato", *CIFRE, "testo", "origine")
# Which figures each kind of indicator takes; the first are those that it usually has.
AMMESSE: dict[str, tuple[frozenset[str], ...]] = {
    Formula.DIRETTO: (frozenset({"valore"}), frozenset({"avanzamento"})),
    Formula.SCALA: (frozenset({"valore"}),),
    Formula.RAPPORTO: (frozenset({"numeratore", "denominatore"}), frozenset({"valore"})),
    Formula.SI_NO: (frozenset({"valore"}),),
    Formula.AVANZAMENTO: (frozenset({"avanzamento"}),),
    Formula.DATA: (),
}


@dataclass
class Rilevata:
    """A result as written, how many scores it moved, the plans whose scores did not follow.

    ``trattenuti``: their published scores would change, and wait for a reason.
    """

    rilevazione: Rilevazione
    cambiata: bool = True
    punteggi: int = 0
    non_aggiornati: list[str] = field(default_factory=list)
    trattenuti: list[str] = field(default_factory=list)


def rileva(
    indicatore: Indicatore,
    *,
    anno: int,
    frazione: str = "",
    sede: str = "",
    stato: str = Stato.NUMERO,
    valore: Decimal | None = None,
    numeratore: Decimal | None = None,
    denominatore: Decimal | None = None,
    avanzamento: Decimal | None = None,
    testo: str = "",
    origine: str = "",
    da: Utente | None,
) -> Rilevata:
    """Write the result of an indicator in a period and bring the plans that use it up to date.

    The one that was there is not touched but for ``sostituita_il``: what was known on a date stays
    readable. The same result again writes nothing. A period still running makes it provisional.

    :raises PermissionDenied: the person neither governs the measurement nor takes results here.
    :raises ValidationError: by field: a period that does not exist, has not begun or is closed,
        figures that are not of the indicator's kind, no reason for what is not applicable.
    """
    esigi(da, "obiettivi.rileva", indicatore)
    nuova = Rilevazione(
        indicatore=indicatore,
        anno=anno,
        frazione=frazione,
        sede=" ".join(sede.split()),
        stato=stato,
        valore=valore,
        numeratore=numeratore,
        denominatore=denominatore,
        avanzamento=avanzamento,
        testo=testo.strip(),
        origine=origine.strip(),
        dichiarata_da=da,
    )
    nuova.clean_fields(exclude=["indicatore", "dichiarata_da"])
    nuova.provvisoria = _controlla_periodo(anno, frazione, timezone.localdate())
    _controlla_cifre(nuova)
    with transaction.atomic():
        # Who writes of the same indicator waits here, so that one row at a time is current.
        Indicatore.objects.select_for_update().get(pk=indicatore.pk)
        _controlla_aperto(nuova)
        vecchia = _corrente(nuova)
        if vecchia is not None and _uguali(vecchia, nuova):
            return Rilevata(vecchia, cambiata=False)
        _sostituisci(vecchia, nuova)
        piani = _piani(indicatore, anno)
        _registra(vecchia, nuova, piani, da)
        esito = Rilevata(nuova)
        for piano in piani:
            _aggiorna_piano(esito, piano, anno, da)
    return esito


def _controlla_periodo(anno: int, frazione: str, oggi: date) -> bool:
    """Whether the period is still running; refused if it has not begun."""
    periodo = mesi(frazione)
    if not 2000 <= anno <= oggi.year:
        raise ValidationError(
            {"anno": _("L'anno va dal 2000 al %(oggi)s: un risultato futuro non c'è ancora.")
             % {"oggi": oggi.year}}
        )  # fmt: skip
    if date(anno, periodo[0], 1) > oggi:
        raise ValidationError({"frazione": _("Questo periodo non è ancora cominciato.")})
    return (anno, periodo[-1]) >= (oggi.year, oggi.month)


def _controlla_aperto(nuova: Rilevazione) -> None:
    chiusi = PeriodoChiuso.objects.filter(azienda=nuova.indicatore.azienda_id)
    chiuso = chiusi.che_comprendono(nuova.anno, nuova.frazione).first()
    if chiuso is not None:
        raise ValidationError(
            {"frazione": _("Il periodo è chiuso ai nuovi risultati: %(periodo)s.")
             % {"periodo": str(chiuso).lower()}}
        )  # fmt: skip


def _controlla_cifre(nuova: Rilevazione) -> None:
    presenti = frozenset(nome for nome in CIFRE if getattr(nuova, nome) is not None)
    if nuova.stato != Stato.NUMERO:
        if presenti:
            raise ValidationError(
                {nome: _("Un risultato senza numero non ha cifre.") for nome in presenti}
            )
        if nuova.stato == Stato.NON_APPLICABILE and not nuova.testo:
            raise ValidationError({"testo": _("Scrivere il motivo per cui non è applicabile.")})
        return
    ammesse = AMMESSE[nuova.indicatore.tipo_formula]
    if not ammesse:
        raise ValidationError(
            {"stato": _("Di un indicatore a data non si rileva ancora un numero.")}
        )
    if presenti not in ammesse:
        raise ValidationError(_sbagliate(presenti, ammesse))
    if nuova.indicatore.tipo_formula == Formula.SI_NO and nuova.valore not in (0, 1):
        raise ValidationError({"valore": _("Per un sì/no il valore è 1 (sì) o 0 (no).")})
    if nuova.avanzamento is not None and not 0 <= nuova.avanzamento <= 100:
        raise ValidationError({"avanzamento": _("L'avanzamento va da 0 a 100.")})
    for nome in ("numeratore", "denominatore"):
        if (getattr(nuova, nome) or 0) < 0:
            raise ValidationError({nome: _("Non può essere negativo.")})


def _sbagliate(presenti: frozenset[str], ammesse: tuple[frozenset[str], ...]) -> dict[str, str]:
    """The fields to correct: figures of another kind, or those that miss."""
    altre = presenti - frozenset().union(*ammesse)
    if altre:
        return {nome: _("Questo indicatore non si misura così.") for nome in sorted(altre)}
    vicina = next((una for una in ammesse if presenti & una), ammesse[0])
    if mancano := vicina - presenti:
        return {nome: _("Manca questo valore.") for nome in sorted(mancano)}
    return {nome: _("Scrivere un solo tipo di valore.") for nome in sorted(presenti - vicina)}


def _corrente(nuova: Rilevazione) -> Rilevazione | None:
    return (
        Rilevazione.objects.correnti()
        .filter(
            indicatore=nuova.indicatore,
            unita__isnull=True,
            anno=nuova.anno,
            frazione=nuova.frazione,
            sede=nuova.sede,
        )
        .first()
    )


def _uguali(vecchia: Rilevazione, nuova: Rilevazione) -> bool:
    campi = (*CAMPI, "provvisoria", "dimostrativa")
    return all(getattr(vecchia, campo) == getattr(nuova, campo) for campo in campi)


def _sostituisci(vecchia: Rilevazione | None, nuova: Rilevazione) -> None:
    """The old one was known until the very moment when the new one came."""
    vecchie = Rilevazione.objects.filter(pk__in=[vecchia.pk] if vecchia else [])
    vecchie.update(sostituita_il=timezone.now())
    nuova.save(force_insert=True)
    vecchie.update(sostituita_il=nuova.creata_il)


def _registra(
    vecchia: Rilevazione | None, nuova: Rilevazione, piani: list[Piano], da: Utente | None
) -> None:
    registra(
        "rilevazione.sostituita" if vecchia else "rilevazione.inserita",
        nuova,
        azienda=nuova.indicatore.azienda,
        da=da,
        descrizione=_("Risultato di %(codice)s, %(periodo)s: %(valore)s")
        % {"codice": nuova.indicatore.codice, "periodo": nuova, "valore": nuova.mostrata},
        dati=({"prima": vecchia.mostrata, "prima_riga": vecchia.pk} if vecchia else {})
        | {"dopo": nuova.mostrata},
        riguarda=(nuova.indicatore, *piani),
    )


def _piani(indicatore: Indicatore, anno: int) -> list[Piano]:
    """The plans that use the indicator in that year, always in the same order: no deadlock."""
    piani = Piano.objects.filter(
        aree__obiettivi__misure__indicatore=indicatore, anno_inizio__lte=anno, anno_fine__gte=anno
    )
    return list(piani.distinct().order_by("pk"))


def _aggiorna_piano(esito: Rilevata, piano: Piano, anno: int, da: Utente | None) -> None:
    edizione = EdizioneSMVP.objects.filter(azienda=piano.azienda_id, anno=anno).first()
    if edizione is None:
        return
    try:
        for frazione in _frazioni_calcolate(piano, anno):
            cambiati = aggiorna(piano, edizione, anno, frazione, da=da)
            if cambiati is None:
                esito.trattenuti.append(str(piano))
            else:
                esito.punteggi += cambiati
    except EdizioneNonValida:
        esito.non_aggiornati.append(str(piano))
        return
    _ripeti_i_calcoli_in_corso(piano, anno)


def _frazioni_calcolate(piano: Piano, anno: int) -> list[str]:
    """The year, and the parts of it that have scores already."""
    fatte = Raggiungimento.objects.filter(
        piano=piano, prospettiva=Prospettiva.CONSUNTIVO, anno=anno, livello="P"
    ).values_list("frazione", flat=True)
    return sorted({"", *fatte})


def _ripeti_i_calcoli_in_corso(piano: Piano, anno: int) -> None:
    """A run that is under way may have read the old result: it goes back to wait its turn."""
    in_corso = Calcolo.objects.filter(
        piano=piano, prospettiva=Prospettiva.CONSUNTIVO, anno=anno, stato=Calcolo.Stato.IN_CORSO
    )
    for chiave in list(in_corso.values_list("pk", flat=True)):
        if in_corso.filter(pk=chiave).update(stato=Calcolo.Stato.IN_ATTESA, iniziato_il=None):
            tasks.calcola.delay_on_commit(chiave)
