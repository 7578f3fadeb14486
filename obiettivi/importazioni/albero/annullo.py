# SPDX-License-Identifier: AGPL-3.0-or-later
"""Taking back what a sheet wrote in a draft, last thing first, if nobody wrote over it."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from obiettivi.azioni.albero import Atteso, aggiungi_misura, modifica_misura
from obiettivi.importazioni.albero.adesso import MODELLI, Albero
from obiettivi.models import Indicatore, Misura, Obiettivo
from piani import azioni
from piani.models import Piano, Utente

Fatto = dict[str, Any]


def segni_dopo(fatti: list[Fatto], albero: Albero) -> dict[str, str]:
    """The marks of the rows that a sheet left, as it left them."""
    refs = {f"{uno['tipo']}:{uno['pk']}" for uno in fatti if uno["fatto"] != "tolta"}
    return {ref: albero.nodi[ref].segno for ref in refs if ref in albero.nodi}


def annulla(piano: Piano, fatti: list[Fatto], segni: dict[str, str], *, da: Utente | None) -> None:
    """:raises ValidationError: by name, the rows that somebody changed, or hung something from."""
    _controlla(Albero.di(piano), fatti, segni)
    nuove: dict[str, int] = {}
    for fatto in reversed(fatti):
        if fatto["fatto"] == "aggiunta":
            azioni.elimina(MODELLI[fatto["tipo"]].objects.get(pk=fatto["pk"]), da=da)
        elif fatto["fatto"] == "cambiata":
            _rimetti(fatto, nuove, da)
        else:
            _ricrea(fatto, nuove, da)


def _controlla(albero: Albero, fatti: list[Fatto], segni: dict[str, str]) -> None:
    aggiunte = {f"{uno['tipo']}:{uno['pk']}" for uno in fatti if uno["fatto"] == "aggiunta"}
    ostacoli = []
    for ref, segno in segni.items():
        nodo = albero.nodi.get(ref)
        if nodo is None:
            ostacoli.append(_("Una riga scritta da questo foglio è già stata tolta dal piano."))
        elif nodo.segno != segno:
            ostacoli.append(_("«%(riga)s» è cambiata dopo.") % {"riga": albero.nome_di(nodo)})
    for nodo in albero.nodi.values():
        sopra = nodo.sopra
        if nodo.ref not in aggiunte and sopra is not None and sopra.ref in aggiunte:
            ostacoli.append(_("«%(riga)s» è stata aggiunta dopo.") % {"riga": albero.nome_di(nodo)})
    if ostacoli:
        raise ValidationError([_("L'importazione non si annulla più."), *ostacoli])


def _rimetti(fatto: Fatto, nuove: dict[str, int], da: Utente | None) -> None:
    """A row says again what it said before."""
    riga: Any = MODELLI[fatto["tipo"]].objects.get(pk=fatto["pk"])
    prima = _letti(fatto["prima"])
    if isinstance(riga, Misura):
        modifica_misura(
            riga,
            attesi=_attesi(fatto["attesi"]),
            base=prima.get("base_stampata", riga.base_stampata),
            base_anno=prima.get("base_anno", riga.base_anno),
            peso=prima.get("peso", riga.peso),
            nota=prima.get("nota", riga.nota),
            da=da,
        )
        _riconferma(riga, fatto["conferme"])
        return
    if "parent_id" in prima:
        prima["parent"] = _padre(prima.pop("parent_id"), nuove)
    azioni.modifica(riga, prima, da=da)


def _ricrea(fatto: Fatto, nuove: dict[str, int], da: Utente | None) -> None:
    """A row that was taken away is there again, with another key and last of its list."""
    valori, tipo = _letti(fatto["valori"]["propri"]), fatto["tipo"]
    if tipo == "misura":
        nata: Any = _ricrea_misura(valori, fatto, nuove, da)
    else:
        if tipo == "obiettivo":
            valori["area_id"] = nuove.get(f"area:{valori['area_id']}", valori["area_id"])
            padre = _padre(valori["parent_id"], nuove)
            valori["parent_id"] = padre.pk if padre else None
        nata = MODELLI[tipo](**valori)
        azioni.aggiungi(nata, molti=fatto["valori"]["molti"], da=da)
    nuove[f"{tipo}:{fatto['pk']}"] = nata.pk


def _ricrea_misura(valori: Fatto, fatto: Fatto, nuove: dict[str, int], da: Utente | None) -> Misura:
    sopra = nuove.get(f"obiettivo:{valori['obiettivo_id']}", valori["obiettivo_id"])
    nata = aggiungi_misura(
        Obiettivo.objects.get(pk=sopra),
        Indicatore.objects.get(pk=valori["indicatore_id"]),
        attesi=_attesi(fatto["attesi"]),
        base=valori["base_stampata"],
        base_anno=valori["base_anno"],
        peso=valori["peso"],
        nota=valori["nota"],
        da=da,
    )
    origine = {nome: valori[nome] for nome in ("riga_fonte", "precedente_id")}
    Misura.objects.filter(pk=nata.pk).update(**origine)
    _riconferma(nata, fatto["conferme"])
    return nata


def _attesi(testi: dict[str, str]) -> dict[int, Atteso]:
    return {int(anno): Atteso(testo) for anno, testo in testi.items()}


def _riconferma(misura: Misura, conferme: dict[str, list[Any]]) -> None:
    """The readings that somebody had confirmed are again, where the text is again that one."""
    for anno, (testo, chi, quando) in conferme.items():
        stesso = misura.target.filter(anno=int(anno), stampato=testo)
        stesso.update(confermato_da=chi, confermato_il=quando)


def _padre(chiave: int | None, nuove: dict[str, int]) -> Obiettivo | None:
    if chiave is None:
        return None
    return Obiettivo.objects.filter(pk=nuove.get(f"obiettivo:{chiave}", chiave)).first()


def _letti(valori: Fatto) -> Fatto:
    """The values as they were before they were kept: weights come back as text."""
    return {
        nome: Decimal(valore) if nome == "peso" and valore is not None else valore
        for nome, valore in valori.items()
    }
