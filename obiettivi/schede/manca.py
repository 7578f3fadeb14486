# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a scheda lacks before it is sent to the CdR, one item at a time, with where to mend it."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from obiettivi.calcolo.letture import Tipo
from obiettivi.models import AreaScheda, Indicatore, RigaScheda, SchedaBudget
from obiettivi.schede.lettura import Contenuto, Gruppo, contenuto, in_cifre
from piani.verifiche import Mancanza

# Their results have no unit of measure.
SENZA_UNITA = (
    Indicatore.Formula.SI_NO,
    Indicatore.Formula.AVANZAMENTO,
    Indicatore.Formula.DATA,
)


def manca(scheda: SchedaBudget) -> list[Mancanza]:
    """What keeps the scheda from being sent; empty when nothing does."""
    return manca_a(contenuto(scheda))


def manca_a(letto: Contenuto) -> list[Mancanza]:
    """The same, of a content that is already read."""
    trovate = [*_aree(letto), *_righe_dei_gruppi(letto)]
    for riga in letto.righe:
        trovate += _riga(riga, letto)
    return trovate


def _rimedio(letto: Contenuto, nome: str, *chiavi: object) -> str:
    """Where it is mended: nowhere once the scheda is signed."""
    return reverse(nome, args=chiavi) if letto.scheda.in_preparazione else ""


def _aree(letto: Contenuto) -> Iterator[Mancanza]:
    gruppo = _("Pesi delle aree")
    modifica = _rimedio(letto, "scheda_modifica", letto.scheda.pk)
    if not letto.gruppi:
        yield Mancanza(
            _("La scheda non ha nessuna area di performance."), rimedio=modifica, gruppo=gruppo
        )
        return
    for uno in letto.gruppi:
        if uno.orfano:
            yield Mancanza(
                _("L'area «%(area)s» ha il peso in comune con quella che precede, ma prima non "
                  "c'è un'area che pesa.")
                % {"area": uno.aree[0].area},
                rimedio=_della_prima_area(letto, uno),
                gruppo=gruppo,
            )  # fmt: skip
        elif uno.peso is None:
            yield Mancanza(
                _("L'area «%(area)s» non ha peso.") % {"area": uno.aree[0].area},
                rimedio=_della_prima_area(letto, uno),
                gruppo=gruppo,
            )
    if letto.somma_aree is not None and letto.somma_aree != 100:
        yield Mancanza(
            _("I pesi delle aree fanno %(somma)s e non 100.")
            % {"somma": in_cifre(letto.somma_aree)},
            rimedio=modifica,
            gruppo=gruppo,
        )


def _righe_dei_gruppi(letto: Contenuto) -> Iterator[Mancanza]:
    gruppo = _("Pesi degli obiettivi")
    for uno in letto.gruppi:
        rimedio = _rimedio(letto, "scheda_riga_nuova", uno.chiave)
        if not uno.righe:
            yield Mancanza(
                _("«%(aree)s»: nessun obiettivo.") % {"aree": uno.nome},
                rimedio=rimedio,
                gruppo=gruppo,
            )
            continue
        for riga in uno.righe:
            if riga.peso is None:
                yield Mancanza(
                    _("%(riga)s: manca il peso.") % {"riga": _detta(riga)},
                    rimedio=_della_riga(letto, riga),
                    gruppo=gruppo,
                )
        if uno.somma is not None and uno.somma != 100:
            yield Mancanza(
                _("«%(aree)s»: i pesi degli obiettivi fanno %(somma)s e non 100.")
                % {"aree": uno.nome, "somma": in_cifre(uno.somma)},
                rimedio=_rimedio(letto, "scheda_modifica", letto.scheda.pk),
                gruppo=gruppo,
            )


def _riga(riga: RigaScheda, letto: Contenuto) -> Iterator[Mancanza]:
    """What a row does not say; of its indicator, what the library does not say."""
    gruppo = _("Valori attesi")
    chi = {"riga": _detta(riga), "atteso": riga.atteso}
    della_riga = {"rimedio": _della_riga(letto, riga), "gruppo": gruppo}
    tipo = riga.letto.tipo if riga.letto else None
    if tipo is None:
        yield Mancanza(_("%(riga)s: manca il valore atteso.") % chi, **della_riga)
    elif tipo == Tipo.NON_INTERPRETABILE:
        yield Mancanza(_("%(riga)s: «%(atteso)s» non si legge.") % chi, **della_riga)
    elif tipo == Tipo.DA_DEFINIRE and riga.area.tipo == AreaScheda.Tipo.AREA:
        yield Mancanza(_("%(riga)s: il valore atteso è da definire.") % chi, **della_riga)
    elif riga.da_confermare:
        yield Mancanza(
            _("%(riga)s: la lettura di «%(atteso)s» è incerta e va confermata.") % chi, **della_riga
        )
    indicatore = riga.indicatore
    dove = {
        "rimedio": reverse(
            "indicatore_modifica", args=[indicatore.azienda.codice, indicatore.codice]
        ),
        "gruppo": _("Indicatori"),
    }
    if not indicatore.unita and indicatore.tipo_formula not in SENZA_UNITA:
        yield Mancanza(_("%(riga)s: l'indicatore non ha unità di misura.") % chi, **dove)
    if indicatore.fonte_id is None:
        yield Mancanza(_("%(riga)s: l'indicatore non dice la fonte dei dati.") % chi, **dove)


def _detta(riga: RigaScheda) -> str:
    return f"{riga.indicatore.codice} «{riga.obiettivo}»"


def _della_riga(letto: Contenuto, riga: RigaScheda) -> str:
    return _rimedio(letto, "scheda_parte_modifica", "riga", riga.pk)


def _della_prima_area(letto: Contenuto, uno: Gruppo) -> str:
    return _rimedio(letto, "scheda_parte_modifica", "area", uno.chiave)
