# SPDX-License-Identifier: AGPL-3.0-or-later
"""What each row of a file of results would do to those that are there."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.azioni.carico import Chiave
from obiettivi.azioni.rilevazione import CIFRE, controlla_cifre, controlla_periodo
from obiettivi.azioni.tanti import risultato
from obiettivi.calcolo.periodi import genitori
from obiettivi.importazioni.correnti import Corrente, Correnti
from obiettivi.importazioni.unita import Unita
from obiettivi.models import Frazione, Indicatore, PeriodoChiuso, Rilevazione
from piani.importazioni.celle import normale, scritta
from piani.importazioni.genere import Contesto, Differenza, Esito, RigaLetta
from piani.models import UnitaOrganizzativa

Stato, Formula = Rilevazione.Stato, Indicatore.Formula
Cifre = dict[str, Any]
"""By name, a figure or a day; None where nothing is said."""
SCARTO = Decimal("0.51")  # a printed percentage may be rounded to the unit


class Confronto:
    """One reading of a file: a fixed number of queries, and one for each year in it."""

    def __init__(self, contesto: Contesto) -> None:
        self.contesto = contesto
        self.frazioni = contesto.ambito.get("percentuali") == "frazione"
        self.completo = bool(contesto.ambito.get("completo"))
        self.con_nota = "testo" in {
            una["campo"] for una in contesto.importazione.abbinamento.get("colonne", ())
        }
        indicatori = list(Indicatore.objects.filter(azienda=contesto.azienda))
        self.indicatori = {uno.pk: uno for uno in indicatori}
        self.per_codice = {uno.codice.casefold(): uno for uno in indicatori}
        nomi = Counter(normale(uno.nome) for uno in indicatori)
        self.per_nome = {
            normale(uno.nome): uno for uno in indicatori if nomi[normale(uno.nome)] == 1
        }
        self.omonimi = {nome for nome, volte in nomi.items() if volte > 1}
        self.unita = Unita(contesto.azienda)
        self.trova_unita = cache(self.unita.trova)
        self.correnti = Correnti(contesto.azienda)
        self.chiusi = set(
            PeriodoChiuso.objects.filter(azienda=contesto.azienda).values_list("anno", "frazione")
        )
        self.viste: dict[Chiave, int] = {}
        self.nominate: set[Chiave] = set()
        self.periodi: set[tuple[int, str]] = set()
        self.oggi = timezone.localdate()
        self.perche_no = cache(self._perche_no)
        self.detta_unita = cache(self._detta_unita)

    def confronta(self, righe: Iterable[RigaLetta]) -> Iterator[Differenza]:
        """One for each row; then, if the file says everything, what it takes away."""
        for riga in righe:
            yield self._una(riga)
        if self.completo:
            for chiave, corrente in self.correnti.altre(self.periodi, self.nominate):
                yield self._tolta(chiave, corrente)

    def _una(self, riga: RigaLetta) -> Differenza:
        errori = dict(riga.errori)
        indicatore = self._indicatore(riga, errori)
        unita = self._unita(riga, errori)
        anno, frazione = riga.valori.get("anno"), riga.valori.get("periodo") or ""
        if anno is not None and (frase := self.perche_no(anno, frazione)):
            errori.setdefault("periodo" if "periodo" in riga.testi else "anno", frase)
        if errori or indicatore is None or anno is None:
            return self._sbagliata(riga, errori)
        sede = riga.valori.get("sede") or ""
        chiave = (indicatore.pk, unita.pk if unita else None, anno, frazione, sede)
        self.nominate.add(chiave)
        self.periodi.add((anno, frazione))
        letta = self._letta(riga, indicatore, errori)
        if letta is not None and chiave in self.viste:
            errori[""] = _("Lo stesso risultato è già alla riga %(n)s.") % {"n": self.viste[chiave]}
        if errori:
            return self._sbagliata(riga, errori, chiave)
        if letta is None:
            return self._uguale(riga, chiave)
        self.viste[chiave] = riga.numero
        corrente = self.correnti.di(chiave)
        stato, cifre = letta
        testo = riga.valori.get("testo") or ""
        if corrente is not None and self._uguali(corrente, stato, cifre, testo):
            return self._uguale(riga, chiave)
        nuova = risultato(indicatore, unita, stato=stato, testo=testo, **cifre)
        try:
            controlla_cifre(nuova)
        except ValidationError as errore:
            return self._sbagliata(riga, _per_campo(errore, riga), chiave)
        return Differenza(
            riga=riga.numero,
            esito=Esito.CAMBIATA if corrente else Esito.NUOVA,
            chiave=self.detta(chiave),
            celle=_celle(riga, stato, cifre),
            prima=_prima(corrente, stato, cifre, testo if self.con_nota else None),
            dati=_dati(chiave, stato, cifre, testo),
            segno=str(corrente.pk) if corrente else "",
        )

    def _indicatore(self, riga: RigaLetta, errori: dict[str, str]) -> Indicatore | None:
        """By its code; by its name, where the code is not there."""
        codice, nome = riga.valori.get("codice"), riga.valori.get("nome")
        if codice:
            trovato = self.per_codice.get(codice.casefold())
            if trovato is None:
                errori.setdefault("codice", _("Nessun indicatore dell'azienda ha questo codice."))
            return trovato
        if nome is None:
            campo = "codice" if "codice" in riga.testi else "nome"
            errori.setdefault(campo, _("Manca: di quale indicatore è il risultato?"))
            return None
        trovato = self.per_nome.get(normale(nome))
        if trovato is None and normale(nome) in self.omonimi:
            errori.setdefault("nome", _("Più indicatori si chiamano così: serve il codice."))
        elif trovato is None:
            errori.setdefault("nome", _("Nessun indicatore dell'azienda ha questo nome."))
        return trovato

    def _unita(self, riga: RigaLetta, errori: dict[str, str]) -> UnitaOrganizzativa | None:
        scritto, anno = riga.valori.get("unita"), riga.valori.get("anno")
        if not scritto or anno is None or normale(scritto) == "tutta l azienda":
            return None
        try:
            return self.trova_unita(scritto, anno)
        except ValueError as errore:
            errori.setdefault("unita", str(errore))
            return None

    def _perche_no(self, anno: int, frazione: str) -> str:
        """Why results of that period are not taken, if they are not."""
        try:
            controlla_periodo(anno, frazione, self.oggi)
        except ValidationError as errore:
            return " ".join(errore.messages)
        if any((anno, fuori) in self.chiusi for fuori in (frazione, *genitori(frazione))):
            return _("Il periodo è chiuso ai nuovi risultati.")
        return ""

    def _letta(
        self, riga: RigaLetta, indicatore: Indicatore, errori: dict[str, str]
    ) -> tuple[str, Cifre] | None:
        """State and figures that a row says; None if it says nothing."""
        valori = riga.valori
        detto = valori.get("stato")
        if detto is not None and detto != Stato.NUMERO:
            return detto, dict.fromkeys(CIFRE)
        cifre: Cifre = {nome: valori.get(nome) for nome in CIFRE}
        if any(una is not None for una in cifre.values()):
            self._adatta(indicatore, cifre, errori)
            return Stato.NUMERO, cifre
        scritti = [riga.testi[nome] for nome in CIFRE if riga.testi.get(nome)]
        if scritti:
            esclusa = any("appl" in uno.casefold() for uno in scritti)
            return (Stato.NON_APPLICABILE if esclusa else Stato.MANCANTE), cifre
        if detto is not None:
            errori["valore"] = _("Manca il valore.")
        return None

    def _adatta(self, indicatore: Indicatore, cifre: Cifre, errori: dict[str, str]) -> None:
        """The figures of a row as that kind of indicator takes them."""
        formula, valore = indicatore.tipo_formula, cifre["valore"]
        if isinstance(valore, date):
            if formula != Formula.DATA:
                errori["valore"] = _("Questo indicatore si misura con un numero.")
            cifre["data"], cifre["valore"] = valore, None
            return
        if isinstance(valore, bool):
            if formula != Formula.SI_NO:
                errori["valore"] = _("Questo indicatore si misura con un numero.")
            valore = cifre["valore"] = Decimal(int(valore))
        if valore is not None and self.frazioni and indicatore.unita == "%":
            valore = cifre["valore"] = (valore * 100).normalize()
        if formula == Formula.AVANZAMENTO and valore is not None and cifre["avanzamento"] is None:
            cifre["avanzamento"], cifre["valore"] = valore, None
        elif valore is not None and formula != Formula.AVANZAMENTO:
            cifre["avanzamento"] = None  # the share of the target, that the program computes
        numeratore, denominatore = cifre["numeratore"], cifre["denominatore"]
        if formula != Formula.RAPPORTO or numeratore is None or denominatore is None:
            return
        in_percento = valore is not None and denominatore and indicatore.unita == "%"
        if in_percento and abs(numeratore / denominatore * 100 - valore) > SCARTO:
            errori["valore"] = _(
                "Non è il rapporto fra numeratore e denominatore: correggere uno dei tre."
            )
        cifre["valore"] = None

    def _uguali(self, corrente: Corrente, stato: str, cifre: Cifre, testo: str) -> bool:
        return (
            corrente.stato == stato
            and all(getattr(corrente, nome) == cifra for nome, cifra in cifre.items())
            and (not self.con_nota or corrente.testo == testo)
        )

    def _sbagliata(
        self, riga: RigaLetta, errori: Mapping[str, str], chiave: Chiave | None = None
    ) -> Differenza:
        return Differenza(
            riga=riga.numero,
            esito=Esito.SBAGLIATA,
            chiave=self.detta(chiave) if chiave else "",
            celle=_piene(riga.testi),
            errori=errori,
        )

    def _uguale(self, riga: RigaLetta, chiave: Chiave) -> Differenza:
        return Differenza(
            riga=riga.numero,
            esito=Esito.UGUALE,
            chiave=self.detta(chiave),
            celle=_piene(riga.testi),
        )

    def _tolta(self, chiave: Chiave, corrente: Corrente) -> Differenza:
        return Differenza(
            riga=None,
            esito=Esito.TOLTA,
            chiave=self.detta(chiave),
            prima=_detta_corrente(corrente),
            dati={"tolta": corrente.pk},
            segno=str(corrente.pk),
        )

    def detta(self, chiave: Chiave) -> str:
        """A result as people call it: «IND-01, 2026 1° trimestre, Cardiologia»."""
        indicatore, unita, anno, frazione, sede = chiave
        nome = f"{self.indicatori[indicatore].codice}, {_periodo(anno, frazione)}"
        for altro in (self.detta_unita(unita) if unita else "", sede):
            nome += f", {altro}" if altro else ""
        return nome

    def _detta_unita(self, chiave: int) -> str:
        return self.unita.nomi.get(chiave, "")


@cache
def _periodo(anno: int, frazione: str) -> str:
    return f"{anno} {Frazione(frazione).label}" if frazione else str(anno)


def _piene(testi: Mapping[str, str]) -> dict[str, str]:
    return {nome: testo for nome, testo in testi.items() if testo}


def _celle(riga: RigaLetta, stato: str, cifre: Cifre) -> dict[str, str]:
    """The cells, with the figures as they were read."""
    celle = _piene(riga.testi)
    for nome in CIFRE:
        celle.pop(nome, None)
    for nome, cifra in cifre.items():
        if cifra is not None:
            celle[nome] = scritta(cifra)
    if stato != Stato.NUMERO:
        celle["stato"] = str(Stato(stato).label)
    return celle


def _prima(
    corrente: Corrente | None, stato: str, cifre: Cifre, testo: str | None
) -> dict[str, str]:
    """What the result says now, where it is not the same."""
    if corrente is None:
        return {}
    prima = {
        nome: scritta(getattr(corrente, nome)) or "—"
        for nome, cifra in cifre.items()
        if getattr(corrente, nome) != cifra
    }
    if corrente.stato != stato:
        prima["stato"] = str(Stato(corrente.stato).label)
    if testo is not None and corrente.testo != testo:
        prima["testo"] = corrente.testo[:300] or "—"
    return prima


def _detta_corrente(corrente: Corrente) -> dict[str, str]:
    detta = {
        nome: scritta(cifra) for nome in CIFRE if (cifra := getattr(corrente, nome)) is not None
    }
    if corrente.stato != Stato.NUMERO:
        detta["stato"] = str(Stato(corrente.stato).label)
    return detta


def _dati(chiave: Chiave, stato: str, cifre: Cifre, testo: str) -> dict[str, Any]:
    """What writing needs, and no more: there may be a hundred thousand of them."""
    dati: dict[str, Any] = {"k": list(chiave), "st": stato}
    dati |= {nome: cifra for nome, cifra in cifre.items() if cifra is not None}
    return dati | ({"testo": testo} if testo else {})


def _per_campo(errore: ValidationError, riga: RigaLetta) -> dict[str, str]:
    """Each error at a column that is in the file, or at the whole row."""
    if not hasattr(errore, "error_dict"):
        return {"": " ".join(errore.messages)}
    per_campo: dict[str, str] = {}
    for campo, frasi in errore.message_dict.items():
        dove = campo if campo in riga.testi else ""
        per_campo[dove] = " ".join([per_campo.get(dove, ""), *frasi]).strip()
    return per_campo
