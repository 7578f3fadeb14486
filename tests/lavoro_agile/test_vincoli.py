# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the database refuses, with the sentence that people read; the steps; what the law says."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from lavoro_agile import models
from lavoro_agile.azioni.passi import annota, passa
from lavoro_agile.passaggi import PASSAGGI, prossimi
from piani.models import MonitoraggioAzione
from piani.models.azione_positiva import quota_realizzata
from piani.models.relazione_cug import termine_relazione
from tests.factories_lavoro_agile import (
    AccordoAgileFactory,
    AttivitaFactory,
    AutorizzatiFactory,
    AzionePositivaFactory,
    BandoAgileFactory,
    CampagnaFactory,
    DomandaAgileFactory,
    EdizioneAgileFactory,
    GiornateFactory,
    IndicatorePolaFactory,
    MonitoraggioAzioneFactory,
    MotivoFactory,
    ProfiloFactory,
    RecessoFactory,
    RelazioneCUGFactory,
    RilevazioneAgileFactory,
    TutelaFactory,
)

pytestmark = pytest.mark.django_db


def rifiuta(riga: Any, detto: str) -> None:
    """The form says the sentence; the database refuses the row all the same."""
    with pytest.raises(ValidationError) as raccolto:
        riga.validate_constraints()
    assert raccolto.value.messages == [detto]
    with pytest.raises(IntegrityError), transaction.atomic():
        riga.save()


def test_due_edizioni_in_vigore_non_stanno_insieme() -> None:
    prima = EdizioneAgileFactory()
    rifiuta(
        EdizioneAgileFactory.build(azienda=prima.azienda),
        "L'azienda ha già un'edizione in vigore: prima chiudi quella.",
    )


def test_una_persona_ha_una_domanda_per_bando_se_non_la_ritira() -> None:
    prima = DomandaAgileFactory()
    seconda = DomandaAgileFactory.build(bando=prima.bando, persona=prima.persona)
    rifiuta(seconda, "In questo bando hai già una domanda: apri quella.")
    prima.stato = "ritirata"
    prima.save()
    seconda.save()


@pytest.mark.parametrize("codice", ["", "A-17"])
def test_una_domanda_e_di_una_persona_o_di_un_codice(codice: str) -> None:
    senza = DomandaAgileFactory.build(bando=BandoAgileFactory(), persona=None, codice=codice)
    if codice:
        senza.save()
        return
    rifiuta(senza, "Indica la persona, oppure un codice al posto del nome.")


def test_un_nome_e_il_suo_codice_non_stanno_nella_stessa_riga() -> None:
    domanda = DomandaAgileFactory()
    domanda.codice = "A-17"
    rifiuta(domanda, "Indica la persona, oppure un codice al posto del nome.")


def test_solo_chi_e_ammesso_sta_in_una_tranche() -> None:
    domanda = DomandaAgileFactory()
    domanda.tranche = models.Tranche.objects.create(
        bando=domanda.bando, ordine=1, entro=date(2019, 3, 31), posti=35
    )
    rifiuta(domanda, "Solo una domanda ammessa sta in una tranche.")


def test_un_parere_ha_la_sua_motivazione_e_se_contrario_non_concede_giorni() -> None:
    domanda = DomandaAgileFactory()
    muto = models.ParereDomanda(domanda=domanda, esito="favorevole", motivazione="")
    rifiuta(muto, "Scrivi la motivazione del parere.")
    generoso = models.ParereDomanda(
        domanda=domanda, esito="contrario", motivazione="Serve la presenza.", giorni=2
    )
    rifiuta(generoso, "Un parere contrario non concede giorni.")


def test_una_decisione_in_seconda_istanza_e_motivata() -> None:
    istanza = models.SecondaIstanza(
        domanda=DomandaAgileFactory(), motivazione="Chiedo di nuovo.",
        chiesta_il=date(2022, 5, 1), esito="accolta",
    )  # fmt: skip
    rifiuta(istanza, "La decisione ha la sua motivazione e la sua data.")


def test_la_prevalenza_su_piu_mesi_dice_quanti() -> None:
    accordo = AccordoAgileFactory()
    accordo.prevalenza = models.Prevalenza.PLURIMENSILE
    rifiuta(accordo, "Se la prevalenza è su più mesi, scrivi quanti: da 2 a 12.")


def test_un_recesso_per_giustificato_motivo_lo_dice() -> None:
    rifiuta(
        RecessoFactory.build(accordo=AccordoAgileFactory(), giustificato=True),
        "Scrivi il giustificato motivo.",
    )


def test_un_accordo_e_in_vigore_fino_al_giorno_prima_di_cessare() -> None:
    accordo = AccordoAgileFactory(dal=date(2022, 1, 1), al=date(2022, 12, 31))
    in_vigore = models.AccordoIndividuale.objects.in_vigore
    assert list(in_vigore(date(2022, 12, 31))) == [accordo]
    assert not in_vigore(date(2023, 1, 1)).exists()
    accordo.stato, accordo.cessa_il = "cessato", date(2022, 6, 1)
    accordo.save()
    assert list(in_vigore(date(2022, 5, 31))) == [accordo]
    assert not in_vigore(date(2022, 6, 1)).exists()


def test_chi_corregge_la_regola_dice_perche() -> None:
    attivita = AttivitaFactory()
    assert attivita.esito == "si"
    attivita.corretta_in = "no"
    rifiuta(attivita, "Scrivi perché la giudichi diversamente.")


def test_i_coinvolgibili_sono_fra_chi_e_in_servizio() -> None:
    profilo = ProfiloFactory()
    profilo.potenziali = 11
    rifiuta(profilo, "I coinvolgibili non possono essere più di chi è in servizio.")


def test_una_mappatura_aperta_ha_il_suo_termine() -> None:
    campagna = CampagnaFactory()
    campagna.chiude_il = None
    rifiuta(campagna, "Di una mappatura aperta si dice da quando a quando.")


def test_i_giorni_agili_stanno_nei_lavorabili() -> None:
    giornate = GiornateFactory()
    giornate.giorni = 161
    rifiuta(giornate, "Giorni e ore agili non possono essere più di quelli lavorabili.")


def test_i_potenziali_sono_fra_i_dipendenti() -> None:
    rilevazione = RilevazioneAgileFactory()
    rilevazione.potenziali = 2427
    rifiuta(rilevazione, "I potenziali non possono essere più dei dipendenti.")


def test_una_cella_degli_autorizzati_c_e_una_volta() -> None:
    cella = AutorizzatiFactory()
    doppia = AutorizzatiFactory.build(rilevazione=cella.rilevazione, ordine=cella.ordine)
    rifiuta(doppia, "Quella cella c'è già.")


def test_un_indicatore_del_pola_e_una_misura_come_le_altre() -> None:
    indicatore = IndicatorePolaFactory()
    assert indicatore.misura.piano == indicatore.pola.piano
    assert indicatore.misura.indicatore_pola == indicatore


def test_un_azione_realizzata_e_fatta_tutta() -> None:
    monitoraggio = MonitoraggioAzioneFactory()
    monitoraggio.stato = "realizzata"
    rifiuta(monitoraggio, "Un'azione realizzata è fatta per intero: scrivi 100.")


def test_la_quota_realizzata_non_conta_le_azioni_non_dovute() -> None:
    azione = AzionePositivaFactory()
    stati = ("realizzata", "realizzata", "in_corso", "non_dovuta")
    righe = [MonitoraggioAzione(azione=azione, anno=2022, stato=stato) for stato in stati]
    assert round(quota_realizzata(righe) or 0, 2) == Decimal("66.67")
    assert quota_realizzata(righe[3:]) is None


def test_la_relazione_del_cug_scade_il_30_marzo_dell_anno_dopo() -> None:
    assert termine_relazione(2022) == date(2023, 3, 30)
    relazione = RelazioneCUGFactory(trasmessa_il=date(2023, 3, 31), stato="trasmessa")
    assert relazione.in_ritardo
    relazione.trasmessa_il = None
    rifiuta(relazione, "Scrivi quando la relazione è stata trasmessa.")


def test_le_soglie_di_legge_valgono_dal_loro_giorno() -> None:
    def vigenti(giorno: date) -> list[str]:
        return list(models.SogliaDiLegge.objects.vigenti(giorno).values_list("codice", flat=True))

    assert vigenti(date(2019, 6, 1)) == ["10"]
    assert vigenti(date(2021, 1, 31)) == ["60", "30"]
    assert sorted(vigenti(date(2022, 1, 1))) == ["15", "15-senza-pola"]


def test_le_condizioni_di_legge_hanno_il_loro_articolo() -> None:
    tutte = models.CondizioneDiLegge.objects.all()
    assert tutte.filter(norma__contains="DM 8 ottobre 2021").count() == 13
    assert not tutte.filter(norma="").exists()


def test_ogni_stato_ha_i_suoi_passaggi() -> None:
    for modello, passi in PASSAGGI.items():
        stati = set(modello._meta.get_field("stato").choices and modello.Stato.values)
        assert set(passi) == stati, modello
        assert {meta for mete in passi.values() for meta in mete} <= stati


def test_da_uno_stato_si_va_solo_dove_porta() -> None:
    domanda = DomandaAgileFactory()
    assert prossimi(domanda) == ("favorevole", "negata", "ritirata")
    with pytest.raises(ValidationError) as raccolto:
        passa(domanda, "ammessa")
    assert raccolto.value.messages == [
        f"«Domanda n. {domanda.numero}» adesso è «In attesa del parere»: da qui non può diventare "
        "«Ammessa»."
    ]


def test_motivi_e_tutele_non_si_dicono_mai(caplog: pytest.LogCaptureFixture) -> None:
    for riga in (MotivoFactory(), TutelaFactory()):
        assert "salute" not in str(riga).lower()
        assert "fragile" not in str(riga).lower()
        with pytest.raises(ValueError, match="never recorded"):
            annota("agile_prova", riga, "Una prova.", da=None)
    assert "Dettaglio riservato" not in caplog.text


def test_il_nome_di_una_persona_non_sta_nel_nome_della_riga() -> None:
    domanda, accordo = DomandaAgileFactory(), AccordoAgileFactory()
    assert str(domanda) == f"Domanda n. {domanda.numero}"
    assert str(accordo) == f"Accordo n. {accordo.numero}"
