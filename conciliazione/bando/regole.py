# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules of an edition, section by section: which are there, how they are called."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from conciliazione.calcolo.edizione import (
    Dimensione,
    Garante,
    Grandezza,
    Gruppo,
    Maggioranza,
    Natura,
    Parita,
    Quorum,
)

Parola = str | Promise


class Specie(StrEnum):
    """How a value is written."""

    TESTO = "testo"
    NUMERO = "numero"
    INTERO = "intero"
    SI_NO = "si_no"
    GIORNO = "giorno"
    ELENCO = "elenco"
    SCELTA = "scelta"
    SCELTE = "scelte"


@dataclass(frozen=True)
class Colonna:
    """A field of a rule, or a column of a table of rules."""

    nome: str
    titolo: Parola
    specie: Specie = Specie.TESTO
    vuota: bool = False
    fra: type[StrEnum] | None = None


@dataclass(frozen=True)
class Regola:
    """A rule of an edition. With ``tavola`` it is a list of rows; else its fields."""

    nome: str
    titolo: Parola
    colonne: tuple[Colonna, ...]
    tavola: bool = False
    aiuto: Parola = ""


@dataclass(frozen=True)
class Sezione:
    """A page of the form."""

    chiave: str
    titolo: Parola
    regole: tuple[Regola, ...]


FONTE = Colonna("fonte", _("articolo"), vuota=True)
CODICE = Colonna("codice", _("codice"))
NOME = Colonna("nome", _("nome"))
URGENZA = Colonna("urgenza", _("si convoca anche d'urgenza, dicendo perché"), Specie.SI_NO)


def _soglia(nome: str, titolo: Parola, aiuto: Parola = "") -> Regola:
    valore = Colonna("valore", _("valore"), Specie.NUMERO, vuota=True)
    return Regola(nome, titolo, (valore, FONTE), aiuto=aiuto)


def _si_no(nome: str, titolo: Parola) -> Regola:
    return Regola(nome, titolo, (Colonna("valore", _("sì"), Specie.SI_NO), FONTE))


def _tavola(nome: str, titolo: Parola, *colonne: Colonna, aiuto: Parola = "") -> Regola:
    return Regola(nome, titolo, colonne, tavola=True, aiuto=aiuto)


VUOTO = _("Vuoto: l'edizione non ha questo limite.")

SEZIONI = (
    Sezione("risorse", _("Risorse"), (
        _soglia("quota_sistema", _("Quota per le azioni di sistema, in %"), VUOTO),
        _tavola(
            "riserve", _("Riserve per le Alleanze"), CODICE, NOME,
            Colonna("quota", _("quota in %"), Specie.NUMERO),
            Colonna("categorie", _("categorie del catalogo"), Specie.ELENCO), FONTE,
        ),
    )),
    Sezione("limiti", _("Limiti delle proposte"), (
        _soglia("quota_massima", _("Contributo al massimo, in % del costo"), VUOTO),
        _soglia("contributo_massimo", _("Contributo al massimo, in euro"), VUOTO),
        _soglia("valore_minimo", _("Costo del progetto almeno, in euro"), VUOTO),
        _soglia("cofinanziamento_minimo", _("Cofinanziamento almeno, in % del costo"), VUOTO),
    )),
    Sezione("alleanze", _("Alleanze"), (
        Regola("capofila", _("Chi può essere capofila"), (
            Colonna("nature", _("natura giuridica"), Specie.SCELTE, fra=Natura),
            Colonna("garanti", _("chi affianca un capofila privato"), Specie.SCELTE, vuota=True,
                    fra=Garante), FONTE,
        )),
        _si_no("adesione_alla_rete", _("Capofila e partner hanno aderito alla Rete")),
        _si_no("astensione", _("Chi propone non valuta")),
        _tavola(
            "dimensioni", _("Dimensioni delle imprese"),
            Colonna("categorie", _("categorie del catalogo"), Specie.ELENCO),
            Colonna("dimensioni", _("dimensioni"), Specie.SCELTE, fra=Dimensione),
            Colonna("quota", _("quota in %"), Specie.NUMERO), FONTE,
        ),
    )),
    Sezione("catalogo", _("Finalità e catalogo"), (
        _tavola("finalita", _("Finalità"), CODICE, NOME),
        _tavola(
            "catalogo", _("Categorie di intervento"), CODICE, NOME,
            Colonna("tempi", _("tempi delle città"), Specie.SI_NO), FONTE,
        ),
        _tavola(
            "interventi", _("Interventi"),
            Colonna("categoria", _("codice della categoria")), CODICE, NOME,
        ),
    )),
    Sezione("criteri", _("Criteri"), (
        _tavola(
            "criteri", _("Criteri di valutazione"), CODICE, NOME,
            Colonna("punti", _("punti"), Specie.NUMERO, vuota=True),
            Colonna("premiale", _("premiale"), Specie.SI_NO), FONTE,
        ),
        _soglia("punteggio_minimo", _("Punteggio minimo"), VUOTO),
    )),
    Sezione("indicatori", _("Indicatori di monitoraggio"), (
        _tavola(
            "indicatori", _("Indicatori"), CODICE, NOME,
            Colonna("gruppo", _("gruppo"), Specie.SCELTA, fra=Gruppo),
            Colonna("numeratore", _("numeratore"), Specie.SCELTA, fra=Grandezza),
            Colonna("denominatore", _("denominatore"), Specie.SCELTA, vuota=True, fra=Grandezza),
            Colonna("per_azione", _("per azione"), Specie.SI_NO),
            Colonna("per_tipologia", _("per tipologia"), Specie.SI_NO), FONTE,
        ),
    )),
    Sezione("riunioni", _("Riunioni"), (
        Regola("comitato", _("Comitato"), (
            Colonna("preavviso", _("giorni di preavviso"), Specie.INTERO),
            Colonna("riunioni", _("riunioni in un anno"), Specie.INTERO),
            Colonna("quorum", _("numero legale"), Specie.SCELTA, fra=Quorum),
            Colonna("maggioranza", _("maggioranza dei"), Specie.SCELTA, fra=Maggioranza),
            Colonna("parita", _("a parità di voti"), Specie.SCELTA, fra=Parita), URGENZA, FONTE,
        )),
        Regola("rete", _("Rete"), (
            Colonna("preavviso", _("giorni di preavviso"), Specie.INTERO),
            Colonna("riunioni", _("riunioni in un anno"), Specie.INTERO),
            Colonna("richiedenti", _("richiedenti una consultazione, in %"), Specie.NUMERO),
            Colonna("anticipo", _("giorni di anticipo della richiesta"), Specie.INTERO),
            Colonna("mesi_composizione", _("ogni quanti mesi la composizione"), Specie.INTERO),
            URGENZA, FONTE,
        )),
    )),
    Sezione("rate", _("Rate, costi, scadenze"), (
        _tavola(
            "rate", _("Rate del contributo"), CODICE, NOME,
            Colonna("quota", _("quota in %"), Specie.NUMERO),
            Colonna("spesa", _("spesa richiesta in %"), Specie.NUMERO), FONTE,
        ),
        _tavola(
            "categorie_costo", _("Categorie di costo"), CODICE, NOME,
            Colonna("massimo", _("al massimo, in % del costo"), Specie.NUMERO, vuota=True), FONTE,
        ),
        _tavola(
            "scadenze", _("Scadenze"), CODICE, NOME,
            Colonna("giorno", _("giorno"), Specie.GIORNO, vuota=True), FONTE,
        ),
    )),
)  # fmt: skip

PAROLE: dict[str, Parola] = {
    Natura.PUBBLICA: _("pubblica"),
    Natura.NON_PROFIT: _("privata senza scopo di lucro"),
    Natura.PROFIT: _("privata con scopo di lucro"),
    Garante.ENTE_LOCALE: _("un ente pubblico locale"),
    Garante.AMBITO: _("un ambito"),
    Quorum.META_PIU_UNO: _("metà più uno dei componenti"),
    Quorum.MAGGIORANZA: _("maggioranza dei componenti"),
    Maggioranza.PRESENTI: _("presenti"),
    Maggioranza.COMPONENTI: _("componenti"),
    Parita.VOTO_CAPOFILA: _("vale il voto della Capofila di Rete"),
    Parita.RESPINTA: _("la proposta è respinta"),
}


def parola(valore: str) -> str:
    """A choice as people read it; the ones that are words already stay."""
    return str(PAROLE.get(valore, valore.replace("_", " ")))


def sezione_di(chiave: str) -> Sezione | None:
    return next((una for una in SEZIONI if una.chiave == chiave), None)
