# SPDX-License-Identifier: AGPL-3.0-or-later
"""A sheet that comes back, row by row: against what it said when it left, and what is there now.

Who filled it in changed a row if it does not say what it said when it left. If what is there now is
no longer that, somebody else wrote meanwhile: the row is shown, and not written.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.azioni.rilevazione import CIFRE, controlla_cifre, controlla_periodo
from obiettivi.calcolo.arrotondamento import italiano
from obiettivi.calcolo.periodi import genitori
from obiettivi.foglio.chiavi import Chiave
from obiettivi.foglio.colonne import NO, SI, STATI, riempibili
from obiettivi.foglio.righe import cdr_scrivibili
from obiettivi.foglio.testi import in_celle, pulito
from obiettivi.models import Indicatore, PeriodoChiuso, Rilevazione
from piani.importazioni.genere import Differenza, Esito, RigaLetta
from piani.models import Azienda, UnitaOrganizzativa, Utente

Stato = Rilevazione.Stato
Formula = Indicatore.Formula
CELLE = (*CIFRE, "stato", "testo", "chiave", "versione")
Detto = dict[str, Any]
"""What a row says of a result: its state, its figures, its note."""


@dataclass
class Noti:
    """What the database says of the rows of a sheet: a fixed number of queries for all of them."""

    indicatori: Mapping[int, Indicatore]
    unita: Mapping[int, UnitaOrganizzativa]
    scrivibili: set[tuple[int, int, int]]
    aziendali: bool
    partite: Mapping[int, Rilevazione]
    correnti: Mapping[Chiave, Rilevazione]
    chiusi: set[tuple[int, str]]
    oggi: date = field(default_factory=timezone.localdate)

    @classmethod
    def di(cls, azienda: Azienda, righe: Sequence[RigaLetta], utente: Utente | None) -> "Noti":
        chiavi = [chiave for riga in righe if (chiave := _chiave(riga)) is not None]
        indicatori = Indicatore.objects.filter(azienda=azienda).in_bulk(
            {chiave.indicatore for chiave in chiavi}
        )
        for uno in indicatori.values():
            uno.azienda = azienda
        unita = UnitaOrganizzativa.objects.filter(organigramma__azienda=azienda)
        anni = {chiave.anno for chiave in chiavi}
        versioni = {riga.valori.get("versione") or 0 for riga in righe} - {0}
        note = Rilevazione.objects.filter(indicatore__in=indicatori)
        return cls(
            indicatori=indicatori,
            unita=unita.select_related("organigramma").in_bulk(
                {chiave.unita for chiave in chiavi if chiave.unita}
            ),
            scrivibili=cdr_scrivibili(azienda, anni, utente),
            aziendali=utente is None or utente.has_perm("obiettivi.rileva", azienda),
            partite=_con_indicatore(note.filter(pk__in=versioni), indicatori),
            correnti={
                Chiave.di(una): una
                for una in _con_indicatore(
                    note.correnti().filter(anno__in=anni), indicatori
                ).values()
            },
            chiusi=set(
                PeriodoChiuso.objects.filter(azienda=azienda).values_list("anno", "frazione")
            ),
        )


def _con_indicatore(note: Any, indicatori: Mapping[int, Indicatore]) -> dict[int, Rilevazione]:
    trovate = note.in_bulk()
    for una in trovate.values():
        una.indicatore = indicatori[una.indicatore_id]
    return trovate


def _chiave(riga: RigaLetta) -> Chiave | None:
    return Chiave.leggi(riga.valori.get("chiave") or "")


def confronta(
    azienda: Azienda, righe: Sequence[RigaLetta], utente: Utente | None
) -> Iterator[Differenza]:
    """What each row of a sheet would do, in order. Nothing is written."""
    noti = Noti.di(azienda, righe, utente)
    viste: set[Chiave] = set()
    for riga in righe:
        yield _differenza(riga, noti, viste)


def _differenza(riga: RigaLetta, noti: Noti, viste: set[Chiave]) -> Differenza:
    chiave = _chiave(riga)
    try:
        if chiave is None:
            raise ValidationError(
                {"chiave": _("Questa riga non viene da un foglio scaricato da qui: le righe "
                             "aggiunte non si leggono, una chiave non si cambia.")}
            )  # fmt: skip
        if chiave in viste and _solo_resoconto(riga):
            _controlla_chiave(chiave, noti)
            return Differenza(riga.numero, Esito.UGUALE, chiave=nome_di(chiave, noti))
        if chiave in viste:
            raise ValidationError({"chiave": _("Questa riga c'è già, più in alto.")})
        viste.add(chiave)
        _controlla_chiave(chiave, noti)
        partita = _partita(riga, chiave, noti)
    except ValidationError as errore:
        return Differenza(
            riga.numero, Esito.SBAGLIATA, chiave=riga.testi.get("chiave", "")[:100],
            celle=_testi(riga), errori=dict(riga.errori) | in_celle(errore, CELLE),
        )  # fmt: skip
    return _confrontata(riga, chiave, partita, noti)


def _solo_resoconto(riga: RigaLetta) -> bool:
    """Whether it says nothing of a result: it is of another row of the scheda with the same one."""
    detti = (riga.valori.get(nome) for nome in (*CIFRE, "stato", "testo"))
    return bool(riga.valori.get("resoconto")) and all(detto is None for detto in detti)


def _confrontata(
    riga: RigaLetta, chiave: Chiave, partita: Rilevazione | None, noti: Noti
) -> Differenza:
    nome, indicatore = nome_di(chiave, noti), noti.indicatori[chiave.indicatore]
    if riga.errori:
        return Differenza(
            riga.numero, Esito.SBAGLIATA, chiave=nome, celle=_testi(riga), errori=dict(riga.errori)
        )
    detto, era = _detto(riga, indicatore), _di(partita)
    adesso = noti.correnti.get(chiave)
    celle = _in_parole(detto, indicatore)
    if detto in (era, _di(adesso)):
        return Differenza(riga.numero, Esito.UGUALE, chiave=nome, celle=celle)
    ora = _in_parole(_di(adesso), indicatore)
    diversi = [campo for campo in {**celle, **ora} if celle.get(campo) != ora.get(campo)]
    prima = {campo: ora.get(campo, "") for campo in diversi}
    if (adesso.pk if adesso else 0) != (partita.pk if partita else 0):
        return Differenza(riga.numero, Esito.SUPERATA, chiave=nome, celle=celle, prima=prima)
    if errori := _errori(detto, era, chiave, noti):
        return Differenza(
            riga.numero, Esito.SBAGLIATA, chiave=nome, celle=celle, prima=prima, errori=errori
        )
    return Differenza(
        riga.numero,
        Esito.CAMBIATA if adesso else Esito.NUOVA,
        chiave=nome,
        celle=celle,
        prima=prima if adesso else {},
        dati=_dati(chiave, detto),
        segno=str(adesso.pk) if adesso else "",
    )


def _dati(chiave: Chiave, detto: Detto) -> dict[str, Any]:
    """What ``obiettivi.importazioni.scrittura`` needs to write the row."""
    dove = [chiave.indicatore, chiave.unita, chiave.anno, chiave.frazione, chiave.sede]
    cifre = {nome: detto[nome] for nome in CIFRE if detto[nome] is not None}
    return {"k": dove, "st": detto["stato"], **cifre, "testo": detto["testo"]}


def _controlla_chiave(chiave: Chiave, noti: Noti) -> None:
    """:raises ValidationError: in ``chiave``: of another azienda, or not the person's to write."""
    if chiave.indicatore not in noti.indicatori:
        raise ValidationError({"chiave": _("L'indicatore non c'è in questa azienda.")})
    if chiave.unita is None:
        if not noti.aziendali:
            raise ValidationError(
                {"chiave": _("È un risultato di tutta l'azienda: il tuo incarico non lo prende.")}
            )
    elif (chiave.indicatore, chiave.unita, chiave.anno) not in noti.scrivibili:
        raise ValidationError(
            {"chiave": _("Per questo centro di responsabilità non prendi, o non si prendono più, "
                         "risultati di questo indicatore.")}
        )  # fmt: skip


def _partita(riga: RigaLetta, chiave: Chiave, noti: Noti) -> Rilevazione | None:
    """The result that the row held when the sheet left.

    :raises ValidationError: in ``versione``: it never was of that row.
    """
    versione = riga.valori.get("versione") or 0
    partita = noti.partite.get(versione)
    if versione and (partita is None or Chiave.di(partita) != chiave):
        raise ValidationError(
            {"versione": _("La versione non è di questa riga: scarica di nuovo il foglio.")}
        )
    return partita


def _detto(riga: RigaLetta, indicatore: Indicatore) -> Detto:
    """What the cells say. A state that is not said is that of a number, if something is said."""
    cifre = {nome: _cifra(riga.valori.get(nome), indicatore) for nome in CIFRE}
    testo = riga.valori.get("testo") or ""
    stato = riga.valori.get("stato") or ""
    if not stato and (testo or any(cifra is not None for cifra in cifre.values())):
        stato = Stato.NUMERO.value
    return {"stato": stato, **cifre, "testo": testo}


def _cifra(valore: Any, indicatore: Indicatore) -> Any:
    """A figure; of a yes or no, 1 or 0. What is neither stays as it is, to be refused."""
    if indicatore.tipo_formula == Formula.SI_NO and valore in (SI, NO):
        return Decimal(valore == SI)
    return valore


def _di(una: Rilevazione | None) -> Detto:
    if una is None:
        return {"stato": "", **dict.fromkeys(CIFRE), "testo": ""}
    cifre = {nome: getattr(una, nome) for nome in CIFRE}
    return {"stato": una.stato, **cifre, "testo": pulito(una.testo)}


def _errori(detto: Detto, era: Detto, chiave: Chiave, noti: Noti) -> dict[str, str]:
    """By cell, why the row cannot be written."""
    indicatore = noti.indicatori[chiave.indicatore]
    aperte = riempibili(indicatore)
    if parole := [nome for nome in CIFRE if isinstance(detto[nome], str)]:
        return {nome: _("Questo indicatore vuole un numero, non sì o no.") for nome in parole}
    senza_cifre = all(detto[nome] is None for nome in CIFRE)
    if senza_cifre and detto["stato"] in ("", Stato.NUMERO):
        cella = next(nome for nome in CIFRE if nome in aperte)
        frase = _("Un risultato non si cancella: scrivi quello giusto.")
        return {cella: frase if era["stato"] else _("Scrivi il risultato, o di' perché non c'è.")}
    if any((chiave.anno, fuori) in noti.chiusi for fuori in _attorno(chiave.frazione)):
        return {"": _("Il periodo è chiuso ai nuovi risultati.")}
    try:
        controlla_periodo(chiave.anno, chiave.frazione, noti.oggi)
        controlla_cifre(Rilevazione(indicatore=indicatore, **detto))
    except ValidationError as errore:
        return in_celle(errore, CELLE)
    return {}


def _attorno(frazione: str) -> tuple[str, ...]:
    return (frazione, *genitori(frazione))


def nome_di(chiave: Chiave, noti: Noti) -> str:
    """What a row is of, for people."""
    una = Rilevazione(anno=chiave.anno, frazione=chiave.frazione, sede=chiave.sede)
    di_chi = noti.unita.get(chiave.unita or 0)
    pezzi = [noti.indicatori[chiave.indicatore].codice, str(una)]
    return ", ".join([*pezzi, str(di_chi)] if di_chi else pezzi)


def _testi(riga: RigaLetta) -> dict[str, str]:
    """The cells as written, without the hidden ones."""
    return {n: t for n, t in riga.testi.items() if n not in ("chiave", "versione") and t}


def _in_parole(detto: Detto, indicatore: Indicatore) -> dict[str, str]:
    """The cells as people read them, those that say something."""
    si_no = indicatore.tipo_formula == Formula.SI_NO
    dette = {"stato": STATI.get(detto["stato"], "")}
    for nome in CIFRE:
        cifra = detto[nome]
        if isinstance(cifra, Decimal):
            scritta = (SI if cifra else NO) if si_no and cifra in (0, 1) else _italiano(cifra)
        elif isinstance(cifra, date):
            scritta = f"{cifra:%d/%m/%Y}"
        else:
            scritta = cifra or ""
        dette[nome] = scritta
    return {nome: testo for nome, testo in {**dette, "testo": detto["testo"]}.items() if testo}


def _italiano(cifra: Decimal) -> str:
    return italiano(cifra.normalize() + 0)
