# SPDX-License-Identifier: AGPL-3.0-or-later
"""The actions of a project: their period and state, the pieces of the gantt, the budget."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Sum
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, bloccata, esigi_stato, passa, salva
from conciliazione.azioni.progetto import APERTI
from conciliazione.calcolo.parole import euro
from conciliazione.models import AttivitaAzione, AzioneProgetto, Progetto, VoceBudget
from piani.models import Utente
from piani.rules import esigi

PERMESSO = "conciliazione.documenta_progetto"
GESTISCE = "conciliazione.gestisce_progetti"


def modifica_azione(
    azione: AzioneProgetto,
    *,
    descrizione: str,
    dal: date | None,
    al: date | None,
    persone: int | None,
    imprese: int | None,
    da: Utente | None,
) -> None:
    """Write the period of an action, inside that of the project, and whom it is for.

    :raises PermissionDenied: the author neither leads the network nor the Alleanza.
    :raises ValidationError: by field; the project is over.
    """
    esigi(da, PERMESSO, azione)
    with transaction.atomic():
        esigi_stato(bloccata(azione.progetto), *APERTI)
        mia = bloccata(azione)
        mia.descrizione, mia.dal, mia.al = descrizione.strip(), dal, al
        mia.persone, mia.imprese = persone, imprese
        dentro(dal, al, mia.progetto.dal, mia.progetto.al, _("del progetto"))
        salva(mia, "descrizione", "dal", "al", "persone", "imprese")
        annota("conc_azione.modificata", mia, _("Azione «%(a)s»") % {"a": mia}, da=da,
               riguarda=[mia.progetto])  # fmt: skip


def dentro(
    dal: date | None, al: date | None, primo: date | None, ultimo: date | None, di_che: str
) -> None:
    """Stop if a period goes out of another one, where both are known."""
    if dal and primo and dal < primo:
        raise ValidationError(
            {"dal": _("Comincia prima %(di)s, che parte il %(g)s.")
             % {"di": di_che, "g": primo.strftime("%d/%m/%Y")}}
        )  # fmt: skip
    if al and ultimo and al > ultimo:
        raise ValidationError(
            {"al": _("Finisce dopo la fine %(di)s, il %(g)s.")
             % {"di": di_che, "g": ultimo.strftime("%d/%m/%Y")}}
        )  # fmt: skip


def avanza_azione(azione: AzioneProgetto, *, stato: str, da: Utente | None) -> None:
    """Bring an action to its next state.

    :raises ValidationError: the project is not under way, or that is no step from here.
    """
    esigi(da, PERMESSO, azione)
    with transaction.atomic():
        esigi_stato(bloccata(azione.progetto), Progetto.Stato.IN_CORSO)
        mia = bloccata(azione)
        passa(mia, stato)
        annota(f"conc_azione.{stato}", mia, f"{mia}: {mia.get_stato_display()}", da=da,
               riguarda=[mia.progetto])  # fmt: skip
    azione.stato = mia.stato


def aggiungi_attivita(
    azione: AzioneProgetto, *, nome: str, dal: date, al: date, da: Utente | None
) -> AttivitaAzione:
    """Add a piece of an action to the gantt, inside the period of the action."""
    esigi(da, PERMESSO, azione)
    with transaction.atomic():
        esigi_stato(bloccata(azione.progetto), *APERTI)
        mia = bloccata(azione)
        dentro(dal, al, mia.dal, mia.al, _("dell'azione"))
        ultimo = mia.attivita.aggregate(n=Max("ordine"))["n"] or 0
        nuova = salva(
            AttivitaAzione(azione=mia, ordine=ultimo + 1, nome=nome.strip(), dal=dal, al=al)
        )
        annota("conc_attivita.aggiunta", mia, _("Attività «%(n)s»") % {"n": nuova}, da=da)
    return nuova


def togli_attivita(attivita: AttivitaAzione, *, da: Utente | None) -> None:
    """Remove a piece from the gantt."""
    esigi(da, PERMESSO, attivita.azione)
    with transaction.atomic():
        esigi_stato(bloccata(attivita.azione.progetto), *APERTI)
        mia = bloccata(attivita)
        annota("conc_attivita.tolta", mia.azione, _("Tolta «%(n)s»") % {"n": mia}, da=da)
        mia.delete()


def scrivi_budget(
    azione: AzioneProgetto, *, categoria: str, importo: Decimal, da: Utente | None
) -> VoceBudget:
    """Set a line of budget, as `scrivi_voci_di_budget`."""
    return scrivi_voci_di_budget(azione, {categoria: importo}, da=da)[0]


def scrivi_voci_di_budget(
    azione: AzioneProgetto, importi: Mapping[str, Decimal], *, da: Utente | None
) -> list[VoceBudget]:
    """Set some lines of budget, by heading, together: all the lines of the project stay within its
    cost.

    :raises ValidationError: by field; the cost of the project is exceeded, or expenses beyond the
        new amount were entered already.
    """
    esigi(da, GESTISCE, azione)
    with transaction.atomic():
        progetto = bloccata(azione.progetto)
        esigi_stato(progetto, *APERTI)
        _categorie_note(progetto, importi)
        voci = list(VoceBudget.objects.select_for_update().filter(azione__progetto=progetto))
        mie = {una.categoria: una for una in voci if una.azione_id == azione.pk}
        cambiate = {una.pk for una in mie.values() if una.categoria in importi}
        _nel_costo(progetto, [
            *(una.importo for una in voci if una.pk not in cambiate), *importi.values()
        ])  # fmt: skip
        return [
            _scrivi_voce(azione, mie.get(nome) or VoceBudget(categoria=nome), importo, da=da)
            for nome, importo in importi.items()
        ]


def _categorie_note(progetto: Progetto, categorie: Iterable[str]) -> None:
    note = {una.codice for una in progetto.edizione.regole.categorie_costo}
    for una in categorie:
        if note and una not in note:
            raise ValidationError(
                {"categoria": _("«%(c)s» non è fra quelle dell'edizione.") % {"c": una}}
            )


def _nel_costo(progetto: Progetto, importi: Iterable[Decimal]) -> None:
    insieme = sum(importi, Decimal(0))
    if insieme > progetto.costo:
        raise ValidationError(
            {"importo": _("Con questo importo il budget è %(budget)s, più del costo del "
                          "progetto (%(costo)s).")
             % {"budget": euro(insieme), "costo": euro(progetto.costo)}}
        )  # fmt: skip


def _scrivi_voce(
    azione: AzioneProgetto, voce: VoceBudget, importo: Decimal, *, da: Utente | None
) -> VoceBudget:
    _oltre_le_spese(voce, importo)
    voce.azione, voce.importo = azione, importo
    salva(voce, *(["importo"] if voce.pk else []))
    annota("conc_budget.scritto", voce, _("Budget %(v)s") % {"v": voce}, da=da,
           dati={"importo": str(importo)}, riguarda=[azione.progetto])  # fmt: skip
    return voce


def _oltre_le_spese(voce: VoceBudget, importo: Decimal) -> None:
    if not voce.pk:
        return
    speso = voce.spese.aggregate(somma=Sum("importo"))["somma"] or Decimal(0)
    if speso > importo:
        raise ValidationError(
            {"importo": _("Su «%(voce)s» sono già inserite spese per %(speso)s.")
             % {"voce": voce.categoria, "speso": euro(speso)}}
        )  # fmt: skip
