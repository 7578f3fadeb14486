# SPDX-License-Identifier: AGPL-3.0-or-later
"""The request of an instalment: opened, written and sent by the capofila."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, bloccata, esigi_stato, passa, salva
from conciliazione.azioni.spesa import SI_RENDICONTA, non_inviata, periodo
from conciliazione.calcolo.importi import ZERO
from conciliazione.calcolo.parole import euro
from conciliazione.calcolo.rendiconto import perche_no
from conciliazione.conti import pagato_di
from conciliazione.models import ApportoCofinanziamento, Pagamento, Progetto, Rendiconto, Spesa
from conciliazione.monitoraggio.conto import rata_di, verifica_di
from conciliazione.rules import esigi_referente
from piani.models import Utente

RENDICONTA = "conciliazione.rendiconta"


@dataclass(frozen=True)
class DatiRendiconto:
    """What the capofila writes of a request: the keys are of the rows that it brings."""

    dal: date | None = None
    al: date | None = None
    relazione: str = ""
    richiesto: Decimal | None = None
    spese: frozenset[int] = frozenset()
    apporti: frozenset[int] = frozenset()


def apri_rendiconto(progetto: Progetto, *, rata: str, da: Utente | None) -> Rendiconto:
    """Begin the request of an instalment, with the expenses that no other report has.

    :raises PermissionDenied: the author does not represent the capofila.
    :raises ValidationError: the instalment was asked already, or one before it is not settled.
    """
    esigi_referente(da, RENDICONTA, progetto)
    with transaction.atomic():
        adesso = bloccata(progetto)
        esigi_stato(adesso, *SI_RENDICONTA)
        _nel_suo_ordine(adesso, rata)
        nuovo = salva(Rendiconto(progetto=adesso, rata=rata, dal=adesso.dal, al=_fine(adesso)))
        if rata != adesso.edizione.regole.rate[0].codice:
            libere = Q(progetto=adesso, rendiconto__isnull=True)
            Spesa.objects.filter(libere).update(rendiconto=nuovo)
            ApportoCofinanziamento.objects.filter(libere).update(rendiconto=nuovo)
        _annota("conc_rendiconto.iniziato", nuovo, _("Iniziato: %s") % nuovo, da)
    return nuovo


def scrivi_rendiconto(
    rendiconto: Rendiconto, *, dati: DatiRendiconto, da: Utente | None
) -> Rendiconto:
    """Write the request and choose the expenses and the cofinancing that it brings.

    :raises PermissionDenied: the author does not represent the capofila.
    :raises ValidationError: by field; an expense is outside the period, or of another report.
    """
    esigi_referente(da, RENDICONTA, rendiconto)
    with transaction.atomic():
        bloccata(rendiconto.progetto)
        adesso = bloccata(rendiconto)
        non_inviata(adesso)
        for nome in ("dal", "al", "relazione", "richiesto"):
            setattr(adesso, nome, getattr(dati, nome))
        _periodo_giusto(adesso)
        _prendi(adesso, dati)
        salva(adesso, "dal", "al", "relazione", "richiesto")
        _annota("conc_rendiconto.scritto", adesso, _("Scritto: %s") % adesso, da)
    return adesso


def trasmetti_rendiconto(rendiconto: Rendiconto, *, da: Utente | None) -> None:
    """Send the request to the ATS.

    :raises PermissionDenied: the author does not represent the capofila.
    :raises ValidationError: a ceiling is passed, a condition does not hold, a paper is missing.
    """
    esigi_referente(da, RENDICONTA, rendiconto)
    with transaction.atomic():
        bloccata(rendiconto.progetto)
        adesso = bloccata(rendiconto)
        non_inviata(adesso)
        mancano = cosa_manca(adesso)
        if mancano:
            raise ValidationError(mancano)
        passa(adesso, Rendiconto.Stato.TRASMESSO, trasmesso_il=timezone.now(), trasmesso_da=da)
        _annota(
            "conc_rendiconto.trasmesso",
            adesso,
            _("Trasmesso: %(rendiconto)s, richiesti %(importo)s")
            % {"rendiconto": adesso, "importo": euro(adesso.richiesto or ZERO)},
            da,
        )


def togli_rendiconto(rendiconto: Rendiconto, *, da: Utente | None) -> None:
    """Remove a draft that was never sent; its expenses are free again.

    :raises PermissionDenied: the author does not represent the capofila.
    :raises ValidationError: it was sent.
    """
    esigi_referente(da, RENDICONTA, rendiconto)
    with transaction.atomic():
        bloccata(rendiconto.progetto)
        adesso = bloccata(rendiconto)
        esigi_stato(adesso, Rendiconto.Stato.BOZZA)
        adesso.spese.update(rendiconto=None)
        adesso.apporti.update(rendiconto=None)
        _annota("conc_rendiconto.tolto", adesso, _("Tolto: %s") % adesso, da)
        adesso.delete()


def cosa_manca(rendiconto: Rendiconto) -> list[str]:
    """Why a request cannot be sent, one sentence each; nothing if it can."""
    if rendiconto.richiesto is None:
        return [_("Scrivi quanto chiedi.")]
    mancano = perche_no(verifica_di(rendiconto), rendiconto.richiesto)
    spese = rendiconto.spese.prefetch_related("giustificativi")
    for una in spese:
        if not una.giustificativi.all():
            mancano.append(_("«%(spesa)s»: manca il documento di spesa.") % {"spesa": una})
        if una.pagata_il is None:
            mancano.append(_("«%(spesa)s»: manca il giorno del pagamento.") % {"spesa": una})
    return mancano


def si_puo_chiedere(progetto: Progetto) -> str:
    """The instalment that comes next; "" if there is none or one before it is not settled."""
    for rata in progetto.edizione.regole.rate:
        try:
            _nel_suo_ordine(progetto, rata.codice)
        except ValidationError:
            continue
        return rata.codice
    return ""


def _nel_suo_ordine(progetto: Progetto, codice: str) -> None:
    """Instalments are asked one at a time, in the order of the edition; one may be left out."""
    rate = [una.codice for una in progetto.edizione.regole.rate]
    nomi = {una.codice: una.nome for una in progetto.edizione.regole.rate}
    if codice not in nomi:
        raise ValidationError({"rata": _("L'edizione non prevede questa rata.")})
    for altro in progetto.rendiconti.exclude(stato=Rendiconto.Stato.RESPINTO):
        nome = nomi.get(altro.rata, altro.rata)
        if altro.rata == codice:
            raise ValidationError({"rata": _("«%(rata)s» è già chiesta.") % {"rata": nome}})
        if altro.rata in rate and rate.index(altro.rata) > rate.index(codice):
            raise ValidationError(
                {"rata": _("Viene prima di «%(rata)s», che è già chiesta.") % {"rata": nome}}
            )
        if not _saldato(altro):
            raise ValidationError(
                {"rata": _("Prima si chiude «%(rata)s»: approvata e pagata.") % {"rata": nome}}
            )


def _saldato(rendiconto: Rendiconto) -> bool:
    """Approved, and paid if anything was recognised."""
    if rendiconto.stato != Rendiconto.Stato.APPROVATO:
        return False
    return pagato_di(rendiconto, Pagamento.Stato.ESEGUITO) >= (rendiconto.riconosciuto or ZERO)


def _fine(progetto: Progetto) -> date | None:
    oggi = timezone.localdate()
    return min(progetto.al, oggi) if progetto.al else oggi


def _periodo_giusto(rendiconto: Rendiconto) -> None:
    if rendiconto.dal and rendiconto.al and rendiconto.al < rendiconto.dal:
        raise ValidationError({"al": _("La fine viene prima dell'inizio.")})
    rata_di(rendiconto)


def _prendi(rendiconto: Rendiconto, dati: DatiRendiconto) -> None:
    """The rows that were chosen come in, the others go free."""
    libere = Q(rendiconto__isnull=True) | Q(rendiconto=rendiconto)
    spese = list(Spesa.objects.filter(libere, pk__in=dati.spese, progetto=rendiconto.progetto_id))
    apporti = ApportoCofinanziamento.objects.filter(
        libere, pk__in=dati.apporti, progetto=rendiconto.progetto_id
    )
    if len(spese) < len(dati.spese) or apporti.count() < len(dati.apporti):
        raise ValidationError(
            _("Una riga scelta non c'è più o è di un altro rendiconto: ricarica la pagina.")
        )
    fuori = [str(una) for una in _fuori(rendiconto, spese)]
    if fuori:
        raise ValidationError(
            {
                "spese": _("Fuori dal periodo del rendiconto, %(periodo)s: «%(spese)s».")
                % {
                    "periodo": periodo(rendiconto.dal, rendiconto.al),
                    "spese": "», «".join(fuori),
                }
            }
        )
    scelti = [una.pk for una in apporti]
    rendiconto.spese.exclude(pk__in=dati.spese).update(rendiconto=None)
    rendiconto.apporti.exclude(pk__in=scelti).update(rendiconto=None)
    Spesa.objects.filter(pk__in=dati.spese).update(rendiconto=rendiconto)
    ApportoCofinanziamento.objects.filter(pk__in=scelti).update(rendiconto=rendiconto)


def _fuori(rendiconto: Rendiconto, spese: Iterable[Spesa]) -> list[Spesa]:
    dal, al = rendiconto.dal, rendiconto.al
    return [
        una for una in spese if (dal and una.documento_del < dal) or (al and una.documento_del > al)
    ]


def _annota(tipo: str, rendiconto: Rendiconto, descrizione: str, da: Utente | None) -> None:
    annota(tipo, rendiconto, descrizione, da=da, riguarda=[rendiconto.progetto])
