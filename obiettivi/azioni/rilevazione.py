# SPDX-License-Identifier: AGPL-3.0-or-later
"""A new result: written beside the one it replaces, and carried to the scores at once."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.azioni.piani_toccati import Effetti, aggiorna_piano, piani_con
from obiettivi.azioni.punteggi_scheda import aggiorna_schede
from obiettivi.calcolo.periodi import genitori, mesi
from obiettivi.models import Indicatore, PeriodoChiuso, Rilevazione
from piani.azioni import registra
from piani.azioni.fila import blocca
from piani.models import Piano, UnitaOrganizzativa, Utente
from piani.rules import esigi

Stato = Rilevazione.Stato
Formula = Indicatore.Formula
CIFRE = ("valore", "numeratore", "denominatore", "avanzamento", "data")
"""What a result may say: figures, or the day when a dated goal was reached."""
PRIMO_GIORNO = date(2000, 1, 1)
CAMPI = ("stato", *CIFRE, "testo", "origine")
# Which figures each kind of indicator takes; the first are those that it usually has.
AMMESSE: dict[str, tuple[frozenset[str], ...]] = {
    Formula.DIRETTO: (frozenset({"valore"}), frozenset({"avanzamento"})),
    Formula.SCALA: (frozenset({"valore"}),),
    Formula.RAPPORTO: (frozenset({"numeratore", "denominatore"}), frozenset({"valore"})),
    Formula.SI_NO: (frozenset({"valore"}),),
    Formula.AVANZAMENTO: (frozenset({"avanzamento"}),),
    Formula.DATA: (frozenset({"data"}),),
}
# Plain SQL for what every new result asks: to compile a query costs more than to run it.
_CHIUSI = f"""SELECT * FROM {PeriodoChiuso._meta.db_table}
    WHERE azienda_id = %s AND anno = %s ORDER BY frazione"""  # noqa: S608 -- name of a table
_CORRENTE = f"""SELECT * FROM {Rilevazione._meta.db_table}
    WHERE sostituita_il IS NULL
    AND indicatore_id = %s AND anno = %s AND frazione = %s AND sede = %s
    AND (unita_id = %s OR (unita_id IS NULL AND %s IS NULL))"""  # noqa: S608 -- name of a table


def da_testo(nome: str, scritta: str) -> Decimal | date:
    """A figure, or the day, from the exact text that keeps it."""
    return date.fromisoformat(scritta) if nome == "data" else Decimal(scritta)


@dataclass
class Rilevata(Effetti):
    """A result as written, with what it did to the scores."""

    rilevazione: Rilevazione
    cambiata: bool = True


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
    data: date | None = None,
    testo: str = "",
    origine: str = "",
    unita: UnitaOrganizzativa | None = None,
    da: Utente | None,
) -> Rilevata:
    """Write the result of an indicator in a period and bring the plans that use it up to date.

    The one that was there is not touched but for ``sostituita_il``: what was known on a date stays
    readable. The same result again writes nothing. A period still running makes it provisional.
    ``unita``: it is the result of that CdR alone, and the plans do not look at it. The schede that
    it touches follow too.

    :raises PermissionDenied: the person neither governs the measurement nor takes results here;
        for a CdR, nor leads it.
    :raises ValidationError: by field: a period that does not exist, has not begun or is closed,
        figures that are not of the indicator's kind, no reason for what is not applicable.
    """
    nuova = Rilevazione(
        indicatore=indicatore,
        unita=unita,
        anno=anno,
        frazione=frazione,
        sede=" ".join(sede.split()),
        stato=stato,
        valore=valore,
        numeratore=numeratore,
        denominatore=denominatore,
        avanzamento=avanzamento,
        data=data,
        testo=testo.strip(),
        origine=origine.strip(),
        dichiarata_da=da,
    )
    if unita is None:
        esigi(da, "obiettivi.rileva", indicatore)
    else:
        esigi(da, "obiettivi.rileva_per_cdr", nuova)
        _controlla_unita(nuova, unita)
    nuova.clean_fields(exclude=["indicatore", "unita", "dichiarata_da"])
    nuova.provvisoria = controlla_periodo(anno, frazione, timezone.localdate())
    controlla_cifre(nuova)
    with transaction.atomic():
        # Who writes of the same indicator waits here, so that one row at a time is current.
        blocca(Indicatore, [indicatore.pk])
        _controlla_aperto(nuova)
        vecchia = _corrente(nuova)
        if vecchia is not None and _uguali(vecchia, nuova):
            return Rilevata(vecchia, cambiata=False)
        _sostituisci(vecchia, nuova)
        del_piano = piani_con(indicatore) if unita is None else []
        piani = [piano for piano in del_piano if anno in piano.anni]
        _registra(vecchia, nuova, piani, da)
        esito = Rilevata(nuova)
        # A cumulative reading counts in the periods that come after it too.
        solo = None if indicatore.cumulo else frazione
        for piano in piani:
            aggiorna_piano(esito, piano, anno, da, frazione=solo)
        esito.aggiungi(
            aggiorna_schede(
                indicatore,
                anno=anno,
                frazioni=None if solo is None else [solo],
                unita=unita,
                da=da,
            )
        )
    return esito


def controlla_periodo(anno: int, frazione: str, oggi: date) -> bool:
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


def _controlla_unita(nuova: Rilevazione, unita: UnitaOrganizzativa) -> None:
    if unita.azienda.pk != nuova.indicatore.azienda_id:
        raise ValidationError({"unita": _("L'unità è di un'altra azienda.")})


def _controlla_aperto(nuova: Rilevazione) -> None:
    chiusi = PeriodoChiuso.objects.raw(_CHIUSI, [nuova.indicatore.azienda_id, nuova.anno])
    for chiuso in chiusi:
        if chiuso.frazione not in (nuova.frazione, *genitori(nuova.frazione)):
            continue
        raise ValidationError(
            {"frazione": _("Il periodo è chiuso ai nuovi risultati: %(periodo)s.")
             % {"periodo": str(chiuso).lower()}}
        )  # fmt: skip


def controlla_cifre(nuova: Rilevazione) -> None:
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
    if presenti not in ammesse:
        raise ValidationError(_sbagliate(presenti, ammesse))
    if nuova.indicatore.tipo_formula == Formula.SI_NO and nuova.valore not in (0, 1):
        raise ValidationError({"valore": _("Per un sì/no il valore è 1 (sì) o 0 (no).")})
    if nuova.avanzamento is not None and not 0 <= nuova.avanzamento <= 100:
        raise ValidationError({"avanzamento": _("L'avanzamento va da 0 a 100.")})
    if nuova.data is not None and not PRIMO_GIORNO <= nuova.data <= timezone.localdate():
        raise ValidationError(
            {"data": _("Il giorno va dal 1/1/2000 a oggi: un risultato futuro non c'è ancora.")}
        )
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
    """The result that the new one replaces."""
    dove = [nuova.indicatore_id, nuova.anno, nuova.frazione, nuova.sede]
    dove += [nuova.unita_id, nuova.unita_id]
    for corrente in Rilevazione.objects.raw(_CORRENTE, dove):
        corrente.indicatore = nuova.indicatore
        return corrente
    return None


def _uguali(vecchia: Rilevazione, nuova: Rilevazione) -> bool:
    campi = (*CAMPI, "provvisoria", "dimostrativa")
    return all(getattr(vecchia, campo) == getattr(nuova, campo) for campo in campi)


def _sostituisci(vecchia: Rilevazione | None, nuova: Rilevazione) -> None:
    """The old one was known until the very moment when the new one came."""
    nuova.creata_il = timezone.now()
    if vecchia is not None:
        Rilevazione.objects.filter(pk=vecchia.pk).update(sostituita_il=nuova.creata_il)
    nuova.save_base(raw=True, force_insert=True)  # as it is: ``save`` would tell another moment


def _registra(
    vecchia: Rilevazione | None, nuova: Rilevazione, piani: list[Piano], da: Utente | None
) -> None:
    dove = f", {nuova.unita}" if nuova.unita else ""
    registra(
        "rilevazione.sostituita" if vecchia else "rilevazione.inserita",
        nuova,
        azienda=nuova.indicatore.azienda,
        da=da,
        descrizione=_("Risultato di %(codice)s, %(periodo)s: %(valore)s")
        % {
            "codice": nuova.indicatore.codice,
            "periodo": f"{nuova}{dove}",
            "valore": nuova.mostrata,
        },
        dati=({"prima": vecchia.mostrata, "prima_riga": vecchia.pk} if vecchia else {})
        | {"dopo": nuova.mostrata},
        riguarda=(nuova.indicatore, *piani, *([nuova.unita] if nuova.unita else [])),
    )
