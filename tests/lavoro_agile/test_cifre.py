# SPDX-License-Identifier: AGPL-3.0-or-later
"""The figures: authorised by unit and gender, the two shares, the thresholds, days and hours."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lavoro_agile.azioni import giornate as azioni_giornate
from lavoro_agile.azioni import questionario as azioni_questionario
from lavoro_agile.azioni import rilevazione as azioni
from lavoro_agile.azioni.rilevazione import Cella
from lavoro_agile.cifre.autorizzati import prospetto
from lavoro_agile.cifre.giornate import anno_agile
from lavoro_agile.cifre.motivi import conteggi_motivi
from lavoro_agile.cifre.proposte import valori_proposti
from lavoro_agile.cifre.soglie import soglie_il
from lavoro_agile.models import (
    BandoLavoroAgile,
    EdizioneLavoroAgile,
    GiornateAgili,
    RilevazioneAgile,
)
from piani.models import Azienda, Evento, Ruolo, UnitaOrganizzativa, Utente
from tests.factories_lavoro_agile import (
    AccordoAgileFactory,
    DomandaAgileFactory,
    GiornateFactory,
    MappaturaFactory,
    MotivoFactory,
    PersonaleGenereFactory,
    PolaFactory,
    ProfiloFactory,
    RilevazioneAgileFactory,
)

pytestmark = pytest.mark.django_db
Persona = Callable[..., Utente]
Entra = Callable[[Utente], Client]
CREMONA = {
    "UOS FORMAZIONE": {"F": 3}, "UOC UFFICIO TECNICO": {"F": 1},
    "UOC CONTROLLO DIREZIONALE": {"M": 2, "F": 2}, "UOC ECONOMICA FINANZIARIA": {"F": 11},
    "UOC ACQUISTI E SERVIZI": {"F": 4}, "UOC MEDICINA LEGALE": {"F": 1},
    "UOS COMUNICAZIONE": {"F": 1}, "UOC DIREZIONE MEDICA": {"F": 2}, "UOS AGL": {"F": 6},
    "R.I.M.I.": {"F": 1}, "UOC SSST": {"M": 1, "F": 9},
    "UOC CONTROLLO DIREZIONALE SIA": {"M": 7, "F": 5}, "UOC RISORSE UMANE": {"M": 3, "F": 13},
    "UOS GESTIONE OPERATIVA": {"F": 1},
}  # fmt: skip
"""As the POLA of ASST Cremona prints them, until the 30th of April 2021."""


@pytest.fixture
def cremona(azienda: Azienda) -> RilevazioneAgile:
    celle = [
        Cella(quanti, genere, unita_stampata=unita)
        for unita, generi in CREMONA.items()
        for genere, quanti in generi.items()
    ]
    return azioni.trascrivi(
        azienda, giorno=date(2021, 4, 30), titolo="Autorizzati fino al 30/4/2021",
        dipendenti=2426, potenziali=223, celle=celle, da=None,
    )  # fmt: skip


def test_le_cifre_di_cremona_escono_dai_dati(cremona: RilevazioneAgile) -> None:
    quadro = prospetto(cremona, intera=True)
    assert len(quadro.righe) == 14
    assert (quadro.generi, quadro.per_genere, quadro.totale) == (("Donne", "Uomini"), (60, 13), 73)
    assert quadro.quota is not None
    assert round(quadro.quota.sui_dipendenti or 0, 2) == Decimal("3.01")
    assert round(quadro.quota.sui_potenziali or 0, 2) == Decimal("32.74")


def test_chi_legge_soltanto_non_vede_i_gruppi_piccoli(cremona: RilevazioneAgile) -> None:
    quadro = prospetto(cremona)
    visti = {riga.nome: (riga.per_genere, riga.totale) for riga in quadro.righe}
    assert (quadro.per_genere, quadro.totale, quadro.tace) == ((60, 13), 73, True)
    assert visti["R.I.M.I."][0][0] is None
    assert visti["R.I.M.I."][1] is None
    assert visti["UOC ECONOMICA FINANZIARIA"] == ((11, 0), 11)
    assert visti["UOC RISORSE UMANE"] == ((None, None), 16)


def test_la_pagina_dice_i_piccoli_solo_alle_risorse_umane(
    cremona: RilevazioneAgile, con_incarico: Persona, ufficio: Utente, entra: Entra
) -> None:
    indirizzo = reverse("cifre_rilevazione", args=[cremona.pk])
    visto = entra(con_incarico(Ruolo.DIREZIONE)).get(indirizzo).content.decode()
    assert "3,01%" in visto
    assert "32,74%" in visto
    assert "non mostrato" in visto
    assert "non mostrato" not in entra(ufficio).get(indirizzo).content.decode()


def test_il_foglio_tace_i_piccoli_per_tutti(
    cremona: RilevazioneAgile, ufficio: Utente, entra: Entra
) -> None:
    indirizzo = reverse("cifre_rilevazione_csv", args=[cremona.pk])
    righe = entra(ufficio).get(indirizzo).getvalue().decode("utf-8-sig").splitlines()
    assert righe[0] == "unità;donne;uomini;totale"
    assert "R.I.M.I.;non mostrato;0;non mostrato" in righe
    assert "UOC ECONOMICA FINANZIARIA;11;0;11" in righe
    assert "totale;60;13;73" in righe
    assert "quota sui dipendenti, %;3,01;;" in righe
    assert "quota sui potenziali, %;32,74;;" in righe


def test_di_pochi_autorizzati_non_si_dice_nemmeno_la_quota(azienda: Azienda) -> None:
    rilevazione = azioni.trascrivi(
        azienda, giorno=date(2021, 4, 30), titolo="Pochi", dipendenti=100,
        celle=[Cella(3, "F", unita_stampata="Una")], da=None,
    )  # fmt: skip
    quadro = prospetto(rilevazione)
    assert (quadro.totale, quadro.quota) == (None, None)


def test_le_soglie_stanno_accanto_alla_loro_quota(cremona: RilevazioneAgile) -> None:
    confronti = soglie_il(cremona.azienda, cremona.giorno, prospetto(cremona).quota)
    assert [(uno.soglia.codice, uno.raggiunta) for uno in confronti] == [
        ("15", True),
        ("15-senza-pola", False),
    ]
    prima = soglie_il(cremona.azienda, date(2021, 4, 29), prospetto(cremona).quota)
    assert [(uno.soglia.codice, uno.raggiunta) for uno in prima] == [("60", False), ("30", False)]
    assert [uno.raggiunta for uno in soglie_il(cremona.azienda, cremona.giorno, None)] == [None] * 2


def test_dove_il_pola_e_adottato_la_soglia_di_chi_non_l_ha_non_si_applica(
    cremona: RilevazioneAgile,
) -> None:
    PolaFactory(piano__azienda=cremona.azienda, piano__stato="adottato")
    confronti = soglie_il(cremona.azienda, cremona.giorno, prospetto(cremona).quota)
    assert [(uno.soglia.codice, uno.si_applica, uno.raggiunta) for uno in confronti] == [
        ("15", True, True),
        ("15-senza-pola", False, None),
    ]


def test_una_rilevazione_conta_gli_accordi_in_vigore_quel_giorno(
    edizione: EdizioneLavoroAgile, unita: UnitaOrganizzativa, ufficio: Utente
) -> None:
    for genere in "FFM":
        AccordoAgileFactory(edizione=edizione, unita=unita, unita_stampata="", genere=genere)
    AccordoAgileFactory(edizione=edizione, stato="alla_firma", sottoscritto_il=None)
    AccordoAgileFactory(edizione=edizione, dal=date(2020, 1, 1), al=date(2020, 12, 31))
    AccordoAgileFactory()
    rilevazione = azioni.rileva(
        edizione.azienda, giorno=timezone.localdate(), titolo="Oggi", dipendenti=100,
        potenziali=50, da=ufficio,
    )  # fmt: skip
    quadro = prospetto(rilevazione, intera=True)
    assert [(riga.nome, riga.per_genere, riga.totale) for riga in quadro.righe] == [
        (unita.nome, (2, 1), 3)
    ]
    assert Evento.objects.get(tipo="agile_rilevazione.fatta").azienda == edizione.azienda
    with pytest.raises(ValidationError, match="già la rilevazione"):
        azioni.rileva(
            edizione.azienda, giorno=timezone.localdate(), titolo="Oggi", dipendenti=1, da=ufficio
        )


def test_non_si_conta_un_giorno_che_deve_venire(azienda: Azienda, ufficio: Utente) -> None:
    with pytest.raises(ValidationError) as raccolto:
        azioni.rileva(azienda, giorno=date(2099, 1, 1), titolo="Poi", dipendenti=1, da=ufficio)
    assert raccolto.value.message_dict == {
        "giorno": ["Il giorno deve ancora venire: contali quel giorno."]
    }


def test_chi_non_e_delle_risorse_umane_non_conta(azienda: Azienda, con_incarico: Persona) -> None:
    with pytest.raises(PermissionDenied):
        azioni.rileva(
            azienda, giorno=date(2022, 1, 1), titolo="X", dipendenti=1,
            da=con_incarico(Ruolo.DIREZIONE),
        )  # fmt: skip


def test_i_denominatori_proposti_vengono_dal_personale_e_dalla_mappatura(azienda: Azienda) -> None:
    PersonaleGenereFactory(azienda=azienda, anno=2021)
    PersonaleGenereFactory(azienda=azienda, anno=2022, femmine=70, maschi=20)
    inviata = MappaturaFactory(
        campagna__azienda=azienda, stato="trasmessa", trasmessa_il="2022-01-01T10:00:00Z"
    )
    ProfiloFactory(mappatura=inviata, potenziali=6)
    ProfiloFactory(mappatura=inviata, potenziali=7)
    ProfiloFactory(mappatura=MappaturaFactory(campagna=inviata.campagna), potenziali=9)
    proposti = valori_proposti(azienda)
    assert (proposti["dipendenti"], proposti["potenziali"]) == (90, 13)


# Days and hours -----------------------------------------------------------------------------------


def test_giorni_e_ore_si_sommano_per_unita_e_per_mese(azienda: Azienda, ufficio: Utente) -> None:
    for mese in (1, 2):
        GiornateFactory(azienda=azienda, unita_stampata="Alfa", mese=mese)
    GiornateFactory(azienda=azienda, unita_stampata="Beta", persone=20, giorni=80, mese=1)
    quadro = anno_agile(azienda, 2021, ufficio)
    assert [(una.nome, una.quante, una.giorni) for una in quadro.per_unita] == [
        ("Alfa", 8, 80),
        ("Beta", 20, 80),
    ]
    assert [(una.nome, una.quante) for una in quadro.per_mese] == [("gennaio", 28), ("febbraio", 8)]
    assert (quadro.totale.giorni, quadro.tace) == (160, False)
    assert round(quadro.totale.quota_giorni or 0, 2) == Decimal("33.33")


def test_le_giornate_di_pochi_non_si_dicono_nemmeno_per_differenza(
    azienda: Azienda, con_incarico: Persona, ufficio: Utente
) -> None:
    direzione = con_incarico(Ruolo.DIREZIONE)
    for nome, persone in (("Alfa", 2), ("Beta", 8), ("Gamma", 30)):
        GiornateFactory(azienda=azienda, unita_stampata=nome, persone=persone)
    quadro = anno_agile(azienda, 2021, direzione)
    assert {una.nome for una in quadro.per_unita if una.tace} == {"Alfa", "Beta"}
    assert not quadro.totale.tace
    assert not anno_agile(azienda, 2021, ufficio, intero=True).tace


def test_le_giornate_di_una_persona_da_sola_tacciono(
    edizione: EdizioneLavoroAgile, con_incarico: Persona, entra: Entra
) -> None:
    accordo = AccordoAgileFactory(edizione=edizione, unita_stampata="Unità di uno")
    GiornateFactory(
        azienda=edizione.azienda,
        accordo=accordo,
        unita_stampata="",
        persone=None,
        giorni=Decimal(7),
    )
    direzione = con_incarico(Ruolo.DIREZIONE)
    quadro = anno_agile(edizione.azienda, 2021, direzione)
    assert quadro.totale.tace
    assert all(una.tace for una in (*quadro.per_unita, *quadro.per_mese))
    foglio = entra(direzione).get(
        reverse("cifre_giornate_csv", args=[edizione.azienda.codice, 2021])
    )
    righe = foglio.getvalue().decode("utf-8-sig").splitlines()
    assert righe[1] == "unità;Unità di uno;non mostrato;;;;;;"
    assert not any(";7" in riga for riga in righe)


def test_le_giornate_si_scrivono_e_si_tolgono(
    azienda: Azienda, unita: UnitaOrganizzativa, ufficio: Utente, capo: Utente, entra: Entra
) -> None:
    client = entra(ufficio)
    dati = {
        "unita": unita.pk, "anno": 2022, "mese": 3, "persone": 8, "giorni": "40,5",
        "giorni_lavorabili": "160", "ore": "", "ore_lavorabili": "",
    }  # fmt: skip
    risposta = client.post(reverse("cifre_giornate_nuove", args=[azienda.codice]), dati)
    assert risposta.status_code == 302
    riga = GiornateAgili.objects.get()
    assert (riga.giorni, riga.unita, riga.mese) == (Decimal("40.5"), unita, 3)
    di_nuovo = client.post(reverse("cifre_giornate_nuove", args=[azienda.codice]), dati)
    assert "Le giornate dell'unità in quel mese ci sono già." in di_nuovo.content.decode().replace(
        "&#x27;", "'"
    )
    azioni_giornate.togli_giornate(riga, da=capo)
    assert not GiornateAgili.objects.exists()


# Reasons, questionnaires, pages -------------------------------------------------------------------


def test_i_motivi_si_contano_senza_dire_di_pochi(bando: BandoLavoroAgile) -> None:
    for numero in range(12):
        domanda = DomandaAgileFactory(bando=bando)
        MotivoFactory(domanda=domanda, codice="salute" if numero < 3 else "distanza")
        if numero < 6:
            MotivoFactory(domanda=domanda, codice="caregiver")
    MotivoFactory(domanda=DomandaAgileFactory(bando=bando, stato="ritirata"), codice="salute")
    detti = {uno.codice: uno.quanti for uno in conteggi_motivi(bando)}
    assert detti["salute"] is None
    assert detti["caregiver"] == 6
    assert detti["distanza"] is None  # the three that do not give it would be known
    assert detti["gravidanza"] == 0
    interi = {uno.codice: uno.quanti for uno in conteggi_motivi(bando, intero=True)}
    assert (interi["salute"], interi["distanza"]) == (3, 9)


def test_un_questionario_nasce_con_le_sue_domande(
    edizione: EdizioneLavoroAgile, ufficio: Utente, con_incarico: Persona
) -> None:
    questo = azioni_questionario.prepara(
        edizione, titolo="Come va", rivolto="lavoratori", anno=2022, da=ufficio
    )
    domande = list(questo.questionario.domande.all())
    assert [una.tipo for una in domande] == ["scala"] * 5 + ["si_no", "testo"]
    assert questo.questionario.soglia == 5
    with pytest.raises(PermissionDenied):
        azioni_questionario.prepara(
            edizione, titolo="No", rivolto="colleghi", anno=2022, da=con_incarico(Ruolo.DIREZIONE)
        )


def test_la_casa_delle_cifre_si_apre_a_chi_lavora_e_a_chi_legge(
    cremona: RilevazioneAgile, azienda: Azienda, con_incarico: Persona, ufficio: Utente,
    bando: BandoLavoroAgile, entra: Entra,
) -> None:  # fmt: skip
    indirizzo = reverse("lavoro_agile_cifre", args=[azienda.codice])
    GiornateFactory(azienda=azienda)
    for chi in (ufficio, con_incarico(Ruolo.CUG), con_incarico(Ruolo.DIPENDENTE)):
        assert entra(chi).get(indirizzo).status_code == 200
    visto = entra(con_incarico(Ruolo.CUG)).get(indirizzo).content.decode()
    assert "3,01%" in visto
    assert "32,74%" in visto
    per_chi_lavora = entra(con_incarico(Ruolo.DIPENDENTE)).get(indirizzo).content.decode()
    assert "3,01%" not in per_chi_lavora


def test_la_casa_fa_le_stesse_letture_con_una_rilevazione_o_con_tre(
    cremona: RilevazioneAgile, azienda: Azienda, ufficio: Utente, entra: Entra
) -> None:
    client, indirizzo = entra(ufficio), reverse("lavoro_agile_cifre", args=[azienda.codice])
    client.get(indirizzo)
    with CaptureQueriesContext(connection) as prima:
        client.get(indirizzo)
    for mese in (5, 6):
        RilevazioneAgileFactory(azienda=azienda, giorno=date(2021, mese, 1))
    with CaptureQueriesContext(connection) as dopo:
        client.get(indirizzo)
    assert len(dopo) == len(prima)
