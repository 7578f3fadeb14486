# SPDX-License-Identifier: AGPL-3.0-or-later
"""A round of the mapping and its forms: who may, when, what is missing, what is kept."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from lavoro_agile.azioni import campagna as azioni_campagna
from lavoro_agile.azioni import mappatura as azioni
from lavoro_agile.azioni.mappatura import Attivita, Profilo
from lavoro_agile.cifre.proposte import potenziali
from lavoro_agile.models import CampagnaMappatura, MappaturaAttivita
from piani.azioni.righe import Superata, impronta
from piani.models import Azienda, Evento, Ruolo, UnitaOrganizzativa, Utente
from tests.factories import UnitaFactory, UtenteFactory
from tests.factories_lavoro_agile import CampagnaFactory, MappaturaFactory

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate()
PRATICHE = Attivita("Istruttoria", autonomia="alto", interdipendenza="basso", misurabilita="medio")
SPORTELLO = Attivita("Sportello", autonomia="basso", interdipendenza="alto", misurabilita="medio")
ASSISTENTI = Profilo("comparto", "Assistente amministrativo", in_servizio=10, potenziali=6)
RISPOSTE = {
    "formazione": "Nessuna", "tecnologia": "PC e VPN", "pc_da_fornire": 3,
    "connessioni_da_fornire": 0, "coworking": "Nessuno", "criticita": "Nessuna",
    "giorni_presenza": 3,
}  # fmt: skip
VUOTE = {campo: None if isinstance(detto, int) else "" for campo, detto in RISPOSTE.items()}


@pytest.fixture
def scheda(azienda: Azienda, unita: UnitaOrganizzativa) -> MappaturaAttivita:
    """The form of the unit in an open round."""
    return MappaturaFactory(
        campagna=CampagnaFactory(azienda=azienda), unita=unita, unita_stampata=""
    )


def scrivi(scheda: MappaturaAttivita, da: Utente | None, **altro: Any) -> MappaturaAttivita:
    dati = {
        "valori": RISPOSTE, "attivita": [PRATICHE], "profili": [ASSISTENTI],
        "visto": str(scheda.modifiche),
    }  # fmt: skip
    return azioni.scrivi_mappatura(scheda, da=da, **dati | altro)


def inviata(scheda: MappaturaAttivita, da: Utente | None) -> MappaturaAttivita:
    scritta = scrivi(scheda, da)
    azioni.trasmetti_mappatura(scritta, visto=str(scritta.modifiche), da=da)
    scritta.refresh_from_db()
    return scritta


# The round ----------------------------------------------------------------------------------------


def prepara(azienda: Azienda, da: Utente | None, **altro: Any) -> CampagnaMappatura:
    dati = {
        "anno": 2026, "titolo": "Mappatura", "apre_il": OGGI,
        "chiude_il": OGGI + timedelta(days=30),
    }  # fmt: skip
    return azioni_campagna.crea_campagna(azienda, da=da, **dati | altro)


def test_aprire_da_una_scheda_a_ogni_unita_scelta(
    azienda: Azienda, unita: UnitaOrganizzativa, ufficio: Utente, capo: Utente
) -> None:
    altra = UnitaFactory(organigramma=unita.organigramma)
    terza = UnitaFactory(organigramma=unita.organigramma)
    campagna = prepara(azienda, ufficio)
    assert not CampagnaMappatura.objects.visibili_a(capo).exists()
    azioni_campagna.apri_campagna(campagna, unita=[unita.pk, altra.pk], da=ufficio)
    assert set(campagna.mappature.values_list("unita", "stato")) == {
        (unita.pk, "da_compilare"),
        (altra.pk, "da_compilare"),
    }
    assert list(CampagnaMappatura.objects.visibili_a(capo)) == [campagna]
    azioni_campagna.aggiungi_unita(campagna, unita=[terza.pk], da=ufficio)
    assert campagna.mappature.count() == 3
    with pytest.raises(ValidationError, match="ha già la sua scheda"):
        azioni_campagna.aggiungi_unita(campagna, unita=[terza.pk], da=ufficio)
    azioni_campagna.togli_unita(campagna.mappature.get(unita=terza), da=ufficio)
    assert campagna.mappature.count() == 2


def test_si_chiede_solo_a_unita_di_oggi(
    azienda: Azienda, unita: UnitaOrganizzativa, ufficio: Utente
) -> None:
    campagna = prepara(azienda, ufficio)
    for scelte in ([], [unita.pk, UnitaFactory().pk]):
        with pytest.raises(ValidationError, match="organigramma in vigore"):
            azioni_campagna.apri_campagna(campagna, unita=scelte, da=ufficio)
    campagna.refresh_from_db()
    assert (campagna.stato, campagna.mappature.count()) == ("bozza", 0)


def test_una_sola_mappatura_per_anno(azienda: Azienda, ufficio: Utente) -> None:
    prepara(azienda, ufficio)
    with pytest.raises(ValidationError, match="già una mappatura di quell'anno"):
        prepara(azienda, ufficio)


def test_non_si_apre_con_il_termine_passato(
    azienda: Azienda, unita: UnitaOrganizzativa, ufficio: Utente
) -> None:
    ieri = OGGI - timedelta(days=1)
    campagna = prepara(azienda, ufficio, apre_il=ieri, chiude_il=ieri)
    with pytest.raises(ValidationError, match="già passato"):
        azioni_campagna.apri_campagna(campagna, unita=[unita.pk], da=ufficio)
    azioni_campagna.modifica_campagna(
        campagna, titolo="Nuova", istruzioni="", apre_il=OGGI, chiude_il=OGGI, da=ufficio
    )
    azioni_campagna.apri_campagna(campagna, unita=[unita.pk], da=ufficio)
    assert campagna.stato == "aperta"


def test_chi_salva_per_secondo_una_campagna_lo_sa(azienda: Azienda, ufficio: Utente) -> None:
    campagna = prepara(azienda, ufficio)
    visto = impronta(campagna)
    valori = {"istruzioni": "", "apre_il": OGGI, "chiude_il": OGGI}
    azioni_campagna.modifica_campagna(campagna, titolo="A", visto=visto, da=ufficio, **valori)
    with pytest.raises(Superata):
        azioni_campagna.modifica_campagna(campagna, titolo="B", visto=visto, da=ufficio, **valori)


def test_le_campagne_sono_delle_risorse_umane(
    azienda: Azienda, scheda: MappaturaAttivita, capo: Utente, con_incarico: Callable[..., Utente]
) -> None:
    for chi in (capo, con_incarico(Ruolo.DIREZIONE), con_incarico(Ruolo.CUG)):
        with pytest.raises(PermissionDenied):
            prepara(azienda, chi)
        for azione in (azioni_campagna.chiudi_campagna, azioni_campagna.riapri_campagna):
            with pytest.raises(PermissionDenied):
                azione(scheda.campagna, da=chi)
        with pytest.raises(PermissionDenied):
            azioni_campagna.togli_unita(scheda, da=chi)


# The form -----------------------------------------------------------------------------------------


def test_il_responsabile_tiene_la_bozza_e_la_regola_giudica(
    scheda: MappaturaAttivita, capo: Utente
) -> None:
    corretta = Attivita(
        "Archivio", autonomia="medio", interdipendenza="medio", misurabilita="basso",
        corretta_in="no", motivo="Le carte sono in sede.",
    )  # fmt: skip
    scritta = scrivi(scheda, capo, attivita=[PRATICHE, SPORTELLO, corretta])
    assert (scritta.stato, scritta.modifiche, scritta.pc_da_fornire) == ("in_compilazione", 1, 3)
    giudizi = [(una.nome, una.smartabile, una.esito) for una in scritta.attivita.all()]
    assert giudizi == [
        ("Istruttoria", "si", "si"), ("Sportello", "no", "no"), ("Archivio", "in_parte", "no"),
    ]  # fmt: skip
    riscritta = scrivi(scritta, capo, attivita=[SPORTELLO], profili=[])
    assert [una.nome for una in riscritta.attivita.all()] == ["Sportello"]
    assert not riscritta.profili.exists()
    assert Evento.objects.filter(tipo="agile_mappatura.salvata").count() == 2


def test_chi_corregge_la_regola_dice_perche(scheda: MappaturaAttivita, capo: Utente) -> None:
    muta = Attivita("Archivio", "alto", "basso", "alto", corretta_in="no", motivo=" ")
    with pytest.raises(ValidationError, match="scrivi perché la giudichi diversamente"):
        scrivi(scheda, capo, attivita=[muta])


def test_un_profilo_si_scrive_una_volta(scheda: MappaturaAttivita, capo: Utente) -> None:
    doppio = Profilo("comparto", "assistente Amministrativo", in_servizio=2, potenziali=0)
    with pytest.raises(ValidationError, match="è scritto due volte"):
        scrivi(scheda, capo, profili=[ASSISTENTI, doppio])
    assert not scheda.profili.exists()


def test_chi_salva_per_secondo_una_scheda_lo_sa(scheda: MappaturaAttivita, capo: Utente) -> None:
    scrivi(scheda, capo)
    with pytest.raises(Superata, match="Qualcun altro ha salvato") as superata:
        scrivi(scheda, capo, visto="0", valori=VUOTE)
    assert superata.value.visto == "1"
    scheda.refresh_from_db()
    assert scheda.tecnologia == "PC e VPN"
    with pytest.raises(Superata):
        azioni.trasmetti_mappatura(scheda, visto="0", da=capo)


def test_prima_di_trasmettere_si_risponde_a_tutto(scheda: MappaturaAttivita, capo: Utente) -> None:
    vuota = scrivi(scheda, capo, valori=VUOTE, attivita=[], profili=[])
    with pytest.raises(ValidationError) as rifiuto:
        azioni.trasmetti_mappatura(vuota, visto="1", da=capo)
    mancano = rifiuto.value.message_dict
    assert set(mancano) == {*RISPOSTE, "__all__"}
    assert mancano["giorni_presenza"] == ["Scrivi un numero, anche 0."]
    assert [una.split(":")[0] for una in mancano["__all__"]] == ["Attività", "Persone"]
    contraddetta = scrivi(vuota, capo, attivita=[SPORTELLO])
    with pytest.raises(ValidationError, match="correggi le une o le altre"):
        azioni.trasmetti_mappatura(contraddetta, visto="2", da=capo)


def test_una_scheda_trasmessa_conta_nei_potenziali_e_non_si_scrive_piu(
    scheda: MappaturaAttivita, capo: Utente
) -> None:
    scrivi(scheda, capo)
    assert potenziali(scheda.azienda) is None
    scheda.refresh_from_db()
    trasmessa = inviata(scheda, capo)
    assert (trasmessa.stato, trasmessa.trasmessa_da) == ("trasmessa", capo)
    assert potenziali(scheda.azienda) == 6
    with pytest.raises(ValidationError, match="si può fare solo quando"):
        scrivi(trasmessa, capo)


def test_l_ufficio_riapre_con_una_nota_e_poi_acquisisce(
    scheda: MappaturaAttivita, capo: Utente, ufficio: Utente
) -> None:
    trasmessa = inviata(scheda, capo)
    with pytest.raises(ValidationError, match="Scrivi che cosa va corretto"):
        azioni.riapri_mappatura(trasmessa, nota=" ", da=ufficio)
    azioni.riapri_mappatura(trasmessa, nota="Mancano i PC.", da=ufficio)
    trasmessa.refresh_from_db()
    assert (trasmessa.stato, trasmessa.nota_ufficio) == ("in_compilazione", "Mancano i PC.")
    assert (trasmessa.trasmessa_il, trasmessa.trasmessa_da) == (None, None)
    with pytest.raises(ValidationError, match="non può diventare «Acquisita»"):
        azioni.acquisisci_mappatura(trasmessa, da=ufficio)
    azioni.acquisisci_mappatura(inviata(trasmessa, capo), da=ufficio)
    trasmessa.refresh_from_db()
    assert trasmessa.stato == "chiusa"


def test_l_ufficio_compila_per_conto_e_il_registro_lo_dice(
    scheda: MappaturaAttivita, ufficio: Utente
) -> None:
    inviata(scheda, ufficio)
    evento = Evento.objects.get(tipo="agile_mappatura.trasmessa")
    assert evento.descrizione.endswith("dalle risorse umane per conto dell'unità")


def test_la_scheda_non_la_scrive_chi_non_guida_l_unita(
    scheda: MappaturaAttivita, capo: Utente, con_incarico: Callable[..., Utente]
) -> None:
    altra = UnitaFactory(organigramma=scheda.unita.organigramma)
    estranei = [
        con_incarico(Ruolo.RESPONSABILE_CDR, unita=altra),
        con_incarico(Ruolo.DIREZIONE),
        con_incarico(Ruolo.DIPENDENTE, unita=scheda.unita),
        UtenteFactory(is_superuser=True),
    ]
    for chi in estranei:
        with pytest.raises(PermissionDenied):
            scrivi(scheda, chi)
        with pytest.raises(PermissionDenied):
            azioni.trasmetti_mappatura(scheda, visto="0", da=chi)
    for chi in (*estranei, capo):
        with pytest.raises(PermissionDenied):
            azioni.acquisisci_mappatura(scheda, da=chi)
        with pytest.raises(PermissionDenied):
            azioni.riapri_mappatura(scheda, nota="No", da=chi)


def test_si_scrive_solo_da_quando_si_apre_e_finche_e_aperta(
    scheda: MappaturaAttivita, capo: Utente, ufficio: Utente
) -> None:
    domani = OGGI + timedelta(days=1)
    CampagnaMappatura.objects.update(apre_il=domani)
    with pytest.raises(ValidationError, match="si apre il"):
        scrivi(scheda, capo)
    CampagnaMappatura.objects.update(apre_il=OGGI)
    scheda.refresh_from_db()
    azioni_campagna.chiudi_campagna(scheda.campagna, da=ufficio)
    with pytest.raises(ValidationError, match="si può fare solo quando"):
        scrivi(scheda, capo)
    azioni_campagna.riapri_campagna(scheda.campagna, da=ufficio)
    assert scrivi(scheda, capo).stato == "in_compilazione"
