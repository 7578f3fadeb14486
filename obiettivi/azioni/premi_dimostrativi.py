# SPDX-License-Identifier: AGPL-3.0-or-later
"""The prizes of the year before, invented, with the closed evaluations that they come from: every
person and every fund says so.
"""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from obiettivi.azioni.individuale.edizione import crea_edizione_individuale
from obiettivi.azioni.premi import comincia_premi, pubblica_premi, scrivi_premi, scrivi_voce
from obiettivi.calcolo.edizione import Edizione, classe_di
from obiettivi.models import EdizioneIndividuale, PremiAnno, ValutazioneIndividuale, VocePremi
from obiettivi.premi.documento import GENERI
from piani.azioni.dimostrazione import SEGNO
from piani.models import Azienda, UnitaOrganizzativa, Utente

REGOLE = settings.BASE / "fixtures" / "edizioni_individuali" / "asst-cremona-2022.json"


def carica(azienda: Azienda, dati: Mapping[str, Any], oggi: date) -> PremiAnno | None:
    """Write them, all or nothing; None if there are prizes already. The system alone does it."""
    anno = oggi.year - 1
    ce_ne_sono = azienda.premi.exists() or azienda.edizioni_individuali.filter(anno=anno).exists()
    unita = UnitaOrganizzativa.objects.alla_data(azienda, oggi).first()
    if ce_ne_sono or unita is None:
        return None
    scrive, pubblica = (_persona(dati[chi]) for chi in ("scrive", "pubblica"))
    with transaction.atomic():
        regole = json.loads(REGOLE.read_text(encoding="utf-8"))
        edizione = crea_edizione_individuale(azienda, anno, regole, da=scrive)
        _valutati(edizione, dati, unita)
        premi = comincia_premi(azienda, anno=anno, dimostrativo=True, da=scrive)
        for voce in dati["voci"]:
            importi = {nome: Decimal(voce[nome]) for nome in ("stanziato", "distribuito")}
            scrivi_voce(VocePremi(premi=premi), **voce | importi, da=scrive)
        scrivi_premi(
            premi, criteri=dati["criteri"], dirigenza=dati["dirigenza"], visto=0, da=scrive
        )
        for genere in GENERI.values():
            pubblica_premi(premi, genere, da=pubblica)
    return premi


def _valutati(
    edizione: EdizioneIndividuale, dati: Mapping[str, Any], unita: UnitaOrganizzativa
) -> None:
    """Closed sheets of people who do not exist and cannot come in."""
    punteggi = [
        (voce["categoria"], Decimal(punti))
        for voce in dati["valutati"]
        for punti, quante in zip(voce["punti"], voce["quante"], strict=True)
        for _numero in range(quante)
    ]
    nomi = [f"valutata.{edizione.anno}.{numero:02}" for numero in range(1, len(punteggi) + 1)]
    persone = Utente.objects.bulk_create(
        Utente(
            username=nome, email=f"{nome}@example.org", first_name=f"Persona {nome[-2:]}",
            last_name=SEGNO, is_active=False, password=make_password(None),
        )
        for nome in nomi
    )  # fmt: skip
    come_classi = edizione.regole.come_classi
    ValutazioneIndividuale.objects.bulk_create(
        ValutazioneIndividuale(
            azienda=edizione.azienda, edizione=edizione, anno=edizione.anno, persona=persona,
            categoria=categoria, unita=unita, stato=ValutazioneIndividuale.Stato.CHIUSA,
            punteggio=punti, punteggio_finale=punti, classe=_classe(come_classi, punti),
        )
        for persona, (categoria, punti) in zip(persone, punteggi, strict=True)
    )  # fmt: skip


def _classe(regole: Edizione, punti: Decimal) -> str:
    trovata = classe_di(punti, regole)
    return trovata.etichetta if trovata else ""


def _persona(nome: str) -> Utente | None:
    """An invented person; the system itself where they were not loaded."""
    return Utente.objects.filter(username=nome).first()
