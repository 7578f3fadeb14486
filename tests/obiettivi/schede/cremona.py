# SPDX-License-Identifier: AGPL-3.0-or-later
"""A scheda by the scheme of ASST Cremona (Piano 2022-2024, 6.2): economica 30, the other three
areas 70 together. Targets and results are invented, the scores are worked out by hand.
"""

from datetime import date
from decimal import Decimal

from obiettivi import azioni
from obiettivi.models import RigaScheda, SchedaBudget
from piani.models import Azienda
from tests.factories import (
    AreaSchedaFactory,
    EdizioneFactory,
    OrganigrammaFactory,
    RigaSchedaFactory,
    SchedaFactory,
    UnitaFactory,
)

D = Decimal
DAL = date(2022, 7, 1)
RIGHE = (
    # area, weight in it, target, result; attainment in proportion to the target
    ("Performance economica", 60, "≥ 80%", 60),  # 75
    ("Performance economica", 40, "≥ 50%", 50),  # 100
    ("Esito e appropriatezza", 50, "≥ 90%", 45),  # 50
    ("Processi e efficienza", 30, "≥ 100%", 80),  # 80
    ("Sviluppo alla organizzazione", 20, "≥ 40%", 40),  # 100
)
ECONOMICA = D(85)  # 0,60 × 75 + 0,40 × 100
LE_ALTRE_TRE = D(69)  # 0,50 × 50 + 0,30 × 80 + 0,20 × 100
PUNTEGGIO = D("73.8")  # 0,30 × 85 + 0,70 × 69


def scheda_cremona(
    azienda: Azienda, *, stato: str = SchedaBudget.Stato.IN_MONITORAGGIO, edizione: bool = True
) -> SchedaBudget:
    """The scheda with its rows and no result; the rules of 2022 if there are none yet."""
    if edizione and not azienda.edizioni_smvp.filter(anno=2022).exists():
        EdizioneFactory(azienda=azienda, anno=2022)
    organigramma = azienda.organigrammi.filter(valido_al=None).first()
    unita = UnitaFactory(
        organigramma=organigramma or OrganigrammaFactory(azienda=azienda, valido_dal=DAL), cdr=True
    )
    scheda = SchedaFactory(azienda=azienda, unita=unita, stato=stato)
    economica, esito = (
        AreaSchedaFactory(scheda=scheda, ordine=ordine, nome=nome, peso=peso)
        for ordine, nome, peso in ((1, RIGHE[0][0], 30), (2, RIGHE[2][0], 70))
    )
    altre = [
        AreaSchedaFactory(
            scheda=scheda, ordine=ordine, nome=RIGHE[ordine][0], con_la_precedente=True
        )
        for ordine in (3, 4)
    ]
    aree = {area.nome: area for area in (economica, esito, *altre)}
    for ordine, (area, peso, atteso, _risultato) in enumerate(RIGHE, start=1):
        RigaSchedaFactory(area=aree[area], ordine=ordine, peso=peso, atteso=atteso)
    return scheda


def righe_di(scheda: SchedaBudget) -> list[RigaScheda]:
    """The rows that weigh, in the order of ``RIGHE``."""
    pesate = RigaScheda.objects.filter(area__scheda=scheda, area__tipo="area")
    return list(pesate.select_related("indicatore").order_by("ordine"))


def rileva_tutto(scheda: SchedaBudget, frazione: str = "") -> None:
    """The results of all the rows, one after the other."""
    for riga, (*_altro, risultato) in zip(righe_di(scheda), RIGHE, strict=True):
        azioni.rileva(
            riga.indicatore,
            anno=scheda.anno,
            frazione=frazione,
            unita=scheda.unita,
            valore=D(risultato),
            da=None,
        )
