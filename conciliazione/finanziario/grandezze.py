# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the edition holds, by name: an item of the financial plan may be one of these amounts."""

from collections.abc import Mapping
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from conciliazione.calcolo.importi import in_centesimi, parte_di, quota
from conciliazione.calcolo.quadratura import DELL_ALBERO
from conciliazione.models import (
    AzioneDiPiano,
    EdizioneConciliazione,
    ManifestazioneInteresse,
    Progetto,
    RigaRiparto,
)

Importi = Mapping[str, Decimal | None]

NOMI = {
    "dotazione": _("risorse regionali dell'edizione"),
    "dotazione_bandi": _("dotazione delle manifestazioni di interesse"),
    "quota_sistema": _("quota delle risorse per le azioni di sistema"),
    "quota_alleanze": _("risorse meno la quota per le azioni di sistema"),
    "quota_libera": _("quota delle Alleanze meno le riserve"),
    "rimanenza": _("risorse regionali meno i contributi assegnati"),
    "costo_progetti": _("costo dei progetti"),
    "contributi_progetti": _("contributi assegnati ai progetti"),
    "cofinanziamento_progetti": _("costo dei progetti meno i contributi"),
    "richiesti": _("contributi richiesti nel riparto scelto"),
    "assegnati": _("contributi assegnati dal riparto scelto"),
    "eccedenza": _("contributi richiesti oltre la dotazione"),
    "eccedenza_percentuale": _("contributi richiesti oltre la dotazione, in percentuale"),
    "azioni_sistema": _("risorse delle azioni di sistema e trasversali"),
    "azioni_dirette": _("risorse delle azioni dirette"),
    "totale_fonti": _("somma delle fonti"),
    "totale_impieghi": _("somma degli impieghi"),
    "saldo": _("fonti meno impieghi"),
}
RISERVA = "riserva_"


def nomi_di(edizione: EdizioneConciliazione) -> dict[str, str]:
    """The computations that an item of this edition may ask for, with their name for people."""
    riserve = {
        f"{RISERVA}{una.codice}": f"{_('riserva')}: {una.nome}" for una in edizione.regole.riserve
    }
    return {chiave: str(nome) for chiave, nome in NOMI.items()} | riserve


def importi_di(edizione: EdizioneConciliazione) -> dict[str, Decimal | None]:
    """All the amounts but those that come from the tree itself, in four queries.

    None: the edition does not hold it yet (no project, no call, no rule).
    """
    progetti = _dei_progetti(edizione)
    riparto = _del_riparto(edizione)
    bandi = _della_manifestazione(edizione)
    azioni = _delle_azioni(edizione)
    return {
        **progetti,
        **riparto,
        **azioni,
        **_delle_regole(edizione),
        "dotazione_bandi": bandi,
        "rimanenza": _meno(edizione.dotazione, progetti["contributi_progetti"]),
        "eccedenza": _meno(riparto["richiesti"], bandi),
        "eccedenza_percentuale": _al_centesimo(
            quota(_meno(riparto["richiesti"], bandi), bandi)
        ),
    }  # fmt: skip


def calcolabile(edizione: EdizioneConciliazione, nome: str) -> bool:
    return nome in DELL_ALBERO or nome in nomi_di(edizione)


def _dei_progetti(edizione: EdizioneConciliazione) -> dict[str, Decimal | None]:
    """Revoked projects spend nothing: their contribution is free again."""
    vivi = Progetto.objects.filter(edizione=edizione).exclude(stato=Progetto.Stato.REVOCATO)
    somme = vivi.aggregate(costo=Sum("costo"), contributo=Sum("contributo"))
    return {
        "costo_progetti": somme["costo"],
        "contributi_progetti": somme["contributo"],
        "cofinanziamento_progetti": _meno(somme["costo"], somme["contributo"]),
    }


def _del_riparto(edizione: EdizioneConciliazione) -> dict[str, Decimal | None]:
    righe = RigaRiparto.objects.filter(
        scenario__in_vigore=True, scenario__manifestazione__edizione=edizione
    )
    return righe.aggregate(richiesti=Sum("richiesto"), assegnati=Sum("assegnato"))


def _della_manifestazione(edizione: EdizioneConciliazione) -> Decimal | None:
    annullata = ManifestazioneInteresse.Stato.ANNULLATA
    bandi = ManifestazioneInteresse.objects.filter(edizione=edizione).exclude(stato=annullata)
    return bandi.aggregate(somma=Sum("dotazione"))["somma"]


def _delle_azioni(edizione: EdizioneConciliazione) -> dict[str, Decimal | None]:
    genere = AzioneDiPiano.Genere
    righe = AzioneDiPiano.objects.filter(edizione=edizione, importo__isnull=False)
    per_genere = dict(
        righe.order_by().values("genere").annotate(somma=Sum("importo"))
        .values_list("genere", "somma")
    )  # fmt: skip
    di_sistema = [per_genere[g] for g in (genere.SISTEMA, genere.TRASVERSALE) if g in per_genere]
    return {
        "azioni_sistema": sum(di_sistema, Decimal(0)) if di_sistema else None,
        "azioni_dirette": per_genere.get(genere.DIRETTA),
    }


def _delle_regole(edizione: EdizioneConciliazione) -> dict[str, Decimal | None]:
    """The share of the system actions and the reserves, as the rules of the edition say."""
    regole, dotazione = edizione.regole, edizione.dotazione
    percento = regole.quota_sistema.valore
    sistema = None
    if dotazione is not None and percento is not None:
        sistema = parte_di(percento, dotazione)
    alleanze = _meno(dotazione, sistema)
    riserve = {
        f"{RISERVA}{una.codice}": None if alleanze is None else parte_di(una.quota, alleanze)
        for una in regole.riserve
    }
    libera = alleanze
    for riserva in riserve.values():
        libera = _meno(libera, riserva)
    return {
        "dotazione": dotazione,
        "quota_sistema": sistema,
        "quota_alleanze": alleanze,
        "quota_libera": libera,
        **riserve,
    }


def _meno(prima: Decimal | None, poi: Decimal | None) -> Decimal | None:
    return None if prima is None or poi is None else prima - poi


def _al_centesimo(valore: Decimal | None) -> Decimal | None:
    return None if valore is None else in_centesimi(valore)
