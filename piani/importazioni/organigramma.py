# SPDX-License-Identifier: AGPL-3.0-or-later
"""A draft of the chart from a file: a row for each unit, known by its code."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from piani import azioni
from piani.azioni.bozza import PERMESSO
from piani.importazioni import celle
from piani.importazioni.genere import (
    Ambito,
    Campo,
    Contesto,
    Differenza,
    Esito,
    Genere,
    RigaLetta,
    Scritto,
    Superate,
)
from piani.models import Organigramma, Ruolo, UnitaOrganizzativa
from piani.models.organigramma import LIVELLI_MASSIMI
from piani.organigramma.foglio import RigaUnita

Tipo = UnitaOrganizzativa.Tipo
DETTI = ("nome", "tipo", "superiore", "cdr")
Aspetto = dict[str, Any]


class OrganigrammaAmbito(Ambito):
    """Which draft the file fills."""

    bozza = forms.ModelChoiceField(
        Organigramma.objects.none(),
        label=gettext_lazy("Bozza da riempire"),
        empty_label=gettext_lazy("Scegli"),
        help_text=gettext_lazy(
            "La bozza diventa come il foglio: le unità che il foglio non ha si tolgono. "
            "L’organigramma in vigore non cambia finché la bozza non entra in vigore."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bozza"].queryset = Organigramma.objects.bozze().filter(azienda=self.azienda)


class UnitaDaFoglio(Genere):
    """The units of a draft, all of them."""

    chiave = "organigramma"
    nome = gettext_lazy("Organigramma: una bozza")
    descrizione = gettext_lazy(
        "Una riga per unità, con il codice di quella che le sta sopra. Le unità con un codice che "
        "c’è già restano le stesse, con la loro storia."
    )
    permesso = PERMESSO
    ruoli = (Ruolo.AMMINISTRATORE, Ruolo.CONTROLLO_GESTIONE)
    ambito = OrganigrammaAmbito
    campi = (
        Campo("codice", gettext_lazy("Codice"), ("codice", "cod", "codice unità", "codice cdr"),
              celle.testo(30), obbligatorio=True),
        Campo("nome", gettext_lazy("Denominazione"),
              ("nome", "denominazione", "unità", "struttura", "descrizione"), celle.testo(200),
              obbligatorio=True),
        Campo("tipo", gettext_lazy("Tipo"), ("tipo", "tipologia", "livello"),
              celle.scelta({valore: (str(nome),) for valore, nome in Tipo.choices}),
              obbligatorio=True),
        Campo("superiore", gettext_lazy("Codice dell’unità superiore"),
              ("codice_superiore", "codice superiore", "superiore", "padre", "dipende da"),
              celle.testo(30)),
        Campo("cdr", gettext_lazy("Centro di responsabilità"),
              ("cdr", "centro di responsabilità"), celle.si_no),
        Campo("ordine", gettext_lazy("Ordine"), ("ordine", "posizione", "n"),
              celle.intero(0, 1_000_000)),
    )  # fmt: skip
    esempio = (
        ("Codice", "Nome", "Tipo", "Codice superiore", "CdR", "Ordine"),
        ("DG", "Direzione generale", "direzione", "", "no", "1"),
        ("CARD", "UOC Cardiologia", "uoc", "DG", "sì", "1"),
    )

    def confronta(self, contesto: Contesto, righe: Iterable[RigaLetta]) -> Iterator[Differenza]:
        """The whole chart is looked at together: who stands under whom is in other rows."""
        tutte = list(righe)
        adesso = _adesso(_bozza(contesto))
        sopra = {una.valori.get("codice"): una.valori.get("superiore") or "" for una in tutte}
        viste: dict[str, int] = {}
        for una in tutte:
            errori = dict(una.errori)
            _controlla(una, sopra, viste, errori)
            yield _differenza(una, adesso, errori)
        for codice, aspetto in adesso.items():
            if codice not in sopra:
                yield Differenza(None, Esito.TOLTA, f"{codice} {aspetto['nome']}",
                                 prima=_in_parole(aspetto), dati={"codice": codice},
                                 segno=_segno(aspetto))  # fmt: skip

    def scrivi(self, contesto: Contesto, differenze: Iterator[Differenza]) -> Scritto:
        """The draft as it was with the differences put over it, written as a whole sheet."""
        bozza = _bozza(contesto)
        adesso = _adesso(bozza)
        prima = [dict(uno) for uno in adesso.values()]
        mosse: dict[int, str] = {}
        for una in differenze:
            codice = una.dati["codice"]
            if una.segno != _segno(adesso.get(codice)):
                mosse[una.posto] = _("L’unità è cambiata nella bozza dopo l’anteprima.")
            elif una.esito == Esito.TOLTA:
                del adesso[codice]
            else:
                adesso[codice] = dict(una.dati)
        if mosse:
            raise Superate(mosse)
        esito = azioni.importa_foglio(bozza, _righe(adesso.values()), da=contesto.da)
        effetti = [
            ngettext("%(n)s unità aggiunta.", "%(n)s unità aggiunte.", esito.aggiunte)
            % {"n": esito.aggiunte},
            ngettext("%(n)s unità cambiata.", "%(n)s unità cambiate.", esito.cambiate)
            % {"n": esito.cambiate},
            ngettext("%(n)s unità tolta.", "%(n)s unità tolte.", esito.tolte) % {"n": esito.tolte},
        ]
        dopo = _segni(_adesso(bozza))
        return Scritto(annullo={"prima": prima, "dopo": dopo}, effetti=effetti)

    def annulla(self, contesto: Contesto) -> list[str]:
        """The draft as it was before the file.

        :raises ValidationError: the draft was changed since, or is in force or gone.
        """
        bozza = _bozza(contesto)
        annullo = contesto.importazione.annullo
        if _segni(_adesso(bozza)) != annullo["dopo"]:
            raise ValidationError(
                _("Non si annulla: la bozza è stata cambiata dopo l’importazione.")
            )
        azioni.importa_foglio(bozza, _righe(annullo["prima"]), da=contesto.da)
        return [_("La bozza «%(bozza)s» è come prima.") % {"bozza": bozza}]


def _bozza(contesto: Contesto) -> Organigramma:
    trovata = Organigramma.objects.bozze().filter(
        azienda=contesto.azienda, pk=contesto.ambito.get("bozza")
    )
    if (bozza := trovata.first()) is None:
        raise ValidationError(_("La bozza non c’è più, o è già in vigore."))
    return bozza


def _adesso(bozza: Organigramma) -> dict[str, Aspetto]:
    """What the draft says now of each unit, by code."""
    unita = list(UnitaOrganizzativa.objects.di_versione(bozza))
    codici = {una.pk: una.codice for una in unita}
    return {
        una.codice: {
            "codice": una.codice, "nome": una.nome, "tipo": una.tipo,
            "superiore": codici.get(una.parent_id or 0, ""), "cdr": una.cdr, "ordine": una.ordine,
        }
        for una in unita
    }  # fmt: skip


def _segno(aspetto: Mapping[str, Any] | None) -> str:
    return "|".join(str(aspetto[campo]) for campo in DETTI) if aspetto else ""


def _segni(aspetti: Mapping[str, Aspetto]) -> dict[str, str]:
    return {codice: _segno(uno) for codice, uno in aspetti.items()}


def _righe(aspetti: Iterable[Mapping[str, Any]]) -> list[RigaUnita]:
    return [RigaUnita(**uno) for uno in aspetti]


def _controlla(
    riga: RigaLetta, sopra: Mapping[Any, str], viste: dict[str, int], errori: dict[str, str]
) -> None:
    """Each code once; the code above is a row; nobody stands under itself, nor too deep."""
    codice, superiore = riga.valori.get("codice"), riga.valori.get("superiore") or ""
    if not codice:
        return
    if codice in viste:
        errori.setdefault("codice", _("È già alla riga %(n)s.") % {"n": viste[codice]})
    viste.setdefault(codice, riga.numero)
    if not superiore:
        return
    if superiore not in sopra:
        errori.setdefault("superiore", _("Non è il codice di nessuna riga."))
        return
    salita = [superiore]
    while (su := sopra.get(salita[-1], "")) and su not in salita and len(salita) < LIVELLI_MASSIMI:
        salita.append(su)
    if codice in salita:
        errori.setdefault("superiore", _("Risalendo si torna alla stessa unità."))
    elif len(salita) >= LIVELLI_MASSIMI:
        errori.setdefault(
            "superiore", _("L’unità sta oltre il livello %(n)s.") % {"n": LIVELLI_MASSIMI}
        )


def _differenza(
    riga: RigaLetta, adesso: Mapping[str, Aspetto], errori: dict[str, str]
) -> Differenza:
    valori = riga.valori
    chiave = f"{valori.get('codice') or ''} {valori.get('nome') or ''}".strip()
    if errori:
        return Differenza(riga.numero, Esito.SBAGLIATA, chiave, celle=riga.testi, errori=errori)
    era = adesso.get(valori["codice"])
    letta: Aspetto = {
        "codice": valori["codice"], "nome": valori["nome"], "tipo": valori["tipo"],
        "superiore": valori.get("superiore") or "", "cdr": bool(valori.get("cdr")),
        "ordine": valori.get("ordine") if valori.get("ordine") is not None
        else era and era["ordine"],
    }  # fmt: skip
    diversi = {campo for campo in DETTI if era is not None and era[campo] != letta[campo]}
    esito = Esito.NUOVA if era is None else Esito.CAMBIATA if diversi else Esito.UGUALE
    parole = _in_parole(era or {})
    return Differenza(
        riga.numero, esito, chiave, celle=riga.testi,
        prima={campo: parole[campo] for campo in diversi}, dati=letta, segno=_segno(era),
    )  # fmt: skip


def _in_parole(aspetto: Mapping[str, Any]) -> dict[str, str]:
    if not aspetto:
        return {}
    return {
        "codice": aspetto["codice"], "nome": aspetto["nome"],
        "tipo": str(Tipo(aspetto["tipo"]).label), "superiore": aspetto["superiore"],
        "cdr": celle.scritta(aspetto["cdr"]),
    }  # fmt: skip


GENERE: Any = UnitaDaFoglio()
