# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Comitato of a printed plan: its seats, and the Regolamento beside the rules in use."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from conciliazione.azioni.comitato import COMPONE, aggiungi_seggio
from conciliazione.azioni.passi import annota
from conciliazione.calcolo.edizione import Maggioranza, Parametri, Parita, Quorum
from conciliazione.calcolo.edizione_dati import come_dati
from conciliazione.calcolo.importi import CENTO
from conciliazione.calcolo.numero_legale import numero_legale
from conciliazione.models import EdizioneConciliazione, Ente, Natura, Riscontro, TipoEnte
from piani.models import Utente
from piani.rules import esigi

Dati = Mapping[str, Any]

# What the bodies of each kind of seat are: kind, legal form, local authority.
ENTI: dict[str, tuple[TipoEnte, Natura, bool]] = {
    "capofila": (TipoEnte.PUBBLICO, Natura.PUBBLICA, False),
    "utr": (TipoEnte.PUBBLICO, Natura.PUBBLICA, False),
    "ex-reti": (TipoEnte.AMBITO, Natura.PUBBLICA, False),
    "province": (TipoEnte.PUBBLICO, Natura.PUBBLICA, True),
    "cciaa": (TipoEnte.PUBBLICO, Natura.PUBBLICA, False),
    "comune-milano": (TipoEnte.PUBBLICO, Natura.PUBBLICA, True),
    "sindacati": (TipoEnte.SINDACATO, Natura.NON_PROFIT, False),
    "datoriali": (TipoEnte.DATORIALE, Natura.NON_PROFIT, False),
    "asst-asp": (TipoEnte.PUBBLICO, Natura.PUBBLICA, False),
    "consigliere-parita": (TipoEnte.PUBBLICO, Natura.PUBBLICA, False),
    "forum-famiglie": (TipoEnte.NON_PROFIT, Natura.NON_PROFIT, False),
    "universita": (TipoEnte.PUBBLICO, Natura.PUBBLICA, False),
    "esperto-welfare": (TipoEnte.NON_PROFIT, Natura.NON_PROFIT, False),
}
# A printed name that says nothing by itself («Sede Milano») takes its heading before it.
CON_ETICHETTA = ("utr",)
STAMPATE = {
    "meta_piu_uno": Quorum.META_PIU_UNO,
    "maggioranza_presenti": Maggioranza.PRESENTI,
    "voto_capofila": Parita.VOTO_CAPOFILA,
}
# The printed numbers of the Regolamento: where each is in the rules of an edition.
NUMERI = {
    "comitato-preavviso": ("comitato", "preavviso"),
    "comitato-riunioni-anno": ("comitato", "riunioni"),
    "rete-preavviso": ("rete", "preavviso"),
    "rete-riunioni-anno": ("rete", "riunioni"),
    "consultazione-quota": ("rete", "richiedenti"),
    "consultazione-anticipo": ("rete", "anticipo"),
    "aggiornamento-composizione": ("rete", "mesi_composizione"),
}
SCELTE = {
    "comitato-numero-legale": "quorum",
    "comitato-maggioranza": "maggioranza",
    "comitato-parita": "parita",
}
ORDINE = 300
"""From which place the figures of this part are listed."""


def carica(edizione: EdizioneConciliazione, cartella: Path, da: Utente | None = None) -> None:
    """Bring in comitato.toml and regolamento.toml of a folder; those that are not there have
    nothing to say. Done again it changes nothing; it is done whole or not at all.

    :raises PermissionDenied: the author does not lead the network.
    :raises KeyError: a file lacks what it should say, or names a kind of seat that is not known.
    """
    esigi(da, COMPONE, edizione)
    with transaction.atomic():
        _regolamento(edizione, _leggi(cartella, "regolamento"), da)
        _seggi(edizione, _leggi(cartella, "comitato"), da)
        _derivate(edizione, _leggi(cartella, "derivate"))


def _leggi(cartella: Path, nome: str) -> Dati:
    file = cartella / f"{nome}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def _seggi(edizione: EdizioneConciliazione, dati: Dati, da: Utente | None) -> None:
    """Each seat, with its body: found by name, or entered as one known but not of the network."""
    gia = set(edizione.seggi.values_list("ordine", flat=True))
    for uno in dati.get("seggi", ()):
        if uno["ordine"] in gia:
            continue
        aggiungi_seggio(
            edizione,
            ente=_ente(edizione, uno),
            tipologia=uno["etichetta"],
            denominazione=uno["ente"],
            capofila=uno["tipo"] == "capofila",
            ordine=uno["ordine"],
            riga_fonte=str(uno["riga"]),
            da=da,
        )


def _ente(edizione: EdizioneConciliazione, seggio: Dati) -> Ente:
    tipo, natura, ente_locale = ENTI[seggio["tipo"]]
    nome = seggio["ente"]
    if seggio["tipo"] in CON_ETICHETTA:
        nome = f"{seggio['etichetta']} {nome}"
    ente, _nato = Ente.objects.get_or_create(
        azienda=edizione.azienda,
        nome=nome,
        defaults={
            "tipo": tipo,
            "natura": natura,
            "ente_locale": ente_locale,
            "riga_fonte": str(seggio["riga"]),
        },
    )
    return ente


def _regolamento(edizione: EdizioneConciliazione, dati: Dati, da: Utente | None) -> None:
    """The rules in use become those printed; each printed number is shown beside the one in use."""
    parametri = {uno["codice"]: uno for uno in dati.get("parametri", ())}
    if not parametri:
        return
    prima = edizione.regole
    dopo = _con_regolamento(prima, parametri)
    if dopo != prima:
        edizione.parametri = come_dati(dopo)
        edizione.save(update_fields=["parametri"])
        del edizione.regole  # it was read before they changed
        annota(
            "conc_edizione.regolamento",
            edizione,
            _("Le regole di Comitato e Rete sono quelle del Regolamento"),
            da=da,
            dati={"prima": come_dati(prima), "dopo": edizione.parametri},
        )
    for posto, (codice, (organo, campo)) in enumerate(NUMERI.items()):
        riga = parametri[codice]
        _riscontro(
            edizione,
            f"regolamento-{codice}",
            ORDINE + posto,
            dove=_("Regolamento di Rete, art. %(articolo)s: %(nome)s")
            % {"articolo": riga["articolo"], "nome": riga["nome"]},
            stampato=riga["stampato"],
            valore=_numero(riga),
            calcolato=Decimal(getattr(getattr(edizione.regole, organo), campo)),
            unita="%" if riga["unita"] == "quota" else riga["unita"],
            riga=riga["riga"],
        )


def _con_regolamento(regole: Parametri, parametri: Mapping[str, Dati]) -> Parametri:
    numeri: dict[str, dict[str, Any]] = {"comitato": {}, "rete": {}}
    for codice, (organo, campo) in NUMERI.items():
        numero = _numero(parametri[codice])
        numeri[organo][campo] = numero if campo == "richiedenti" else int(numero)
    scelte = {campo: STAMPATE[parametri[codice]["valore"]] for codice, campo in SCELTE.items()}
    return replace(
        regole,
        comitato=replace(regole.comitato, **numeri["comitato"], **scelte),
        rete=replace(regole.rete, **numeri["rete"]),
    )


def _numero(riga: Dati) -> Decimal:
    """As the edition keeps it: a share printed as a fraction is a percentage."""
    valore = Decimal(riga["valore"])
    return (valore * CENTO).normalize() if riga["unita"] == "quota" else valore


def _derivate(edizione: EdizioneConciliazione, dati: Dati) -> None:
    """What the source lets one count: the seats, and the quorum that comes of them."""
    righe = {uno["codice"]: uno for uno in dati.get("derivate", ())}
    seggi = edizione.seggi.count()
    contati = {
        "seggi-comitato": seggi,
        "numero-legale": numero_legale(seggi, edizione.regole.comitato.quorum),
    }
    for posto, (codice, quanti) in enumerate(contati.items()):
        if riga := righe.get(codice):
            _riscontro(
                edizione,
                codice,
                ORDINE + len(NUMERI) + posto,
                dove=riga["dove"],
                stampato="",
                valore=None,
                calcolato=Decimal(quanti),
                unita=riga["unita"],
                riga=riga["riga"],
                nota=riga.get("nota", ""),
            )


def _riscontro(
    edizione: EdizioneConciliazione,
    chiave: str,
    ordine: int,
    *,
    dove: str,
    stampato: str,
    valore: Decimal | None,
    calcolato: Decimal,
    unita: str,
    riga: int,
    nota: str = "",
) -> None:
    Riscontro.objects.update_or_create(
        edizione=edizione,
        chiave=chiave,
        defaults={
            "ordine": ordine,
            "dove": dove[:300],
            "stampato": stampato,
            "valore_stampato": valore,
            "calcolato": calcolato,
            "unita": unita,
            "riga_fonte": str(riga),
            "nota": nota,
        },
    )
