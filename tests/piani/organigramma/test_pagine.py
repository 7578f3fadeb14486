# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of the chart, as people get them: read on a day, draft, unit, versions."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from piani import azioni
from piani.azioni import Parte
from piani.models import Azienda, Incarico, Organigramma, Ruolo, UnitaOrganizzativa, Utente
from piani.organigramma.albero import Ramo, altezza, annida, discendenti, in_fila, livello
from piani.stampa.disegno_organigramma import Casella
from piani.stampa.disegno_organigramma import organigramma as disegna
from tests.factories import IncaricoFactory, OrganigrammaFactory, UnitaFactory
from tests.piani.organigramma.struttura import DAL, Struttura, disegno, in_versione

pytestmark = pytest.mark.django_db
Entra = Callable[[Utente], Client]


@pytest.fixture
def base(azienda: Azienda) -> str:
    return f"/aziende/{azienda.codice}/organigramma/"


def scritto(risposta: Any) -> str:
    assert risposta.status_code == 200
    return str(risposta.content.decode())


def messaggi(risposta: Any) -> list[str]:
    return [str(messaggio) for messaggio in risposta.context["messages"]]


# On a day ----------------------------------------------------------------------------------------


def test_l_organigramma_e_quello_in_vigore_alla_data_chiesta(
    azienda: Azienda, controllo: Utente, entra: Entra, base: str
) -> None:
    vecchio = OrganigrammaFactory(
        azienda=azienda, valido_dal=date(2020, 1, 1), valido_al=date(2021, 12, 31)
    )
    nuovo = OrganigrammaFactory(azienda=azienda, valido_dal=date(2022, 1, 1))
    UnitaFactory(organigramma=vecchio, nome="Direzione di una volta")
    padre = UnitaFactory(organigramma=nuovo, nome="Direzione di oggi")
    UnitaFactory(organigramma=nuovo, nome="Ufficio di oggi", parent=padre)
    UnitaFactory(organigramma=OrganigrammaFactory(azienda=azienda, valido_dal=None), nome="Bozza")
    client = entra(controllo)
    prima = scritto(client.get(f"{base}?data=2021-06-30"))
    assert "Direzione di una volta" in prima
    assert "dal 1 gennaio 2020 al 31 dicembre 2021" in prima
    assert "Direzione di oggi" not in prima
    risposta = client.get(base)
    assert [ramo.unita.nome for ramo in risposta.context["rami"]] == ["Direzione di oggi"]
    assert "Ufficio di oggi" in scritto(risposta)
    assert "Bozza</a>" not in scritto(risposta)
    assert "non risulta nessun organigramma" in scritto(client.get(f"{base}?data=1999-01-01"))


def test_una_data_impossibile_lo_dice_accanto_al_campo(
    controllo: Utente, entra: Entra, base: str
) -> None:
    for pagina in (base, f"{base}verifiche/"):
        assert 'class="errore"' in scritto(entra(controllo).get(f"{pagina}?data=ieri"))


def test_la_pagina_dice_chi_risponde(
    struttura: Struttura, lettore: Utente, entra: Entra, base: str
) -> None:
    struttura.incarico("DG", utente__first_name="Livia", utente__last_name="Alta")
    struttura.incarico("PNE", utente__first_name="Piero", utente__last_name="Proprio")
    struttura.incarico(
        "PNE", ruolo=Ruolo.VICARIO, utente__first_name="Vera", utente__last_name="Vice"
    )
    pagina = scritto(entra(lettore).get(base))
    assert "Responsabile: Piero Proprio" in pagina
    assert "vicario: Vera Vice" in pagina
    assert "risponde Livia Alta (Direzione Generale)" in pagina


@pytest.mark.parametrize("quante", [1, 3])
@pytest.mark.parametrize("vista", ["", "?vista=disegno"])
def test_le_query_della_pagina_non_crescono_con_le_unita(
    azienda: Azienda,
    lettore: Utente,
    entra: Entra,
    base: str,
    quante: int,
    vista: str,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    versione = OrganigrammaFactory(azienda=azienda)
    for una in UnitaFactory.create_batch(quante, organigramma=versione, cdr=True):
        IncaricoFactory(azienda=azienda, unita=una, ruolo=Ruolo.RESPONSABILE_CDR)
    client = entra(lettore)
    with django_assert_num_queries(7):
        client.get(f"{base}{vista}")


def test_il_menu_porta_all_organigramma_di_chi_ha_una_sola_azienda(
    azienda: Azienda, lettore: Utente, entra: Entra, base: str
) -> None:
    client = entra(lettore)
    menu = client.get(base).context["testata"].menu
    assert [(voce.nome, voce.attiva) for voce in menu] == [
        ("Home", False),
        ("Piani", False),
        ("Schede budget", False),
        ("Valutazioni", False),
        ("Scadenze", False),
        ("Organigramma", True),
        ("Lavoro agile", False),
        ("Accessi del Nucleo", False),
        ("Registro", False),
        ("Amministrazione Trasparente", False),
    ]
    IncaricoFactory(utente=lettore)
    menu = client.get(base).context["testata"].menu
    assert [(voce.nome, voce.attiva) for voce in menu][1:] == [
        ("Piani", True),
        ("Schede budget", False),
        ("Valutazioni", False),
        ("Scadenze", False),
        ("Confronto", False),
        ("Lavoro agile", False),
        ("Accessi del Nucleo", False),
        ("Registro", False),
        ("Amministrazione Trasparente", False),
    ]


def test_il_foglio_si_scarica(
    struttura: Struttura, lettore: Utente, entra: Entra, base: str
) -> None:
    risposta = entra(lettore).get(f"{base}versioni/{struttura.versione.pk}/foglio.csv")
    righe = risposta.content.decode("utf-8-sig").splitlines()
    assert (righe[0], len(righe)) == ("codice;nome;tipo;codice_superiore;cdr;ordine", 5)
    assert risposta.content.startswith(b"\xef\xbb\xbf")
    assert "attachment" in risposta["Content-Disposition"]


# Branches and drawing ----------------------------------------------------------------------------


def test_i_rami_si_annidano_sotto_il_loro_padre() -> None:
    padre = UnitaFactory()
    prima, seconda = UnitaFactory.create_batch(2, organigramma=padre.organigramma, parent=padre)
    (ramo,) = annida([padre, prima, seconda])
    assert ramo == Ramo(padre, rami=[Ramo(prima, ultimo=False), Ramo(seconda, primo=False)])
    assert [uno.unita for uno in in_fila([ramo])] == [padre, prima, seconda]


def test_livelli_e_discendenti_si_contano_dai_padri() -> None:
    padri = {1: None, 2: 1, 3: 2, 4: 1, 5: None}
    assert [livello(una, padri) for una in (None, 1, 2, 3)] == [0, 1, 2, 3]
    assert discendenti(1, padri) == {2, 3, 4}
    assert [altezza(una, padri) for una in (1, 2, 5)] == [3, 2, 1]


def test_il_disegno_dice_tutto_anche_a_parole() -> None:
    radice = Casella(
        "Direzione",
        "Direzione",
        figlie=(Casella("Cardiologia & UTIC", "UOC · CdR", piena=True), Casella("B" * 80, "UOS")),
    )
    svg = disegna("prova", "Organigramma di prova", [radice, Casella("Altra", "Altro")])
    assert "<title" in svg
    assert "Direzione: Cardiologia &amp; UTIC; " + "B" * 80 + "." in svg
    assert svg.count("<rect") == 4
    assert svg.count("<path") == 2
    assert 'viewBox="0 0 478 ' in svg
    assert disegna("prova", "Vuoto", []).count("<rect") == 0
    assert svg == disegna("prova", "Organigramma di prova", [radice, Casella("Altra", "Altro")])


# Versions ----------------------------------------------------------------------------------------


def test_la_storia_dice_che_cosa_e_cambiato(
    struttura: Struttura, bozza: Organigramma, lettore: Utente, entra: Entra, base: str
) -> None:
    azioni.dividi_unita(
        in_versione(bozza, "CAR"), parti=[Parte("CAR", "Cardiologia"), Parte("EMO", "Emo")], da=None
    )
    azioni.sposta_unita(in_versione(bozza, "PNE"), padre=in_versione(bozza, "DG"), da=None)
    azioni.metti_in_vigore(bozza, dal=DAL, da=None)
    altra = azioni.apri_bozza(struttura.azienda, nome="POAS 2027", origine=bozza, da=None)
    azioni.elimina_unita(in_versione(altra, "EMO"), da=None)
    client = entra(lettore)
    risposta = client.get(f"{base}versioni/")
    pagina = scritto(risposta)
    assert [riga.get("cambiamenti") for riga in risposta.context["versioni"]] == [2, None]
    assert "dal 1 gennaio 2020 al 31 dicembre 2024" in pagina
    assert "«Cardiologia» (CAR) è divisa in «Cardiologia» (CAR) e «Emo» (EMO)." in pagina
    assert "«Pneumologia» (PNE) passa da" in pagina
    assert "POAS 2027" in pagina
    assert "Apri una bozza" not in pagina
    confronto = scritto(client.get(f"{base}versioni/?prima={bozza.pk}&dopo={altra.pk}"))
    assert "«Emo» (EMO) non c’è più." in confronto
    al_contrario = scritto(client.get(f"{base}versioni/?prima={altra.pk}&dopo={bozza.pk}"))
    assert "«Emo» (EMO) non c’è più." in al_contrario
    uguali = scritto(client.get(f"{base}versioni/?prima={bozza.pk}&dopo={bozza.pk}"))
    assert "Nessuna differenza fra le unità." in uguali
    sbagliato = scritto(client.get(f"{base}versioni/?prima=0&dopo=x"))
    assert 'class="errore"' in sbagliato


@pytest.mark.parametrize("quante", [1, 3])
def test_le_query_della_storia_non_crescono_con_le_versioni(
    azienda: Azienda,
    lettore: Utente,
    entra: Entra,
    base: str,
    quante: int,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    for anno in range(2020, 2020 + quante):
        UnitaFactory(
            organigramma=OrganigrammaFactory(
                azienda=azienda, valido_dal=date(anno, 1, 1), valido_al=date(anno, 12, 31)
            )
        )
        UnitaFactory(organigramma=OrganigrammaFactory(azienda=azienda, valido_dal=None))
    client = entra(lettore)
    with django_assert_num_queries(8):
        client.get(f"{base}versioni/")


def test_si_apre_una_bozza_dalla_pagina(
    struttura: Struttura, controllo: Utente, entra: Entra, base: str
) -> None:
    client = entra(controllo)
    dati = {"nome": " Organizzazione  dal 2027 ", "origine": struttura.versione.pk}
    risposta = client.post(f"{base}bozze/apri/", dati)
    bozza = Organigramma.objects.bozze().get()
    assert (bozza.nome, bozza.nata_da) == ("Organizzazione dal 2027", struttura.versione)
    assert risposta.url == bozza.get_absolute_url() == f"{base}bozze/{bozza.pk}/"
    for sbagliati in ({"nome": "X", "origine": "0"}, {"nome": "", "origine": bozza.pk}):
        risposta = client.post(f"{base}bozze/apri/", sbagliati, follow=True)
        assert messaggi(risposta)
    assert Organigramma.objects.bozze().count() == 1


def test_un_azienda_senza_organigramma_ne_comincia_uno(
    azienda: Azienda, controllo: Utente, entra: Entra, base: str
) -> None:
    client = entra(controllo)
    assert "Il primo organigramma si disegna in una bozza" in scritto(client.get(base))
    assert "Parte da" not in scritto(client.get(f"{base}versioni/"))
    risposta = client.post(f"{base}bozze/apri/", {"nome": "Il primo"}, follow=True)
    assert "La bozza è vuota." in scritto(risposta)
    bozza = azienda.organigrammi.get()
    anteprima = scritto(client.get(f"{base}bozze/{bozza.pk}/in-vigore/"))
    assert "Metti in vigore dal" in anteprima
    risposta = client.post(
        f"{base}bozze/{bozza.pk}/metti-in-vigore/", {"dal": "2027-01-01"}, follow=True
    )
    assert messaggi(risposta) == ["La bozza è vuota: prima si aggiungono le unità."]


# Draft -------------------------------------------------------------------------------------------


def test_chi_legge_vede_la_bozza_senza_bottoni(
    bozza: Organigramma, lettore: Utente, entra: Entra
) -> None:
    pagina = scritto(entra(lettore).get(bozza.get_absolute_url()))
    assert "Cardiologia" in pagina
    assert "formaction" not in pagina
    assert "Aggiungi un’unità" not in pagina
    unita = scritto(entra(lettore).get(in_versione(bozza, "CAR").get_absolute_url()))
    assert "Cambia l’unità" not in unita


def test_si_aggiunge_e_si_ordina_dalla_bozza(
    bozza: Organigramma, controllo: Utente, entra: Entra
) -> None:
    client, indirizzo = entra(controllo), bozza.get_absolute_url()
    dipartimento = in_versione(bozza, "DIP")
    assert f'value="{dipartimento.pk}" selected' in scritto(
        client.get(f"{indirizzo}?sotto={dipartimento.pk}")
    )
    dati = {"codice": "NEF", "nome": "Nefrologia", "tipo": "uoc", "padre": dipartimento.pk}
    risposta = client.post(f"{indirizzo}aggiungi/", dati)
    nuova = in_versione(bozza, "NEF")
    assert risposta.url == f"{indirizzo}#u-{nuova.pk}"
    doppia = client.post(f"{indirizzo}aggiungi/", dati | {"nome": "Altra"})
    assert "Il codice è già di «Nefrologia»: sceglierne un altro." in scritto(doppia)
    assert 'value="Altra"' in scritto(doppia)
    risposta = client.post(f"{nuova.get_absolute_url()}ordina/", {"verso": "su"})
    assert risposta.url == f"{indirizzo}?mossa={nuova.pk}&verso=su"
    assert disegno(bozza) == ["DG", "  DIP", "    CAR", "    NEF", "    PNE"]
    assert "autofocus" in scritto(client.get(f"{indirizzo}?mossa={nuova.pk}&verso=su"))
    assert scritto(client.get(f"{indirizzo}?mossa=²&verso=su&sotto=x"))


def carica(client: Client, bozza: Organigramma, contenuto: bytes) -> Any:
    file = SimpleUploadedFile("foglio.csv", contenuto, content_type="text/csv")
    return client.post(f"{bozza.get_absolute_url()}importa/", {"file": file}, follow=True)


def test_si_importa_un_foglio_dalla_bozza(
    bozza: Organigramma, controllo: Utente, entra: Entra
) -> None:
    client = entra(controllo)
    risposta = carica(client, bozza, b"codice;nome;tipo\nDG;Direzione;direzione\n")
    assert messaggi(risposta) == ["Foglio importato. Unità aggiunte 0, cambiate 1, tolte 3."]
    assert disegno(bozza) == ["DG"]
    risposta = carica(client, bozza, b"codice;nome;tipo\nDG;;direzione\nX;X;boh\n")
    pagina = scritto(risposta)
    assert "Riga 2, colonna nome: manca." in pagina
    assert "Riga 3, colonna tipo: «boh» non è un tipo" in pagina
    assert disegno(bozza) == ["DG"]
    grande = b"codice;nome;tipo\n" + b"x" * (2 * 1024 * 1024)
    assert "Il file supera i 2 MB." in scritto(carica(client, bozza, grande))
    vuoto = client.post(f"{bozza.get_absolute_url()}importa/", {})
    assert 'class="errore"' in scritto(vuoto)


def test_intestazione_ed_eliminazione_della_bozza(
    bozza: Organigramma, controllo: Utente, entra: Entra, base: str
) -> None:
    client, indirizzo = entra(controllo), bozza.get_absolute_url()
    client.post(f"{indirizzo}modifica/", {"nome": "POAS 2026", "fonte": "Delibera 1"})
    bozza.refresh_from_db()
    assert (bozza.nome, bozza.fonte) == ("POAS 2026", "Delibera 1")
    assert 'class="errore"' in scritto(client.post(f"{indirizzo}modifica/", {"nome": ""}))
    IncaricoFactory(azienda=bozza.azienda, unita=in_versione(bozza, "CAR"))
    risposta = client.post(f"{indirizzo}elimina/", follow=True)
    assert "la usano incarichi (1)" in messaggi(risposta)[0]
    Incarico.objects.filter(unita__isnull=False).delete()
    risposta = client.post(f"{indirizzo}elimina/")
    assert risposta.url == f"{base}versioni/"
    assert not Organigramma.objects.bozze().exists()


def test_l_anteprima_dice_che_cosa_succede_e_poi_succede(
    struttura: Struttura, bozza: Organigramma, controllo: Utente, entra: Entra, base: str
) -> None:
    struttura.incarico("PNE", utente__first_name="Piero", utente__last_name="Segue")
    struttura.incarico("CAR", utente__first_name="Carla", utente__last_name="Resta")
    azioni.dividi_unita(
        in_versione(bozza, "CAR"), parti=[Parte("CAR", "Cardiologia"), Parte("EMO", "Emo")], da=None
    )
    client, indirizzo = entra(controllo), bozza.get_absolute_url()
    pagina = scritto(client.get(f"{indirizzo}in-vigore/?dal=2025-01-01"))
    assert "1 incarico segue la sua unità." in pagina
    assert "1 incarico resta da sistemare." in pagina
    assert "Carla Resta" in pagina
    assert "è divisa in" in pagina
    assert "Metti in vigore dal 1 gennaio 2025" in pagina
    assert 'class="errore"' in scritto(client.get(f"{indirizzo}in-vigore/?dal=9999-01-01"))
    for giorno, frase in (("mai", "data valida"), ("2020-01-01", "comincia il 01/01/2020")):
        risposta = client.post(f"{indirizzo}metti-in-vigore/", {"dal": giorno}, follow=True)
        assert frase in messaggi(risposta)[0]
    risposta = client.post(f"{indirizzo}metti-in-vigore/", {"dal": "2025-01-01"}, follow=True)
    assert messaggi(risposta) == [
        "«POAS 2025» è in vigore dal 01/01/2025.",
        "1 incarico non ha seguito la sua unità: da allora è da sistemare.",
    ]
    assert risposta.request["QUERY_STRING"] == "data=2025-01-01"
    # What was a draft sends to the chart, and what was being changed says why it cannot be.
    for pagina in (indirizzo, f"{indirizzo}in-vigore/"):
        assert client.get(pagina).url == f"{base}?data=2025-01-01"
    for azione, dati in (
        ("modifica/", {"nome": "X"}),
        ("elimina/", {}),
        ("metti-in-vigore/", {"dal": "2026-01-01"}),
    ):
        risposta = client.post(f"{indirizzo}{azione}", dati, follow=True)
        assert "non è più una bozza" in " ".join(messaggi(risposta)), azione
    nuova = {"codice": "X", "nome": "X", "tipo": "uoc", "padre": ""}
    assert client.post(f"{indirizzo}aggiungi/", nuova).url == f"{base}?data=2025-01-01"
    assert carica(client, bozza, b"codice;nome;tipo\nA;A;uoc\n").status_code == 200
    assert bozza.unita.count() == 5


def test_una_bozza_superata_lo_dice_nell_anteprima(
    struttura: Struttura, bozza: Organigramma, controllo: Utente, entra: Entra
) -> None:
    altra = azioni.apri_bozza(struttura.azienda, nome="Altra", origine=struttura.versione, da=None)
    azioni.metti_in_vigore(bozza, dal=DAL, da=None)
    pagina = scritto(entra(controllo).get(f"{altra.get_absolute_url()}in-vigore/"))
    assert "si clona «POAS 2025» in una bozza nuova" in pagina
    assert "Metti in vigore dal" not in pagina


# Unit --------------------------------------------------------------------------------------------


def test_la_pagina_di_un_unita_dice_da_dove_viene_e_che_cosa_e_diventata(
    struttura: Struttura, bozza: Organigramma, lettore: Utente, entra: Entra
) -> None:
    client, vecchia = entra(lettore), struttura.unita("CAR")
    assert "È diventata" not in scritto(client.get(vecchia.get_absolute_url()))
    azioni.metti_in_vigore(bozza, dal=DAL, da=None)
    pagina = scritto(client.get(vecchia.get_absolute_url()))
    assert "È diventata" in pagina
    assert "Direzione Generale</a>" in pagina
    assert "Oggi nessuno risponde di ciò che faceva" in pagina
    IncaricoFactory(
        azienda=struttura.azienda,
        ruolo=Ruolo.RESPONSABILE_CDR,
        unita=in_versione(bozza, "DIP"),
        utente__first_name="Livia",
        utente__last_name="Alta",
    )
    pagina = scritto(client.get(vecchia.get_absolute_url()))
    assert "Oggi di ciò che faceva risponde Livia Alta (Dipartimento Medico)." in pagina
    nuova = scritto(client.get(in_versione(bozza, "CAR").get_absolute_url()))
    assert "Viene da" in nuova
    assert "Nessuno è stato nominato in questa unità." in nuova


def test_si_cambia_un_unita_dalla_sua_pagina(
    bozza: Organigramma, controllo: Utente, entra: Entra
) -> None:
    client, car = entra(controllo), in_versione(bozza, "CAR")
    indirizzo = car.get_absolute_url()
    assert f'name="vista" value="{car.impronta}"' in scritto(client.get(indirizzo))
    dati = {"codice": "CAR", "nome": "Cardio", "tipo": "uos", "nota": "", "vista": car.impronta}
    risposta = client.post(f"{indirizzo}modifica/", dati, follow=True)
    assert messaggi(risposta) == ["Unità salvata."]
    car.refresh_from_db()
    assert (car.nome, car.tipo, car.cdr) == ("Cardio", "uos", False)
    tardi = scritto(client.post(f"{indirizzo}modifica/", dati | {"nome": "Tardi"}))
    assert "Mentre scrivevi qualcuno ha cambiato «Cardio»" in tardi
    assert 'value="Tardi"' in tardi
    assert 'class="errore"' in scritto(client.post(f"{indirizzo}modifica/", {"nome": ""}))


def test_si_sposta_un_unita_dalla_sua_pagina(
    bozza: Organigramma, controllo: Utente, entra: Entra
) -> None:
    client, dipartimento = entra(controllo), in_versione(bozza, "DIP")
    indirizzo = dipartimento.get_absolute_url()
    risposta = client.post(f"{indirizzo}sposta/", {"padre": in_versione(bozza, "CAR").pk})
    assert "Un’unità non può stare sotto se stessa" in scritto(risposta)
    client.post(f"{indirizzo}sposta/", {"padre": ""})
    assert disegno(bozza) == ["DG", "DIP", "  CAR", "  PNE"]
    assert 'class="errore"' in scritto(client.post(f"{indirizzo}sposta/", {"padre": "0"}))


def parti(*coppie: tuple[str, str]) -> dict[str, str]:
    dati = {"parti-TOTAL_FORMS": "5", "parti-INITIAL_FORMS": "1"}
    for posto, (codice, nome) in enumerate(coppie):
        dati |= {f"parti-{posto}-codice": codice, f"parti-{posto}-nome": nome}
    return dati


def test_si_divide_un_unita_dalla_sua_pagina(
    bozza: Organigramma, controllo: Utente, entra: Entra
) -> None:
    client, car = entra(controllo), in_versione(bozza, "CAR")
    indirizzo = f"{car.get_absolute_url()}dividi/"
    for sbagliate, frase in (
        (parti(("CAR", "Cardiologia")), "almeno due unità"),
        (parti(("CAR", "Cardiologia"), ("EMO", "")), "Servono tutti e due"),
        (parti(("CAR", "Cardiologia"), ("PNE", "Altra")), "già di «Pneumologia»"),
        ({}, 'role="alert"'),
    ):
        assert frase in scritto(client.post(indirizzo, sbagliate))
    giuste = parti(("CAR", "Cardiologia"), ("", ""), ("EMO", "Emodinamica"))
    risposta = client.post(indirizzo, giuste, follow=True)
    assert messaggi(risposta) == ["Divisa in «Cardiologia», «Emodinamica»."]
    assert disegno(bozza) == ["DG", "  DIP", "    CAR", "    EMO", "    PNE"]


def test_si_uniscono_unita_dalla_pagina_di_una(
    bozza: Organigramma, controllo: Utente, entra: Entra
) -> None:
    client, pne = entra(controllo), in_versione(bozza, "PNE")
    indirizzo = f"{pne.get_absolute_url()}unisci/"
    dati = {"codice": "CP", "nome": "Cardiopneumologia"}
    assert "almeno due unità di questa bozza" in scritto(client.post(indirizzo, dati))
    dati |= {"altre": [in_versione(bozza, "CAR").pk]}
    risposta = client.post(indirizzo, dati, follow=True)
    assert messaggi(risposta) == ["Unite in «Cardiopneumologia»."]
    assert disegno(bozza) == ["DG", "  DIP", "    CP"]
    # The page of a unit that is no more.
    assert client.post(indirizzo, dati).status_code == 404


def test_si_dice_che_cosa_era_e_si_toglie(
    struttura: Struttura, bozza: Organigramma, controllo: Utente, entra: Entra
) -> None:
    client, pne = entra(controllo), in_versione(bozza, "PNE")
    indirizzo = pne.get_absolute_url()
    client.post(f"{indirizzo}collega/", {"precedenti": [struttura.unita("CAR").pk]})
    assert list(pne.precedenti.all()) == [struttura.unita("CAR")]
    client.post(f"{indirizzo}collega/", {})
    assert not pne.precedenti.exists()
    assert "nessuna unità di prima: è nuova" in scritto(client.get(indirizzo))
    risposta = client.post(f"{indirizzo}elimina/", follow=True)
    assert messaggi(risposta) == ["Tolta «Pneumologia»."]
    dipartimento = in_versione(bozza, "DIP")
    risposta = client.post(f"{dipartimento.get_absolute_url()}elimina/", follow=True)
    assert "ci sono altre unità (1)" in messaggi(risposta)[0]


def test_in_vigore_le_scritture_dicono_che_non_e_piu_una_bozza(
    struttura: Struttura, controllo: Utente, entra: Entra
) -> None:
    client, car = entra(controllo), struttura.unita("CAR")
    indirizzo = car.get_absolute_url()
    for azione, dati in (
        ("modifica/", {"codice": "X", "nome": "X", "tipo": "uoc"}),
        ("sposta/", {"padre": ""}),
        ("ordina/", {"verso": "giu"}),
        ("dividi/", parti(("A", "A"), ("B", "B"))),
        ("unisci/", {"altre": [struttura.unita("PNE").pk], "codice": "X", "nome": "X"}),
        ("collega/", {}),
        ("elimina/", {}),
    ):
        risposta = client.post(f"{indirizzo}{azione}", dati, follow=True)
        assert "non è più una bozza" in scritto(risposta), azione
    assert UnitaOrganizzativa.objects.count() == 4


# Heads, deputies, incarichi to mend --------------------------------------------------------------


def test_l_amministratore_nomina_e_termina_dalla_pagina_dell_unita(
    struttura: Struttura, amministratore: Utente, entra: Entra
) -> None:
    client, car = entra(amministratore), struttura.unita("CAR")
    persona = IncaricoFactory(azienda=struttura.azienda, ruolo=Ruolo.RILEVATORE).utente
    estranea = IncaricoFactory().utente
    indirizzo = car.get_absolute_url()
    assert str(estranea.pk) not in [
        str(valore)
        for valore, _nome in client.get(indirizzo).context["nomina"]["persona"].field.choices
    ]
    dati = {"ruolo": "responsabile_cdr", "persona": persona.pk, "dal": "2024-01-01", "al": ""}
    risposta = client.post(f"{indirizzo}nomina/", dati)
    assert risposta.url == f"{indirizzo}#responsabili"
    incarico = Incarico.objects.get(unita=car)
    assert "Responsabile: Persona Inventata" in scritto(client.get(indirizzo))
    for sbagliati in (dati, dati | {"persona": estranea.pk}, dati | {"dal": "1900-01-01"}, {}):
        assert 'class="errore"' in scritto(client.post(f"{indirizzo}nomina/", sbagliati))
    base = indirizzo.partition("unita/")[0]
    termina = f"{base}incarichi/{incarico.pk}/termina/"
    for giorno, frase in (("", "obbligatorio"), ("2023-01-01", "comincia il 01/01/2024")):
        risposta = client.post(termina, {"al": giorno}, follow=True)
        assert frase in messaggi(risposta)[0]
    client.post(termina, {"al": "2024-12-31"})
    incarico.refresh_from_db()
    assert incarico.al == date(2024, 12, 31)


def test_il_controllo_di_gestione_sistema_gli_incarichi_rimasti_indietro(
    struttura: Struttura, bozza: Organigramma, controllo: Utente, entra: Entra, base: str
) -> None:
    capo = struttura.incarico("CAR", utente__last_name="Da Sistemare")
    senza = IncaricoFactory(azienda=struttura.azienda, ruolo=Ruolo.RILEVATORE)
    azioni.dividi_unita(
        in_versione(bozza, "CAR"), parti=[Parte("CAR", "Cardiologia"), Parte("EMO", "Emo")], da=None
    )
    azioni.metti_in_vigore(bozza, dal=DAL, da=None)
    client = entra(controllo)
    assert "1 incarico da sistemare" in scritto(client.get("/"))
    risposta = client.get(f"{base}incarichi/")
    assert risposta.context["voci"][0]["incarico"] == capo
    assert "Nate dalla sua unità" in scritto(risposta)
    assert "L’unità gliela dà l’amministratore." in scritto(risposta)
    indirizzo = f"{base}incarichi/{capo.pk}/riassegna/"
    assert 'class="errore"' in scritto(client.post(indirizzo, {"unita": ""}))
    occupante = IncaricoFactory(
        azienda=struttura.azienda, ruolo=Ruolo.RESPONSABILE_CDR, unita=in_versione(bozza, "CAR")
    )
    occupata = client.post(indirizzo, {"unita": in_versione(bozza, "CAR").pk})
    assert f"«Cardiologia» ha già {occupante.utente}" in scritto(occupata)
    client.post(indirizzo, {"unita": in_versione(bozza, "EMO").pk})
    assert Incarico.objects.get(utente=capo.utente, al__isnull=True).unita == in_versione(
        bozza, "EMO"
    )
    # Who had no unit is for the amministratore.
    vietato = client.post(
        f"{base}incarichi/{senza.pk}/riassegna/", {"unita": in_versione(bozza, "EMO").pk}
    )
    assert vietato.status_code == 403
    assert "incarico da sistemare" not in scritto(client.get("/"))


@pytest.mark.parametrize("quanti", [1, 3])
def test_le_query_degli_incarichi_da_sistemare_non_crescono(
    struttura: Struttura,
    bozza: Organigramma,
    controllo: Utente,
    entra: Entra,
    base: str,
    quanti: int,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    azioni.elimina_unita(in_versione(bozza, "PNE"), da=None)
    for _una in range(quanti):
        struttura.incarico("PNE")
        IncaricoFactory(azienda=struttura.azienda, ruolo=Ruolo.RILEVATORE)
    azioni.metti_in_vigore(bozza, dal=DAL, da=None)
    client = entra(controllo)
    with django_assert_num_queries(10):
        client.get(f"{base}incarichi/")


@pytest.mark.parametrize("quanti", [1, 3])
def test_le_query_delle_cose_da_fare_non_crescono_con_gli_incarichi(
    struttura: Struttura,
    bozza: Organigramma,
    controllo: Utente,
    quanti: int,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    from piani.organigramma.bacheca import cose_da_fare

    azioni.elimina_unita(in_versione(bozza, "PNE"), da=None)
    for _una in range(quanti):
        struttura.incarico("PNE")
    azioni.metti_in_vigore(bozza, dal=DAL, da=None)
    with django_assert_num_queries(2):
        (cosa,) = cose_da_fare(controllo)
    assert cosa.titolo.startswith(f"{quanti} incaric")
    lettore = IncaricoFactory(azienda=struttura.azienda, ruolo=Ruolo.NUCLEO).utente
    assert list(cose_da_fare(lettore)) == []


@pytest.mark.parametrize("quanti", [1, 3])
def test_le_query_della_pagina_di_un_unita_non_crescono_con_gli_incarichi(
    struttura: Struttura,
    amministratore: Utente,
    entra: Entra,
    quanti: int,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    for anno in range(2021, 2021 + quanti):
        struttura.incarico("CAR", dal=date(anno, 1, 1), al=date(anno, 12, 31))
    client, indirizzo = entra(amministratore), struttura.unita("CAR").get_absolute_url()
    with django_assert_num_queries(13):
        client.get(indirizzo)


def test_oggi_e_il_giorno_dell_anteprima_quando_non_se_ne_chiede_un_altro(
    bozza: Organigramma, controllo: Utente, entra: Entra
) -> None:
    risposta = entra(controllo).get(f"{bozza.get_absolute_url()}in-vigore/")
    assert (risposta.context["dal"] - timezone.localdate()).days == 1
