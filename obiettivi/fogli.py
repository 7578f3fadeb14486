# SPDX-License-Identifier: AGPL-3.0-or-later
"""The lists of plans' trees, schede and evaluations as files: which columns each has."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from obiettivi.models import Misura
from piani.esporta import Colonna, Foglio, di_celle
from piani.esporta.colonne import ANNO, AZIENDA, STATO, euro
from piani.models import Piano

MISURE = (
    Colonna(_("Codice area"), "obiettivo.area.codice"),
    Colonna(_("Area"), "obiettivo.area.nome"),
    Colonna(_("Peso area %"), "obiettivo.area.peso"),
    Colonna(_("Codice obiettivo"), "obiettivo.codice"),
    Colonna(_("Obiettivo"), "obiettivo.titolo"),
    Colonna(_("Peso obiettivo %"), "obiettivo.peso"),
    Colonna(_("Struttura"), "obiettivo.responsabile.nome"),
    Colonna(_("Codice indicatore"), "indicatore.codice"),
    Colonna(_("Indicatore"), "indicatore.nome"),
    Colonna(_("Peso indicatore %"), "peso"),
    Colonna(_("Anno di partenza"), "base_anno"),
    Colonna(_("Valore di partenza"), "base_stampata"),
)


def albero(piano: Piano, punteggi: Mapping[int, Any], scelto: str) -> Foglio:
    """The tree of a plan, a row for each indicator, a column for each year's target as printed.

    :param punteggi: the score of each misura, by its key; ``scelto`` says of when.
    """
    target = tuple(
        Colonna(_("Target %(anno)s") % {"anno": uno}, _atteso(uno)) for uno in piano.anni
    )
    voti: tuple[Colonna, ...] = ()
    if scelto:
        nome = _("Punteggio: %(quando)s") % {"quando": scelto}
        voti = (Colonna(nome, lambda misura: punteggi.get(misura.pk)),)
    return Foglio("albero", piano.titolo, (*MISURE, *target, *voti))


def _atteso(anno: int) -> Any:
    def di(misura: Misura) -> str:
        return next((uno.stampato for uno in misura.target.all() if uno.anno == anno), "")

    return di


MANCANZE = Foglio(
    "che-cosa-manca", _("Che cosa manca"),
    (
        Colonna(_("Ferma il passo"), "0"),
        Colonna(_("Gruppo"), "1.gruppo"),
        Colonna(_("Che cosa"), "1.testo"),
    ),
)  # fmt: skip
REVISIONE = di_celle(
    "che-cosa-e-cambiato", _("Che cosa è cambiato"),
    (
        _("Che cosa"), _("Come"), _("Codice"),
        _("Nome"), _("Dove"), _("Campo"), _("Prima"),
        _("Dopo"),
    ),
)  # fmt: skip
OSSERVAZIONI = Foglio(
    "osservazioni", _("Osservazioni del Nucleo"),
    (
        Colonna(_("Su che cosa"), "su_che_cosa"),
        STATO,
        Colonna(_("Autore"), "autore"),
        Colonna(_("Scritta il"), "scritta_il"),
        Colonna(_("Osservazione"), "testo"),
        Colonna(_("Risposta"), "risposta"),
        Colonna(_("Risposta di"), "risposta_da"),
        Colonna(_("Risposta il"), "risposta_il"),
        Colonna(_("Chiusa il"), "chiusa_il"),
    ),
    personali=True,
)  # fmt: skip
CALCOLI = Foglio(
    "calcoli", _("Calcoli del giro"),
    (
        Colonna(_("Piano"), "piano.titolo"),
        Colonna(_("Azienda"), "piano.azienda.nome"),
        ANNO,
        Colonna(_("Periodo"), "get_frazione_display"),
        STATO,
        Colonna(_("Errore"), "errore"),
    ),
)  # fmt: skip
GIRI = Foglio(
    "giri-di-calcolo", _("Giri di calcolo"),
    (
        Colonna(_("Chiesto il"), "creato_il"),
        Colonna(_("Chiesto da"), "da"),
        ANNO,
        Colonna(_("Periodi"), "periodi"),
        Colonna(_("Calcoli"), "totale"),
        Colonna(_("Finiti"), "finiti"),
        Colonna(_("Non riusciti"), "falliti"),
        Colonna(_("Da accettare"), "da_accettare"),
        Colonna(_("Punteggi cambiati"), "cambiati"),
    ),
)  # fmt: skip
PERIODI = Foglio(
    "periodi", _("Periodi aperti e chiusi ai risultati"),
    (
        Colonna(_("Anno"), "chiave.0"),
        Colonna(_("Periodo"), "nome"),
        Colonna(_("Aperto"), "aperto"),
        Colonna(_("Chiuso il"), "chiuso.chiuso_il"),
        Colonna(_("Chiuso da"), "chiuso.chiuso_da"),
        Colonna(_("Risultati"), "contati.quanti"),
        Colonna(_("Provvisori"), "contati.provvisori"),
    ),
)  # fmt: skip
RISULTATI = Foglio(
    "risultati", _("Risultati dell’indicatore"),
    (
        Colonna(_("Codice indicatore"), "indicatore.codice"),
        Colonna(_("Indicatore"), "indicatore.nome"),
        Colonna(_("Centro di responsabilità"), "unita"),
        ANNO,
        Colonna(_("Periodo"), "get_frazione_display"),
        Colonna(_("Sede"), "sede"),
        STATO,
        Colonna(_("Valore"), "valore"),
        Colonna(_("Numeratore"), "numeratore"),
        Colonna(_("Denominatore"), "denominatore"),
        Colonna(_("Avanzamento %"), "avanzamento"),
        Colonna(_("Giorno"), "data"),
        Colonna(_("Come stampato"), "testo"),
        Colonna(_("Provvisorio"), "provvisoria"),
        Colonna(_("Dimostrativo"), "dimostrativa"),
    ),
)  # fmt: skip
EDIZIONI = Foglio(
    "regole", _("Regole di misurazione e valutazione"),
    (
        ANNO,
        Colonna(_("Nome"), "nome"),
        Colonna(_("Congelate il"), "congelata_il"),
    ),
)  # fmt: skip

# -- schede budget ---------------------------------------------------------------------------------
SCHEDE = Foglio(
    "schede-budget", _("Schede budget"),
    (
        Colonna(_("Codice CdR"), "unita.codice"),
        Colonna(_("Centro di responsabilità"), "unita.nome"),
        AZIENDA,
        ANNO,
        STATO,
    ),
)  # fmt: skip
MODELLI = Foglio(
    "modelli-di-scheda", _("Modelli di scheda"),
    (
        Colonna(_("Modello"), str),
        AZIENDA,
        ANNO,
    ),
)  # fmt: skip
ARCHIVI = Foglio(
    "archivi", _("Archivi delle schede"),
    (
        AZIENDA,
        ANNO,
        Colonna(_("Chiesto il"), "chiesto_il"),
        STATO,
    ),
)  # fmt: skip
FINESTRE = Foglio(
    "calendario-del-ciclo", _("Calendario del ciclo"),
    (
        ANNO,
        Colonna(_("Che cosa"), "get_tipo_display"),
        Colonna(_("Periodo"), lambda una: (
            una.get_frazione_display() if una.frazione else ""
        )),
        Colonna(_("Si apre"), "apre"),
        Colonna(_("Scade"), "scade"),
        Colonna(_("Proroghe"), lambda una: [
            f"{proroga.unita}: {proroga.fino_al:%d/%m/%Y}" for proroga in una.proroghe.all()
        ]),
    ),
)  # fmt: skip

# -- individual evaluation ------------------------------------------------------------------------
VALUTAZIONI = Foglio(
    "valutazioni", _("Schede di valutazione"),
    (
        Colonna(_("Persona"), "persona"),
        ANNO,
        Colonna(_("Unità"), "unita"),
        Colonna(_("Categoria"), "regola_categoria.nome"),
        Colonna(_("Valutatore"), "valutatore"),
        STATO,
        Colonna(_("Punteggio"), "punteggio_finale"),
    ),
    personali=True,
)  # fmt: skip
ANNI = Foglio(
    "valutazione-individuale", _("Regole della valutazione individuale"),
    EDIZIONI.colonne,
)  # fmt: skip
PREMI = Foglio(
    "premi", _("Premi"),
    (
        ANNO,
        euro(_("Stanziato"), "stanziato"),
        euro(_("Distribuito"), "distribuito"),
        Colonna(_("Voci"), "quante_voci"),
        Colonna(_("Voci non ancora distribuite"), "da_distribuire"),
        Colonna(_("Dati dimostrativi"), "dimostrativo"),
    ),
)  # fmt: skip
VOCI_PREMI = Foglio(
    "importi-dei-premi", _("Importi dei premi"),
    (
        Colonna(_("Anno"), "premi.anno"),
        Colonna(_("Voce"), "nome"),
        Colonna(_("A chi va"), "get_gruppo_display"),
        euro(_("Stanziato"), "stanziato"),
        euro(_("Distribuito"), "distribuito"),
    ),
)  # fmt: skip
AGGREGATI = di_celle(
    "valutazioni", _("Risultati aggregati della valutazione individuale"),
    (
        _("per"), _("voce"), _("persone"), _("media"),
        _("scarto"), _("quota %"),
    ),
    decimali=2,
)  # fmt: skip
