# SPDX-License-Identifier: AGPL-3.0-or-later
"""The map of the scores: exact boxes, one query, only one's own plans, the same as a file."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from obiettivi import azioni
from obiettivi.cruscotto import Punteggi, Riga, celle, disponibili, mappa, ordina, sintesi
from obiettivi.models import AreaStrategica, Raggiungimento
from piani.models import Azienda, Piano, Ruolo, Utente
from tests.factories import (
    AreaFactory,
    AziendaFactory,
    EdizioneFactory,
    IncaricoFactory,
    IndicatoreFactory,
    MisuraFactory,
    ObiettivoFactory,
    PianoFactory,
    RilevazioneFactory,
    TargetFactory,
    UtenteFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
CONFRONTO = "/confronto/"


def punteggio(
    piano: Piano, livello: str, oggetto: int, valore: str | None, **altro: Any
) -> Raggiungimento:
    """A stored score; without a figure it is one that could not be computed."""
    dati = {"prospettiva": "consuntivo", "anno": 2022, "stato": "C" if valore else "N"} | altro
    return Raggiungimento.objects.create(
        piano=piano,
        livello=livello,
        oggetto=oggetto,
        punteggio=None if valore is None else Decimal(valore),
        copertura=dati.pop("copertura", Decimal(100)),
        **dati,
    )


@pytest.fixture
def piano(azienda: Azienda) -> Piano:
    """A plan with a score, and three areas: met and demonstrated, in part, not computable."""
    piano = PianoFactory(azienda=azienda, titolo="Piano 2022-2024")
    punteggio(piano, "P", piano.pk, "87.5", copertura=Decimal("62.5"))
    prima = AreaFactory(piano=piano, codice="A1", ordine=1, nome="Prevenzione")
    punteggio(piano, "A", prima.pk, "100", dimostrativo=True)
    # Written out of order: its place says where it goes.
    terza = AreaFactory(piano=piano, codice="A/3", ordine=3, nome="=Bilancio")
    seconda = AreaFactory(piano=piano, codice="A2", ordine=2, nome="Cure primarie")
    punteggio(piano, "A", seconda.pk, "59.5", copertura=Decimal(25))
    punteggio(piano, "A", terza.pk, None, copertura=Decimal(0), motivo="Manca il risultato")
    return piano


def piani_con(azienda: Azienda, *valori: str | None) -> list[Piano]:
    """Plans with an area each and this score (``None``: no run has passed)."""
    piani = PianoFactory.create_batch(len(valori), azienda=azienda)
    for piano, valore in zip(piani, valori, strict=True):
        area = AreaFactory(piano=piano)
        if valore is not None:
            punteggio(piano, "P", piano.pk, valore)
            punteggio(piano, "A", area.pk, valore)
    return piani


def detto(punteggi: Punteggi) -> list[tuple[str, str, str, str, bool]]:
    """Each box of a row: code, figure, word, share evaluated when not whole, demonstration."""
    tutte = [("", punteggi.proprio), *((area.codice, area.cella) for area in punteggi.aree)]
    return [
        (codice, c.voto.cifra, c.voto.parola, c.parziale, c.voto.dimostrativo)
        for codice, c in tutte
    ]


def righe_di(piani: list[Piano]) -> list[Riga]:
    return mappa(piani, ("consuntivo", 2022, ""))


# The query ---------------------------------------------------------------------------------------


def test_un_piano_ha_il_suo_punteggio_e_poi_le_sue_aree_in_ordine(piano: Piano) -> None:
    punteggi = celle([piano.pk], 2022)[piano.pk]
    assert punteggi.proprio.punteggio == Decimal("87.5")
    assert detto(punteggi) == [
        ("", "87,50", "In parte", "62,5%", False),
        ("A1", "100,00", "Raggiunto", "", True),
        ("A2", "59,50", "Sotto 60", "25%", False),
        ("A/3", "–", "Non calcolabile", "", False),
    ]
    assert [area.nome for area in punteggi.aree] == ["Prevenzione", "Cure primarie", "=Bilancio"]
    assert punteggi.aree[2].cella.voto.motivo == "Manca il risultato"


def test_conta_solo_il_periodo_e_la_prospettiva_che_si_guardano(piano: Piano) -> None:
    area = piano.aree.get(codice="A1")
    punteggio(piano, "P", piano.pk, "11", frazione="T1")
    punteggio(piano, "A", area.pk, "12", frazione="T1")
    punteggio(piano, "P", piano.pk, "13", prospettiva="partenza")
    punteggio(piano, "O", area.pk, "14")
    punteggio(piano, "A", area.pk, "15", anno=2023)

    def cifre(*periodo: Any) -> list[str]:
        return [voce[1] for voce in detto(celle([piano.pk], *periodo)[piano.pk])]

    assert cifre(2022) == ["87,50", "100,00", "59,50", "–"]
    assert cifre(2022, "T1") == ["11,00", "12,00"]
    assert cifre(2022, "", "partenza") == ["13,00"]
    assert cifre(2023) == ["–", "15,00"]


def test_un_piano_e_un_area_con_la_stessa_chiave_non_si_confondono(azienda: Azienda) -> None:
    piano = PianoFactory(azienda=azienda)
    area = AreaFactory(piano=piano, pk=piano.pk, codice="A1")
    punteggio(piano, "P", piano.pk, "70")
    punteggio(piano, "A", area.pk, "80")
    punteggi = celle([piano.pk], 2022)[piano.pk]
    assert [voce[:2] for voce in detto(punteggi)] == [("", "70,00"), ("A1", "80,00")]


def test_le_linee_strategiche_e_le_aree_tolte_dal_piano_restano_fuori(piano: Piano) -> None:
    linea = AreaFactory(piano=piano, tipo=AreaStrategica.Tipo.LINEA, codice="L1")
    punteggio(piano, "A", linea.pk, "50")
    piano.aree.get(codice="A1").delete()
    punteggi = celle([piano.pk], 2022)[piano.pk]
    assert [area.codice for area in punteggi.aree] == ["A2", "A/3"]


def test_un_piano_senza_punteggi_ha_una_riga_da_calcolare(piano: Piano) -> None:
    [senza] = piani_con(piano.azienda, None)
    assert list(celle([senza.pk, piano.pk], 2022)) == [piano.pk]
    prima, seconda = righe_di([senza, piano])
    assert detto(prima.punteggi) == [("", "–", "Da calcolare", "", False)]
    assert (prima.piano, prima.cella.calcolata) == (senza, False)
    assert (seconda.piano, seconda.cella.calcolata) == (piano, True)


@pytest.mark.parametrize("quanti", [1, 3])
def test_i_punteggi_costano_due_interrogazioni(
    azienda: Azienda, django_assert_num_queries: Any, quanti: int
) -> None:
    piani = piani_con(azienda, *["70"] * quanti)
    with django_assert_num_queries(2):
        trovati = celle([piano.pk for piano in piani], 2022)
    assert sorted(trovati) == [piano.pk for piano in piani]


def test_i_punteggi_disponibili_cominciano_dall_ultimo_anno_intero(piano: Piano) -> None:
    punteggio(piano, "P", piano.pk, "11", frazione="T1", anno=2024)
    punteggio(piano, "P", piano.pk, "13", prospettiva="partenza", anno=2023)
    punteggio(piano, "P", piano.pk, "12", anno=2023)
    punteggio(piano, "A", piano.pk, "12", anno=2024)
    assert disponibili([piano.pk], range(2022, 2025)) == [
        ("consuntivo", 2023, ""),
        ("consuntivo", 2022, ""),
        ("partenza", 2023, ""),
        ("consuntivo", 2024, "T1"),
    ]
    assert disponibili([piano.pk], [2022]) == [("consuntivo", 2022, "")]
    assert disponibili([], [2022]) == []


# Order and figures of the whole ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("come", "atteso"),
    [
        ("azienda", ["20", None, "90", "55.5"]),
        ("-azienda", ["55.5", "90", None, "20"]),
        ("punteggio", ["20", "55.5", "90", None]),
        ("-punteggio", ["90", "55.5", "20", None]),
    ],
)
def test_si_ordina_per_azienda_o_per_punteggio_e_chi_non_l_ha_va_in_fondo(
    azienda: Azienda, come: str, atteso: list[str | None]
) -> None:
    piani = piani_con(azienda, "20", None, "90", "55.5")
    righe = ordina(righe_di(piani), come)
    punteggi = [riga.cella.punteggio for riga in righe]
    assert punteggi == [None if uno is None else Decimal(uno) for uno in atteso]


@pytest.mark.parametrize(
    ("valori", "attesi"),
    [
        (["20", "90.01", "55.5"], ["20,00", "55,50", "90,01"]),
        # The median of an even number of scores is halfway: (55,5 + 90,01) / 2 = 72,755.
        (["20", "90.01", "55.5", "99.999", None], ["20,00", "72,76", "99,99"]),
        # Just short of 100 for one of the two: the median is not 100.
        (["99.999", "100"], ["99,99", "99,99", "100,00"]),
    ],
)
def test_minimo_mediana_e_massimo_dei_piani_mostrati(
    azienda: Azienda, valori: list[str | None], attesi: list[str]
) -> None:
    piani = piani_con(azienda, *valori)
    insieme = sintesi(righe_di(piani))
    assert insieme is not None
    assert [voto.cifra for _nome, voto in insieme.righe] == attesi
    assert (insieme.quanti, insieme.senza) == (
        len(valori) - valori.count(None), valori.count(None),
    )  # fmt: skip
    assert not insieme.minimo.dimostrativo


def test_la_sintesi_dice_se_viene_anche_da_dati_dimostrativi(azienda: Azienda) -> None:
    piani = piani_con(azienda, "20", "30")
    Raggiungimento.objects.filter(piano=piani[0], livello="P").update(dimostrativo=True)
    insieme = sintesi(righe_di(piani))
    assert insieme is not None
    assert insieme.massimo.dimostrativo


def test_di_un_piano_solo_non_si_fanno_minimo_e_massimo(azienda: Azienda) -> None:
    piani = piani_con(azienda, "20", None)
    assert sintesi(righe_di(piani)) is None


# The page ----------------------------------------------------------------------------------------


def titoli(risposta: Any) -> list[str]:
    return [riga.piano.titolo for riga in risposta.context["righe"]]


def test_la_pagina_mostra_cifra_parola_e_nome_dell_area(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    pagina = entra(controllo).get(CONFRONTO).content.decode()
    area = piano.aree.get(codice="A/3")
    indirizzo = (
        f"{piano.get_absolute_url()}?punteggio=consuntivo-2022&amp;area=A%2F3#area-{area.pk}"
    )
    assert f'<a class="casella voto-senza" href="{indirizzo}">' in pagina
    for atteso in (
        '=Bilancio <span class="motivo">Manca il risultato</span>',
        '<span class="cifra">59,50</span> <span class="parola">Sotto 60</span> '
        '<span class="parola">cop. 25%</span>',
        "Risultati dell&#x27;anno 2022",
        "da 60 a meno di 100",
    ):
        assert atteso in pagina
    assert "Minimo" not in pagina


def test_i_collegamenti_portano_all_area_aperta_e_al_perche(
    azienda: Azienda, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    piano = PianoFactory(azienda=azienda)
    EdizioneFactory(azienda=azienda)
    area = AreaFactory(piano=piano, codice="A/1", nome="Prevenzione")
    misura = MisuraFactory(
        obiettivo=ObiettivoFactory(area=area), indicatore=IndicatoreFactory(azienda=azienda)
    )
    TargetFactory(misura=misura)
    RilevazioneFactory(indicatore=misura.indicatore, valore=38)
    calcolo = azioni.avvia_calcolo(
        piano, prospettiva="consuntivo", anno=2022, da=None, in_coda=False
    )
    azioni.esegui(calcolo.pk)
    client = entra(controllo)
    [riga] = client.get(CONFRONTO).context["righe"]
    # 38 of the 95 expected.
    assert [voce[1] for voce in detto(riga.punteggi)] == ["40,00", "40,00"]
    aperta = client.get(
        piano.get_absolute_url(), {"punteggio": "consuntivo-2022", "area": "A/1"}
    ).content.decode()
    assert f'<details class="area" id="area-{area.pk}" open>' in aperta
    perche = reverse("spiegazione", args=[piano.slug, "P", piano.pk])
    indirizzo = f"{perche}?prospettiva=consuntivo&anno=2022&frazione="
    assert indirizzo.replace("&", "&amp;") in client.get(CONFRONTO).content.decode()
    assert client.get(indirizzo).status_code == 200


def test_ciascuno_confronta_solo_i_piani_che_vede(
    azienda: Azienda, client: Client, incaricato: Callable[..., Utente]
) -> None:
    altra = AziendaFactory(nome="Un'altra azienda")
    [mio], [suo] = piani_con(azienda, "70"), piani_con(altra, "80")
    client.force_login(incaricato())
    assert titoli(client.get(CONFRONTO)) == [mio.titolo]
    client.force_login(incaricato(dove=altra))
    assert titoli(client.get(CONFRONTO)) == [suo.titolo]
    regione = UtenteFactory()
    for dove in (azienda, altra):
        IncaricoFactory(utente=regione, azienda=dove, ruolo=Ruolo.REGIONE)
    client.force_login(regione)
    assert titoli(client.get(CONFRONTO)) == [mio.titolo, suo.titolo]


def test_un_piano_senza_albero_non_entra_nel_confronto(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    PianoFactory(azienda=piano.azienda, tipo=Piano.Tipo.POLA)
    assert titoli(entra(controllo).get(CONFRONTO)) == [piano.titolo]


def test_lo_straniero_non_vede_niente(
    piano: Piano, incaricato: Callable[..., Utente], entra: Callable[[Utente], Client]
) -> None:
    client = entra(incaricato(dove=AziendaFactory()))
    risposta = client.get(CONFRONTO)
    assert risposta.context["righe"] == []
    assert "Non c’è ancora niente da confrontare." in risposta.getvalue().decode()
    assert piano.titolo not in risposta.getvalue().decode()
    assert client.get(f"{CONFRONTO}punteggi.csv").status_code == 404


def test_il_nucleo_confronta_solo_gli_anni_affidati(
    piano: Piano, entra: Callable[[Utente], Client]
) -> None:
    nucleo = IncaricoFactory(azienda=piano.azienda, ruolo=Ruolo.NUCLEO, anno_da=2025).utente
    assert entra(nucleo).get(CONFRONTO).context["righe"] == []


@pytest.mark.parametrize(
    ("domanda", "attesi"),
    [
        ("", ["Primo", "Secondo"]),
        ("anno=2021", ["Primo"]),
        ("tipo=ATS", ["Primo"]),
        ("tipo=ASST", ["Secondo"]),
        ("ordina=-punteggio", ["Secondo", "Primo"]),
        ("anno=2021&tipo=ASST", []),
        ("anno=millenovecento&tipo=Z&periodo=T9&ordina=x&prospettiva=y", ["Primo", "Secondo"]),
        ("anno=&prospettiva=&periodo=&tipo=&ordina=", ["Primo", "Secondo"]),
    ],
)
def test_si_filtra_per_anno_e_tipo_di_azienda(
    entra: Callable[[Utente], Client], domanda: str, attesi: list[str]
) -> None:
    regione = UtenteFactory()
    ats = AziendaFactory(nome="A", tipo=Azienda.Tipo.ATS)
    asst = AziendaFactory(nome="B", tipo=Azienda.Tipo.ASST)
    for dove, titolo, inizio, valore in ((ats, "Primo", 2021, "70"), (asst, "Secondo", 2022, "80")):
        IncaricoFactory(utente=regione, azienda=dove, ruolo=Ruolo.REGIONE)
        piano = PianoFactory(azienda=dove, titolo=titolo, anno_inizio=inizio, anno_fine=2023)
        AreaFactory(piano=piano)
        for anno in (inizio, 2022):
            Raggiungimento.objects.filter(piano=piano, anno=anno).delete()
            punteggio(piano, "P", piano.pk, valore, anno=anno)
    assert titoli(entra(regione).get(f"{CONFRONTO}?{domanda}")) == attesi


def test_il_periodo_scelto_si_legge_e_resta_scelto(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    punteggio(piano, "P", piano.pk, "11", frazione="T1")
    risposta = entra(controllo).get(f"{CONFRONTO}?periodo=T1")
    [riga] = risposta.context["righe"]
    assert [voce[1] for voce in detto(riga.punteggi)] == ["11,00"]
    pagina = risposta.getvalue().decode()
    assert "Risultati dell&#x27;anno 2022, 1° trimestre" in pagina
    assert '<option value="T1" selected>' in pagina
    assert "?periodo=T1&amp;formato=csv" in pagina


def test_con_htmx_arriva_solo_la_tabella(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    risposta = entra(controllo).get(CONFRONTO, headers={"HX-Request": "true"})
    assert titoli(risposta) == [piano.titolo]
    assert "<header" not in risposta.getvalue().decode()
    assert "HX-Request" in risposta["Vary"]


@pytest.mark.parametrize("quanti", [1, 3])
def test_la_pagina_costa_sempre_le_stesse_interrogazioni(
    azienda: Azienda,
    controllo: Utente,
    entra: Callable[[Utente], Client],
    django_assert_num_queries: Any,
    quanti: int,
) -> None:
    piani_con(azienda, *["70"] * quanti)
    client = entra(controllo)
    # Session, person, plans seen, scores there are, plans chosen, map, header.
    with django_assert_num_queries(8):
        client.get(CONFRONTO)


def test_il_menu_ha_il_confronto_per_chi_legge_piu_aziende(
    azienda: Azienda, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    client = entra(controllo)
    assert CONFRONTO not in client.get("/").content.decode()
    piani_con(azienda, "70", "80")
    assert "Confronta i punteggi dei piani" in client.get("/").content.decode()
    assert f'href="{CONFRONTO}">Confronto<' not in client.get("/").content.decode()
    IncaricoFactory(utente=controllo)
    assert f'href="{CONFRONTO}">Confronto<' in client.get("/").content.decode()


# The file ----------------------------------------------------------------------------------------


def test_la_tabella_si_scarica_con_il_punto_e_virgola_e_senza_formule(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    risposta = entra(controllo).get(f"{CONFRONTO}punteggi.csv")
    assert risposta["Content-Type"] == "text/csv; charset=utf-8"
    assert risposta["Content-Disposition"] == 'attachment; filename="confronto-consuntivo-2022.csv"'
    testa = (
        f"{piano.azienda.nome};Azienda socio sanitaria territoriale;Piano 2022-2024;Adottato;"
        "Risultati dell'anno 2022"
    )
    assert risposta.getvalue().decode("utf-8-sig").splitlines() == [
        "Azienda;Tipo di azienda;Piano;Stato del piano;Punteggi;Livello;Codice;Nome;Punteggio;"
        "Situazione;Copertura;Motivo;Dati dimostrativi",
        f"{testa};Piano;;Piano 2022-2024;87,50;In parte;62,5%;;no",
        f"{testa};Area;A1;Prevenzione;100,00;Raggiunto;100%;;sì",
        f"{testa};Area;A2;Cure primarie;59,50;Sotto 60;25%;;no",
        f"{testa};Area;A/3;'=Bilancio;;Non calcolabile;0%;Manca il risultato;no",
    ]


def test_il_file_ha_lo_stesso_ordine_e_gli_stessi_filtri_della_pagina(
    azienda: Azienda, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    piani_con(azienda, "20", None, "90")
    client = entra(controllo)
    domanda = "?ordina=-punteggio"
    righe = client.get(f"{CONFRONTO}punteggi.csv{domanda}").getvalue().decode().splitlines()
    dei_piani = [riga.split(";")[2] for riga in righe if ";Piano;;" in riga]
    assert dei_piani == titoli(client.get(f"{CONFRONTO}{domanda}"))
    assert len(dei_piani) == 3
