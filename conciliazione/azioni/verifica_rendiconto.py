# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the ATS does of a request: looks at each expense, sends it back, approves, refuses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, bloccata, esigi_stato, passa, salva
from conciliazione.calcolo.importi import ZERO
from conciliazione.calcolo.parole import euro
from conciliazione.calcolo.rendiconto import Verifica, perche_no
from conciliazione.models import ApportoCofinanziamento, Rendiconto, Spesa
from conciliazione.monitoraggio.conto import verifica_di
from piani.models import Utente
from piani.rules import esigi

VERIFICA = "conciliazione.verifica_rendiconto"


@dataclass(frozen=True)
class Ammesso:
    """How much of a row is recognised, and why not all of it."""

    importo: Decimal
    motivo: str = ""


def col_resto(
    righe: Iterable[Spesa | ApportoCofinanziamento], detti: Mapping[int, Ammesso]
) -> dict[int, Ammesso]:
    """What was said of some rows, and the whole of each other one."""
    return {una.pk: Ammesso(una.importo) for una in righe} | dict(detti)


def ammetti(
    rendiconto: Rendiconto,
    *,
    spese: Mapping[int, Ammesso],
    apporti: Mapping[int, Ammesso],
    da: Utente | None,
) -> None:
    """Write what is recognised of expenses and cofinancing, by their keys; the others stay.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: by row (``spesa-7``, ``apporto-3``): more than the row, or less of it
        without a reason; or the request is not under examination.
    """
    esigi(da, VERIFICA, rendiconto)
    with transaction.atomic():
        bloccata(rendiconto.progetto)
        adesso = bloccata(rendiconto)
        esigi_stato(adesso, Rendiconto.Stato.TRASMESSO)
        errori: dict[str, str] = {}
        cambiate = [
            *_scrivi("spesa", adesso.spese.in_bulk(list(spese)), spese, errori),
            *_scrivi("apporto", adesso.apporti.in_bulk(list(apporti)), apporti, errori),
        ]
        if errori:
            raise ValidationError(errori)
        _annota(
            "conc_rendiconto.esaminato",
            adesso,
            _("Esaminate %(n)s righe: %(rendiconto)s") % {"n": len(cambiate), "rendiconto": adesso},
            da,
            dati={"righe": cambiate},
        )


def chiedi_integrazione(rendiconto: Rendiconto, *, nota: str, da: Utente | None) -> None:
    """Give a request back to its capofila, saying what is missing.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: no note, or it was not sent.
    """
    _decidi(rendiconto, Rendiconto.Stato.DA_INTEGRARE, nota, _("Da integrare"), da)


def respingi_rendiconto(rendiconto: Rendiconto, *, nota: str, da: Utente | None) -> None:
    """Refuse a request: its expenses are free for another one.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: no reason, or it was not sent.
    """
    with transaction.atomic():
        _decidi(rendiconto, Rendiconto.Stato.RESPINTO, nota, _("Respinto"), da)
        rendiconto.spese.update(rendiconto=None, ammesso=None, motivo="")
        rendiconto.apporti.update(rendiconto=None, ammesso=None, motivo="")


def approva_rendiconto(
    rendiconto: Rendiconto, *, riconosciuto: Decimal, nota: str = "", da: Utente | None
) -> None:
    """Recognise an amount of what was asked, under every ceiling; the checks are kept as they are.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: in ``riconosciuto``: above a ceiling or what was asked; in ``nota``:
        less than what was asked without saying why; or a row was not looked at.
    """
    esigi(da, VERIFICA, rendiconto)
    with transaction.atomic():
        bloccata(rendiconto.progetto)
        adesso = bloccata(rendiconto)
        esigi_stato(adesso, Rendiconto.Stato.TRASMESSO)
        _tutto_esaminato(adesso)
        esito = verifica_di(adesso)
        _riconoscibile(adesso, esito, riconosciuto, nota)
        passa(
            adesso,
            Rendiconto.Stato.APPROVATO,
            riconosciuto=riconosciuto,
            nota=nota.strip(),
            verifiche=fotografia(esito, riconosciuto),
            verificato_il=timezone.now(),
            verificato_da=da,
        )
        _annota(
            "conc_rendiconto.approvato",
            adesso,
            _("Approvato: %(rendiconto)s, riconosciuti %(importo)s su %(richiesto)s")
            % {
                "rendiconto": adesso,
                "importo": euro(riconosciuto),
                "richiesto": euro(adesso.richiesto or ZERO),
            },
            da,
        )


def fotografia(esito: Verifica, riconosciuto: Decimal) -> dict[str, Any]:
    """The checks as they came out, in plain data: ceilings, conditions, and the final contribution
    (``finale``), which only the balance knows.
    """
    finale = None
    if esito.saldo:
        # What was paid beyond the ceiling is to be given back: the final amount is the ceiling's.
        finale = esito.riconosciuto if esito.da_recuperare else esito.pagato + riconosciuto
    return {
        "massimo": str(esito.massimo),
        "pagato": str(esito.pagato),
        "finale": None if finale is None else str(finale),
        "da_recuperare": str(esito.da_recuperare),
        "limiti": [
            {"nome": uno.nome, "valore": str(uno.valore), "conto": uno.conto, "fonte": uno.fonte}
            for uno in esito.limiti
        ],
        "condizioni": [
            {"nome": una.nome, "soddisfatta": una.soddisfatta, "conto": una.conto,
             "fonte": una.fonte}
            for una in esito.condizioni
        ],
    }  # fmt: skip


def _scrivi(
    nome: str, righe: Mapping[int, Any], ammessi: Mapping[int, Ammesso], errori: dict[str, str]
) -> list[list[str]]:
    """Write each row; what is wrong goes in ``errori`` under the name of its field."""
    scritte = []
    for chiave, detto in ammessi.items():
        riga: Spesa | ApportoCofinanziamento | None = righe.get(chiave)
        if riga is None:
            errori["__all__"] = _("Una riga non c'è più in questo rendiconto: ricarica la pagina.")
            continue
        frase = _perche_non_ammesso(riga, detto)
        if frase:
            errori[f"{nome}-{chiave}"] = frase
            continue
        riga.ammesso = detto.importo
        riga.motivo = "" if detto.importo == riga.importo else detto.motivo.strip()
        salva(riga, "ammesso", "motivo")
        scritte.append([f"{nome}-{chiave}", str(detto.importo), riga.motivo])
    return scritte


def _perche_non_ammesso(riga: Spesa | ApportoCofinanziamento, detto: Ammesso) -> str:
    if not ZERO <= detto.importo <= riga.importo:
        return _("Si ammette da zero a %(importo)s.") % {"importo": euro(riga.importo)}
    if detto.importo < riga.importo and not detto.motivo.strip():
        return _("Scrivi perché si ammettono %(ammesso)s su %(importo)s.") % {
            "ammesso": euro(detto.importo),
            "importo": euro(riga.importo),
        }
    return ""


def _tutto_esaminato(rendiconto: Rendiconto) -> None:
    mancano = (
        rendiconto.spese.filter(ammesso__isnull=True).count()
        + rendiconto.apporti.filter(ammesso__isnull=True).count()
    )
    if mancano:
        raise ValidationError(
            _("Righe ancora da esaminare: %(n)s. Scrivi quanto si ammette di ciascuna.")
            % {"n": mancano}
        )


def _riconoscibile(
    rendiconto: Rendiconto, esito: Verifica, riconosciuto: Decimal, nota: str
) -> None:
    richiesto = rendiconto.richiesto or ZERO
    frasi = perche_no(esito, riconosciuto)
    if riconosciuto > richiesto:
        frasi.append(
            _("Si riconosce al massimo quanto è richiesto, %(importo)s.")
            % {"importo": euro(richiesto)}
        )
    if frasi:
        raise ValidationError({"riconosciuto": frasi})
    if riconosciuto < richiesto and not nota.strip():
        raise ValidationError(
            {
                "nota": _("Scrivi perché si riconoscono %(riconosciuto)s su %(richiesto)s.")
                % {"riconosciuto": euro(riconosciuto), "richiesto": euro(richiesto)}
            }
        )


def _decidi(
    rendiconto: Rendiconto, stato: str, nota: str, che_cosa: str, da: Utente | None
) -> None:
    esigi(da, VERIFICA, rendiconto)
    if not nota.strip():
        raise ValidationError({"nota": _("Scrivi che cosa manca o perché: lo legge il capofila.")})
    with transaction.atomic():
        bloccata(rendiconto.progetto)
        adesso = bloccata(rendiconto)
        passa(
            adesso,
            stato,
            nota=nota.strip(),
            verificato_il=timezone.now(),
            verificato_da=da,
        )
        _annota(
            f"conc_rendiconto.{stato}",
            adesso,
            f"{che_cosa}: {adesso}. {nota.strip()}",
            da,
        )


def _annota(
    tipo: str,
    rendiconto: Rendiconto,
    descrizione: str,
    da: Utente | None,
    dati: dict[str, Any] | None = None,
) -> None:
    annota(tipo, rendiconto, descrizione, da=da, dati=dati, riguarda=[rendiconto.progetto])
