# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls and requests: who takes each step, when, and the sentence of who may not."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from lavoro_agile.azioni import bando as azioni_bando
from lavoro_agile.azioni import domanda as azioni
from lavoro_agile.azioni.bando import TrancheScritta
from lavoro_agile.azioni.conservazione import scadenza_motivi
from lavoro_agile.azioni.domanda import DomandaScritta
from lavoro_agile.calcolo.ammissione import Candidata, Liberi, priorita, proponi
from lavoro_agile.models import (
    BandoLavoroAgile,
    DomandaLavoroAgile,
    EdizioneLavoroAgile,
    MotivoDomanda,
)
from lavoro_agile.predefinite import predefinita
from piani.models import Evento, Ruolo, UnitaOrganizzativa, Utente
from tests.factories import UtenteFactory
from tests.factories_lavoro_agile import (
    AccordoAgileFactory,
    BandoAgileFactory,
    DomandaAgileFactory,
    TrancheFactory,
)
from tests.lavoro_agile.domande import IERI, OGGI, perche

pytestmark = pytest.mark.django_db
Persona = Callable[..., Utente]
MOTIVI = predefinita("ats-milano-2018").motivi


@pytest.fixture
def scritta(unita: UnitaOrganizzativa) -> DomandaScritta:
    return DomandaScritta(
        area="comparto", unita=unita, giorni_chiesti=6, giorni_settimana=2,
        attivita="Istruttoria.", motivi={"salute": "Riservato.", "distanza": ""},
    )  # fmt: skip


# The proposed order -------------------------------------------------------------------------------


def test_l_ordine_segue_le_precedenze_poi_il_giorno_poi_il_numero() -> None:
    candidate = [
        Candidata(1, 1, date(2026, 1, 1), frozenset({"senza_agevolazioni"})),
        Candidata(2, 2, date(2026, 1, 3), frozenset({"distanza", "salute"})),
        Candidata(3, 4, date(2026, 1, 2), frozenset({"salute"})),
        Candidata(4, 3, date(2026, 1, 2), frozenset({"salute"})),
        Candidata(5, 5, date(2026, 1, 1), frozenset({"distanza"})),
    ]
    posti = [Liberi(10, 2), Liberi(20, 0), Liberi(30, 2)]
    proposte = proponi(candidate, MOTIVI, posti)
    assert [(una.chiave, una.priorita, una.tranche) for una in proposte] == [
        (4, 1, 10), (3, 1, 10), (2, 1, 30), (5, 5, 30), (1, None, None),
    ]  # fmt: skip


def test_un_motivo_senza_precedenza_non_ne_da() -> None:
    assert priorita({"senza_agevolazioni", "ignoto"}, MOTIVI) is None
    assert proponi([], MOTIVI, [Liberi(1, 5)]) == []


# The call -----------------------------------------------------------------------------------------


def test_un_bando_nasce_con_le_tranche_del_regolamento_e_si_pubblica(
    edizione: EdizioneLavoroAgile, ufficio: Utente
) -> None:
    bando = azioni_bando.crea_bando(
        edizione, titolo="Bando", testo="", atto="", apre_il=OGGI, chiude_il=OGGI, da=ufficio
    )
    assert list(bando.tranche.values_list("posti", flat=True)) == [40, 35, 35, 35, 35]
    azioni_bando.pubblica_bando(bando, da=ufficio)
    assert bando.aperto
    tipi = Evento.objects.order_by("pk").values_list("tipo", flat=True)
    assert list(tipi) == ["agile_bando.scritto", "agile_bando.pubblicato"]
    with pytest.raises(ValidationError) as errore:
        azioni_bando.concludi_bando(bando, da=ufficio)
    assert f"fino al {OGGI:%d/%m/%Y}" in perche(errore)


def test_il_bando_lo_scrivono_solo_le_risorse_umane(
    edizione: EdizioneLavoroAgile, bando: BandoLavoroAgile, capo: Utente
) -> None:
    passi: list[Callable[[], object]] = [
        lambda: azioni_bando.crea_bando(
            edizione, titolo="B", testo="", atto="", apre_il=OGGI, chiude_il=OGGI, da=capo
        ),
        lambda: azioni_bando.modifica_bando(
            bando, titolo="B", testo="", atto="", apre_il=OGGI, chiude_il=OGGI, da=capo
        ),
        lambda: azioni_bando.scrivi_tranche(bando, tranche=[], da=capo),
        lambda: azioni_bando.pubblica_bando(bando, da=capo),
        lambda: azioni_bando.concludi_bando(bando, da=capo),
        lambda: azioni_bando.riapri_bando(bando, chiude_il=OGGI, da=capo),
        lambda: azioni_bando.annulla_bando(bando, motivo="x", da=capo),
    ]
    for passo in passi:
        with pytest.raises(PermissionDenied):
            passo()


def test_un_bando_passato_non_si_pubblica_e_uno_concluso_si_riapre(
    edizione: EdizioneLavoroAgile, ufficio: Utente
) -> None:
    bando = BandoAgileFactory(edizione=edizione, stato="bozza", chiude_il=IERI)
    with pytest.raises(ValidationError) as errore:
        azioni_bando.pubblica_bando(bando, da=ufficio)
    assert list(errore.value.message_dict) == ["chiude_il"]
    BandoLavoroAgile.objects.filter(pk=bando.pk).update(stato="pubblicato")
    azioni_bando.concludi_bando(bando, da=ufficio)
    azioni_bando.riapri_bando(bando, chiude_il=OGGI, da=ufficio)
    bando.refresh_from_db()
    assert (bando.stato, bando.chiude_il) == ("pubblicato", OGGI)


def test_un_bando_con_domande_non_si_annulla(
    bando: BandoLavoroAgile, presentata: DomandaLavoroAgile, ufficio: Utente
) -> None:
    with pytest.raises(ValidationError) as errore:
        azioni_bando.annulla_bando(bando, motivo="Refuso.", da=ufficio)
    assert "già domande presentate" in perche(errore)
    DomandaLavoroAgile.objects.update(stato="ritirata")
    azioni_bando.annulla_bando(bando, motivo="Refuso.", da=ufficio)
    assert bando.stato == "annullato"
    assert Evento.objects.get(tipo="agile_bando.annullato").dati == {"motivo": "Refuso."}


def test_le_tranche_non_scendono_sotto_chi_e_ammesso(
    bando: BandoLavoroAgile, ufficio: Utente
) -> None:
    prima = TrancheFactory(bando=bando, ordine=1, entro=date(2027, 1, 1), posti=2)
    for _volta in range(2):
        DomandaAgileFactory(bando=bando, stato="ammessa", ammessa_il=OGGI, tranche=prima)
    for scritte, detto in (
        ([TrancheScritta(date(2027, 1, 1), 1)], "sono già ammesse 2 domande"),
        ([], "ha già delle domande"),
        ([TrancheScritta(date(2027, 3, 1), 9), TrancheScritta(date(2027, 2, 1), 9)], "ordine"),
    ):
        with pytest.raises(ValidationError) as errore:
            azioni_bando.scrivi_tranche(bando, tranche=scritte, da=ufficio)
        assert detto in perche(errore)
    nuove = [TrancheScritta(date(2027, 2, 1), 3), TrancheScritta(date(2027, 5, 1), 4)]
    azioni_bando.scrivi_tranche(bando, tranche=nuove, da=ufficio)
    assert list(bando.tranche.values_list("entro", "posti")) == [
        (date(2027, 2, 1), 3), (date(2027, 5, 1), 4),
    ]  # fmt: skip


# The person ---------------------------------------------------------------------------------------


def test_una_bozza_si_tiene_si_riscrive_e_si_presenta(
    bando: BandoLavoroAgile, scritta: DomandaScritta, dipendente: Utente
) -> None:
    domanda = azioni.comincia(bando, scritta=scritta, da=dipendente)
    assert (domanda.stato, domanda.numero, domanda.persona) == ("bozza", 1, dipendente)
    motivi = MotivoDomanda.objects.values_list("codice", "dettaglio", "conserva_fino_al")
    fino_al = scadenza_motivi(bando)
    assert list(motivi) == [("distanza", "", fino_al), ("salute", "Riservato.", fino_al)]
    poi = DomandaScritta(
        area="comparto", unita=scritta.unita, giorni_chiesti=4, attivita="Altro.",
        motivi={"caregiver": "Altro riservato."},
    )  # fmt: skip
    azioni.modifica(domanda, scritta=poi, visto="0", da=dipendente)
    assert list(MotivoDomanda.objects.values_list("codice", flat=True)) == ["caregiver"]
    azioni.presenta(domanda, da=dipendente)
    domanda.refresh_from_db()
    assert (domanda.stato, domanda.giorni_chiesti) == ("presentata", 4)
    assert domanda.presentata_il == OGGI
    for evento in Evento.objects.all():
        assert "iservato" not in f"{evento.descrizione}{evento.dati}"
        assert "caregiver" not in f"{evento.descrizione}{evento.dati}"


def test_i_limiti_del_regolamento_si_dicono_accanto_al_campo(
    bando: BandoLavoroAgile, unita: UnitaOrganizzativa, dipendente: Utente
) -> None:
    for valori, campo, detto in (
        ({"giorni_chiesti": 7}, "giorni_chiesti", "Il regolamento concede da 1 a 6 giorni."),
        ({"giorni_settimana": 3}, "giorni_settimana", "Il regolamento concede da 1 a 2 giorni."),
        ({"area": "altra"}, "area", "Il regolamento non ammette domande di quest'area."),
        ({"motivi": {"ignoto": ""}}, "motivi", "C'è un motivo che il regolamento non prevede: "
                                               "scegli fra quelli scritti."),
    ):  # fmt: skip
        dati = {"area": "comparto", "unita": unita} | valori
        with pytest.raises(ValidationError) as errore:
            azioni.comincia(bando, scritta=DomandaScritta(**dati), da=dipendente)
        assert errore.value.message_dict == {campo: [detto]}
    assert not DomandaLavoroAgile.objects.exists()


def test_fuori_dalla_finestra_non_si_chiede(
    edizione: EdizioneLavoroAgile, scritta: DomandaScritta, dipendente: Utente
) -> None:
    chiuso = BandoAgileFactory(edizione=edizione, chiude_il=IERI)
    concluso = BandoAgileFactory(edizione=edizione, stato="concluso")
    for bando, detto in ((chiuso, "oggi il bando non è aperto"), (concluso, "«Concluso»")):
        with pytest.raises(ValidationError) as errore:
            azioni.comincia(bando, scritta=scritta, da=dipendente)
        assert detto in perche(errore)
        bozza = DomandaAgileFactory(bando=bando, persona=dipendente, stato="bozza")
        with pytest.raises(ValidationError) as errore:
            azioni.presenta(bozza, da=dipendente)
        assert detto in perche(errore)


def test_una_seconda_domanda_nello_stesso_bando_non_si_fa_ritirata_la_prima_si(
    bando: BandoLavoroAgile, scritta: DomandaScritta, dipendente: Utente
) -> None:
    prima = azioni.comincia(bando, scritta=scritta, da=dipendente)
    with pytest.raises(ValidationError) as errore:
        azioni.comincia(bando, scritta=scritta, da=dipendente)
    assert perche(errore) == "In questo bando hai già una domanda: apri quella."
    azioni.ritira(prima, da=dipendente)
    assert not prima.motivi.exists()
    assert azioni.comincia(bando, scritta=scritta, da=dipendente).numero == 2


def test_una_bozza_incompleta_non_si_presenta_e_una_presentata_non_si_riscrive(
    bando: BandoLavoroAgile, scritta: DomandaScritta, unita: UnitaOrganizzativa,
    dipendente: Utente,
) -> None:  # fmt: skip
    vuota = DomandaScritta(area="comparto", unita=unita)
    domanda = azioni.comincia(bando, scritta=vuota, da=dipendente)
    with pytest.raises(ValidationError) as errore:
        azioni.presenta(domanda, da=dipendente)
    assert errore.value.messages == [
        "Giorni al mese: scrivi quanti ne chiedi.",
        "Attività: scrivi che cosa faresti fuori dalla sede.",
    ]
    azioni.modifica(domanda, scritta=scritta, da=dipendente)
    with pytest.raises(ValidationError) as errore:
        azioni.modifica(domanda, scritta=scritta, visto="0", da=dipendente)
    assert "un'altra finestra" in perche(errore)
    azioni.presenta(domanda, da=dipendente)
    for passo in (
        lambda: azioni.presenta(domanda, da=dipendente),
        lambda: azioni.modifica(domanda, scritta=scritta, da=dipendente),
    ):
        with pytest.raises(ValidationError) as errore:
            passo()
        assert "«In attesa del parere»" in perche(errore)


def test_chiede_chi_lavora_li_e_per_se(
    bando: BandoLavoroAgile, scritta: DomandaScritta, presentata: DomandaLavoroAgile,
    con_incarico: Persona, capo: Utente,
) -> None:  # fmt: skip
    for chi in (con_incarico(Ruolo.NUCLEO), UtenteFactory(is_superuser=True), UtenteFactory()):
        with pytest.raises(PermissionDenied):
            azioni.comincia(bando, scritta=scritta, da=chi)
    for chi in (capo, UtenteFactory(is_superuser=True)):
        with pytest.raises(PermissionDenied):
            azioni.ritira(presentata, da=chi)


def test_con_un_accordo_non_si_ritira(presentata: DomandaLavoroAgile, dipendente: Utente) -> None:
    AccordoAgileFactory(edizione=presentata.bando.edizione, domanda=presentata, persona=dipendente)
    with pytest.raises(ValidationError) as errore:
        azioni.ritira(presentata, da=dipendente)
    assert "si recede dall'accordo" in perche(errore)
