# SPDX-License-Identifier: AGPL-3.0-or-later
"""The form of a unit: kept as a draft, sent, acquired or given back.

The head writes it. The risorse umane may write it for a unit whose head answered in another way,
and the register says so. The emergency account does neither: the form counts people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lavoro_agile.azioni.passi import annota, bloccata, esigi_stato, passa, salva
from lavoro_agile.calcolo.smartabile import Livello, smartabile
from lavoro_agile.models import (
    Area,
    AttivitaMappata,
    CampagnaMappatura,
    MappaturaAttivita,
    ProfiloMappato,
    Smartabile,
)
from lavoro_agile.rules import esigi_di_persona, puo_di_persona
from piani.azioni.righe import Superata
from piani.models import Utente

COMPILA = "lavoro_agile.compila_mappatura"
ACQUISISCE = "lavoro_agile.acquisisce_mappatura"
SCRITTI = (
    "formazione", "tecnologia", "pc_da_fornire", "connessioni_da_fornire", "coworking",
    "criticita", "giorni_presenza",
)  # fmt: skip
LUNGO = 5000
MOLTE_PERSONE = 100_000
MOLTI = 30_000
Stato = MappaturaAttivita.Stato
SI_SCRIVE = (Stato.DA_COMPILARE, Stato.IN_COMPILAZIONE)


@dataclass(frozen=True)
class Attivita:
    """An activity as the head judges it."""

    nome: str
    autonomia: str
    interdipendenza: str
    misurabilita: str
    delocalizzabile: bool = True
    corretta_in: str = ""
    motivo: str = ""

    @property
    def secondo_la_regola(self) -> str:
        return smartabile(
            Livello(self.autonomia), Livello(self.interdipendenza), Livello(self.misurabilita),
            delocalizzabile=self.delocalizzabile,
        ).value  # fmt: skip


@dataclass(frozen=True)
class Profilo:
    """The people of a profile, and how many of them could work so."""

    area: str
    profilo: str
    in_servizio: int
    potenziali: int


def puo_compilare(utente: Utente, mappatura: MappaturaAttivita) -> bool:
    """Whether the person leads the unit, or is of the risorse umane."""
    return any(puo_di_persona(utente, uno, mappatura) for uno in (COMPILA, ACQUISISCE))


def esigi_compila(da: Utente | None, mappatura: MappaturaAttivita) -> None:
    """:raises PermissionDenied: the author neither leads the unit nor is of the risorse umane."""
    if da is not None and not puo_compilare(da, mappatura):
        raise PermissionDenied(_("La scheda la scrive chi guida l'unità."))


def scrivi_mappatura(
    mappatura: MappaturaAttivita,
    *,
    valori: Mapping[str, Any],
    attivita: Sequence[Attivita],
    profili: Sequence[Profilo],
    visto: str,
    da: Utente | None,
) -> MappaturaAttivita:
    """Keep the draft: the fields named in ``SCRITTI``, and all the rows, in the order given.

    :param visto: how many times it had been saved when it was read.
    :raises PermissionDenied: the author neither leads the unit nor is of the risorse umane.
    :raises Superata: somebody saved it meanwhile.
    :raises ValidationError: by field; the round is not open, or the form was sent.
    """
    esigi_compila(da, mappatura)
    with transaction.atomic():
        mia = _da_scrivere(mappatura)
        _come_si_e_letta(mia, visto)
        if mia.stato == Stato.DA_COMPILARE:
            passa(mia, Stato.IN_COMPILAZIONE)
        for campo in SCRITTI:
            setattr(mia, campo, valori[campo])
        mia.modifiche += 1
        salva(mia, *SCRITTI, "modifiche")
        _riscrivi_attivita(mia, attivita)
        _riscrivi_profili(mia, profili)
        _annota("salvata", mia, _("Bozza della mappatura di «%s»"), da)
    return mia


def trasmetti_mappatura(mappatura: MappaturaAttivita, *, visto: str, da: Utente | None) -> None:
    """Send the form to the risorse umane.

    :param visto: how many times it had been saved when it was read.
    :raises PermissionDenied: the author neither leads the unit nor is of the risorse umane.
    :raises ValidationError: by field, what is missing; the round is not open, or it was sent.
    """
    esigi_compila(da, mappatura)
    with transaction.atomic():
        mia = _da_scrivere(mappatura)
        _come_si_e_letta(mia, visto)
        if mancano := cosa_manca(mia):
            raise ValidationError(mancano)
        passa(mia, Stato.TRASMESSA, trasmessa_il=timezone.now(), trasmessa_da=da)
        _annota("trasmessa", mia, _("Trasmessa la mappatura di «%s»"), da)


def acquisisci_mappatura(
    mappatura: MappaturaAttivita, *, nota: str = "", da: Utente | None
) -> None:
    """The risorse umane take the form as it is.

    :raises PermissionDenied: the author is not of the risorse umane.
    :raises ValidationError: it was not sent.
    """
    esigi_di_persona(da, ACQUISISCE, mappatura)
    with transaction.atomic():
        mia = bloccata(mappatura)
        passa(mia, Stato.CHIUSA, nota_ufficio=nota.strip())
        _annota("acquisita", mia, _("Acquisita la mappatura di «%s»"), da)


def riapri_mappatura(mappatura: MappaturaAttivita, *, nota: str, da: Utente | None) -> None:
    """Give the form back to its head, saying what to put right.

    :raises PermissionDenied: the author is not of the risorse umane.
    :raises ValidationError: no note; it was not sent; the round is not open.
    """
    esigi_di_persona(da, ACQUISISCE, mappatura)
    if not nota.strip():
        raise ValidationError({"nota": _("Scrivi che cosa va corretto: lo legge chi la compila.")})
    with transaction.atomic():
        esigi_stato(bloccata(mappatura.campagna), CampagnaMappatura.Stato.APERTA)
        mia = bloccata(mappatura)
        passa(
            mia, Stato.IN_COMPILAZIONE, da_stati=[Stato.TRASMESSA, Stato.CHIUSA],
            nota_ufficio=nota.strip(), trasmessa_il=None, trasmessa_da=None,
        )  # fmt: skip
        _annota("riaperta", mia, _("Riaperta la mappatura di «%s»"), da)


def cosa_manca(mappatura: MappaturaAttivita) -> dict[str, list[str]]:
    """What the form should say before it is sent, by field; each of the seven is answered."""
    mancano: dict[str, list[str]] = {}
    for campo in SCRITTI:
        valore = getattr(mappatura, campo)
        if valore is None:
            mancano[campo] = [_("Scrivi un numero, anche 0.")]
        elif valore == "":
            mancano[campo] = [_("Scrivi qualcosa, anche solo «nessuna».")]
    righe = _righe_mancanti(mappatura)
    return mancano | ({NON_FIELD_ERRORS: righe} if righe else {})


def _righe_mancanti(mappatura: MappaturaAttivita) -> list[str]:
    attivita, profili = list(mappatura.attivita.all()), list(mappatura.profili.all())
    mancano = []
    if not attivita:
        mancano.append(_("Attività: scrivine almeno una, con autonomia, interdipendenza e "
                         "misurabilità."))  # fmt: skip
    if not profili:
        mancano.append(_("Persone: scrivi almeno un profilo, con chi è in servizio."))
    nessuna = all(una.esito == Smartabile.NO for una in attivita)
    if attivita and nessuna and any(uno.potenziali for uno in profili):
        mancano.append(
            _("Nessuna attività si può svolgere in modalità agile, ma ci sono persone "
              "coinvolgibili: correggi le une o le altre.")
        )  # fmt: skip
    return mancano


def _da_scrivere(mappatura: MappaturaAttivita) -> MappaturaAttivita:
    """The form, locked with its round, if it can be written today."""
    campagna = bloccata(mappatura.campagna)
    esigi_stato(campagna, CampagnaMappatura.Stato.APERTA)
    if campagna.apre_il is not None and timezone.localdate() < campagna.apre_il:
        raise ValidationError(
            _("La mappatura si apre il %(giorno)s.") % {"giorno": f"{campagna.apre_il:%d/%m/%Y}"}
        )
    mia = bloccata(mappatura)
    esigi_stato(mia, *SI_SCRIVE)
    return mia


def _come_si_e_letta(mappatura: MappaturaAttivita, visto: str) -> None:
    if str(mappatura.modifiche) != (visto or "0"):
        raise Superata(
            _("Qualcun altro ha salvato questa scheda mentre la scrivevi. I tuoi dati sono ancora "
              "qui: se salvi di nuovo, prendono il posto dei suoi."),
            str(mappatura.modifiche),
        )  # fmt: skip


def _riscrivi_attivita(mappatura: MappaturaAttivita, attivita: Sequence[Attivita]) -> None:
    mappatura.attivita.all().delete()
    for ordine, una in enumerate(attivita, start=1):
        if una.corretta_in and not una.motivo.strip():
            raise ValidationError(
                _("«%s»: scrivi perché la giudichi diversamente dalla regola.") % una.nome
            )
        salva(
            AttivitaMappata(
                mappatura=mappatura, ordine=ordine, smartabile=una.secondo_la_regola, **asdict(una)
            )
        )


def _riscrivi_profili(mappatura: MappaturaAttivita, profili: Sequence[Profilo]) -> None:
    mappatura.profili.all().delete()
    visti: set[tuple[str, str]] = set()
    for ordine, uno in enumerate(profili, start=1):
        chiave = (uno.area, uno.profilo.casefold())
        if chiave in visti:
            raise ValidationError(
                _("«%(profilo)s» (%(area)s) è scritto due volte: usa una riga sola.")
                % {"profilo": uno.profilo, "area": Area(uno.area).label.lower()}
            )
        visti.add(chiave)
        salva(ProfiloMappato(mappatura=mappatura, ordine=ordine, **asdict(uno)))


def _annota(che: str, mappatura: MappaturaAttivita, frase: str, da: Utente | None) -> None:
    """Who wrote for another unit is said: the risorse umane, on behalf of its head."""
    descrizione = frase % mappatura
    if che in ("salvata", "trasmessa") and da and not puo_di_persona(da, COMPILA, mappatura):
        descrizione += _(", dalle risorse umane per conto dell'unità")
    annota(f"agile_mappatura.{che}", mappatura, descrizione, da=da, riguarda=[mappatura.campagna])
