# SPDX-License-Identifier: AGPL-3.0-or-later
"""The register of the obligations of publication: the rows of the law, what is due, what the
office writes, what the citizen reads.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from piani import trasparenza as at
from piani.models import (
    Azienda,
    CuraObbligo,
    DocumentoPubblicato,
    Evento,
    ObbligoDiPubblicazione,
    Piano,
    PubblicazioneAltrove,
    Ruolo,
    Utente,
)
from piani.obblighi import azioni, bacheca
from piani.obblighi.stato import Stato, Voce, quadro
from tests.factories import (
    AziendaFactory,
    IncaricoFactory,
    OrganigrammaFactory,
    PianoFactory,
    UnitaFactory,
)

pytestmark = pytest.mark.django_db
Persona = Callable[..., Utente]
Entra = Callable[[Utente], Client]
OGGI = date(2023, 5, 10)


@pytest.fixture
def rpct(incaricato: Persona) -> Utente:
    return incaricato(Ruolo.PUBBLICATORE)


def pubblicato(piano: Piano, il: date, **campi: Any) -> DocumentoPubblicato:
    """A document that came out of the print, without printing it."""
    return DocumentoPubblicato.objects.create(
        **{
            "piano": piano, "versione": 1, "stato": "pronto", "contenuto": "{}",
            "sha256_contenuto": "0" * 64, "sha256_pdf": "1" * 64, "generatore": "Albero di prova",
            "pubblicato_il": il,
        }
        | campi
    )  # fmt: skip


def voce_di(azienda: Azienda, codice: str, oggi: date = OGGI) -> Voce:
    return next(una for una in quadro([azienda], oggi)[azienda.pk] if una.obbligo.codice == codice)


def obbligo(codice: str) -> ObbligoDiPubblicazione:
    return ObbligoDiPubblicazione.objects.get(codice=codice)


# --- le righe della legge -----------------------------------------------------------------------


def test_le_etichette_della_legge_sono_quelle_delle_pagine_pubbliche() -> None:
    righe = ObbligoDiPubblicazione.objects.in_vigore(OGGI).exclude(sezione="")
    assert {riga.sezione for riga in righe} == set(at.PER_SLUG)
    for riga in righe:
        pagina = at.PER_SLUG[riga.sezione]
        assert (riga.etichetta, riga.norma) == (pagina.etichetta, pagina.norma)


def test_una_riga_chiusa_lascia_il_posto_alla_nuova_con_lo_stesso_codice(azienda: Azienda) -> None:
    vecchia = obbligo("premi-dati")
    vecchia.al = date(2022, 12, 31)
    vecchia.save()
    vecchia.pk, vecchia.dal, vecchia.al = None, date(2023, 1, 1), None
    vecchia.etichetta = "Dati sui premi"
    vecchia.save(force_insert=True)
    assert voce_di(azienda, "premi-dati").obbligo.etichetta == "Dati sui premi"
    prima = voce_di(azienda, "premi-dati", date(2022, 5, 1))
    assert prima.obbligo.etichetta == "Dati relativi ai premi"


# --- che cosa è dovuto --------------------------------------------------------------------------


def test_ogni_obbligo_comincia_mai_pubblicato_o_in_ritardo(azienda: Azienda) -> None:
    piano = voce_di(azienda, "piano")
    assert (piano.stato, piano.prossima) == (Stato.IN_RITARDO, date(2023, 1, 31))
    relazione = voce_di(azienda, "relazione")
    assert (relazione.stato, relazione.prossima) == (Stato.MAI, date(2023, 6, 30))
    premi = voce_di(azienda, "premi-dati")
    assert (premi.stato, premi.prossima) == (Stato.MAI, None)


def test_ciò_che_si_pubblica_con_albero_si_aggiorna_da_se(azienda: Azienda) -> None:
    piano = PianoFactory(azienda=azienda, anno_inizio=2023, anno_fine=2025)
    documento = pubblicato(piano, date(2023, 1, 30))
    voce = voce_di(azienda, "piano")
    assert (voce.stato, voce.prossima) == (Stato.A_POSTO, date(2024, 1, 31))
    assert voce.ultima is not None
    assert (voce.ultima.titolo, voce.ultima.scade_il) == (documento.nome, date(2029, 1, 1))
    assert voce_di(azienda, "piano", date(2024, 1, 5)).stato == Stato.IN_SCADENZA
    assert voce_di(azienda, "piano", date(2024, 2, 1)).stato == Stato.IN_RITARDO
    assert voce_di(azienda, "piano", date(2029, 1, 1)).uscite == ()


def test_la_relazione_conta_per_l_anno_di_cui_parla(azienda: Azienda) -> None:
    piano = PianoFactory(azienda=azienda)
    pubblicato(
        piano, date(2023, 5, 2), serie="relazione-2022", sezione_at="relazione-sulla-performance"
    )
    voce = voce_di(azienda, "relazione")
    assert (voce.stato, voce.prossima) == (Stato.A_POSTO, date(2024, 6, 30))


def test_un_pola_non_adempie_l_obbligo_del_piano_della_performance(azienda: Azienda) -> None:
    pubblicato(PianoFactory(azienda=azienda, tipo=Piano.Tipo.POLA), date(2023, 1, 30))
    assert voce_di(azienda, "piano").uscite == ()


def test_una_versione_superata_non_conta_due_volte(azienda: Azienda) -> None:
    piano = PianoFactory(azienda=azienda, anno_inizio=2023, anno_fine=2025)
    prima = pubblicato(piano, date(2023, 1, 30))
    seconda = pubblicato(piano, date(2023, 3, 1), versione=2, motivo="Errore")
    DocumentoPubblicato.objects.filter(pk=prima.pk).update(sostituito_da=seconda)
    assert [una.il for una in voce_di(azienda, "piano").uscite] == [date(2023, 3, 1)]


def test_prima_i_ritardi_e_in_fondo_ciò_che_non_si_applica(azienda: Azienda) -> None:
    azioni.dichiara_non_applicabile(azienda, obbligo("concessioni"), motivo="Niente.", da=None)
    stati = [una.stato for una in quadro([azienda], OGGI)[azienda.pk]]
    assert stati[0] == Stato.IN_RITARDO
    assert stati[-1] == Stato.NON_APPLICABILE
    assert stati == sorted(stati, key=list(Stato).index)


def test_le_interrogazioni_non_crescono_con_le_aziende(
    azienda: Azienda, django_assert_num_queries: Any
) -> None:
    altre = [azienda, AziendaFactory(), AziendaFactory()]
    for una in altre:
        pubblicato(PianoFactory(azienda=una), date(2023, 1, 30))
    for aziende in (altre[:1], altre):
        with django_assert_num_queries(5):
            [str(voce.chi) for voci in quadro(aziende, OGGI).values() for voce in voci]


# --- che cosa scrive l'ufficio ------------------------------------------------------------------


def test_un_documento_pubblicato_altrove_adempie_e_si_legge_nella_pagina_pubblica(
    azienda: Azienda, rpct: Utente, entra: Entra, client: Client
) -> None:
    pubblicato(PianoFactory(azienda=azienda), timezone.localdate())
    anno = timezone.localdate().year
    dati = {
        "titolo": "Sistema di misurazione", "indirizzo": "https://example.org/smvp.pdf",
        "anno": anno, "pubblicato_il": timezone.localdate().isoformat(),
    }  # fmt: skip
    risposta = entra(rpct).post(reverse("obbligo_altrove", args=[azienda.codice, "smvp"]), dati)
    assert risposta.url == reverse("obbligo", args=[azienda.codice, "smvp"])
    voce = voce_di(azienda, "smvp", timezone.localdate())
    assert (voce.stato, voce.prossima) == (Stato.A_POSTO, date(anno + 1, 12, 31))
    client.logout()
    pagina = client.get(
        reverse("at_sezione", args=[azienda.codice, voce.obbligo.sezione])
    ).content.decode()
    assert '<a href="https://example.org/smvp.pdf" rel="external">Sistema di misurazione</a>' in (
        pagina
    )
    assert "Nessun documento in questa sezione" not in pagina


@pytest.mark.parametrize(
    ("campo", "valore", "frase"),
    [
        ("pubblicato_il", date(2999, 1, 1), "deve ancora venire"),
        ("anno", 2030, "non parla ancora del 2030"),
        ("indirizzo", "ftp://example.org/a", "URL valido"),
        ("indirizzo", "javascript:alert(1)", "URL valido"),
    ],
)
def test_un_documento_altrove_sbagliato_dice_il_campo(
    azienda: Azienda, campo: str, valore: Any, frase: str
) -> None:
    buoni: dict[str, Any] = {
        "titolo": "Atto", "indirizzo": "https://example.org/a", "anno": 2022,
        "pubblicato_il": date(2022, 3, 1),
    }  # fmt: skip
    with pytest.raises(ValidationError, match=frase) as errore:
        azioni.registra_altrove(azienda, obbligo("smvp"), **(buoni | {campo: valore}), da=None)
    assert list(errore.value.error_dict) == [campo]


def test_togliere_un_documento_altrove_lo_lascia_nel_registro_degli_eventi(
    azienda: Azienda, rpct: Utente, entra: Entra
) -> None:
    riga = azioni.registra_altrove(
        azienda, obbligo("smvp"), titolo="Atto", indirizzo="https://example.org/a", anno=2022,
        pubblicato_il=date(2022, 3, 1), da=rpct,
    )  # fmt: skip
    entra(rpct).post(reverse("obbligo_altrove_togli", args=[riga.pk]))
    assert not PubblicazioneAltrove.objects.exists()
    tolto = Evento.objects.get(tipo="obbligo.tolto_altrove")
    assert tolto.dati == {"indirizzo": "https://example.org/a", "anno": 2022}
    with pytest.raises(ValidationError, match="è stata tolta"):
        azioni.togli_altrove(riga, da=rpct)


def test_non_applicabile_vuole_un_motivo_che_il_cittadino_legge(
    azienda: Azienda, rpct: Utente, entra: Entra, client: Client
) -> None:
    pubblicato(PianoFactory(azienda=azienda), timezone.localdate())
    indirizzo = reverse("obbligo_non_applicabile", args=[azienda.codice, "premi-dati"])
    assert "obbligatorio" in entra(rpct).post(indirizzo, {"motivo": ""}).content.decode()
    motivo = "L'ente di prova non distribuisce premi."
    client.post(indirizzo, {"motivo": motivo})
    cura = CuraObbligo.objects.get()
    assert (cura.codice, cura.non_applicabile, cura.motivo) == ("premi-dati", True, motivo)
    with pytest.raises(ValidationError, match="prima di' che si applica"):
        azioni.registra_altrove(
            azienda, obbligo("premi-dati"), titolo="Atto", indirizzo="https://example.org/a",
            anno=2022, pubblicato_il=date(2022, 3, 1), da=rpct,
        )  # fmt: skip
    client.logout()
    for pagina in (
        reverse("at_azienda", args=[azienda.codice]),
        reverse("at_sezione", args=[azienda.codice, "dati-relativi-ai-premi"]),
    ):
        assert "L&#x27;ente di prova non distribuisce premi." in client.get(pagina).content.decode()
    entra(rpct).post(reverse("obbligo_riprendi", args=[azienda.codice, "premi-dati"]))
    assert voce_di(azienda, "premi-dati").stato == Stato.MAI


def test_chi_se_ne_occupa_si_scrive_e_resta_scritto(
    azienda: Azienda, rpct: Utente, entra: Entra
) -> None:
    unita = UnitaFactory(organigramma=OrganigrammaFactory(azienda=azienda))
    entra(rpct).post(
        reverse("obbligo_affida", args=[azienda.codice, "piano"]),
        {"ruolo": "direzione", "unita": unita.pk},
    )
    voce = voce_di(azienda, "piano")
    assert voce.chi == f"Direzione strategica, {unita}"
    assert voce_di(azienda, "relazione").chi == "Controllo di gestione"
    assert Evento.objects.filter(tipo="obbligo.affidato").count() == 1


def test_un_unita_di_un_altra_azienda_non_si_accetta(azienda: Azienda) -> None:
    with pytest.raises(ValidationError, match="di un'altra azienda"):
        azioni.affida(azienda, obbligo("piano"), ruolo="direzione", unita=UnitaFactory(), da=None)


def test_chi_legge_soltanto_non_scrive_nel_registro(azienda: Azienda, incaricato: Persona) -> None:
    nucleo, smvp = incaricato(Ruolo.NUCLEO), obbligo("smvp")
    with pytest.raises(PermissionDenied):
        azioni.affida(azienda, smvp, ruolo="direzione", da=nucleo)
    with pytest.raises(PermissionDenied):
        azioni.dichiara_non_applicabile(azienda, smvp, motivo="No", da=nucleo)
    with pytest.raises(PermissionDenied):
        azioni.riprendi(azienda, smvp, da=nucleo)
    with pytest.raises(PermissionDenied):
        azioni.registra_altrove(
            azienda, smvp, titolo="A", indirizzo="https://example.org/a", anno=2022,
            pubblicato_il=date(2022, 3, 1), da=nucleo,
        )  # fmt: skip


# --- le pagine ----------------------------------------------------------------------------------


def test_la_pagina_filtra_e_il_foglio_dice_le_stesse_righe(
    azienda: Azienda, rpct: Utente, entra: Entra
) -> None:
    client = entra(rpct)
    assert client.get(reverse("obblighi")).url == reverse("obblighi_di", args=[azienda.codice])
    pagina = client.get(reverse("obblighi_di", args=[azienda.codice]), {"q": "premi"})
    assert pagina.getvalue().decode().count('<th scope="row">') == 2
    foglio = client.get(reverse("obblighi_csv", args=[azienda.codice]), {"q": "premi"})
    righe = foglio.getvalue().decode("utf-8-sig").splitlines()
    assert [riga.split(";")[1] for riga in righe[1:]] == [
        "Ammontare complessivo dei premi", "Dati relativi ai premi",
    ]  # fmt: skip
    strano = client.get(reverse("obblighi_di", args=[azienda.codice]), {"stato": "boh"})
    assert strano.status_code == 200


def test_dove_albero_tiene_una_tabella_l_obbligo_e_a_posto(
    azienda: Azienda, rpct: Utente, entra: Entra, monkeypatch: pytest.MonkeyPatch
) -> None:
    voce = at.VoceAT(
        "Sovvenzioni, contributi, sussidi, vantaggi economici", "Atti di concessione",
        "Art. 26", "Le concessioni di prova", "/concessioni-di-prova/",
    )  # fmt: skip
    monkeypatch.setattr(at, "voci_di", lambda una: [voce])
    pagina = entra(rpct).get(reverse("obbligo", args=[azienda.codice, "concessioni"]))
    testo = pagina.content.decode()
    assert '<a href="/concessioni-di-prova/">Le concessioni di prova</a>, sempre aggiornata' in (
        testo
    )


def test_i_documenti_dopo_cinque_anni_si_nominano_e_si_chiedono_con_accesso_civico(
    azienda: Azienda, client: Client
) -> None:
    vecchio = pubblicato(
        PianoFactory(azienda=azienda, titolo="Piano di una volta"), date(2015, 1, 30)
    )
    pagina = client.get(reverse("at_sezione", args=[azienda.codice, "piano-della-performance"]))
    testo = pagina.content.decode()
    assert "Non più in pubblicazione" in testo
    assert "Piano di una volta" in testo
    assert f'href="{vecchio.get_absolute_url()}"' in testo
    assert client.get(vecchio.get_absolute_url()).status_code == 410


# --- la bacheca e le scadenze -------------------------------------------------------------------


def test_chi_pubblica_trova_in_home_ciò_che_è_dovuto(azienda: Azienda, rpct: Utente) -> None:
    oggi = timezone.localdate()
    assert list(bacheca.cose_da_fare(rpct)) == []
    piano = PianoFactory(azienda=azienda, anno_inizio=oggi.year - 1, anno_fine=oggi.year + 1)
    pubblicato(piano, oggi)
    titoli = {cosa.titolo: cosa for cosa in bacheca.cose_da_fare(rpct)}
    scaduto = titoli["Da pubblicare: Piano della Performance"]
    assert (scaduto.scadenza, scaduto.urgente) == (
        date(oggi.year, 1, 31), date(oggi.year, 1, 31) < oggi,
    )  # fmt: skip


def test_chi_se_ne_occupa_trova_solo_i_suoi(azienda: Azienda, incaricato: Persona) -> None:
    oggi = timezone.localdate()
    pubblicato(PianoFactory(azienda=azienda, anno_inizio=oggi.year, anno_fine=oggi.year + 2), oggi)
    controllo, personale = incaricato(), incaricato(Ruolo.DIPENDENTE)
    assert [una.titolo for una in bacheca.scadenze(controllo)] == [
        "Da pubblicare: Piano della Performance"
    ]
    assert list(bacheca.scadenze(personale)) == []
    unita = UnitaFactory(organigramma=OrganigrammaFactory(azienda=azienda))
    azioni.affida(azienda, obbligo("piano"), ruolo="controllo_gestione", unita=unita, da=None)
    assert list(bacheca.scadenze(Utente.objects.get(pk=controllo.pk))) == []
    suo = IncaricoFactory(azienda=azienda, ruolo=Ruolo.CONTROLLO_GESTIONE, unita=unita).utente
    assert len(list(bacheca.scadenze(suo))) == 1
