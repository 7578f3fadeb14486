# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tree of a draft as it is written: objectives, misure with their targets, weights."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from obiettivi import azioni
from obiettivi.azioni.albero import Atteso, impronta_misura
from obiettivi.azioni.pesi import impronta_pesi, nodi_di
from obiettivi.models import AreaStrategica, Indicatore, Misura, Obiettivo, Target
from obiettivi.views.modifica import pesi as modulo_pesi
from obiettivi.views.modifica import righe as modulo_righe
from piani import azioni as azioni_piani
from piani.azioni.righe import Superata, impronta
from piani.models import Azienda, Evento, Piano, Ruolo, Utente
from tests.factories import (
    AreaFactory,
    IncaricoFactory,
    IndicatoreFactory,
    MisuraFactory,
    ObiettivoFactory,
    PianoFactory,
    TargetFactory,
    UnitaFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
D = Decimal


@pytest.fixture
def piano(azienda: Azienda) -> Piano:
    return PianoFactory(azienda=azienda, stato=Piano.Stato.BOZZA)


@pytest.fixture
def obiettivo(piano: Piano) -> Obiettivo:
    return ObiettivoFactory(area=AreaFactory(piano=piano, codice="A1"), codice="A1.1")


@pytest.fixture
def misura(obiettivo: Obiettivo) -> Misura:
    misura = MisuraFactory(obiettivo=obiettivo)
    TargetFactory(misura=misura, anno=2022, stampato="60%")
    return misura


def scrivi(misura: Misura, attesi: dict[int, Atteso], **altro: Any) -> bool:
    dati = {"base": "", "base_anno": None, "peso": None, "nota": "", "da": None} | altro
    return azioni.modifica_misura(misura, attesi=attesi, **dati)


def attesi(misura: Misura) -> dict[int, str]:
    return dict(misura.target.values_list("anno", "stampato"))


# Areas and objectives ----------------------------------------------------------------------------


def test_un_codice_doppio_si_rifiuta_con_la_sua_frase(piano: Piano) -> None:
    AreaFactory(piano=piano, codice="A1")
    doppia = AreaStrategica(piano=piano, codice="A1", nome="Doppia")
    with pytest.raises(ValidationError, match="già di un'altra area del piano"):
        azioni_piani.aggiungi(doppia, da=None)
    assert AreaStrategica.objects.count() == 1


def test_un_obiettivo_nuovo_porta_le_unita_che_contribuiscono(
    piano: Piano, obiettivo: Obiettivo, controllo: Utente
) -> None:
    unita = UnitaFactory.create_batch(2)
    nuovo = Obiettivo(area=obiettivo.area, codice="A1.2", titolo="Altro", peso=D("33.33"))
    azioni_piani.aggiungi(nuovo, molti={"contributrici": unita}, da=controllo)
    assert set(nuovo.contributrici.all()) == set(unita)
    dopo = Evento.objects.get().dati["dopo"]
    assert (dopo["peso %"], dopo["pre-requisito"]) == ("33,33", "no")
    assert dopo["unità che contribuiscono"] == ", ".join(map(str, unita))


@pytest.mark.parametrize("quale", ["sé stesso", "un figlio", "un'altra area"])
def test_di_chi_fa_parte_un_obiettivo(obiettivo: Obiettivo, quale: str) -> None:
    padre = {
        "sé stesso": lambda: obiettivo,
        "un figlio": lambda: ObiettivoFactory(area=obiettivo.area, parent=obiettivo),
        "un'altra area": ObiettivoFactory,
    }[quale]()
    with pytest.raises(ValidationError) as errore:
        azioni_piani.modifica(obiettivo, {"parent": padre}, da=None)
    assert list(errore.value.message_dict) == ["parent"]


def test_togliere_un_area_porta_via_il_suo_ramo(misura: Misura) -> None:
    azioni_piani.elimina(misura.obiettivo.area, da=None)
    assert not Obiettivo.objects.exists()
    assert not Target.objects.exists()
    assert Indicatore.objects.count() == 1
    evento = Evento.objects.get()
    assert (evento.tipo, evento.dati["prima"]["codice"]) == ("area.tolta", "A1")


def test_gli_obiettivi_si_spostano_fra_i_loro_fratelli(obiettivo: Obiettivo) -> None:
    area = obiettivo.area
    secondo = ObiettivoFactory(area=area, codice="A1.2", ordine=obiettivo.ordine + 5)
    figlio = ObiettivoFactory(area=area, parent=obiettivo, ordine=obiettivo.ordine + 1)
    azioni_piani.sposta(secondo, verso=-1, da=None)
    assert list(obiettivo.sorelle) == [secondo, obiettivo]
    assert not azioni_piani.sposta(figlio, verso=-1, da=None)


# Misure and targets ------------------------------------------------------------------------------


def test_una_misura_nuova_legge_i_suoi_target(obiettivo: Obiettivo, controllo: Utente) -> None:
    indicatore = IndicatoreFactory(azienda=obiettivo.piano.azienda, nome="Attese")
    misura = azioni.aggiungi_misura(
        obiettivo,
        indicatore,
        attesi={2022: Atteso("≥ 95%"), 2023: Atteso(" 60% ", True), 2024: Atteso("")},
        base="90%",
        base_anno=2021,
        da=controllo,
    )
    assert attesi(misura) == {2022: "≥ 95%", 2023: "60%"}
    certo, dubbio = misura.target.order_by("anno")
    assert (certo.confermato_il, certo.da_confermare) == (None, False)
    assert (dubbio.confermato_da, dubbio.da_confermare) == (controllo, False)
    assert misura.base.cifra == D(90)
    evento = Evento.objects.get()
    assert evento.dati["dopo"] == {
        "indicatore": "Attese", "peso %": "", "anno di partenza": "2021",
        "valore di partenza, come stampato": "90%", "nota": "", "atteso 2022": "≥ 95%",
        "atteso 2023": "60%",
    }  # fmt: skip
    for riga in (misura, indicatore, obiettivo, obiettivo.piano):
        assert evento in Evento.objects.che_riguardano(riga)


def test_un_indicatore_misura_un_obiettivo_una_volta_e_della_stessa_azienda(
    misura: Misura,
) -> None:
    for indicatore, frase in (
        (misura.indicatore, "misura già questo obiettivo"),
        (IndicatoreFactory(), "di un'altra azienda"),
    ):
        with pytest.raises(ValidationError, match=frase):
            azioni.aggiungi_misura(misura.obiettivo, indicatore, attesi={}, da=None)


def test_lo_stesso_testo_tiene_la_conferma_un_altro_no(misura: Misura, controllo: Utente) -> None:
    azioni.conferma_lettura(misura.target.get(), da=controllo)
    assert not scrivi(misura, {2022: Atteso("60%")})
    assert misura.target.get().confermato_da == controllo
    assert scrivi(misura, {2022: Atteso("70%")})
    assert misura.target.get().confermato_da is None
    assert Evento.objects.latest("pk").dati == {
        "prima": {"atteso 2022": "60%"}, "dopo": {"atteso 2022": "70%"},
    }  # fmt: skip


def test_confermare_senza_cambiare_si_registra(misura: Misura, controllo: Utente) -> None:
    assert scrivi(misura, {2022: Atteso("60%", True)}, da=controllo)
    assert not misura.target.get().da_confermare
    evento = Evento.objects.get()
    assert (evento.tipo, evento.dati) == ("misura.confermata", {"letture confermate": "2022"})


def test_cio_che_non_si_interpreta_non_si_conferma(misura: Misura, controllo: Utente) -> None:
    scrivi(misura, {2022: Atteso("≥ XX%", True)}, da=controllo)
    assert misura.target.get().confermato_il is None


def test_un_target_vuoto_si_toglie_e_uno_fuori_dal_triennio_si_rifiuta(misura: Misura) -> None:
    with pytest.raises(ValidationError, match="2030 è fuori dal piano"):
        scrivi(misura, {2030: Atteso("x")})
    assert scrivi(misura, {2022: Atteso("")})
    assert attesi(misura) == {}


def test_la_partenza_vuole_il_suo_anno(misura: Misura) -> None:
    with pytest.raises(ValidationError) as errore:
        scrivi(misura, {}, base="80%")
    assert list(errore.value.message_dict) == ["base_anno"]
    scrivi(misura, {}, base="80%", base_anno=2021)
    misura.refresh_from_db()
    assert (misura.base_stampata, misura.base_anno) == ("80%", 2021)
    scrivi(misura, {}, base_anno=2021)
    misura.refresh_from_db()
    assert (misura.base_stampata, misura.base_anno, misura.base_lettura) == ("", None, None)


def test_chi_salva_una_misura_cambiata_nel_frattempo_lo_legge(misura: Misura) -> None:
    visto = impronta_misura(misura)
    scrivi(misura, {2022: Atteso("70%")}, visto=visto)
    with pytest.raises(Superata, match="atteso 2022 «70%»"):
        scrivi(misura, {2022: Atteso("80%")}, visto=visto)
    assert attesi(misura) == {2022: "70%"}


def test_un_piano_inviato_non_prende_misure(obiettivo: Obiettivo) -> None:
    Piano.objects.update(stato=Piano.Stato.IN_VALIDAZIONE)
    indicatore = IndicatoreFactory(azienda=obiettivo.piano.azienda)
    with pytest.raises(ValidationError, match="riportato in bozza"):
        azioni.aggiungi_misura(obiettivo, indicatore, attesi={}, da=None)


# The library -------------------------------------------------------------------------------------


def test_un_codice_di_indicatore_e_uno_solo(azienda: Azienda, controllo: Utente) -> None:
    azioni.crea_indicatore(azienda, codice="N-1", nome="Nuovo", da=controllo)
    with pytest.raises(ValidationError) as errore:
        azioni.crea_indicatore(azienda, codice="N-1", nome="Doppio", da=controllo)
    assert list(errore.value.message_dict) == ["codice"]
    with pytest.raises(PermissionDenied):
        azioni.crea_indicatore(
            azienda,
            codice="N-2",
            nome="x",
            da=IncaricoFactory(azienda=azienda, ruolo=Ruolo.RILEVATORE).utente,
        )


# Weights -----------------------------------------------------------------------------------------


def test_i_pesi_si_scrivono_insieme_e_il_registro_dice_quali(
    piano: Piano, misura: Misura, controllo: Utente
) -> None:
    obiettivo, area = misura.obiettivo, misura.obiettivo.area
    pesi = {("area", area.pk): D(100), ("obiettivo", obiettivo.pk): D("33.33"),
            ("misura", misura.pk): None}  # fmt: skip
    assert azioni.pesa(piano, pesi, da=controllo) == 2
    assert azioni.pesa(piano, pesi, da=controllo) == 0
    obiettivo.refresh_from_db()
    assert obiettivo.peso == D("33.33")
    evento = Evento.objects.get()
    assert evento.dati == {
        "prima": {"A1": "", "A1 A1.1": ""}, "dopo": {"A1": "100", "A1 A1.1": "33,33"},
    }  # fmt: skip
    assert evento in Evento.objects.che_riguardano(obiettivo)


def test_un_peso_sbagliato_non_ne_scrive_nessuno(piano: Piano, misura: Misura) -> None:
    chiave = ("misura", misura.pk)
    for peso in (D(101), D(-1), D("33.333")):
        with pytest.raises(ValidationError) as errore:
            azioni.pesa(piano, {chiave: peso}, da=None)
        assert list(errore.value.message_dict) == [f"misura-{misura.pk}"]
    altrui = MisuraFactory()
    assert azioni.pesa(piano, {("misura", altrui.pk): D(50)}, da=None) == 0
    altrui.refresh_from_db()
    assert altrui.peso is None


def test_i_pesi_cambiati_nel_frattempo_non_si_coprono_in_silenzio(
    piano: Piano, misura: Misura
) -> None:
    chiave, visto = ("misura", misura.pk), impronta_pesi(nodi_di(piano))
    azioni.pesa(piano, {chiave: D(40)}, visto=visto, da=None)
    with pytest.raises(Superata):
        azioni.pesa(piano, {chiave: D(60)}, visto=visto, da=None)
    misura.refresh_from_db()
    assert misura.peso == D(40)


# The pages ---------------------------------------------------------------------------------------


def test_la_lettura_di_un_testo_si_vede_mentre_si_scrive(
    controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    client = entra(controllo)

    def leggi(campo: str, testo: str) -> str:
        return client.get("/lettura/", {"campo": campo, campo: testo}).content.decode()

    assert "almeno 95 %" in leggi("atteso_2022", "≥ 95%")
    assert "conferma-atteso_2022" not in leggi("atteso_2022", "≥ 95%")
    assert 'name="conferma-atteso_2022"' in leggi("atteso_2022", "60%")
    assert 'value="60%"' in leggi("atteso_2022", " 60% ")
    assert "conferma-" not in leggi("base_stampata", "60%")
    assert leggi("atteso_2022", "  ").strip() == ""
    assert "<b>" not in leggi("atteso_2022", '"><b>Avvio 60%')
    assert client.get("/lettura/", {"campo": "password"}).status_code == 400


def test_la_misura_si_scrive_dalla_pagina_e_si_conferma_proprio_quel_testo(
    misura: Misura, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    client, indirizzo = entra(controllo), reverse("misura_modifica", args=[misura.pk])
    pagina = client.get(indirizzo).content.decode()
    for atteso in ("60%", "conferma-atteso_2022", impronta_misura(misura)):
        assert atteso in pagina
    dati = {"atteso_2022": "70%\r\n dei casi", "atteso_2023": "80%", "visto": ""}
    dati |= {"conferma-atteso_2022": "70%\n dei casi", "conferma-atteso_2023": "60%"}
    risposta = client.post(indirizzo, dati | {"visto": impronta_misura(misura)})
    assert risposta.status_code == 302
    primo, secondo = misura.target.order_by("anno")
    assert (primo.stampato, primo.confermato_da) == ("70%\n dei casi", controllo)
    assert (secondo.stampato, secondo.confermato_da) == ("80%", None)


def test_un_indicatore_nuovo_nasce_con_la_sua_misura_o_non_nasce(
    obiettivo: Obiettivo, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    client, indirizzo = entra(controllo), reverse("misura_nuova", args=[obiettivo.pk])
    dati = {"codice": "N-1", "atteso_2022": "≥ 5%", "base_anno": "2021"}
    pagina = client.post(indirizzo, dati).content.decode()
    assert "scrivi che cosa misura" in pagina
    rotto = client.post(indirizzo, dati | {"nome": "Nuovo", "base_stampata": "3", "base_anno": ""})
    assert "Di che anno" in rotto.content.decode()
    assert not Indicatore.objects.exists()
    assert client.post(indirizzo, dati | {"nome": "Nuovo", "unita": "%"}).status_code == 302
    assert (Indicatore.objects.get().unita, Misura.objects.count()) == ("%", 1)
    altro = ObiettivoFactory(area=obiettivo.area)
    assert client.post(reverse("misura_nuova", args=[altro.pk]), dati).status_code == 302
    assert (Indicatore.objects.count(), Misura.objects.count()) == (1, 2)


def test_i_pesi_si_scrivono_come_in_un_foglio(
    piano: Piano, misura: Misura, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    altra = MisuraFactory(obiettivo=misura.obiettivo, ordine=2)
    AreaFactory(piano=piano, tipo=AreaStrategica.Tipo.LINEA, peso=D(7))
    client, indirizzo = entra(controllo), reverse("pesi", args=[piano.slug])
    (gruppo,) = client.get(indirizzo).context["gruppi"]  # who is alone in its group has no weight
    assert (len(gruppo["righe"]), gruppo["somma"], gruppo["fa_cento"]) == (2, "", True)
    dati = {f"misura-{misura.pk}": "33,3", f"misura-{altra.pk}": "abc"}
    risposta = client.post(indirizzo, dati | {"visto": impronta_pesi(nodi_di(piano))})
    assert risposta.status_code == 200
    assert risposta.context["gruppi"][0]["somma"] == "33,3"
    assert not Misura.objects.filter(peso__isnull=False).exists()
    dati[f"misura-{altra.pk}"] = "66,7%"
    risposta = client.post(indirizzo, dati | {"visto": impronta_pesi(nodi_di(piano))})
    assert risposta.url == reverse("albero_modifica", args=[piano.slug])
    assert sorted(Misura.objects.values_list("peso", flat=True)) == [D("33.30"), D("66.70")]
    assert AreaStrategica.objects.get(tipo="linea").peso == D(7)


def test_un_albero_grande_si_scrive_un_area_alla_volta(
    piano: Piano,
    controllo: Utente,
    entra: Callable[[Utente], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for modulo in (modulo_righe, modulo_pesi):
        monkeypatch.setattr(modulo, "TANTE", 3)
    for codice in ("A1", "A2"):
        area = AreaFactory(piano=piano, codice=codice)
        MisuraFactory.create_batch(2, obiettivo=ObiettivoFactory(area=area))
    client, indirizzo = entra(controllo), reverse("albero_modifica", args=[piano.slug])
    aperte = [area["aperta"] for area in client.get(indirizzo).context["aree"]]
    assert aperte == [False, False]
    aree = client.get(f"{indirizzo}?area={area.pk}").context["aree"]
    assert [(una["aperta"], len(una["obiettivi"])) for una in aree] == [(False, 0), (True, 1)]
    pesi = reverse("pesi", args=[piano.slug])
    assert [g["chiave"] for g in client.get(pesi).context["gruppi"]] == ["aree-0"]
    gruppi = client.get(f"{pesi}?area={area.pk}").context["gruppi"]
    assert [len(g["righe"]) for g in gruppi] == [2]
    dati = {f"misura-{riga['nodo'].pk}": "50" for riga in gruppi[0]["righe"]}
    client.post(f"{pesi}?area={area.pk}", dati | {"visto": impronta_pesi(nodi_di(piano))})
    assert Misura.objects.filter(peso=50).count() == 2


@pytest.mark.parametrize("quante", [1, 3])
def test_la_pagina_dell_albero_costa_sempre_le_stesse_interrogazioni(
    piano: Piano,
    controllo: Utente,
    entra: Callable[[Utente], Client],
    django_assert_num_queries: Any,
    quante: int,
) -> None:
    for _una in range(quante):
        area = AreaFactory(piano=piano)
        for obiettivo in ObiettivoFactory.create_batch(quante, area=area):
            for misura in MisuraFactory.create_batch(quante, obiettivo=obiettivo):
                TargetFactory(misura=misura)
    client = entra(controllo)
    with django_assert_num_queries(10):
        client.get(reverse("albero_modifica", args=[piano.slug]))
    with django_assert_num_queries(8):
        client.get(reverse("pesi", args=[piano.slug]))


def test_ogni_riga_si_scrive_dalla_sua_pagina(
    piano: Piano, misura: Misura, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    client, obiettivo, area = entra(controllo), misura.obiettivo, misura.obiettivo.area
    risposta = client.post(
        reverse("area_nuova", args=[piano.slug]),
        {"codice": "A2", "tipo": "area", "nome": "Ricerca", "peso": "12,5"},
    )
    nuova = AreaStrategica.objects.get(codice="A2")
    assert (risposta.status_code, nuova.peso) == (302, D("12.5"))
    dati = {"codice": "A2.1", "titolo": "Pubblicare", "peso": "1.205"}
    pagina = client.post(reverse("obiettivo_nuovo", args=[nuova.pk]), dati).content.decode()
    assert "scriverlo senza il punto" in pagina
    dati["peso"] = ""
    assert client.post(reverse("obiettivo_nuovo", args=[nuova.pk]), dati).status_code == 302
    dati = {"codice": "A1.9", "titolo": "Rivisto", "visto": impronta(obiettivo)}
    assert client.post(reverse("obiettivo_modifica", args=[obiettivo.pk]), dati).status_code == 302
    obiettivo.refresh_from_db()
    assert (obiettivo.codice, obiettivo.titolo) == ("A1.9", "Rivisto")
    dati = {"codice": "A1", "tipo": "area", "nome": "Nome nuovo", "visto": impronta(area)}
    assert client.post(reverse("area_modifica", args=[area.pk]), dati).status_code == 302
    togli = reverse("riga_togli", args=["area", area.pk])
    pagina = client.get(togli).content.decode()
    for atteso in ("Nome nuovo", "1 obiettivo", "1 indicatore con i suoi target"):
        assert atteso in pagina
    client.post(reverse("riga_sposta", args=["area", nuova.pk]), {"verso": "su"})
    assert list(nuova.sorelle) == [nuova, area]
    client.post(togli)
    assert list(AreaStrategica.objects.all()) == [nuova]
    assert client.get(reverse("riga_togli", args=["pesce", nuova.pk])).status_code == 404
