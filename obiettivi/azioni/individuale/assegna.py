# SPDX-License-Identifier: AGPL-3.0-or-later
"""The sheets of a year: made for all the staff at once, put right one by one."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.azioni.individuale.passo import cambia as scrivi
from obiettivi.azioni.individuale.passo import in_stato, segna
from obiettivi.models import EdizioneIndividuale, ValutazioneIndividuale
from obiettivi.models.individuale import VALUTANO
from piani.azioni import registra
from piani.models import Azienda, Incarico, Ruolo, UnitaOrganizzativa, Utente
from piani.organigramma.discendenza import corrispondenti
from piani.organigramma.responsabili import Guida, guide
from piani.rules import esigi

PERMESSO = "obiettivi.gestisce_valutazioni"
VALUTATI = (Ruolo.DIPENDENTE, Ruolo.RESPONSABILE_CDR)
GIORNI_PER_UN_MESE = 15
Posto = tuple[int, int]
"""A person and a unit, by key."""


@dataclass(frozen=True)
class Assegnate:
    """What a bulk assignment did."""

    nuove: int
    gia: int
    senza_valutatore: int


@dataclass
class _Valutato:
    incarico: Incarico
    mesi: set[int]
    responsabile: bool


def assegna_valutazioni(
    edizione: EdizioneIndividuale,
    *,
    categoria_responsabili: str,
    categoria_personale: str,
    scelte: Mapping[str, str] | None = None,
    da: Utente | None,
) -> Assegnate:
    """Make the sheets of the year for who was in a unit that year; those already there stay.

    The evaluator is the head who answers for the unit; of a head, the one above; where nobody is,
    the direzione.

    :param scelte: the category of some people, by e-mail in lower case.
    :raises PermissionDenied: the person is not of the risorse umane of this azienda.
    :raises ValidationError: a category that the rules do not have, an e-mail of nobody.
    """
    azienda, anno, scelte = edizione.azienda, edizione.anno, scelte or {}
    esigi(da, PERMESSO, azienda)
    _esistono(edizione, {categoria_responsabili, categoria_personale, *scelte.values()})
    with transaction.atomic():
        # Two assignments at once: the second waits, and finds the sheets of the first.
        EdizioneIndividuale.objects.select_for_update().get(pk=edizione.pk)
        valutati = _valutati(azienda, anno)
        _conosciuti(valutati, scelte)
        presenti = set(
            ValutazioneIndividuale.objects.filter(edizione=edizione).values_list("persona", "unita")
        )
        cerca = _Valutatori(azienda, anno)
        nuove = [
            ValutazioneIndividuale(
                azienda=azienda,
                edizione=edizione,
                anno=anno,
                persona_id=posto[0],
                unita_id=posto[1],
                categoria=scelte.get(
                    uno.incarico.utente.email.lower(),
                    categoria_responsabili if uno.responsabile else categoria_personale,
                ),
                valutatore=cerca.di(uno.incarico),
                mesi=Decimal(len(uno.mesi)),
            )
            for posto, uno in valutati.items()
            if posto not in presenti
        ]
        ValutazioneIndividuale.objects.bulk_create(nuove)
        if nuove:
            registra(
                "valutazione_individuale.assegnate",
                edizione,
                azienda=azienda,
                da=da,
                descrizione=_("Assegnate %(n)s schede di valutazione individuale del %(anno)s")
                % {"n": len(nuove), "anno": anno},
            )
    return Assegnate(
        len(nuove), len(valutati) - len(nuove), sum(una.valutatore_id is None for una in nuove)
    )


def _esistono(edizione: EdizioneIndividuale, codici: set[str]) -> None:
    note = {una.codice for una in edizione.regole.categorie}
    if ignote := sorted(codici - note):
        raise ValidationError(
            _("Categorie sconosciute: %(quali)s. Le regole del %(anno)s hanno: %(note)s.")
            % {"quali": ", ".join(ignote), "anno": edizione.anno, "note": ", ".join(sorted(note))}
        )


def _valutati(azienda: Azienda, anno: int) -> dict[Posto, _Valutato]:
    """Who held an incarico in a unit that year, with the months in which they did."""
    incarichi = (
        Incarico.objects.filter(azienda=azienda, ruolo__in=VALUTATI, unita__isnull=False)
        .che_toccano(date(anno, 1, 1), date(anno, 12, 31))
        .select_related("utente", "unita__organigramma")
        .order_by("utente__last_name", "utente__first_name", "pk")
    )
    trovati: dict[Posto, _Valutato] = {}
    for incarico in incarichi:
        uno = trovati.setdefault(
            (incarico.utente_id, incarico.unita_id or 0), _Valutato(incarico, set(), False)
        )
        uno.mesi |= mesi_coperti(incarico.dal, incarico.al, anno)
        uno.responsabile = uno.responsabile or incarico.ruolo == Ruolo.RESPONSABILE_CDR
    return trovati


def mesi_coperti(dal: date, al: date | None, anno: int) -> set[int]:
    """The months of a year of which a period has at least fifteen days."""
    coperti = set()
    for mese in range(1, 13):
        primo, ultimo = date(anno, mese, 1), date(anno, mese, monthrange(anno, mese)[1])
        giorni = (min(al or ultimo, ultimo) - max(dal, primo)).days + 1
        if giorni >= GIORNI_PER_UN_MESE:
            coperti.add(mese)
    return coperti


def _conosciuti(valutati: Mapping[Posto, _Valutato], scelte: Mapping[str, str]) -> None:
    note = {uno.incarico.utente.email.lower() for uno in valutati.values()}
    if ignote := sorted(set(scelte) - note):
        raise ValidationError(
            {"righe": _("Nessuna persona con un incarico in un'unità quell'anno ha la posta: "
                        "%(quali)s.") % {"quali": ", ".join(ignote[:10])}}
        )  # fmt: skip


class _Valutatori:
    """Who evaluates whom on the reference day, read once for the whole azienda."""

    def __init__(self, azienda: Azienda, anno: int) -> None:
        giorno = max(min(timezone.localdate(), date(anno, 12, 31)), date(anno, 1, 1))
        unita = list(UnitaOrganizzativa.objects.alla_data(azienda, giorno))
        self.sopra = {una.pk: una.parent_id for una in unita}
        self.guide: dict[int, Guida] = guide(unita, giorno)
        self.oggi = corrispondenti(azienda, giorno)
        direzione = Incarico.objects.filter(azienda=azienda, ruolo=Ruolo.DIREZIONE)
        self.direzione = [
            uno.utente for uno in direzione.in_vigore().select_related("utente").order_by("dal")
        ]

    def di(self, incarico: Incarico) -> Utente | None:
        unita = self.oggi.get(incarico.unita_id or 0)
        while unita is not None:
            capo = self.guide[unita].responsabile
            if capo is not None and capo.utente_id != incarico.utente_id:
                return capo.utente
            unita = self.sopra[unita]
        altri = (uno for uno in self.direzione if uno.pk != incarico.utente_id)
        return next(altri, None)


def correggi_assegnazione(
    valutazione: ValutazioneIndividuale,
    *,
    valutatore: Utente | None,
    categoria: str,
    mesi: Decimal,
    motivo: str,
    da: Utente | None,
) -> None:
    """Change who evaluates, the category or the months of a sheet not signed yet, with a reason.

    :raises PermissionDenied: the person is not of the risorse umane, or the sheet is theirs.
    :raises ValidationError: no reason, somebody who cannot evaluate, an unknown category, months
        out of range, the sheet signed meanwhile.
    """
    esigi(da, PERMESSO, valutazione)
    if not motivo.strip():
        raise ValidationError({"motivo": _("Scrivi perché cambia.")})
    if not Decimal(0) <= mesi <= Decimal(12):
        raise ValidationError({"mesi": _("I mesi vanno da 0 a 12.")})
    if valutatore is not None and valutatore not in valutatori_possibili(valutazione):
        raise ValidationError({"valutatore": _("Non ha un incarico che valuta, o è la persona.")})
    with in_stato(valutazione, *ValutazioneIndividuale.DA_VALUTARE) as adesso:
        _esistono(adesso.edizione, {categoria})
        prima = adesso.valutatore
        scrivi(adesso, valutatore=valutatore, categoria=categoria, mesi=mesi)
        if prima != valutatore:
            fatto = _("Valutatore: da %(prima)s a %(dopo)s") % {
                "prima": prima or "–",
                "dopo": valutatore or "–",
            }
        else:
            fatto = _("Corretti categoria o mesi di presenza")
        segna(adesso, fatto, da=da, motivo=motivo.strip())


def valutatori_possibili(valutazione: ValutazioneIndividuale) -> list[Utente]:
    """Heads, deputies and direzione of the azienda today, but the person themselves."""
    incarichi = Incarico.objects.filter(azienda=valutazione.azienda_id, ruolo__in=VALUTANO)
    chi = Utente.objects.filter(pk__in=incarichi.in_vigore().values("utente"))
    return list(chi.exclude(pk=valutazione.persona_id))
