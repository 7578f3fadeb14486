# SPDX-License-Identifier: AGPL-3.0-or-later
"""The lists of plans' trees, schede and evaluations as files: which columns each has."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from obiettivi.models import Misura
from piani.esporta import Colonna, Foglio, di_celle
from piani.models import Piano

MISURE = (
    Colonna(gettext_lazy("Codice area"), "obiettivo.area.codice"),
    Colonna(gettext_lazy("Area"), "obiettivo.area.nome"),
    Colonna(gettext_lazy("Peso area %"), "obiettivo.area.peso"),
    Colonna(gettext_lazy("Codice obiettivo"), "obiettivo.codice"),
    Colonna(gettext_lazy("Obiettivo"), "obiettivo.titolo"),
    Colonna(gettext_lazy("Peso obiettivo %"), "obiettivo.peso"),
    Colonna(gettext_lazy("Struttura"), "obiettivo.responsabile.nome"),
    Colonna(gettext_lazy("Codice indicatore"), "indicatore.codice"),
    Colonna(gettext_lazy("Indicatore"), "indicatore.nome"),
    Colonna(gettext_lazy("Peso indicatore %"), "peso"),
    Colonna(gettext_lazy("Anno di partenza"), "base_anno"),
    Colonna(gettext_lazy("Valore di partenza"), "base_stampata"),
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
    "che-cosa-manca", gettext_lazy("Che cosa manca"),
    (
        Colonna(gettext_lazy("Ferma il passo"), lambda coppia: coppia[0]),
        Colonna(gettext_lazy("Gruppo"), lambda coppia: coppia[1].gruppo),
        Colonna(gettext_lazy("Che cosa"), lambda coppia: coppia[1].testo),
    ),
)  # fmt: skip
REVISIONE = di_celle(
    "che-cosa-e-cambiato", gettext_lazy("Che cosa è cambiato"),
    (
        gettext_lazy("Che cosa"), gettext_lazy("Come"), gettext_lazy("Codice"),
        gettext_lazy("Nome"), gettext_lazy("Dove"), gettext_lazy("Campo"), gettext_lazy("Prima"),
        gettext_lazy("Dopo"),
    ),
)  # fmt: skip
OSSERVAZIONI = Foglio(
    "osservazioni", gettext_lazy("Osservazioni del Nucleo"),
    (
        Colonna(gettext_lazy("Su che cosa"), "su_che_cosa"),
        Colonna(gettext_lazy("Stato"), "get_stato_display"),
        Colonna(gettext_lazy("Autore"), "autore"),
        Colonna(gettext_lazy("Scritta il"), "scritta_il"),
        Colonna(gettext_lazy("Osservazione"), "testo"),
        Colonna(gettext_lazy("Risposta"), "risposta"),
        Colonna(gettext_lazy("Risposta di"), "risposta_da"),
        Colonna(gettext_lazy("Risposta il"), "risposta_il"),
        Colonna(gettext_lazy("Chiusa il"), "chiusa_il"),
    ),
    personali=True,
)  # fmt: skip
CALCOLI = Foglio(
    "calcoli", gettext_lazy("Calcoli del giro"),
    (
        Colonna(gettext_lazy("Piano"), "piano.titolo"),
        Colonna(gettext_lazy("Azienda"), "piano.azienda.nome"),
        Colonna(gettext_lazy("Anno"), "anno"),
        Colonna(gettext_lazy("Periodo"), "get_frazione_display"),
        Colonna(gettext_lazy("Stato"), "get_stato_display"),
        Colonna(gettext_lazy("Errore"), "errore"),
    ),
)  # fmt: skip
GIRI = Foglio(
    "giri-di-calcolo", gettext_lazy("Giri di calcolo"),
    (
        Colonna(gettext_lazy("Chiesto il"), "creato_il"),
        Colonna(gettext_lazy("Chiesto da"), "da"),
        Colonna(gettext_lazy("Anno"), "anno"),
        Colonna(gettext_lazy("Periodi"), "periodi"),
        Colonna(gettext_lazy("Calcoli"), "totale"),
        Colonna(gettext_lazy("Finiti"), "finiti"),
        Colonna(gettext_lazy("Non riusciti"), "falliti"),
        Colonna(gettext_lazy("Da accettare"), "da_accettare"),
        Colonna(gettext_lazy("Punteggi cambiati"), "cambiati"),
    ),
)  # fmt: skip
PERIODI = Foglio(
    "periodi", gettext_lazy("Periodi aperti e chiusi ai risultati"),
    (
        Colonna(gettext_lazy("Anno"), lambda riga: riga["chiave"][0]),
        Colonna(gettext_lazy("Periodo"), "nome"),
        Colonna(gettext_lazy("Aperto"), "aperto"),
        Colonna(gettext_lazy("Chiuso il"), "chiuso.chiuso_il"),
        Colonna(gettext_lazy("Chiuso da"), "chiuso.chiuso_da"),
        Colonna(gettext_lazy("Risultati"), "contati.quanti"),
        Colonna(gettext_lazy("Provvisori"), "contati.provvisori"),
    ),
)  # fmt: skip
RISULTATI = Foglio(
    "risultati", gettext_lazy("Risultati dell’indicatore"),
    (
        Colonna(gettext_lazy("Codice indicatore"), "indicatore.codice"),
        Colonna(gettext_lazy("Indicatore"), "indicatore.nome"),
        Colonna(gettext_lazy("Centro di responsabilità"), "unita"),
        Colonna(gettext_lazy("Anno"), "anno"),
        Colonna(gettext_lazy("Periodo"), "get_frazione_display"),
        Colonna(gettext_lazy("Sede"), "sede"),
        Colonna(gettext_lazy("Stato"), "get_stato_display"),
        Colonna(gettext_lazy("Valore"), "valore"),
        Colonna(gettext_lazy("Numeratore"), "numeratore"),
        Colonna(gettext_lazy("Denominatore"), "denominatore"),
        Colonna(gettext_lazy("Avanzamento %"), "avanzamento"),
        Colonna(gettext_lazy("Come stampato"), "testo"),
        Colonna(gettext_lazy("Provvisorio"), "provvisoria"),
        Colonna(gettext_lazy("Dimostrativo"), "dimostrativa"),
    ),
)  # fmt: skip
EDIZIONI = Foglio(
    "regole", gettext_lazy("Regole di misurazione e valutazione"),
    (
        Colonna(gettext_lazy("Anno"), "anno"),
        Colonna(gettext_lazy("Nome"), "nome"),
        Colonna(gettext_lazy("Congelate il"), "congelata_il"),
    ),
)  # fmt: skip

# -- schede budget ---------------------------------------------------------------------------------
SCHEDE = Foglio(
    "schede-budget", gettext_lazy("Schede budget"),
    (
        Colonna(gettext_lazy("Codice CdR"), "unita.codice"),
        Colonna(gettext_lazy("Centro di responsabilità"), "unita.nome"),
        Colonna(gettext_lazy("Azienda"), "azienda.nome"),
        Colonna(gettext_lazy("Anno"), "anno"),
        Colonna(gettext_lazy("Stato"), "get_stato_display"),
    ),
)  # fmt: skip
MODELLI = Foglio(
    "modelli-di-scheda", gettext_lazy("Modelli di scheda"),
    (
        Colonna(gettext_lazy("Modello"), str),
        Colonna(gettext_lazy("Azienda"), "azienda.nome"),
        Colonna(gettext_lazy("Anno"), "anno"),
    ),
)  # fmt: skip
ARCHIVI = Foglio(
    "archivi", gettext_lazy("Archivi delle schede"),
    (
        Colonna(gettext_lazy("Azienda"), "azienda.nome"),
        Colonna(gettext_lazy("Anno"), "anno"),
        Colonna(gettext_lazy("Chiesto il"), "chiesto_il"),
        Colonna(gettext_lazy("Stato"), "get_stato_display"),
    ),
)  # fmt: skip
FINESTRE = Foglio(
    "calendario-del-ciclo", gettext_lazy("Calendario del ciclo"),
    (
        Colonna(gettext_lazy("Anno"), "anno"),
        Colonna(gettext_lazy("Che cosa"), "get_tipo_display"),
        Colonna(gettext_lazy("Periodo"), lambda una: (
            una.get_frazione_display() if una.frazione else ""
        )),
        Colonna(gettext_lazy("Si apre"), "apre"),
        Colonna(gettext_lazy("Scade"), "scade"),
        Colonna(gettext_lazy("Proroghe"), lambda una: [
            f"{proroga.unita}: {proroga.fino_al:%d/%m/%Y}" for proroga in una.proroghe.all()
        ]),
    ),
)  # fmt: skip

# -- individual evaluation ------------------------------------------------------------------------
VALUTAZIONI = Foglio(
    "valutazioni", gettext_lazy("Schede di valutazione"),
    (
        Colonna(gettext_lazy("Persona"), "persona"),
        Colonna(gettext_lazy("Anno"), "anno"),
        Colonna(gettext_lazy("Unità"), "unita"),
        Colonna(gettext_lazy("Categoria"), "regola_categoria.nome"),
        Colonna(gettext_lazy("Valutatore"), "valutatore"),
        Colonna(gettext_lazy("Stato"), "get_stato_display"),
        Colonna(gettext_lazy("Punteggio"), "punteggio_finale"),
    ),
    personali=True,
)  # fmt: skip
ANNI = Foglio(
    "valutazione-individuale", gettext_lazy("Regole della valutazione individuale"),
    EDIZIONI.colonne,
)  # fmt: skip
PREMI = Foglio(
    "premi", gettext_lazy("Premi"),
    (
        Colonna(gettext_lazy("Anno"), "anno"),
        Colonna(gettext_lazy("Stanziato"), "stanziato", 2),
        Colonna(gettext_lazy("Distribuito"), "distribuito", 2),
        Colonna(gettext_lazy("Voci"), "quante_voci"),
        Colonna(gettext_lazy("Voci non ancora distribuite"), "da_distribuire"),
        Colonna(gettext_lazy("Dati dimostrativi"), "dimostrativo"),
    ),
)  # fmt: skip
VOCI_PREMI = Foglio(
    "importi-dei-premi", gettext_lazy("Importi dei premi"),
    (
        Colonna(gettext_lazy("Anno"), "premi.anno"),
        Colonna(gettext_lazy("Voce"), "nome"),
        Colonna(gettext_lazy("A chi va"), "get_gruppo_display"),
        Colonna(gettext_lazy("Stanziato"), "stanziato", 2),
        Colonna(gettext_lazy("Distribuito"), "distribuito", 2),
    ),
)  # fmt: skip
AGGREGATI = di_celle(
    "valutazioni", gettext_lazy("Risultati aggregati della valutazione individuale"),
    (
        gettext_lazy("per"), gettext_lazy("voce"), gettext_lazy("persone"), gettext_lazy("media"),
        gettext_lazy("scarto"), gettext_lazy("quota %"),
    ),
    decimali=2,
)  # fmt: skip
