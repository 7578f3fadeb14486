# SPDX-License-Identifier: AGPL-3.0-or-later
"""The expenses of a project, each under a line of the budget and with its papers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, bloccata, salva
from conciliazione.calcolo.parole import euro
from conciliazione.conti import capienza
from conciliazione.models import Ente, Giustificativo, Partner, Progetto, Rendiconto, Spesa
from conciliazione.models.azioni import VoceBudget
from conciliazione.rules import enti_rappresentati, esigi_referente
from piani.models import Utente

SPENDE = "conciliazione.spende"
SI_RENDICONTA = (Progetto.Stato.IN_CORSO, Progetto.Stato.SOSPESO, Progetto.Stato.CONCLUSO)


@dataclass(frozen=True)
class DatiSpesa:
    """What is written of an expense."""

    voce: VoceBudget
    ente: Ente
    descrizione: str
    documento: str
    documento_del: date
    importo: Decimal
    fornitore: str = ""
    pagata_il: date | None = None


def inserisci_spesa(progetto: Progetto, *, dati: DatiSpesa, da: Utente | None) -> Spesa:
    """Write an expense of a body of the Alleanza.

    :raises PermissionDenied: the author represents neither that body nor the capofila.
    :raises ValidationError: by field: above its line, outside the period, a document used twice.
    """
    esigi_spesa(progetto, dati.ente, da)
    with transaction.atomic():
        adesso = bloccata(progetto)
        nuova = Spesa(progetto=adesso, inserita_da=da)
        _compila(nuova, dati)
        salva(nuova)
        _annota("conc_spesa.inserita", nuova, da)
    return nuova


def cambia_spesa(spesa: Spesa, *, dati: DatiSpesa, da: Utente | None) -> Spesa:
    """Change an expense as long as its report is not in the hands of the ATS.

    What the ATS had recognised of it falls: it will look at it again.

    :raises PermissionDenied: as `inserisci_spesa`.
    :raises ValidationError: by field; or the report was sent.
    """
    esigi_spesa(spesa.progetto, spesa.ente, da)
    esigi_spesa(spesa.progetto, dati.ente, da)
    with scrivibile(spesa) as adesso:
        _compila(adesso, dati)
        adesso.ammesso, adesso.motivo = None, ""
        salva(adesso)
        _annota("conc_spesa.cambiata", adesso, da)
    return adesso


def togli_spesa(spesa: Spesa, *, da: Utente | None) -> None:
    """Remove an expense and its papers; that it was there stays on record.

    :raises PermissionDenied: as `inserisci_spesa`.
    :raises ValidationError: its report was sent.
    """
    esigi_spesa(spesa.progetto, spesa.ente, da)
    with scrivibile(spesa) as adesso:
        carte = [(una.file.storage, str(una.file.name)) for una in adesso.giustificativi.all()]
        _annota("conc_spesa.tolta", adesso, da)
        adesso.delete()
        for archivio, nome in carte:
            transaction.on_commit(partial(archivio.delete, nome))


def esigi_spesa(progetto: Progetto, ente: Ente, da: Utente | None) -> None:
    """A partner writes of itself; the capofila also of the others.

    :raises PermissionDenied: the author represents neither.
    """
    esigi_referente(da, SPENDE, progetto)
    if da is None:
        return
    miei = enti_rappresentati(da)
    if ente.pk not in miei and progetto.capofila_id not in miei:
        raise PermissionDenied(
            _("Le spese di un ente le scrive chi lo rappresenta, o il capofila.")
        )


@contextmanager
def scrivibile(spesa: Spesa) -> Iterator[Spesa]:
    """A transaction with the project and the expense locked, as long as it may be written.

    :raises ValidationError: its report was sent, or it was removed.
    """
    with transaction.atomic():
        bloccata(spesa.progetto)
        adesso = bloccata(spesa)
        non_inviata(adesso.rendiconto)
        yield adesso


def non_inviata(rendiconto: Rendiconto | None) -> None:
    """:raises ValidationError: the report is in the hands of the ATS, or was decided."""
    if rendiconto is not None and rendiconto.stato not in Rendiconto.SCRIVIBILI:
        raise ValidationError(
            _("Il rendiconto è «%(stato)s»: ciò che contiene non si cambia.")
            % {"stato": rendiconto.get_stato_display()}
        )


def enti_dell_alleanza(progetto: Progetto) -> list[Ente]:
    """The capofila and its partners of now."""
    partner = Partner.objects.attuali().filter(proposta=progetto.proposta_id)
    altri = Ente.objects.filter(pk__in=partner.values("ente")).exclude(pk=progetto.capofila_id)
    return [progetto.capofila, *altri.order_by("nome")]


def nel_periodo(progetto: Progetto, giorno: date) -> str:
    """Why a day is outside what the project may spend in; "" if it is inside."""
    prima = progetto.dal is not None and giorno < progetto.dal
    dopo = progetto.al is not None and giorno > progetto.al
    if prima or dopo:
        return _("Il %(giorno)s è fuori dal periodo ammesso del progetto, %(periodo)s.") % {
            "giorno": giorno.strftime("%d/%m/%Y"),
            "periodo": periodo(progetto.dal, progetto.al),
        }
    return ""


def periodo(dal: date | None, al: date | None) -> str:
    """A period in words; an end may be open."""
    da, a = (giorno.strftime("%d/%m/%Y") if giorno else "…" for giorno in (dal, al))
    return _("dal %(dal)s al %(al)s") % {"dal": da, "al": a}


def _compila(spesa: Spesa, dati: DatiSpesa) -> None:
    """Write the fields and say all that is wrong with them, each at its own."""
    for nome in ("voce", "ente", "documento_del", "importo", "pagata_il"):
        setattr(spesa, nome, getattr(dati, nome))
    for nome in ("descrizione", "documento", "fornitore"):
        setattr(spesa, nome, " ".join(getattr(dati, nome).split()))
    errori = {
        campo: frase
        for campo, frase in (
            ("__all__", _progetto_fermo(spesa.progetto)),
            ("voce", _voce_di_altri(spesa)),
            ("ente", _ente_di_altri(spesa)),
            ("documento_del", _fuori_periodo(spesa)),
            ("pagata_il", _nel_futuro(spesa.pagata_il)),
            ("documento", _documento_altrove(spesa)),
            ("importo", _oltre_la_voce(spesa)),
        )
        if frase
    }
    if errori:
        raise ValidationError(errori)


def _progetto_fermo(progetto: Progetto) -> str:
    if progetto.stato in SI_RENDICONTA:
        return ""
    return _("Il progetto è «%(stato)s»: non si rendicontano spese.") % {
        "stato": progetto.get_stato_display()
    }


def _voce_di_altri(spesa: Spesa) -> str:
    if spesa.voce.azione.progetto_id == spesa.progetto_id:
        return ""
    return _("La voce di budget è di un altro progetto.")


def _ente_di_altri(spesa: Spesa) -> str:
    if spesa.ente in enti_dell_alleanza(spesa.progetto):
        return ""
    return _("%(ente)s non è né capofila né partner del progetto.") % {"ente": spesa.ente}


def _fuori_periodo(spesa: Spesa) -> str:
    return _nel_futuro(spesa.documento_del) or nel_periodo(spesa.progetto, spesa.documento_del)


def _nel_futuro(giorno: date | None) -> str:
    return (
        _("È un giorno che deve ancora venire.") if giorno and giorno > timezone.localdate() else ""
    )


def _documento_altrove(spesa: Spesa) -> str:
    """The same invoice is split among lines of one project, never charged to two of them."""
    stesso = Spesa.objects.filter(
        ente=spesa.ente,
        fornitore__iexact=spesa.fornitore,
        documento__iexact=spesa.documento,
        documento_del=spesa.documento_del,
    ).exclude(pk=spesa.pk)
    altrove = stesso.exclude(progetto=spesa.progetto).select_related("progetto").first()
    if altrove is not None:
        return _("Questo documento è già fra le spese di un altro progetto, «%(progetto)s».") % {
            "progetto": altrove.progetto
        }
    if stesso.filter(voce=spesa.voce).exists():
        return _("Questo documento è già in quella voce.")
    return ""


def _oltre_la_voce(spesa: Spesa) -> str:
    resta = capienza(spesa.voce, senza=spesa)
    if spesa.importo <= resta:
        return ""
    return _(
        "Sulla voce restano %(resta)s (%(budget)s di budget − %(spese)s già inseriti): "
        "%(importo)s la superano di %(oltre)s."
    ) % {
        "resta": euro(resta),
        "budget": euro(spesa.voce.importo),
        "spese": euro(spesa.voce.importo - resta),
        "importo": euro(spesa.importo),
        "oltre": euro(spesa.importo - resta),
    }


def _annota(tipo: str, spesa: Spesa, da: Utente | None) -> None:
    annota(
        tipo,
        spesa,
        _("%(descrizione)s, %(documento)s: %(importo)s")
        % {
            "descrizione": spesa.descrizione,
            "documento": spesa.documento,
            "importo": euro(spesa.importo),
        },
        da=da,
        dati={
            "carte": list(
                Giustificativo.objects.filter(spesa=spesa).values_list("sha256", flat=True)
            )
        },
        riguarda=[spesa.progetto],
    )
