# SPDX-License-Identifier: AGPL-3.0-or-later
"""The conditions of the law on an individual agreement (L. 81/2017, DM 8 October 2021).

A check has the name that ``CondizioneDiLegge.controllo`` gives it. What no check can say, a person
says. Notes name what is missing, never why somebody is protected.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from lavoro_agile.calcolo.conservazione import dopo_mesi
from lavoro_agile.calcolo.edizione import Parametri, Prevalenza

SETTIMANA = 5
"""Working days of a week."""
MESE_CORTO, MESE_LUNGO = 20, 22
"""Working days of a month, at least and usually."""


class Esito(StrEnum):
    """How a condition stands."""

    RISPETTATA = "rispettata"
    MANCA = "manca"
    NON_RIGUARDA = "non_riguarda"
    DA_VERIFICARE = "da_verificare"


@dataclass(frozen=True)
class Verifica:
    """The outcome of a check, and why; ``a_mano``: who prepares the agreement may say it."""

    esito: Esito
    nota: str = ""
    a_mano: bool = False


@dataclass(frozen=True)
class Contenuto:
    """What an agreement says, and what was done of it until ``oggi``.

    ``deroga``: the days a month that the risorse umane allowed beyond the limits, None if none.
    """

    dal: date
    oggi: date
    al: date | None = None
    obiettivi: str = ""
    misurazione: str = ""
    modalita: str = ""
    disconnessione: str = ""
    riservatezza: str = ""
    controllo: str = ""
    rotazione: str = ""
    strumenti: str = ""
    strumenti_aziendali: bool = True
    giorni_mese: int | None = None
    giorni_settimana: int | None = None
    deroga: int | None = None
    prevalenza: Prevalenza = Prevalenza.MENSILE
    mesi_prevalenza: int = 1
    contatto_dalle: time | None = None
    contatto_alle: time | None = None
    contatto_nota: str = ""
    coordina: bool = False
    informativa_il: date | None = None
    firma_persona: bool = False
    firma_azienda: bool = False
    sottoscritto_il: date | None = None
    comunicato_il: date | None = None
    finito_il: date | None = None


BENE = Verifica(Esito.RISPETTATA)
A_PERSONA = Verifica(Esito.DA_VERIFICARE, "Lo dice chi prepara l'accordo.", a_mano=True)


def verifica(controllo: str, contenuto: Contenuto) -> Verifica:
    """The outcome of a check; of a condition without one, to be said by a person."""
    fatto = CONTROLLI.get(controllo)
    return fatto(contenuto) if fatto is not None else A_PERSONA


def _scritto(campo: str, che_cosa: str) -> Callable[[Contenuto], Verifica]:
    """A text that the agreement has to have."""

    def controllo(contenuto: Contenuto) -> Verifica:
        if getattr(contenuto, campo).strip():
            return BENE
        return Verifica(Esito.MANCA, f"Nell'accordo non c'è scritto {che_cosa}.")

    return controllo


def _rotazione(contenuto: Contenuto) -> Verifica:
    if contenuto.rotazione.strip():
        return BENE
    nota = "Scrivi come ruota con i colleghi, oppure perché non può."
    return Verifica(Esito.DA_VERIFICARE, nota, a_mano=True)


def _prevalenza(contenuto: Contenuto) -> Verifica:
    """More days in the office than away, over the time that the agreement says."""
    if contenuto.deroga is not None:
        return Verifica(Esito.NON_RIGUARDA, "Le risorse umane hanno verificato una deroga.")
    mese, settimana = contenuto.giorni_mese, contenuto.giorni_settimana
    if contenuto.prevalenza == Prevalenza.SETTIMANALE or mese is None:
        return _nella_settimana(settimana)
    mesi = contenuto.mesi_prevalenza
    tempo = "nel mese" if mesi == 1 else f"in {mesi} mesi"
    agili = mese * mesi
    detto = f"{agili} giorni agili {tempo}"
    if agili * 2 < MESE_CORTO * mesi:
        return Verifica(Esito.RISPETTATA, f"{detto} su almeno {MESE_CORTO * mesi} lavorativi.")
    if agili * 2 < MESE_LUNGO * mesi:
        nota = f"{detto}: prevale la presenza solo se i lavorativi sono più di {agili * 2}."
        return Verifica(Esito.DA_VERIFICARE, nota, a_mano=True)
    return Verifica(Esito.MANCA, f"{detto} non lasciano prevalere la presenza.")


def _nella_settimana(giorni: int | None) -> Verifica:
    if giorni is None:
        return Verifica(Esito.MANCA, "Nell'accordo non c'è scritto quanti giorni.")
    detto = f"{giorni} giorni agili su {SETTIMANA} nella settimana"
    if giorni * 2 < SETTIMANA:
        return Verifica(Esito.RISPETTATA, f"{detto}.")
    return Verifica(Esito.MANCA, f"{detto} non lasciano prevalere la presenza.")


def _coordinamento(contenuto: Contenuto) -> Verifica:
    if not contenuto.coordina:
        return Verifica(Esito.NON_RIGUARDA, "Non coordina e non controlla altri.")
    return _prevalenza(contenuto)


def _strumenti(contenuto: Contenuto) -> Verifica:
    if contenuto.strumenti_aziendali:
        return BENE
    nota = "Usa strumenti propri: scrivi perché l'azienda non li fornisce."
    return Verifica(Esito.DA_VERIFICARE, nota, a_mano=True)


def _contatto(contenuto: Contenuto) -> Verifica:
    dalle, alle = contenuto.contatto_dalle, contenuto.contatto_alle
    if (dalle is None) != (alle is None):
        return Verifica(Esito.MANCA, "Della fascia di contatto c'è un'ora sola.")
    if dalle is not None or contenuto.contatto_nota.strip():
        return BENE
    return Verifica(Esito.NON_RIGUARDA, "L'accordo non prevede fasce di contatto.")


def _firme(contenuto: Contenuto) -> Verifica:
    mancano = [
        di_chi
        for di_chi, firmato in (
            ("della persona", contenuto.firma_persona),
            ("dell'azienda", contenuto.firma_azienda),
        )
        if not firmato
    ]
    if mancano:
        return Verifica(Esito.MANCA, f"Manca la firma {' e quella '.join(mancano)}.")
    if contenuto.sottoscritto_il is not None and contenuto.sottoscritto_il > contenuto.dal:
        return Verifica(Esito.DA_VERIFICARE, "È firmato dopo il giorno in cui comincia.", True)
    return BENE


def _informativa(contenuto: Contenuto) -> Verifica:
    """Handed over, and again every year while the agreement goes on."""
    data = contenuto.informativa_il
    if data is None:
        return Verifica(Esito.MANCA, "Non c'è scritto quando è stata consegnata.")
    fine = min(contenuto.oggi, contenuto.finito_il or contenuto.al or contenuto.oggi)
    if dopo_mesi(data, 12) < fine:
        return Verifica(Esito.MANCA, f"L'ultima consegna è del {data:%d/%m/%Y}: è passato un anno.")
    return BENE


def _comunicazione(contenuto: Contenuto) -> Verifica:
    if contenuto.comunicato_il is not None:
        return Verifica(Esito.RISPETTATA, f"Comunicato il {contenuto.comunicato_il:%d/%m/%Y}.")
    if contenuto.sottoscritto_il is None:
        return Verifica(Esito.DA_VERIFICARE, "Si comunica dopo le firme.")
    return Verifica(Esito.MANCA, f"Si comunica entro il {entro_quando(contenuto.dal):%d/%m/%Y}.")


CONTROLLI: Mapping[str, Callable[[Contenuto], Verifica]] = {
    "rotazione": _rotazione,
    "prevalenza": _prevalenza,
    "riservatezza": _scritto("riservatezza", "come si proteggono i dati"),
    "strumenti": _strumenti,
    "obiettivi": _scritto("obiettivi", "quali sono gli obiettivi"),
    "modalita": _scritto("modalita", "come e quando si lavora"),
    "disconnessione": _scritto("disconnessione", "quando si riposa e ci si disconnette"),
    "contatto": _contatto,
    "misurazione": _scritto("misurazione", "come si misura la prestazione"),
    "coordinamento": _coordinamento,
    "firme": _firme,
    "controllo": _scritto("controllo", "come si esercita il potere di controllo"),
    "informativa": _informativa,
    "comunicazione": _comunicazione,
}
DOPO_LE_FIRME = frozenset({"firme", "comunicazione"})
"""The checks that an agreement cannot pass before it is proposed."""


def entro_quando(dal: date) -> date:
    """A public body communicates an agreement by the 20th of the month after it begins."""
    return dopo_mesi(dal.replace(day=1), 1).replace(day=20)


def oltre_i_limiti(contenuto: Contenuto, regole: Parametri) -> dict[str, str]:
    """The fields that go beyond the rules of the edition, with a sentence each."""
    trovati = {}
    mese, settimana, durata = regole.giorni_mese, regole.giorni_settimana, regole.durata_mesi
    giorni = contenuto.giorni_mese
    if contenuto.deroga is not None:
        if giorni is not None and giorni > contenuto.deroga:
            trovati["giorni_mese"] = f"La deroga arriva a {contenuto.deroga} giorni al mese."
    elif mese.valore is not None and giorni is not None and giorni > mese.valore:
        trovati["giorni_mese"] = f"Al massimo {mese.valore} giorni al mese ({mese.fonte})."
    giorni, massimo = contenuto.giorni_settimana or 0, settimana.valore
    if contenuto.deroga is None and massimo is not None and giorni > massimo:
        trovati["giorni_settimana"] = (
            f"Al massimo {massimo} giorni alla settimana ({settimana.fonte})."
        )
    if durata.valore is not None:
        ultimo = dopo_mesi(contenuto.dal, durata.valore)
        if contenuto.al is None or contenuto.al >= ultimo:
            trovati["al"] = f"Un accordo dura al massimo {durata.valore} mesi ({durata.fonte})."
    return trovati
