# SPDX-License-Identifier: AGPL-3.0-or-later
"""The two documents of the conciliation on paper: chapters and tables from the photograph alone."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conciliazione.calcolo.gantt import Lavoro
from conciliazione.disegno_gantt import calendario
from piani.stampa.capitoli import Capitolo, Voce
from piani.stampa.dati import in_csv, per_campi, tabella_quadro
from piani.stampa.formati import ancora
from piani.stampa.generi import Genere
from piani.stampa.quadri import quadri

Dati = dict[str, Any]
Costruito = tuple[Dati, tuple[Voce, ...]]
COMPITI = "compiti"
GENERI = ("sistema", "trasversale", "diretta")

# (kind of the section that opens it, key of its template, title, what it draws)
ORDINE: tuple[tuple[str, str, Any, str], ...] = (
    ("presentazione", "conc_introduzione", gettext_lazy("Introduzione"), ""),
    ("missione", "conc_finalita", gettext_lazy("Finalità"), "finalita"),
    ("analisi_contesto", "conc_contesto", gettext_lazy("Il contesto e i bisogni"), "contesto"),
    ("chi_siamo", "conc_rete", gettext_lazy("La Rete e la governance"), "rete"),
    ("obiettivi", "conc_progetti", gettext_lazy("Progetti e azioni"), "progetti"),
    ("collegamenti", "conc_finanziario", gettext_lazy("Le risorse: piano finanziario"),
     "finanziario"),
    ("ciclo", "conc_monitoraggio", gettext_lazy("Il monitoraggio"), "monitoraggio"),
    ("", "conc_riscontri", gettext_lazy("Stampato e calcolato"), "riscontri"),
)  # fmt: skip


def capitoli(foto: Dati) -> list[Capitolo]:
    """The chapters of this photograph, numbered from 1; one with nothing to say is left out."""
    grezzi = [*_previsti(foto), *_altri(foto)]
    grezzi.append(("conc_nota", str(_("Nota")), (), {"nota": True}, ()))
    return [Capitolo(numero, *grezzo) for numero, grezzo in enumerate(grezzi, start=1)]


def _previsti(foto: Dati) -> Iterator[tuple[Any, ...]]:
    for tipo, chiave, titolo, disegno in ORDINE:
        sezioni = tuple(s for s in foto["sezioni"] if s["tipo"] == tipo and s["html"])
        dati, voci = COSTRUTTORI[disegno](foto) if disegno else ({}, ())
        if sezioni or dati:
            yield chiave, str(titolo), sezioni, dati, voci


def _altri(foto: Dati) -> Iterator[tuple[Any, ...]]:
    previsti = {tipo for tipo, *_resto in ORDINE}
    for sezione in foto["sezioni"]:
        if sezione["tipo"] not in previsti and sezione["html"]:
            yield ancora(sezione["tipo"]), sezione["titolo"], (sezione,), {}, ()


def _finalita(foto: Dati) -> Costruito:
    conc = foto["conciliazione"]
    # Where the catalogue is the list of the purposes, it is not said twice.
    interventi = [una for una in conc["interventi"] if una["nome"] not in conc["finalita"]]
    dati = {"finalita": conc["finalita"], "interventi": interventi}
    return (dati, ()) if any(dati.values()) else ({}, ())


def _contesto(foto: Dati) -> Costruito:
    miei = [uno for uno in quadri(foto) if uno.dati["chiave"] != COMPITI]
    return ({"quadri": miei}, tuple(Voce(u.ancora, u.titolo) for u in miei)) if miei else ({}, ())


def _rete(foto: Dati) -> Costruito:
    conc = foto["conciliazione"]
    dati = {
        "composizione": conc["rete"]["composizione"],
        "ambiti": conc["rete"]["ambiti"],
        "comitato": conc["comitato"],
        "compiti": [uno for uno in quadri(foto) if uno.dati["chiave"] == COMPITI],
    }
    return (dati, ()) if any(dati.values()) else ({}, ())


def _progetti(foto: Dati) -> Costruito:
    conc = foto["conciliazione"]
    progetti = conc["progetti"]
    azioni = sorted(conc["azioni"], key=lambda una: GENERI.index(una["genere"]))
    if not progetti and not azioni:
        return {}, ()
    voci = [Voce(f"progetto-{uno['numero']}", uno["titolo"]) for uno in progetti]
    generi = [
        (nome, list(righe)) for nome, righe in groupby(azioni, key=lambda u: u["genere_etichetta"])
    ]
    voci += [Voce(ancora("azioni", nome), nome) for nome, _righe in generi]
    somme = {
        campo: sum(uno[campo] for uno in progetti)
        for campo in ("costo", "contributo", "cofinanziamento")
    }
    dati = {
        "progetti": [_con_calendario(uno) for uno in progetti],
        "somme": somme,
        "generi": [(ancora("azioni", nome), nome, righe) for nome, righe in generi],
    }
    return dati, tuple(voci)


def _con_calendario(progetto: Dati) -> Dati:
    """A project with the calendar of its actions, drawn from their days."""
    lavori = [
        Lavoro(azione["titolo"], _data(azione["dal"]), _data(azione["al"]))
        for azione in progetto["azioni"]
    ]
    titolo = _("Calendario delle azioni di «%(progetto)s»") % {"progetto": progetto["titolo"]}
    disegno = calendario(f"calendario-{progetto['numero']}", titolo, lavori)
    return progetto | {"calendario": disegno}


def _data(testo: str) -> date | None:
    return date.fromisoformat(testo) if testo else None


def _finanziario(foto: Dati) -> Costruito:
    piano = foto["conciliazione"]["finanziario"]
    if piano is None:
        return {}, ()
    lati = [
        (_("Fonti"), piano["fonti"], piano["totale_fonti"]),
        (_("Impieghi"), piano["impieghi"], piano["totale_impieghi"]),
        (_("Totali e rapporti"), piano["totali"], None),
    ]
    lati = [lato for lato in lati if lato[1]]
    righe = [riga for _nome, queste, _totale in lati for riga in queste]
    diverse = [riga for riga in righe if riga["differenza"]]
    return {"piano": piano, "lati": lati, "diverse": diverse}, ()


def _monitoraggio(foto: Dati) -> Costruito:
    nomi = {"a": _("Del Piano"), "b": _("Dei progetti"), "c": _("Delle altre azioni")}
    indicatori = foto["conciliazione"]["indicatori"]
    gruppi = [
        (nomi[gruppo], list(righe))
        for gruppo, righe in groupby(indicatori, key=lambda uno: uno["gruppo"])
    ]
    semestre = next((uno["semestre"] for uno in indicatori if uno["semestre"]), "")
    return ({"gruppi": gruppi, "semestre": semestre}, ()) if gruppi else ({}, ())


def _riscontri(foto: Dati) -> Costruito:
    righe = foto["conciliazione"]["riscontri"]
    if not righe:
        return {}, ()
    confrontate = [una for una in righe if una["differenza"] is not None]
    return {
        "tutte": len(righe),
        "confrontate": len(confrontate),
        "diverse": [una for una in confrontate if una["differenza"]],
    }, ()


COSTRUTTORI: dict[str, Callable[[Dati], Costruito]] = {
    "finalita": _finalita,
    "contesto": _contesto,
    "rete": _rete,
    "progetti": _progetti,
    "finanziario": _finanziario,
    "monitoraggio": _monitoraggio,
    "riscontri": _riscontri,
}

PROGETTI = (
    "numero", "titolo", "capofila", "stato", "cup", "costo", "contributo", "quota",
    "cofinanziamento", "dal", "al", "riga_fonte",
)  # fmt: skip
AZIONI = ("progetto", "ordine", "titolo", "stato", "persone", "imprese", "dal", "al")
DI_PIANO = (
    "genere", "titolo", "gruppo", "descrizione", "stato", "importo", "incontri", "riga_fonte",
)  # fmt: skip
VOCI = (
    "parte", "codice", "nome", "livello", "stampato", "calcolato", "differenza", "quota",
    "calcolo", "nota", "riga_fonte",
)  # fmt: skip
RISCONTRI = (
    "chiave", "dove", "stampato", "valore_stampato", "calcolato", "differenza", "unita", "nota",
    "presa_atto", "riga_fonte",
)  # fmt: skip
INDICATORI = ("codice", "gruppo", "nome", "semestre", "valore", "fonte")


def tabelle(foto: Dati) -> dict[str, bytes]:
    """The tables of the photograph, by file name."""
    conc = foto["conciliazione"]
    composizione = conc["rete"]["composizione"] or {"righe": []}
    elenchi: dict[str, tuple[tuple[str, ...], Any]] = {
        "progetti.csv": (PROGETTI, conc["progetti"]),
        "azioni-dei-progetti.csv": (AZIONI, _azioni_dei_progetti(conc)),
        "azioni-del-piano.csv": (DI_PIANO, conc["azioni"]),
        "piano-finanziario.csv": (VOCI, _voci(conc)),
        "stampato-e-calcolato.csv": (RISCONTRI, conc["riscontri"]),
        "indicatori.csv": (INDICATORI, conc["indicatori"]),
        "comitato.csv": (("ordine", "tipologia", "ente", "capofila"), conc["comitato"]),
        "rete.csv": (("tipo", "stampato", "calcolato"), composizione["righe"]),
        "ambiti.csv": (("nome", "comuni", "comuni_stampati"), conc["rete"]["ambiti"]),
    }
    file = {
        nome: in_csv(campi, per_campi(righe, campi)) for nome, (campi, righe) in elenchi.items()
    }
    for quadro in foto["quadri"]:
        file[f"quadri-{ancora(quadro['chiave'])}.csv"] = in_csv(*tabella_quadro(quadro))
    return file


def _azioni_dei_progetti(conc: Dati) -> Iterator[Dati]:
    for progetto in conc["progetti"]:
        for azione in progetto["azioni"]:
            yield azione | {"progetto": progetto["titolo"]}


def _voci(conc: Dati) -> Iterator[Dati]:
    piano = conc["finanziario"] or {}
    for parte in ("fonti", "impieghi", "totali"):
        for voce in piano.get(parte, []):
            yield voce | {"parte": parte}


def _descrizione(foto: Dati) -> str:
    piano = foto["piano"]
    return f"{piano['titolo']}, {foto['azienda']['nome']}"


GENERE = Genere(
    "stampa/_copertina_conc.html",
    capitoli,
    tabelle,
    lambda foto: str(foto["piano"]["titolo"]),
    _descrizione,
)
