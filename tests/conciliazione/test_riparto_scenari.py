# SPDX-License-Identifier: AGPL-3.0-or-later
"""Scenarios made, copied, changed, chosen; scrolled when a project withdraws."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from conciliazione.assegnazione import in_gara
from conciliazione.azioni import scenario as azioni
from conciliazione.azioni.scelta_scenario import scegli_scenario
from conciliazione.calcolo.metodo import Importo, Metodo, Regola
from conciliazione.models import (
    CostoAzione,
    EdizioneConciliazione,
    Graduatoria,
    ManifestazioneInteresse,
    Proposta,
    RigaGraduatoria,
    Scenario,
)
from piani.models import Evento, Ruolo, Utente
from tests.factories_conciliazione import (
    AzionePropostaFactory,
    ManifestazioneFactory,
    PropostaFactory,
    VersioneFactory,
)

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def bando(edizione: EdizioneConciliazione) -> ManifestazioneInteresse:
    """Three admitted proposals that ask 100, 200 and 300 euro of an envelope of 300."""
    bando = ManifestazioneFactory(edizione=edizione, chiusa=True, dotazione=D("300.00"))
    for numero in (1, 2, 3):
        proposta = PropostaFactory(
            manifestazione=bando, presentata=True, stato="ammessa", numero=numero,
            titolo=f"Progetto {numero}",
        )  # fmt: skip
        VersioneFactory(
            proposta=proposta, contributo=D(numero * 100), costo_dichiarato=D(numero * 200),
            chiusa_il=timezone.now(),
        )  # fmt: skip
    return bando


def proposta(bando: ManifestazioneInteresse, numero: int) -> Proposta:
    return bando.proposte.get(numero=numero)


def scenario(bando: ManifestazioneInteresse, da: Utente | None, **altro: Any) -> Scenario:
    dati = {
        "nome": "Proporzionale",
        "fonti": [("Dotazione", D("300.00"))],
        "metodo": Metodo(),
    } | altro
    return azioni.crea_scenario(bando, **dati, da=da)


def assegnati(uno: Scenario) -> list[Decimal]:
    return list(uno.righe.order_by("ordine").values_list("assegnato", flat=True))


def detto(errore: Any) -> str:
    return " ".join(errore.value.messages)


def test_uno_scenario_nasce_calcolato_con_fonti_righe_e_passi(
    bando: ManifestazioneInteresse, ufficio: Utente
) -> None:
    uno = scenario(bando, ufficio, fonti=[("Dotazione", D("300.00")), ("Residui", D("30.00"))])
    assert assegnati(uno) == [D("55.00"), D("110.00"), D("165.00")]
    assert (uno.dotazione, uno.residuo) == (D("330.00"), 0)
    assert azioni.fonti_di(uno) == [("Dotazione", D("300.00")), ("Residui", D("30.00"))]
    assert uno.passi[1] == "In proporzione: 330,00 : 600,00 = 55 %."
    assert uno.righe.first().passi == ["Chiede 100,00 €.", "100,00 × 55 % = 55,00 €."]
    assert Evento.objects.get(tipo="conc_scenario.creato").da == ufficio


def test_una_copia_si_cambia_e_l_originale_resta(
    bando: ManifestazioneInteresse, ufficio: Utente
) -> None:
    uno = scenario(bando, ufficio)
    copia = azioni.copia_scenario(uno, da=ufficio)
    assert (copia.nome, assegnati(copia)) == ("Proporzionale (2)", assegnati(uno))
    taglio = Importo(str(proposta(bando, 3).pk), D("100.00"), "azioni ripetute")
    azioni.cambia_scenario(
        copia, nome="Con un taglio", fonti=azioni.fonti_di(copia),
        metodo=Metodo(tagli=(taglio,)), da=ufficio,
    )  # fmt: skip
    assert assegnati(copia) == [D("60.00"), D("120.00"), D("120.00")]
    assert assegnati(uno) == [D("50.00"), D("100.00"), D("150.00")]
    azioni.elimina_scenario(copia, da=ufficio)
    assert bando.scenari.get() == uno
    with pytest.raises(ValidationError, match="già uno scenario con quel nome"):
        scenario(bando, ufficio)


def test_concorre_la_versione_chiusa_e_non_chi_e_fuso_o_non_idoneo(
    bando: ManifestazioneInteresse, ufficio: Utente
) -> None:
    prima, seconda, terza = (proposta(bando, n) for n in (1, 2, 3))
    VersioneFactory(proposta=prima, numero=2, contributo=D("80.00"), chiusa_il=timezone.now())
    VersioneFactory(proposta=prima, numero=3, contributo=D("10.00"))
    Proposta.objects.filter(pk=seconda.pk).update(stato="fusa", confluita_in=prima)
    decisa = Graduatoria.objects.create(manifestazione=bando, numero=1, decisa_il=timezone.now())
    RigaGraduatoria.objects.create(graduatoria=decisa, proposta=prima, posto=1, punti=70)
    RigaGraduatoria.objects.create(graduatoria=decisa, proposta=terza, punti=10, idonea=False)
    uno = scenario(bando, ufficio, metodo=Metodo(regola=Regola.GRADUATORIA))
    assert [(r.proposta, r.richiesto, r.assegnato) for r in uno.righe.all()] == [
        (prima, D("80.00"), D("80.00"))
    ]
    scegli_scenario(uno, motivo="Unica idonea.", da=ufficio)
    terza.refresh_from_db()
    assert (terza.stato, terza.motivo) == ("non_finanziata", "Non idonea nella graduatoria.")


def test_la_riserva_prende_la_parte_dei_suoi_interventi(
    bando: ManifestazioneInteresse,
) -> None:
    versione = proposta(bando, 1).versioni.get()
    for intervento, importo in (("d1", "50.00"), ("b2", "150.00")):
        azione = AzionePropostaFactory(versione=versione, intervento=intervento)
        CostoAzione.objects.create(azione=azione, categoria="servizi", importo=D(importo))
    riservabili = [uno.richiesta.riservabile for uno in in_gara(bando)]
    # A quarter of the cost is of category d: a quarter of the 100 euro asked.
    assert riservabili == [{"consulenza": D("25.00")}, {}, {}]


@pytest.mark.parametrize("quanti", [1, 3])
def test_chi_concorre_si_legge_in_un_numero_fisso_di_query(
    bando: ManifestazioneInteresse, quanti: int, django_assert_num_queries: Any
) -> None:
    bando.proposte.filter(numero__gt=quanti).update(stato="ritirata")
    bando = ManifestazioneInteresse.objects.select_related("edizione").get(pk=bando.pk)
    with django_assert_num_queries(6):
        assert len(in_gara(bando)) == quanti


def test_scelto_finanzia_chi_riceve_e_conclude_la_manifestazione(
    bando: ManifestazioneInteresse, con_incarico: Any
) -> None:
    direzione, ufficio = con_incarico(Ruolo.DIREZIONE), con_incarico()
    metodo = Metodo(minimi=(Importo(str(proposta(bando, 3).pk), D("200.00")),))
    uno = scenario(bando, ufficio, metodo=metodo)
    assert assegnati(uno) == [D("100.00"), D("200.00"), 0]
    with pytest.raises(ValidationError) as errore:
        scegli_scenario(uno, motivo=" ", da=direzione)
    assert errore.value.message_dict == {"motivo": ["Scrivi perché si sceglie questo scenario."]}
    scegli_scenario(uno, motivo="Due progetti interi.", da=direzione)
    bando.refresh_from_db()
    assert (uno.in_vigore, uno.scelto_da, bando.stato) == (True, direzione, "conclusa")
    assert list(bando.proposte.order_by("numero").values_list("stato", "motivo")) == [
        ("finanziata", ""), ("finanziata", ""), ("non_finanziata", "Sotto il minimo: si ritira."),
    ]  # fmt: skip
    with pytest.raises(ValidationError, match="già stato scelto"):
        scegli_scenario(uno, motivo="Ancora.", da=direzione)
    with pytest.raises(ValidationError, match="copialo, e cambia la copia"):
        azioni.cambia_scenario(uno, nome="x", fonti=[("x", D(1))], metodo=Metodo(), da=ufficio)


def test_uno_scenario_oltre_la_dotazione_non_si_sceglie(
    bando: ManifestazioneInteresse, ufficio: Utente
) -> None:
    metodo = Metodo(regola=Regola.ALIQUOTA, aliquota=D("98.4"))
    uno = scenario(bando, ufficio, metodo=metodo)
    with pytest.raises(ValidationError) as errore:
        scegli_scenario(uno, motivo="Tutti uguali.", da=ufficio)
    assert detto(errore) == (
        "Lo scenario assegna 590,40 €, più dei 300,00 € a disposizione: riduci gli importi o "
        "aggiungi una fonte per 290,40 €."
    )
    bando.refresh_from_db()
    assert bando.stato == "in_valutazione"


def test_se_le_proposte_cambiano_lo_scenario_va_ricalcolato(
    bando: ManifestazioneInteresse, ufficio: Utente
) -> None:
    uno = scenario(bando, ufficio)
    VersioneFactory(
        proposta=proposta(bando, 1), numero=2, contributo=D("50.00"), chiusa_il=timezone.now()
    )
    with pytest.raises(ValidationError, match="le proposte o la graduatoria sono cambiate"):
        scegli_scenario(uno, motivo="Va bene.", da=ufficio)
    bando.proposte.filter(numero=2).update(stato="in_coprogettazione")
    with pytest.raises(ValidationError, match="ancora in co-progettazione"):
        scegli_scenario(uno, motivo="Va bene.", da=ufficio)


@pytest.mark.parametrize(
    ("come", "attesi"),
    [
        ("graduatoria", ["100.00", "200.00"]),
        ("proporzionale", ["100.00", "200.00"]),
        ("da_capo", ["100.00", "200.00"]),
    ],
)
def test_quando_un_progetto_si_ritira_le_sue_risorse_scorrono(
    bando: ManifestazioneInteresse, ufficio: Utente, come: str, attesi: list[str]
) -> None:
    decisa = Graduatoria.objects.create(manifestazione=bando, numero=1, decisa_il=timezone.now())
    for posto in (1, 2, 3):
        RigaGraduatoria.objects.create(
            graduatoria=decisa, proposta=proposta(bando, posto), posto=posto, punti=80
        )
    prima = scenario(bando, ufficio)
    scegli_scenario(prima, motivo="Per tutti.", da=ufficio)
    with pytest.raises(ValidationError, match="Nessun progetto finanziato si è ritirato"):
        azioni.scorri(prima, come=come, da=ufficio)
    bando.proposte.filter(numero=3).update(stato="ritirata")
    dopo = azioni.scorri(prima, come=come, da=ufficio)
    assert assegnati(dopo) == [D(uno) for uno in attesi]
    assert (dopo.deriva_da, dopo.nome) == (prima, "Proporzionale, scorrimento")
    scegli_scenario(dopo, motivo="Scorre il ritiro.", da=ufficio)
    prima.refresh_from_db()
    assert (prima.in_vigore, dopo.in_vigore) == (False, True)
    with pytest.raises(ValidationError, match="Si scorre lo scenario in vigore"):
        azioni.scorri(prima, come=come, da=ufficio)


def test_lo_scorrimento_finanzia_chi_era_rimasto_fuori(
    bando: ManifestazioneInteresse, ufficio: Utente
) -> None:
    decisa = Graduatoria.objects.create(manifestazione=bando, numero=1, decisa_il=timezone.now())
    for posto, numero in enumerate((3, 1, 2), 1):
        RigaGraduatoria.objects.create(
            graduatoria=decisa, proposta=proposta(bando, numero), posto=posto, punti=80
        )
    prima = scenario(bando, ufficio, metodo=Metodo(regola=Regola.GRADUATORIA))
    assert assegnati(prima) == [0, 0, D("300.00")]
    scegli_scenario(prima, motivo="In ordine.", da=ufficio)
    bando.proposte.filter(numero=3).update(stato="ritirata")
    dopo = azioni.scorri(prima, come="graduatoria", da=ufficio)
    scegli_scenario(dopo, motivo="Scorre.", da=ufficio)
    assert assegnati(dopo) == [D("100.00"), D("200.00")]
    assert list(bando.proposte.order_by("numero").values_list("stato", flat=True)) == [
        "finanziata", "finanziata", "ritirata",
    ]  # fmt: skip


def test_un_nuovo_scenario_non_toglie_tutto_a_chi_e_finanziato(
    bando: ManifestazioneInteresse, ufficio: Utente
) -> None:
    scegli_scenario(scenario(bando, ufficio), motivo="Per tutti.", da=ufficio)
    altro = scenario(bando, ufficio, nome="A mano", metodo=Metodo(regola=Regola.A_MANO))
    with pytest.raises(ValidationError, match="già finanziata e qui non avrebbe niente"):
        scegli_scenario(altro, motivo="No.", da=ufficio)


def test_senza_fonti_o_senza_proposte_non_c_e_scenario(
    bando: ManifestazioneInteresse, ufficio: Utente
) -> None:
    with pytest.raises(ValidationError) as errore:
        scenario(bando, ufficio, fonti=[])
    assert errore.value.message_dict == {"fonti": ["Scrivi almeno una fonte con il suo importo."]}
    proposta(bando, 1).versioni.update(contributo=None)
    with pytest.raises(ValidationError, match="«Progetto 1» non dice quale contributo chiede"):
        scenario(bando, ufficio)
    bando.proposte.update(stato="ritirata")
    with pytest.raises(ValidationError, match="Nessuna proposta è ammessa"):
        scenario(bando, ufficio)
    assert not Scenario.objects.exists()


def test_chi_riparte_e_chi_sceglie(
    bando: ManifestazioneInteresse, con_incarico: Any, ufficio: Utente
) -> None:
    direzione, nucleo = con_incarico(Ruolo.DIREZIONE), con_incarico(Ruolo.NUCLEO)
    for chi in (direzione, nucleo):
        with pytest.raises(PermissionDenied):
            scenario(bando, chi)
    uno = scenario(bando, ufficio)
    with pytest.raises(PermissionDenied):
        scegli_scenario(uno, motivo="Bene.", da=nucleo)
    assert list(Scenario.objects.visibili_a(nucleo)) == [uno]


def test_chi_propone_legge_lo_scenario_solo_quando_e_scelto(
    bando: ManifestazioneInteresse, ufficio: Utente, referente_di: Any
) -> None:
    capofila = referente_di(proposta(bando, 1).capofila)
    uno = scenario(bando, ufficio)
    scenario(bando, ufficio, nome="Mai scelto")
    assert not Scenario.objects.visibili_a(capofila).exists()
    scegli_scenario(uno, motivo="Per tutti.", da=ufficio)
    assert list(Scenario.objects.visibili_a(capofila)) == [uno]
