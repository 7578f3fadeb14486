# SPDX-License-Identifier: AGPL-3.0-or-later
"""The lists of projects, money and monitoring as files: which columns each has."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from conciliazione import concessioni
from piani.esporta import Colonna, Foglio
from piani.esporta.colonne import AL, ANNO, DAL, STATO, euro

PROGETTI = Foglio(
    "progetti", _("Progetti"),
    (
        Colonna(_("Numero"), "numero"),
        Colonna(_("Progetto"), "titolo"),
        Colonna(_("Capofila"), "capofila"),
        Colonna(_("CUP"), "cup"),
        STATO,
        DAL,
        AL,
        Colonna(_("Azioni"), "quante_azioni"),
        euro(_("Costo"), "costo"),
        euro(_("Contributo"), "contributo"),
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
        STATO,
        Colonna(_("Persone previste"), "persone"),
        Colonna(_("Imprese ed enti previsti"), "imprese"),
        DAL,
        AL,
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
        euro(_("costo"), "progetto.costo"),
        euro(_("contributo assegnato"), "progetto.contributo"),
        euro(_("riconosciuto"), "riconosciuto"),
        euro(_("liquidato"), "liquidato"),
        euro(_("disposto e non eseguito"), "disposto"),
        euro(_("da liquidare"), "da_liquidare"),
        euro(_("da recuperare"), lambda una: _se_letto(una, una.da_recuperare)),
        euro(_("recuperato"), lambda una: _se_letto(una, una.recuperato)),
        euro(_("residuo"), "residuo"),
    ),
)  # fmt: skip
SEMESTRI = Foglio(
    "semestri", _("Semestri"),
    (
        ANNO,
        Colonna(_("Semestre"), "semestre"),
        Colonna(_("Si rileva dal"), "apre"),
        Colonna(_("Fino al"), "scade"),
        STATO,
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


RILEVAZIONI = Foglio(
    "rilevazioni", _("Rilevazioni dei progetti"),
    (
        Colonna(_("Numero"), "0.numero"),
        Colonna(_("Progetto"), "0.titolo"),
        Colonna(_("Capofila"), "0.capofila"),
        Colonna(_("Rilevazione"), "1.get_stato_display"),
        Colonna(_("Trasmessa il"), "1.trasmessa_il"),
    ),
)  # fmt: skip
AZIONI_RILEVATE = Foglio(
    "azioni-rilevate", _("Azioni del piano nel semestre"),
    (
        Colonna(_("Azione"), "0.titolo"),
        Colonna(_("Genere"), "0.get_genere_display"),
        Colonna(_("Avviata"), "1.avviata"),
        Colonna(_("Persone"), "1.persone"),
        Colonna(_("Imprese ed enti"), "1.imprese"),
        Colonna(_("Nota"), "1.nota"),
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
        euro(_("Importo"), "importo"),
        euro(_("Ammesso"), "ammesso"),
        Colonna(_("Perché non per intero"), "motivo"),
        Colonna(_("Rata"), "rendiconto.rata"),
    ),
    personali=True,
)  # fmt: skip
RENDICONTI = Foglio(
    "rendiconti", _("Rendiconti"),
    (
        Colonna(_("Rata"), "rata"),
        STATO,
        Colonna(_("Spese dal"), "dal"),
        Colonna(_("Spese al"), "al"),
        euro(_("Richiesto"), "richiesto"),
        euro(_("Riconosciuto"), "riconosciuto"),
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
        euro(_("Importo"), "importo"),
        euro(_("Ammesso"), "ammesso"),
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
