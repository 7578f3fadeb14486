# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who evaluates and who abstains; sheets blind until one's own is in; the ranking decided."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from conciliazione.azioni import graduatoria as azioni_graduatoria
from conciliazione.azioni import scheda_valutazione as azioni_scheda
from conciliazione.azioni import valutatori as azioni
from conciliazione.models import (
    EdizioneConciliazione,
    ManifestazioneInteresse,
    Proposta,
    SchedaValutazione,
    Seggio,
    Valutatore,
)
from piani.models import Evento, Ruolo, Utente
from tests.factories_conciliazione import (
    ComponenteFactory,
    CriterioFactory,
    ManifestazioneFactory,
    PartnerFactory,
    PropostaFactory,
    ReferenteFactory,
    SedutaFactory,
    SeggioFactory,
    ValutatoreFactory,
)

pytestmark = pytest.mark.django_db
Stato = Valutatore.Stato


@dataclass
class Scena:
    """A call that closed, with two admitted proposals and two criteria."""

    bando: ManifestazioneInteresse
    proposte: list[Proposta]


@pytest.fixture
def scena(edizione: EdizioneConciliazione) -> Scena:
    bando = ManifestazioneFactory(edizione=edizione, chiusa=True)
    CriterioFactory(manifestazione=bando, codice="coerenza", nome="Coerenza", punti=20)
    CriterioFactory(manifestazione=bando, codice="tempi", nome="Sinergia", punti=5, premiale=True)
    proposte = [
        PropostaFactory(manifestazione=bando, presentata=True, stato="ammessa", numero=n,
                        titolo=f"Proposta {n}")
        for n in (1, 2)
    ]  # fmt: skip
    return Scena(bando, proposte)


@pytest.fixture
def valutatore(scena: Scena) -> Callable[..., tuple[Valutatore, Utente]]:
    """An active evaluator and who holds its seat."""

    def crea(**altro: Any) -> tuple[Valutatore, Utente]:
        uno = ValutatoreFactory(manifestazione=scena.bando, **altro)
        return uno, ComponenteFactory(seggio=uno.seggio).utente

    return crea


def seggio(scena: Scena, **altro: Any) -> Seggio:
    return SeggioFactory(edizione=scena.bando.edizione, **altro)


def consegna(
    uno: Valutatore, da: Utente | None, proposta: Proposta, coerenza: str, tempi: str = "0"
) -> SchedaValutazione:
    return azioni_scheda.consegna_scheda(
        uno,
        proposta,
        punti={"coerenza": Decimal(coerenza), "tempi": Decimal(tempi)},
        note={},
        giudizio="Buona.",
        da=da,
    )


def detto(errore: Any) -> str:
    return " ".join(errore.value.messages)


# Conflicts --------------------------------------------------------------------------------


def test_chi_guida_o_partecipa_entra_gia_astenuto(scena: Scena, ufficio: Utente) -> None:
    guida = seggio(scena, ente=scena.proposte[0].capofila, ordine=1)
    partecipa = seggio(scena, ente=PartnerFactory(proposta=scena.proposte[1]).ente, ordine=2)
    libero = seggio(scena, ordine=3)
    nominati = azioni.nomina_valutatori(scena.bando, seggi=[guida, partecipa, libero], da=ufficio)
    assert [uno.stato for uno in nominati] == ["astenuto", "astenuto", "nominato"]
    assert nominati[0].motivo == f"{guida.ente} guida la proposta «Proposta 1»."
    assert nominati[1].motivo == f"{partecipa.ente} è partner della proposta «Proposta 2»."


def test_una_proposta_mai_inviata_non_mette_in_conflitto(scena: Scena, ufficio: Utente) -> None:
    bozza = PropostaFactory(manifestazione=scena.bando)
    (uno,) = azioni.nomina_valutatori(
        scena.bando, seggi=[seggio(scena, ente=bozza.capofila)], da=ufficio
    )
    assert uno.stato == Stato.NOMINATO


def test_dove_l_edizione_non_chiede_l_astensione_nessuno_e_in_conflitto(
    scena: Scena, ufficio: Utente
) -> None:
    edizione = scena.bando.edizione
    edizione.parametri["astensione"] = {"valore": False, "fonte": ""}
    edizione.save(update_fields=["parametri"])
    bando = ManifestazioneInteresse.objects.get(pk=scena.bando.pk)
    capofila = seggio(scena, ente=scena.proposte[0].capofila)
    (uno,) = azioni.nomina_valutatori(bando, seggi=[capofila], da=ufficio)
    assert uno.stato == Stato.NOMINATO


def test_i_valutatori_si_nominano_solo_a_buste_aperte_e_fra_i_seggi_in_carica(
    scena: Scena, ufficio: Utente
) -> None:
    altrove = SeggioFactory()
    with pytest.raises(ValidationError) as errore:
        azioni.nomina_valutatori(scena.bando, seggi=[altrove], da=ufficio)
    assert detto(errore) == f"{altrove} non è un seggio in carica di questo Comitato."
    aperto = ManifestazioneFactory(edizione=scena.bando.edizione)
    with pytest.raises(ValidationError, match="si può fare solo quando è «In valutazione»"):
        azioni.nomina_valutatori(aperto, seggi=[seggio(scena)], da=ufficio)
    uno = seggio(scena)
    azioni.nomina_valutatori(scena.bando, seggi=[uno], da=ufficio)
    with pytest.raises(ValidationError, match="già fra i valutatori"):
        azioni.nomina_valutatori(scena.bando, seggi=[uno], da=ufficio)


def test_chi_dichiara_di_non_avere_conflitti_valuta(scena: Scena, valutatore: Any) -> None:
    uno, chi = valutatore(stato=Stato.NOMINATO)
    azioni.dichiara(uno, in_conflitto=False, da=chi)
    assert uno.stato == Stato.ATTIVO
    assert Evento.objects.get(tipo="conc_valutatore.dichiarato").da == chi
    with pytest.raises(ValidationError, match="solo quando è «Da dichiarare»"):
        azioni.dichiara(uno, in_conflitto=True, motivo="ripenso", da=chi)


def test_chi_dichiara_un_conflitto_si_astiene_e_dice_quale(scena: Scena, valutatore: Any) -> None:
    uno, chi = valutatore(stato=Stato.NOMINATO)
    with pytest.raises(ValidationError, match="Scrivi in che cosa consiste"):
        azioni.dichiara(uno, in_conflitto=True, da=chi)
    azioni.dichiara(uno, in_conflitto=True, motivo="Un parente nella proposta 1.", da=chi)
    assert (uno.stato, uno.motivo) == (
        "astenuto", "Conflitto dichiarato: Un parente nella proposta 1.",
    )  # fmt: skip


def test_chi_e_in_conflitto_si_astiene_anche_se_dichiara_il_contrario(
    scena: Scena, valutatore: Any
) -> None:
    uno, chi = valutatore(stato=Stato.NOMINATO)
    PartnerFactory(proposta=scena.proposte[0], ente=uno.seggio.ente)
    dichiarazione = azioni.dichiara(uno, in_conflitto=False, da=chi)
    assert uno.stato == Stato.ASTENUTO
    assert uno.motivo == f"{uno.seggio.ente} è partner della proposta «Proposta 1»."
    assert not dichiarazione.in_conflitto


@pytest.mark.parametrize("qualita", ["titolare", "supplente"])
def test_il_conflitto_vale_per_il_titolare_e_per_il_supplente(scena: Scena, qualita: str) -> None:
    uno = ValutatoreFactory(manifestazione=scena.bando)
    chi = ComponenteFactory(seggio=uno.seggio, qualita=qualita).utente
    assert list(Proposta.objects.visibili_a(chi)) == scena.proposte
    PartnerFactory(proposta=scena.proposte[1], ente=uno.seggio.ente)
    # From now on: nothing of the others to read, whatever was declared, and nothing to score.
    assert not Proposta.objects.visibili_a(chi).exists()
    with pytest.raises(ValidationError) as errore:
        consegna(uno, chi, scena.proposte[0], "10")
    assert detto(errore) == (
        f"{uno} si astiene dalla valutazione. {uno.seggio.ente} è partner della proposta "
        "«Proposta 2»."
    )
    uno.refresh_from_db()
    assert uno.stato == Stato.ASTENUTO
    assert not SchedaValutazione.objects.exists()


def test_chi_rappresenta_un_proponente_non_valuta_per_un_altro_seggio(
    scena: Scena, valutatore: Any
) -> None:
    uno, titolare = valutatore()
    supplente = ComponenteFactory(seggio=uno.seggio, qualita="supplente").utente
    ReferenteFactory(ente=scena.proposte[0].capofila, utente=titolare)
    with pytest.raises(ValidationError, match="per questo seggio valuta l'altro componente"):
        consegna(uno, titolare, scena.proposte[1], "10")
    assert list(Proposta.objects.visibili_a(titolare)) == [scena.proposte[0]]
    assert consegna(uno, supplente, scena.proposte[1], "10").consegnata_da == supplente


def test_il_partner_arrivato_dopo_toglie_dalla_graduatoria_le_schede_gia_consegnate(
    scena: Scena, valutatore: Any, ufficio: Utente
) -> None:
    (uno, primo), (altro, secondo) = valutatore(), valutatore()
    for proposta in scena.proposte:
        consegna(uno, primo, proposta, "20")
        consegna(altro, secondo, proposta, "10")
    PartnerFactory(proposta=scena.proposte[0], ente=uno.seggio.ente)
    graduatoria = azioni_graduatoria.forma_graduatoria(scena.bando, da=ufficio)
    uno.refresh_from_db()
    assert uno.stato == Stato.ASTENUTO
    assert {riga.punti for riga in graduatoria.righe.all()} == {Decimal(10)}


# Sheets -----------------------------------------------------------------------------------


def test_una_scheda_si_salva_a_meta_e_si_consegna_intera(scena: Scena, valutatore: Any) -> None:
    uno, chi = valutatore()
    bozza = azioni_scheda.salva_scheda(
        uno, scena.proposte[0], punti={"coerenza": Decimal("12.5"), "tempi": None},
        note={"coerenza": "Da completare"}, giudizio="", da=chi,
    )  # fmt: skip
    assert [(p.criterio.codice, p.punti, p.nota) for p in bozza.punteggi.all()] == [
        ("coerenza", Decimal("12.5"), "Da completare")
    ]
    with pytest.raises(ValidationError) as errore:
        azioni_scheda.consegna_scheda(
            uno, scena.proposte[0], punti={"coerenza": Decimal(12)}, note={}, giudizio=" ", da=chi
        )
    assert errore.value.message_dict == {
        "punti_tempi": ["Mancano i punti: se non ne merita, scrivi 0."],
        "giudizio": ["Scrivi il giudizio: motiva i punti."],
    }
    scheda = consegna(uno, chi, scena.proposte[0], "12", "5")
    assert scheda.pk == bozza.pk
    assert scheda.consegnata_da == chi


def test_una_scheda_consegnata_non_cambia_piu(scena: Scena, valutatore: Any) -> None:
    uno, chi = valutatore()
    consegna(uno, chi, scena.proposte[0], "12")
    with pytest.raises(ValidationError, match="già consegnata: non si cambia più"):
        consegna(uno, chi, scena.proposte[0], "20")
    assert SchedaValutazione.objects.get().punteggi.get(criterio__codice="coerenza").punti == 12


@pytest.mark.parametrize(
    ("voto", "frase"),
    [
        ("20.01", "Da 0 a 20 punti: 20,01 non va bene."),
        ("-1", "Da 0 a 20 punti: -1 non va bene."),
        ("1.005", "Al massimo due decimali."),
    ],
)
def test_punti_fuori_misura_sono_detti_sul_loro_campo(
    scena: Scena, valutatore: Any, voto: str, frase: str
) -> None:
    uno, chi = valutatore()
    with pytest.raises(ValidationError) as errore:
        consegna(uno, chi, scena.proposte[0], voto)
    assert errore.value.message_dict == {"punti_coerenza": [frase]}


def test_valuta_solo_chi_tiene_il_seggio(
    scena: Scena, valutatore: Any, ufficio: Utente, componente_di: Any
) -> None:
    uno, _chi = valutatore()
    for estraneo in (ufficio, componente_di(seggio(scena))):
        with pytest.raises(PermissionDenied):
            consegna(uno, estraneo, scena.proposte[0], "10")
    nominato, chi = valutatore(stato=Stato.NOMINATO)
    with pytest.raises(ValidationError, match="Prima di valutare dichiara"):
        consegna(nominato, chi, scena.proposte[0], "10")


def test_le_schede_degli_altri_restano_coperte_finche_non_si_consegna_la_propria(
    scena: Scena, valutatore: Any, ufficio: Utente, referente_di: Any
) -> None:
    (uno, primo), (altro, secondo) = valutatore(), valutatore()
    sua = consegna(uno, primo, scena.proposte[0], "12")

    def lette(chi: Utente) -> list[SchedaValutazione]:
        return list(SchedaValutazione.objects.visibili_a(chi).order_by("pk"))

    assert lette(primo) == [sua]
    assert lette(secondo) == []
    assert lette(ufficio) == []
    mia = consegna(altro, secondo, scena.proposte[0], "15")
    assert lette(primo) == lette(secondo) == lette(ufficio) == [sua, mia]
    assert lette(referente_di(scena.proposte[0].capofila)) == []


# Ranking ----------------------------------------------------------------------------------


def test_la_graduatoria_dice_chi_manca(scena: Scena, valutatore: Any, ufficio: Utente) -> None:
    (uno, chi), (nominato, _altri) = valutatore(), valutatore(stato=Stato.NOMINATO)
    consegna(uno, chi, scena.proposte[0], "12")
    with pytest.raises(ValidationError) as errore:
        azioni_graduatoria.forma_graduatoria(scena.bando, da=ufficio)
    assert sorted(errore.value.messages) == sorted(
        [
            f"{uno} ha consegnato 1 schede su 2.",
            f"{nominato} non ha ancora dichiarato i conflitti.",
        ]
    )
    azioni.astieni(nominato, motivo="Assente fino a dicembre.", da=ufficio)
    consegna(uno, chi, scena.proposte[1], "15")
    assert azioni_graduatoria.forma_graduatoria(scena.bando, da=ufficio).numero == 1


def test_la_graduatoria_si_forma_si_decide_e_resta_com_e(
    scena: Scena, valutatore: Any, ufficio: Utente, referente_di: Any
) -> None:
    (uno, primo), (altro, secondo) = valutatore(), valutatore()
    for proposta, voti in zip(scena.proposte, (("12", "0"), ("15", "5")), strict=True):
        consegna(uno, primo, proposta, *voti)
        consegna(altro, secondo, proposta, "14", voti[1])
    prima = azioni_graduatoria.forma_graduatoria(scena.bando, da=ufficio)
    assert [(r.proposta, r.posto, r.punti, r.premiali) for r in prima.righe.all()] == [
        (scena.proposte[1], 1, Decimal("19.5"), Decimal(5)),
        (scena.proposte[0], 2, Decimal(13), Decimal(0)),
    ]
    assert prima.righe.first().dettaglio[0]["frase"] == "(14 + 15) : 2 = 14,5, su 20"
    capofila = referente_di(scena.proposte[0].capofila)
    assert not type(prima).objects.visibili_a(capofila).exists()
    seduta = SedutaFactory(edizione=scena.bando.edizione)
    with pytest.raises(ValidationError, match="Serve una seduta del Comitato"):
        azioni_graduatoria.decidi_graduatoria(prima, seduta=seduta, da=ufficio)
    type(seduta).objects.filter(pk=seduta.pk).update(
        stato="chiusa", componenti=30, numero_legale=16
    )
    seduta.refresh_from_db()
    azioni_graduatoria.decidi_graduatoria(prima, seduta=seduta, da=ufficio)
    assert prima.seduta == seduta
    assert type(prima).objects.visibili_a(capofila).get() == prima
    with pytest.raises(ValidationError, match="già decisa"):
        azioni_graduatoria.decidi_graduatoria(prima, seduta=seduta, da=ufficio)


def test_se_dopo_qualcuno_si_astiene_la_graduatoria_va_rifatta(
    scena: Scena, valutatore: Any, ufficio: Utente
) -> None:
    (uno, primo), (altro, secondo) = valutatore(), valutatore()
    for proposta in scena.proposte:
        consegna(uno, primo, proposta, "12")
        consegna(altro, secondo, proposta, "14")
    prima = azioni_graduatoria.forma_graduatoria(scena.bando, da=ufficio)
    azioni.astieni(altro, motivo="Conflitto emerso dopo.", da=ufficio)
    seduta = SedutaFactory(
        edizione=scena.bando.edizione, stato="chiusa", componenti=30, numero_legale=16
    )
    with pytest.raises(ValidationError, match="formane un'altra e decidi quella"):
        azioni_graduatoria.decidi_graduatoria(prima, seduta=seduta, da=ufficio)
    dopo = azioni_graduatoria.forma_graduatoria(scena.bando, da=ufficio)
    assert (dopo.numero, {riga.punti for riga in dopo.righe.all()}) == (2, {Decimal(12)})


@pytest.mark.parametrize("ruolo", [Ruolo.DIREZIONE, Ruolo.NUCLEO, Ruolo.PUBBLICATORE])
def test_solo_l_ufficio_nomina_e_forma(scena: Scena, con_incarico: Any, ruolo: Ruolo) -> None:
    chi = con_incarico(ruolo)
    with pytest.raises(PermissionDenied):
        azioni.nomina_valutatori(scena.bando, seggi=[seggio(scena)], da=chi)
    with pytest.raises(PermissionDenied):
        azioni_graduatoria.forma_graduatoria(scena.bando, da=chi)
