# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition: begun from ready rules or from the one before, written, in force, closed."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from lavoro_agile.azioni.passi import annota, bloccata, esigi_stato, passa, salva
from lavoro_agile.calcolo.controlli import campo_e_frase, mancanze
from lavoro_agile.calcolo.edizione import ParametriNonValidi
from lavoro_agile.calcolo.edizione_dati import come_dati, da_dati
from lavoro_agile.models import EdizioneLavoroAgile as Edizione
from lavoro_agile.regole import impronta
from piani.azioni.righe import Superata
from piani.models import Azienda, Utente
from piani.rules import esigi

PERMESSO = "lavoro_agile.modifica_edizione"


def crea_edizione(
    azienda: Azienda,
    *,
    nome: str,
    anno_inizio: int,
    anno_fine: int,
    parametri: dict[str, Any],
    atto: str = "",
    atto_data: date | None = None,
    da: Utente | None,
) -> Edizione:
    """A draft with the rules given, under the name given.

    :raises PermissionDenied: the author is not of the risorse umane.
    :raises ValidationError: by field; the rules contradict themselves.
    """
    esigi(da, PERMESSO, azienda)
    with transaction.atomic():
        nuova = salva(
            Edizione(
                azienda=azienda,
                slug=_indirizzo(azienda, anno_inizio, anno_fine),
                nome=nome,
                anno_inizio=anno_inizio,
                anno_fine=anno_fine,
                atto=atto,
                atto_data=atto_data,
                parametri=_controllate(parametri | {"nome": nome}),
            )
        )
        annota(
            "agile_edizione.creata",
            nuova,
            _("Cominciata l'edizione %(edizione)s") % {"edizione": nuova},
            da=da,
        )
    return nuova


def modifica_dati(edizione: Edizione, *, da: Utente | None, **dati: Any) -> None:
    """Change name, years, act of a draft.

    :raises PermissionDenied: the author is not of the risorse umane.
    :raises ValidationError: by field; it is no longer a draft.
    """
    esigi(da, PERMESSO, edizione)
    with transaction.atomic():
        mia = bloccata(edizione)
        esigi_stato(mia, Edizione.Stato.BOZZA)
        prima = {nome: getattr(mia, nome) for nome in dati}
        for nome, valore in dati.items():
            setattr(mia, nome, valore)
        mia.parametri = _controllate(mia.parametri | {"nome": mia.nome})
        salva(mia, *dati, "parametri")
        annota(
            "agile_edizione.modificata",
            mia,
            _("Cambiati i dati di %(edizione)s") % {"edizione": mia},
            da=da,
            dati={nome: [str(prima[nome]), str(v)] for nome, v in dati.items() if prima[nome] != v},
        )


def scrivi_regole(
    edizione: Edizione, parti: dict[str, Any], *, visto: str | None, da: Utente | None
) -> Edizione:
    """Write some of the rules of a draft; the others stay as they are, and all are checked.

    :param visto: the mark of the same parts as they were when the page was opened.
    :raises PermissionDenied: the author is not of the risorse umane.
    :raises Superata: somebody changed those parts in the meantime.
    :raises ValidationError: the rules contradict something; or the edition is in force.
    """
    esigi(da, PERMESSO, edizione)
    with transaction.atomic():
        mia = bloccata(edizione)
        esigi_stato(mia, Edizione.Stato.BOZZA)
        adesso = come_dati(mia.regole)
        _esigi_regole(adesso, parti)
        prima = {nome: adesso[nome] for nome in parti}
        if visto is not None and visto != impronta(prima):
            raise Superata(
                _("Qualcuno ha cambiato queste regole dopo che le hai aperte. Quello che hai "
                  "scritto è ancora qui: salvando di nuovo prende il posto del suo."),
                impronta(prima),
            )  # fmt: skip
        mia.parametri = _controllate(adesso | parti)
        salva(mia, "parametri")
        cambiate = [nome for nome in parti if prima[nome] != mia.parametri[nome]]
        annota(
            "agile_edizione.regole",
            mia,
            _("Cambiate le regole di %(edizione)s") % {"edizione": mia},
            da=da,
            dati={
                "prima": {nome: prima[nome] for nome in cambiate},
                "dopo": {nome: mia.parametri[nome] for nome in cambiate},
            },
        )
    return mia


def metti_in_vigore(edizione: Edizione, *, da: Utente | None) -> None:
    """From now on its rules hold; the one before has to be closed.

    :raises PermissionDenied: the author is not of the risorse umane.
    :raises ValidationError: something is missing, or another edition is in force.
    """
    esigi(da, PERMESSO, edizione)
    with transaction.atomic():
        mia = bloccata(edizione)
        if mancano := mancanze(mia.regole):
            raise ValidationError(
                [_("Prima di metterla in vigore. %s") % campo_e_frase(uno)[1] for uno in mancano]
            )
        mia.stato = Edizione.Stato.IN_VIGORE
        mia.validate_constraints()
        passa(edizione, Edizione.Stato.IN_VIGORE)
        annota(
            "agile_edizione.in_vigore",
            edizione,
            _("In vigore l'edizione %(edizione)s") % {"edizione": edizione},
            da=da,
        )


def chiudi_edizione(edizione: Edizione, *, da: Utente | None) -> None:
    """Its rules hold no longer for new calls and agreements.

    :raises PermissionDenied: the author is not of the risorse umane.
    :raises ValidationError: it is not in force.
    """
    esigi(da, PERMESSO, edizione)
    with transaction.atomic():
        passa(edizione, Edizione.Stato.CHIUSA)
        annota(
            "agile_edizione.chiusa",
            edizione,
            _("Chiusa l'edizione %(edizione)s") % {"edizione": edizione},
            da=da,
        )


def _indirizzo(azienda: Azienda, primo: int, ultimo: int) -> str:
    """A free address: the second edition of the same years has a number."""
    base = slugify(f"lavoro-agile-{azienda.codice}-{primo}-{ultimo}")[:74]
    presi = set(Edizione.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    candidati = (f"{base}-{n}" if n > 1 else base for n in range(1, len(presi) + 2))
    return next(uno for uno in candidati if uno not in presi)


def _esigi_regole(adesso: dict[str, Any], parti: dict[str, Any]) -> None:
    """The parts are rules of an edition; its name is among its own data."""
    errori = [_("%(nome)s: non è una regola.") % {"nome": uno}
              for uno in sorted(parti.keys() - adesso.keys())]  # fmt: skip
    if parti.get("nome", adesso["nome"]) != adesso["nome"]:
        errori.append(_("nome: si cambia fra i dati dell'edizione."))
    if errori:
        raise ValidationError({"parametri": errori})


def _controllate(parametri: dict[str, Any]) -> dict[str, Any]:
    try:
        return come_dati(da_dati(parametri))
    except ParametriNonValidi as errore:
        raise ValidationError({"parametri": errore.problemi}) from errore
