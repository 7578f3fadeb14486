# SPDX-License-Identifier: AGPL-3.0-or-later
"""An agreement from its draft to its end: who prepares, who signs, who withdraws."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from lavoro_agile.accordi.bacheca import cose_da_fare, scadenze
from lavoro_agile.accordi.contenuto import condizioni_di
from lavoro_agile.azioni import accordo as azioni
from lavoro_agile.azioni import accordo_controlli as controlli
from lavoro_agile.azioni import accordo_fine as fine
from lavoro_agile.azioni.comunicazione import comunica
from lavoro_agile.calcolo.conservazione import dopo_mesi
from lavoro_agile.models import (
    AccordoIndividuale,
    BandoLavoroAgile,
    CondizioneDiLegge,
    EdizioneLavoroAgile,
    TutelaAccordo,
)
from piani.azioni.righe import Superata
from piani.models import Azienda, Evento, Ruolo, UnitaOrganizzativa, Utente
from tests.factories import UtenteFactory
from tests.factories_lavoro_agile import AccordoAgileFactory, DomandaAgileFactory, TutelaFactory

pytestmark = pytest.mark.django_db
Chi = Callable[..., Utente]
OGGI = timezone.localdate()
PIENO: dict[str, Any] = {
    "obiettivi": "Pratiche concluse.", "misurazione": "Ogni mese.", "modalita": "Due giorni.",
    "disconnessione": "Dalle 19 alle 8.", "riservatezza": "Rete protetta.",
    "controllo": "Sui risultati.", "rotazione": "A turno.", "informativa_il": OGGI,
}  # fmt: skip


def bozza(edizione: EdizioneLavoroAgile, persona: Utente, **altro: Any) -> AccordoIndividuale:
    return AccordoAgileFactory(
        edizione=edizione, persona=persona, stato="bozza", sottoscritto_il=None, dal=OGGI,
        **PIENO | altro,
    )  # fmt: skip


@pytest.fixture
def proposto(
    edizione: EdizioneLavoroAgile, dipendente: Utente, unita: UnitaOrganizzativa, ufficio: Utente
) -> AccordoIndividuale:
    nuovo = bozza(edizione, dipendente, unita=unita)
    azioni.proponi(nuovo, da=ufficio)
    return nuovo


@pytest.fixture
def fatto(
    edizione: EdizioneLavoroAgile, dipendente: Utente, unita: UnitaOrganizzativa
) -> AccordoIndividuale:
    return AccordoAgileFactory(edizione=edizione, persona=dipendente, unita=unita, **PIENO)


def test_da_una_domanda_ammessa_nasce_la_bozza(
    bando: BandoLavoroAgile, unita: UnitaOrganizzativa, dipendente: Utente, ufficio: Utente
) -> None:
    domanda = DomandaAgileFactory(
        bando=bando, persona=dipendente, unita=unita, stato="ammessa", ammessa_il=OGGI,
        giorni_concessi=4,
    )  # fmt: skip
    nuovo = azioni.prepara_da_domanda(domanda, da=ufficio)
    assert (nuovo.numero, nuovo.stato, nuovo.dal) == (1, "bozza", OGGI)
    assert (nuovo.persona, nuovo.unita, nuovo.giorni_mese) == (dipendente, unita, 4)
    assert nuovo.prevalenza == "mensile"
    evento = Evento.objects.get(tipo="agile_accordo.preparato")
    assert evento.descrizione == "Preparato l'accordo n. 1"
    with pytest.raises(ValidationError, match="esiste già"):
        azioni.prepara_da_domanda(domanda, da=ufficio)


def test_si_prepara_solo_da_una_domanda_ammessa_e_di_altri(
    bando: BandoLavoroAgile, ufficio: Utente, capo: Utente
) -> None:
    attesa = DomandaAgileFactory(bando=bando)
    with pytest.raises(ValidationError, match="Ammessa"):
        azioni.prepara_da_domanda(attesa, da=ufficio)
    sua = DomandaAgileFactory(bando=bando, persona=ufficio, stato="ammessa", ammessa_il=OGGI)
    for chi in (ufficio, capo):
        with pytest.raises(PermissionDenied):
            azioni.prepara_da_domanda(sua, da=chi)


def test_si_prepara_per_una_persona_dell_azienda(
    azienda: Azienda, edizione: EdizioneLavoroAgile, unita: UnitaOrganizzativa, dipendente: Utente,
    ufficio: Utente,
) -> None:  # fmt: skip
    valori: dict[str, Any] = {"unita": unita, "area": "comparto", "dal": OGGI, "al": None}
    nuovo = azioni.prepara(azienda, persona=dipendente, da=ufficio, **valori)
    assert nuovo.edizione == edizione
    with pytest.raises(ValidationError, match="lavora nell'azienda"):
        azioni.prepara(azienda, persona=UtenteFactory(), da=ufficio, **valori)
    with pytest.raises(ValidationError, match="C'è già un accordo da firmare"):
        azioni.prepara(azienda, persona=dipendente, da=ufficio, **valori)


def test_chi_scrive_dopo_un_altro_non_lo_copre(
    edizione: EdizioneLavoroAgile, dipendente: Utente, ufficio: Utente
) -> None:
    mio = bozza(edizione, dipendente)
    azioni.scrivi(mio, visto=0, obiettivi="Nuovi.", da=ufficio)
    with pytest.raises(Superata):
        azioni.scrivi(mio, visto=0, obiettivi="Altri.", da=ufficio)
    mio.refresh_from_db()
    assert (mio.obiettivi, mio.modifiche) == ("Nuovi.", 1)


def test_non_si_propone_cio_che_manca_di_qualcosa(
    edizione: EdizioneLavoroAgile, dipendente: Utente, ufficio: Utente
) -> None:
    mio = bozza(edizione, dipendente, obiettivi="", giorni_mese=7)
    with pytest.raises(ValidationError) as errore:
        azioni.proponi(mio, da=ufficio)
    assert len(errore.value.messages) == 2
    assert "quali sono gli obiettivi (art. 1 c. 3 lett. f) DM 8" in errore.value.messages[0]
    assert "Al massimo 6 giorni al mese" in errore.value.messages[1]


def test_una_tutela_porta_oltre_i_limiti(
    edizione: EdizioneLavoroAgile, dipendente: Utente, ufficio: Utente
) -> None:
    mio = bozza(edizione, dipendente, giorni_mese=15)
    controlli.tutela(mio, tipo="fragile", dal=OGGI, giorni_mese=15, da=ufficio)
    azioni.proponi(mio, da=ufficio)
    assert mio.stato == "alla_firma"
    tipi = set(Evento.objects.values_list("tipo", flat=True))
    assert tipi == {"agile_accordo.scritto", "agile_accordo.proposto"}
    assert not Evento.objects.filter(descrizione__icontains="fragile").exists()


def test_con_le_due_firme_l_accordo_e_fatto(
    proposto: AccordoIndividuale, dipendente: Utente, capo: Utente
) -> None:
    azioni.firma(proposto, visto=0, da=dipendente)
    azioni.firma_per_azienda(proposto, visto=0, da=capo)
    proposto.refresh_from_db()
    assert (proposto.stato, proposto.sottoscritto_il) == ("sottoscritto", OGGI)
    assert proposto.firma_azienda_da == capo
    with pytest.raises(ValidationError):
        azioni.firma(proposto, visto=0, da=dipendente)


def test_ognuno_firma_solo_per_se(
    proposto: AccordoIndividuale, dipendente: Utente, capo: Utente, ufficio: Utente
) -> None:
    for chi in (capo, ufficio, UtenteFactory(is_superuser=True)):
        with pytest.raises(PermissionDenied):
            azioni.firma(proposto, visto=0, da=chi)
    with pytest.raises(PermissionDenied):
        azioni.firma_per_azienda(proposto, visto=0, da=dipendente)


def test_si_firma_il_testo_che_si_e_letto(
    proposto: AccordoIndividuale, dipendente: Utente, ufficio: Utente
) -> None:
    azioni.firma(proposto, visto=0, da=dipendente)
    azioni.riprendi(proposto, da=ufficio)
    azioni.scrivi(proposto, visto=0, obiettivi="Altri.", da=ufficio)
    azioni.proponi(proposto, da=ufficio)
    proposto.refresh_from_db()
    assert proposto.firma_persona_il is None
    with pytest.raises(ValidationError, match="il testo è cambiato"):
        azioni.firma(proposto, visto=0, da=dipendente)


def test_due_accordi_della_stessa_persona_non_si_sovrappongono(
    fatto: AccordoIndividuale, dipendente: Utente, ufficio: Utente
) -> None:
    altro = bozza(fatto.edizione, dipendente)
    with pytest.raises(ValidationError, match=f"Accordo n. {fatto.numero}"):
        azioni.proponi(altro, da=ufficio)


def test_annullato_un_accordo_la_domanda_ne_puo_avere_un_altro(
    bando: BandoLavoroAgile, dipendente: Utente, ufficio: Utente
) -> None:
    domanda = DomandaAgileFactory(bando=bando, persona=dipendente, stato="ammessa", ammessa_il=OGGI)
    azioni.annulla(azioni.prepara_da_domanda(domanda, da=ufficio), da=ufficio)
    assert azioni.prepara_da_domanda(domanda, da=ufficio).numero == 2


# How it ends ------------------------------------------------------------------------------------


@pytest.fixture
def senza_termine(fatto: AccordoIndividuale) -> AccordoIndividuale:
    fatto.al = None
    fatto.save()
    return fatto


def test_la_persona_recede_con_trenta_giorni(
    senza_termine: AccordoIndividuale, dipendente: Utente
) -> None:
    fatto = senza_termine
    with pytest.raises(ValidationError, match="preavviso"):
        fine.recedi(fatto, giustificato=False, decorre_dal=OGGI, da=dipendente)
    recesso = fine.recedi(fatto, giustificato=False, da=dipendente)
    assert recesso.decorre_dal == OGGI + timedelta(days=30)
    fatto.refresh_from_db()
    assert (fatto.stato, fatto.cessa_il) == ("cessato", recesso.decorre_dal)
    assert fatto in AccordoIndividuale.objects.in_vigore()


def test_prima_del_termine_si_recede_solo_per_giustificato_motivo(
    fatto: AccordoIndividuale, dipendente: Utente, ufficio: Utente
) -> None:
    with pytest.raises(ValidationError) as raccolto:
        fine.recedi(fatto, giustificato=False, da=dipendente)
    assert raccolto.value.message_dict == {
        "giustificato": ["L'accordo è a termine: prima che finisca si recede solo per giustificato "
                         "motivo (art. 19 c. 2 L. 81/2017)."]
    }  # fmt: skip
    with pytest.raises(ValidationError, match="a termine"):
        fine.recedi_per_azienda(fatto, giustificato=False, da=ufficio)
    edizione = fatto.edizione
    edizione.parametri["termini"]["recesso_a_termine"] = True
    edizione.save()
    recesso = fine.recedi(fatto, giustificato=False, da=dipendente)
    assert recesso.decorre_dal == OGGI + timedelta(days=30)


def test_l_azienda_recede_da_chi_e_disabile_con_novanta(
    senza_termine: AccordoIndividuale, ufficio: Utente, capo: Utente
) -> None:
    fatto = senza_termine
    TutelaFactory(accordo=fatto, tipo="disabile")
    with pytest.raises(PermissionDenied):  # the notice would say why
        fine.recedi_per_azienda(fatto, giustificato=False, da=capo)
    recesso = fine.recedi_per_azienda(fatto, giustificato=False, da=ufficio)
    assert recesso.decorre_dal == OGGI + timedelta(days=90)


def test_un_giustificato_motivo_si_scrive_e_non_aspetta(
    fatto: AccordoIndividuale, dipendente: Utente
) -> None:
    with pytest.raises(ValidationError, match="giustificato motivo"):
        fine.recedi(fatto, giustificato=True, da=dipendente)
    recesso = fine.recedi(fatto, giustificato=True, motivo="Motivo segreto.", da=dipendente)
    assert recesso.decorre_dal == OGGI
    evento = Evento.objects.get(tipo="agile_accordo.receduto")
    assert "segreto" not in evento.descrizione + str(evento.dati)


def test_il_rinnovo_comincia_il_giorno_dopo_con_gli_stessi_contenuti(
    fatto: AccordoIndividuale, ufficio: Utente
) -> None:
    TutelaFactory(accordo=fatto, giorni_mese=8)
    TutelaFactory(accordo=fatto, tipo="figli", al=OGGI)
    nuovo = fine.rinnova(fatto, da=ufficio)
    assert fatto.al is not None
    assert (nuovo.dal, nuovo.stato, nuovo.rinnova) == (fatto.al + timedelta(days=1), "bozza", fatto)
    assert nuovo.al is not None
    assert nuovo.al - nuovo.dal == fatto.al - fatto.dal
    assert (nuovo.obiettivi, nuovo.informativa_il) == (PIENO["obiettivi"], None)
    assert [una.tipo for una in TutelaAccordo.objects.filter(accordo=nuovo)] == ["fragile"]
    with pytest.raises(ValidationError, match="Il rinnovo c'è già"):
        fine.rinnova(fatto, da=ufficio)


# What is said beside it -------------------------------------------------------------------------


def test_a_mano_si_verifica_solo_cio_che_il_programma_non_sa(
    fatto: AccordoIndividuale, ufficio: Utente
) -> None:
    arretrato = CondizioneDiLegge.objects.get(codice="arretrato")
    controlli.verifica_a_mano(
        fatto, condizione=arretrato, esito="non_riguarda", nota="Non c'è arretrato.", da=ufficio
    )
    stato = {una.condizione.codice: una.esito for una in condizioni_di(fatto)}
    assert (stato["arretrato"], stato["obiettivi"], len(stato)) == (
        "non_riguarda",
        "rispettata",
        15,
    )
    obiettivi = CondizioneDiLegge.objects.get(codice="obiettivi")
    with pytest.raises(ValidationError, match="controlla il programma"):
        controlli.verifica_a_mano(
            fatto, condizione=obiettivi, esito="manca", nota="No.", da=ufficio
        )


def test_le_tutele_le_scrivono_solo_le_risorse_umane(
    fatto: AccordoIndividuale, capo: Utente, ufficio: Utente, con_incarico: Chi
) -> None:
    altri = [con_incarico(r) for r in (Ruolo.DIREZIONE, Ruolo.CUG)]
    for chi in (capo, UtenteFactory(is_superuser=True), *altri):
        with pytest.raises(PermissionDenied):
            controlli.tutela(fatto, tipo="fragile", dal=OGGI, da=chi)
    scritta = controlli.tutela(fatto, tipo="fragile", dal=OGGI, da=ufficio)
    assert fatto.al is not None
    assert scritta.conserva_fino_al == dopo_mesi(fatto.al, 12)
    controlli.togli_tutela(scritta, da=ufficio)
    assert not TutelaAccordo.objects.exists()


def test_gli_accordi_si_segnano_comunicati_una_volta(
    azienda: Azienda, fatto: AccordoIndividuale, ufficio: Utente, capo: Utente
) -> None:
    with pytest.raises(PermissionDenied):
        comunica(azienda, accordi=[fatto], giorno=OGGI, da=capo)
    assert comunica(azienda, accordi=[fatto], giorno=OGGI, da=ufficio) == 1
    with pytest.raises(ValidationError, match="già segnato"):
        comunica(azienda, accordi=[fatto], giorno=OGGI, da=ufficio)
    evento = Evento.objects.get(tipo="agile_accordi.comunicati")
    assert evento.dati == {"quanti": 1, "giorno": OGGI.isoformat()}


# Inbox and calendar -----------------------------------------------------------------------------


def titoli(utente: Utente) -> list[str]:
    return [una.titolo for una in cose_da_fare(Utente.objects.get(pk=utente.pk))]


def test_chi_deve_firmare_lo_trova_fra_le_cose_da_fare(
    proposto: AccordoIndividuale, dipendente: Utente, capo: Utente
) -> None:
    numero = proposto.numero
    assert titoli(dipendente) == [f"Firma il tuo accordo di lavoro agile n. {numero}"]
    assert titoli(capo) == []
    azioni.firma(proposto, visto=0, da=dipendente)
    assert titoli(dipendente) == []
    assert titoli(capo) == [f"Firma per l'azienda l'accordo di lavoro agile n. {numero}"]


def test_le_risorse_umane_trovano_scadenze_ammessi_e_comunicazioni(
    bando: BandoLavoroAgile, dipendente: Utente, ufficio: Utente
) -> None:
    vicino = AccordoAgileFactory(
        edizione=bando.edizione, persona=dipendente, al=OGGI + timedelta(days=10)
    )
    DomandaAgileFactory(bando=bando, stato="ammessa", ammessa_il=OGGI)
    assert titoli(ufficio) == [
        f"Sta per finire l'accordo di lavoro agile n. {vicino.numero}",
        "1 domanda ammessa aspetta l'accordo",
        "1 accordo da comunicare al Ministero",
    ]
    assert [una.il for una in scadenze(dipendente)] == [vicino.al]


@pytest.mark.parametrize("quanti", [1, 3])
def test_le_cose_da_fare_costano_uguale(
    quanti: int, edizione: EdizioneLavoroAgile, ufficio: Utente, con_incarico: Chi,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    AccordoAgileFactory.create_batch(quanti, edizione=edizione, al=OGGI + timedelta(days=9))
    AccordoAgileFactory.create_batch(
        quanti, edizione=edizione, stato="alla_firma", sottoscritto_il=None, proposto_il=OGGI,
        firma_persona_il=timezone.now(),
    )  # fmt: skip
    with django_assert_num_queries(9):
        assert len(list(cose_da_fare(ufficio))) == 2 * quanti + 1
    nucleo = con_incarico(Ruolo.NUCLEO)
    with django_assert_num_queries(1):  # the incarichi
        assert list(cose_da_fare(nucleo)) == []
