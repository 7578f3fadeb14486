# SPDX-License-Identifier: AGPL-3.0-or-later
"""The weights of the schede of a year, written together from the matrix: all of them, or none."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from obiettivi.azioni.proposta_scheda import COPIATI
from obiettivi.azioni.scheda import PREPARA, perche_chiusa
from obiettivi.models import AreaScheda, RigaScheda, SchedaBudget
from obiettivi.schede.lettura import in_cifre
from obiettivi.schede.matrice import scritto
from piani.azioni import registra
from piani.azioni.righe import in_parole, inserisci
from piani.models import Azienda, Utente
from piani.rules import esigi

CHIAVE = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True)
class Cambio:
    """A cell that says something new: the part of a scheda that it weighs, or the row to add."""

    nome: str
    scheda: SchedaBudget
    parte: AreaScheda | RigaScheda
    adesso: Decimal | None
    peso: Decimal | None
    nuova: bool = False

    @property
    def detta(self) -> str:
        """What it is called in the register."""
        if isinstance(self.parte, AreaScheda):
            return self.parte.nome
        return f"{self.parte.indicatore.codice} {self.parte.obiettivo}"


class CelleSuperate(ValidationError):
    """Somebody wrote some of the cells in the meantime; ``adesso`` says what they hold now."""

    def __init__(self, messaggi: dict[str, str], adesso: Mapping[str, str]) -> None:
        super().__init__(messaggi)
        self.adesso = adesso


def pesa_schede(
    azienda: Azienda,
    anno: int,
    celle: Mapping[str, Decimal | None],
    *,
    visti: Mapping[str, str] | None = None,
    da: Utente | None,
) -> int:
    """Write the cells of the matrix that changed; how many did.

    A weight beside an objective that a CdR does not have yet adds it to its scheda. They need not
    make 100 yet: what does not is told, and stops the scheda when it is sent.

    :param celle: weights by cell: ``riga-12``, ``area-3``, ``nuova-7-12``.
    :param visti: what each cell said when the page was made (``Matrice.visti``); without it, every
        cell is written.
    :raises PermissionDenied: the person does not prepare the schede of this azienda.
    :raises CelleSuperate: somebody wrote the same cells in the meantime.
    :raises ValidationError: by cell, what is wrong; nothing is written.
    """
    esigi(da, PREPARA, azienda)
    toccate = {
        nome: peso
        for nome, peso in celle.items()
        if visti is None or visti.get(nome, "") != scritto(peso)
    }
    with transaction.atomic():
        cambi = _cambi(azienda, anno, toccate)
        _controlla(cambi, visti)
        per_scheda: dict[int, list[Cambio]] = defaultdict(list)
        for cambio in cambi:
            if cambio.peso != cambio.adesso:
                per_scheda[cambio.scheda.pk].append(cambio)
        for suoi in per_scheda.values():
            _scrivi(suoi, da=da)
    return sum(len(suoi) for suoi in per_scheda.values())


def _cambi(azienda: Azienda, anno: int, toccate: Mapping[str, Decimal | None]) -> list[Cambio]:
    """The cells with the rows they speak of, their schede locked, in three queries.

    A cell whose row is gone, or is of another azienda or year, is told; nothing is written then.
    """
    chiavi = {nome: _chiavi(nome) for nome in toccate}
    righe_chieste = {pezzi[-1] for pezzi in chiavi.values() if pezzi and pezzi[0] != "area"}
    schede = {
        una.pk: una
        for una in SchedaBudget.objects.select_for_update(of=("self",))
        .filter(azienda=azienda, anno=anno, unita__isnull=False)
        .select_related("unita", "azienda")
        .order_by("pk")
    }
    righe = {
        una.pk: una
        for una in RigaScheda.objects.filter(
            pk__in=righe_chieste, area__scheda__in=schede
        ).select_related("area", "indicatore", "misura__obiettivo__area__piano")
    }
    aree = {una.pk: una for una in AreaScheda.objects.filter(scheda__in=schede)}
    trovati, persi = [], {}
    for nome, pezzi in chiavi.items():
        cambio = _cambio(nome, pezzi, toccate[nome], schede, righe, aree) if pezzi else None
        if cambio is None:
            persi[nome] = _("Nel frattempo questa voce è stata tolta: ricarica la pagina.")
        elif not (cambio.nuova and cambio.peso is None):
            trovati.append(cambio)
    if persi:
        raise ValidationError(persi)
    return trovati


def _chiavi(nome: str) -> tuple[str, *tuple[int, ...]] | None:
    """``nuova-7-12`` as its pieces; None for a name that no page makes."""
    tipo, *numeri = nome.split("-")
    quanti = {"riga": 1, "area": 1, "nuova": 2}.get(tipo)
    if len(numeri) != quanti or not all(
        n.isascii() and n.isdigit() and len(n) < 19 for n in numeri
    ):
        return None
    return (tipo, *map(int, numeri))


def _cambio(
    nome: str,
    pezzi: tuple[str, *tuple[int, ...]],
    peso: Decimal | None,
    schede: Mapping[int, SchedaBudget],
    righe: Mapping[int, RigaScheda],
    aree: Mapping[int, AreaScheda],
) -> Cambio | None:
    tipo, *numeri = pezzi
    if tipo == "area":
        area = aree.get(numeri[0])
        if area is None:
            return None
        return Cambio(nome, schede[area.scheda_id], area, area.peso, peso)
    riga = righe.get(numeri[-1])
    if riga is None:
        return None
    if tipo == "riga":
        return Cambio(nome, schede[riga.area.scheda_id], riga, riga.peso, peso)
    scheda = schede.get(numeri[0])
    dove = next((una for una in aree.values() if _stessa(una, riga.area, numeri[0])), None)
    if scheda is None or dove is None:
        return None
    copiati = {campo: getattr(riga, campo) for campo in COPIATI}
    copia = RigaScheda(area=dove, **copiati | {"peso": peso})
    # What the other CdR did is not this one's past.
    copia.storico = copia.dato = ""
    copia.storico_anno = copia.dato_anno = None
    return Cambio(nome, scheda, copia, None, peso, nuova=True)


def _stessa(una: AreaScheda, altra: AreaScheda, scheda: int) -> bool:
    """The area of a scheda that is called as that of another."""
    return una.scheda_id == scheda and (una.tipo, una.nome) == (altra.tipo, altra.nome)


def _controlla(cambi: Iterable[Cambio], visti: Mapping[str, str] | None) -> None:
    """Everything that is wrong, beside its cell."""
    sbagliati, superati = {}, {}
    for uno in cambi:
        if motivo := perche_chiusa(uno.scheda):
            sbagliati[uno.nome] = motivo
        elif uno.peso is not None and not (0 <= uno.peso <= 100 and uno.peso == round(uno.peso, 2)):
            sbagliati[uno.nome] = _("Il peso va da 0 a 100, con due decimali al massimo.")
        elif isinstance(uno.parte, AreaScheda) and uno.peso is not None and not _pesa(uno.parte):
            sbagliati[uno.nome] = _("Quest'area non ha un peso suo.")
        elif uno.nuova and _c_e_gia(uno.parte):
            sbagliati[uno.nome] = _("Il CdR ha già questo obiettivo: ricarica la pagina.")
        elif (
            visti is not None
            and visti.get(uno.nome, "") != scritto(uno.adesso)
            and (uno.adesso != uno.peso)
        ):
            superati[uno.nome] = _(
                "Nel frattempo qualcuno ha scritto %(adesso)s: salvando di nuovo vale il tuo."
            ) % {"adesso": in_cifre(uno.adesso)}
    if sbagliati:
        raise ValidationError(sbagliati | superati)
    if superati:
        adesso = {uno.nome: scritto(uno.adesso) for uno in cambi if uno.nome in superati}
        raise CelleSuperate(superati, adesso)


def _pesa(area: AreaScheda) -> bool:
    return area.tipo == AreaScheda.Tipo.AREA and not area.con_la_precedente


def _c_e_gia(parte: AreaScheda | RigaScheda) -> bool:
    return (
        isinstance(parte, RigaScheda)
        and parte.sorelle.filter(obiettivo=parte.obiettivo, indicatore=parte.indicatore_id).exists()
    )


def _scrivi(cambi: list[Cambio], *, da: Utente | None) -> None:
    """The changes of one scheda, with one audit line."""
    scheda = cambi[0].scheda
    for uno in cambi:
        if uno.nuova:
            inserisci(uno.parte)
        else:
            type(uno.parte).objects.filter(pk=uno.parte.pk).update(peso=uno.peso)
    registra(
        "scheda.pesi",
        scheda,
        azienda=scheda.azienda,
        da=da,
        descrizione=_("Cambiati i pesi della scheda di %(scheda)s") % {"scheda": scheda},
        dati={
            "prima": {uno.detta: in_parole(uno.adesso) for uno in cambi},
            "dopo": {uno.detta: in_parole(uno.peso) for uno in cambi},
        },
        riguarda=[uno.parte for uno in cambi],
    )
