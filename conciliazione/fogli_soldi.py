# SPDX-License-Identifier: AGPL-3.0-or-later
"""The lists of projects, money and monitoring as files: which columns each has."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from conciliazione import concessioni
from piani.esporta import Colonna, Foglio
from piani.esporta.foglio import segui

PROGETTI = Foglio(
    "progetti", _("Progetti"),
    (
        Colonna(_("Numero"), "numero"),
        Colonna(_("Progetto"), "titolo"),
        Colonna(_("Capofila"), "capofila"),
        Colonna(_("CUP"), "cup"),
        Colonna(_("Stato"), "get_stato_display"),
        Colonna(_("Dal"), "dal"),
        Colonna(_("Al"), "al"),
        Colonna(_("Azioni"), "quante_azioni"),
        Colonna(_("Costo"), "costo", 2),
        Colonna(_("Contributo"), "contributo", 2),
        Colonna(_("Atto di concessione"), "atto_concessione"),
    ),
)  # fmt: skip
AZIONI = Foglio(
    "azioni-del-piano", _("Azioni del piano"),
    (
        Colonna(_("Genere"), "get_genere_display"),
        Colonna(_("Ordine"), "ordine"),
        Colonna(_("Azione"), "titolo"),
        Colonna(_("Parte del piano"), "gruppo"),
        Colonna(_("Chi la segue"), "responsabile"),
        Colonna(_("Stato"), "get_stato_display"),
        Colonna(_("Persone previste"), "persone"),
        Colonna(_("Imprese ed enti previsti"), "imprese"),
        Colonna(_("Dal"), "dal"),
        Colonna(_("Al"), "al"),
        Colonna(_("Avviata il"), "avviata_il"),
    ),
)  # fmt: skip
CONCESSIONI = Foglio(
    "concessioni", _("Atti di concessione"),
    tuple(Colonna(campo, campo, 2 if campo == "importo" else 0) for campo in concessioni.CAMPI),
)  # fmt: skip


def _se_letto(una: Any, importo: Decimal) -> Decimal | None:
    """Nothing for who may not read what was paid."""
    return None if una.liquidato is None else importo


QUADRO = Foglio(
    "conciliazione", _("Progetti e denaro"),
    (
        Colonna(_("numero"), "progetto.numero"),
        Colonna(_("progetto"), "progetto.titolo"),
        Colonna(_("stato"), "progetto.get_stato_display"),
        Colonna(_("costo"), "progetto.costo", 2),
        Colonna(_("contributo assegnato"), "progetto.contributo", 2),
        Colonna(_("riconosciuto"), "riconosciuto", 2),
        Colonna(_("liquidato"), "liquidato", 2),
        Colonna(_("disposto e non eseguito"), "disposto", 2),
        Colonna(_("da liquidare"), "da_liquidare", 2),
        Colonna(_("da recuperare"), lambda una: _se_letto(una, una.da_recuperare), 2),
        Colonna(_("recuperato"), lambda una: _se_letto(una, una.recuperato), 2),
        Colonna(_("residuo"), "residuo", 2),
    ),
)  # fmt: skip
SEMESTRI = Foglio(
    "semestri", _("Semestri"),
    (
        Colonna(_("Anno"), "anno"),
        Colonna(_("Semestre"), "semestre"),
        Colonna(_("Si rileva dal"), "apre"),
        Colonna(_("Fino al"), "scade"),
        Colonna(_("Stato"), "get_stato_display"),
        Colonna(_("Chiuso il"), "chiuso_il"),
    ),
)  # fmt: skip
INDICATORI = Foglio(
    "indicatori", _("Indicatori"),
    (
        Colonna(_("semestre"), "semestre"),
        Colonna(_("codice"), "codice"),
        Colonna(_("indicatore"), "nome"),
        Colonna(_("di che cosa"), "dove"),
        Colonna(_("numeratore"), "numeratore"),
        Colonna(_("denominatore"), "denominatore"),
        Colonna(_("valore"), "mostrato"),
        Colonna(_("perché non si calcola"), "motivo"),
        Colonna(_("nota"), "nota"),
    ),
)  # fmt: skip


def _detta(via: str) -> Any:
    """Of a row and what was reported of it, a value of the report; nothing before it."""
    return lambda coppia: segui(coppia[1], via)


RILEVAZIONI = Foglio(
    "rilevazioni", _("Rilevazioni dei progetti"),
    (
        Colonna(_("Numero"), lambda coppia: coppia[0].numero),
        Colonna(_("Progetto"), lambda coppia: coppia[0].titolo),
        Colonna(_("Capofila"), lambda coppia: coppia[0].capofila),
        Colonna(_("Rilevazione"), _detta("get_stato_display")),
        Colonna(_("Trasmessa il"), _detta("trasmessa_il")),
    ),
)  # fmt: skip
AZIONI_RILEVATE = Foglio(
    "azioni-rilevate", _("Azioni del piano nel semestre"),
    (
        Colonna(_("Azione"), lambda coppia: coppia[0].titolo),
        Colonna(_("Genere"), lambda coppia: coppia[0].get_genere_display()),
        Colonna(_("Avviata"), _detta("avviata")),
        Colonna(_("Persone"), _detta("persone")),
        Colonna(_("Imprese ed enti"), _detta("imprese")),
        Colonna(_("Nota"), _detta("nota")),
    ),
)  # fmt: skip
SPESE = Foglio(
    "spese", _("Spese"),
    (
        Colonna(_("Spesa"), "descrizione"),
        Colonna(_("Azione"), "voce.azione"),
        Colonna(_("Voce"), "voce.categoria"),
        Colonna(_("Ente"), "ente"),
        Colonna(_("Fornitore"), "fornitore"),
        Colonna(_("Documento"), "documento"),
        Colonna(_("Del"), "documento_del"),
        Colonna(_("Pagata il"), "pagata_il"),
        Colonna(_("Importo"), "importo", 2),
        Colonna(_("Ammesso"), "ammesso", 2),
        Colonna(_("Perché non per intero"), "motivo"),
        Colonna(_("Rata"), "rendiconto.rata"),
    ),
    personali=True,
)  # fmt: skip
RENDICONTI = Foglio(
    "rendiconti", _("Rendiconti"),
    (
        Colonna(_("Rata"), "rata"),
        Colonna(_("Stato"), "get_stato_display"),
        Colonna(_("Spese dal"), "dal"),
        Colonna(_("Spese al"), "al"),
        Colonna(_("Richiesto"), "richiesto", 2),
        Colonna(_("Riconosciuto"), "riconosciuto", 2),
        Colonna(_("Trasmesso il"), "trasmesso_il"),
        Colonna(_("Verificato il"), "verificato_il"),
    ),
)  # fmt: skip
APPORTI = Foglio(
    "apporti", _("Cofinanziamento"),
    (
        Colonna(_("Ente"), "ente"),
        Colonna(_("Azione"), "azione"),
        Colonna(_("Forma"), "get_forma_display"),
        Colonna(_("Pubblico"), "pubblico"),
        Colonna(_("Ore"), "ore"),
        Colonna(_("Importo"), "importo", 2),
        Colonna(_("Ammesso"), "ammesso", 2),
        Colonna(_("Nota"), "nota"),
        Colonna(_("Rata"), "rendiconto.rata"),
    ),
)  # fmt: skip
IMPATTO = Foglio(
    "impatto-progetti", _("Mappe d’impatto dei progetti"),
    (
        Colonna(_("Numero"), "numero"),
        Colonna(_("Progetto"), "titolo"),
        Colonna(_("Capofila"), "capofila"),
        Colonna(_("Righe della mappa"), "righe"),
        Colonna(_("Indicatori d’impatto"), "quanti_kpi"),
    ),
)  # fmt: skip
IMPATTO_AZIONI = Foglio(
    "impatto-azioni", _("Mappe d’impatto delle azioni"),
    (
        Colonna(_("Azione"), "titolo"),
        Colonna(_("Genere"), "get_genere_display"),
        Colonna(_("Righe della mappa"), "righe"),
        Colonna(_("Indicatori d’impatto"), "quanti_kpi"),
    ),
)  # fmt: skip
QUESTIONARI = Foglio(
    "impatto-questionari", _("Questionari d’impatto"),
    (
        Colonna(_("Questionario"), "questionario.titolo"),
        Colonna(_("Rivolto a"), "get_rivolto_display"),
        Colonna(_("Momento"), "get_momento_display"),
        Colonna(_("Progetto"), "progetto"),
        Colonna(_("Stato"), "questionario.get_stato_display"),
    ),
)  # fmt: skip
