# SPDX-License-Identifier: AGPL-3.0-or-later
"""A project from its financed proposal to its end: agreement, signatures, steps, papers."""

from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conciliazione.azioni import accordo as accordi
from conciliazione.azioni import azione_piano, azione_progetto, documento_progetto
from conciliazione.azioni import progetto as azioni
from conciliazione.azioni.revoca import revoca_progetto
from conciliazione.calcolo.gantt import Lavoro, gantt
from conciliazione.models import (
    Accordo,
    EdizioneConciliazione,
    FirmaAccordo,
    Progetto,
)
from conciliazione.progetti.bacheca import cose_da_fare
from piani.models import Evento, Ruolo, Utente
from tests.conciliazione.progetti_fonte import finanziata
from tests.factories_conciliazione import (
    AccordoFactory,
    AzioneDiPianoFactory,
    AzioneProgettoFactory,
    EdizioneConciliazioneFactory,
    EnteFactory,
    ManifestazioneFactory,
    PartnerFactory,
    ProgettoFactory,
    PropostaFactory,
    ReferenteFactory,
    SpesaFactory,
    VoceBudgetFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def progetto(edizione: EdizioneConciliazione) -> Progetto:
    """A project to start, with one confirmed partner."""
    bando = ManifestazioneFactory(edizione=edizione, chiusa=True, stato="conclusa")
    proposta = PropostaFactory(manifestazione=bando, presentata=True, stato="finanziata")
    PartnerFactory(proposta=proposta)
    return ProgettoFactory(proposta=proposta, stato="da_avviare")


def firmato(progetto: Progetto) -> Accordo:
    return AccordoFactory(
        progetto=progetto, stato="sottoscritto", sottoscritto_il=date(2021, 1, 1), testo="Testo"
    )


def test_dalla_proposta_finanziata_nasce_il_progetto_con_azioni_e_budget(
    edizione: EdizioneConciliazione, ufficio: Utente
) -> None:
    nuovo = azioni.crea_progetto(finanziata(edizione), da=ufficio)
    assert (nuovo.costo, nuovo.contributo) == (Decimal("100000.00"), Decimal("68000.00"))
    assert (nuovo.numero, nuovo.stato, nuovo.dal) == (1, "da_avviare", date(2021, 1, 1))
    assert [(a.ordine, a.persone, a.budget.get().importo) for a in nuovo.azioni.all()] == [
        (1, 50, Decimal("60000.00")),
        (2, 50, Decimal("40000.00")),
    ]
    assert Evento.objects.filter(tipo="conc_progetto.creato").count() == 1
    with pytest.raises(ValidationError, match="ha già il suo progetto"):
        azioni.crea_progetto(nuovo.proposta, da=ufficio)


def test_senza_un_riparto_scelto_non_nasce_un_progetto(
    edizione: EdizioneConciliazione, ufficio: Utente
) -> None:
    proposta = finanziata(edizione)
    proposta.riparti.all().delete()
    with pytest.raises(ValidationError, match="Nessun riparto in vigore"):
        azioni.crea_progetto(proposta, da=ufficio)
    assert not Progetto.objects.exists()


def test_ogni_ente_firma_con_il_suo_referente_e_l_ultima_firma_sottoscrive(
    progetto: Progetto, ufficio: Utente
) -> None:
    capofila = ReferenteFactory(ente=progetto.capofila).utente
    socio = progetto.proposta.partner.get().ente
    partner = ReferenteFactory(ente=socio).utente
    accordo = accordi.scrivi_accordo(
        progetto, genere="partenariato", testo="Ciascuno fa la sua parte.", da=capofila
    )
    accordi.manda_alla_firma(accordo, da=capofila)
    firme = {una.ente_id: una for una in accordo.firme.all()}
    assert set(firme) == {progetto.capofila_id, socio.pk}
    with pytest.raises(PermissionDenied):
        accordi.firma(firme[socio.pk], da=capofila)
    with pytest.raises(PermissionDenied):
        accordi.firma(firme[socio.pk], da=ufficio)
    accordi.firma(firme[progetto.capofila_id], da=capofila)
    accordo.refresh_from_db()
    assert accordo.stato == "alla_firma"
    with pytest.raises(ValidationError, match="ha già firmato"):
        accordi.firma(firme[progetto.capofila_id], da=capofila)
    accordi.firma(firme[socio.pk], da=partner)
    accordo.refresh_from_db()
    assert (accordo.stato, accordo.sottoscritto_il) == ("sottoscritto", timezone.localdate())
    assert FirmaAccordo.objects.get(ente=socio).firmata_da == partner


def test_chi_deve_firmare_e_chi_deve_avviare_lo_trova_fra_le_cose_da_fare(
    progetto: Progetto, ufficio: Utente
) -> None:
    referente = ReferenteFactory(ente=progetto.capofila).utente
    accordo = accordi.scrivi_accordo(progetto, genere="convenzione", testo="T", da=ufficio)
    assert [cosa.titolo for cosa in cose_da_fare(referente)] == []
    accordi.manda_alla_firma(accordo, da=ufficio)
    assert [cosa.titolo for cosa in cose_da_fare(referente)] == [
        f"{progetto.capofila}: un accordo da firmare"
    ]
    assert list(cose_da_fare(ufficio)) == []
    firmato(progetto)
    assert [cosa.titolo for cosa in cose_da_fare(ufficio)] == ["Un progetto si può avviare"]


def test_un_partner_che_non_ha_risposto_ferma_la_firma(progetto: Progetto) -> None:
    capofila = ReferenteFactory(ente=progetto.capofila).utente
    invitato = PartnerFactory(proposta=progetto.proposta, stato="invitato")
    accordo = accordi.scrivi_accordo(progetto, genere="partenariato", testo="Testo", da=capofila)
    with pytest.raises(ValidationError, match=str(invitato.ente)):
        accordi.manda_alla_firma(accordo, da=capofila)
    assert not accordo.firme.exists()


def test_tornando_in_bozza_le_firme_cadono_e_restano_scritte(
    progetto: Progetto, ufficio: Utente
) -> None:
    accordo = accordi.scrivi_accordo(progetto, genere="convenzione", testo="Testo", da=ufficio)
    accordi.manda_alla_firma(accordo, da=ufficio)
    accordi.firma(accordo.firme.get(), da=ReferenteFactory(ente=progetto.capofila).utente)
    accordo.refresh_from_db()
    assert accordo.stato == "sottoscritto"
    with pytest.raises(ValidationError, match="Scrivi perché"):
        accordi.sciogli_accordo(accordo, motivo=" ", da=ufficio)
    accordi.sciogli_accordo(accordo, motivo="Testo da rifare", da=ufficio)
    altro = accordi.scrivi_accordo(progetto, genere="convenzione", testo="Nuovo", da=ufficio)
    accordi.manda_alla_firma(altro, da=ufficio)
    accordi.riporta_accordo_in_bozza(altro, motivo="Manca un allegato", da=ufficio)
    assert not altro.firme.exists()


def test_dalla_pagina_si_riscrive_lo_stesso_accordo_finche_e_in_bozza(
    progetto: Progetto, ufficio: Utente, client: Client
) -> None:
    client.force_login(ufficio)
    qui = reverse("progetto_accordo", args=[progetto.pk, "convenzione"])
    for testo in ("Prima stesura", "Seconda stesura"):
        assert client.post(qui, {"testo": testo}).status_code == 302
    assert progetto.accordi.get().testo == "Seconda stesura"
    with pytest.raises(ValidationError, match="ha già un accordo di quel genere"):
        accordi.scrivi_accordo(progetto, genere="convenzione", testo="Terza", da=ufficio)
    accordi.manda_alla_firma(progetto.accordi.get(), da=ufficio)
    assert "solo quando è «Bozza»" in unescape(client.post(qui, {"testo": "T"}).content.decode())


def test_il_capofila_non_scrive_la_convenzione(progetto: Progetto) -> None:
    capofila = ReferenteFactory(ente=progetto.capofila).utente
    with pytest.raises(PermissionDenied):
        accordi.scrivi_accordo(progetto, genere="convenzione", testo="Mia", da=capofila)


def test_senza_accordo_sottoscritto_il_progetto_non_si_avvia(
    progetto: Progetto, ufficio: Utente
) -> None:
    with pytest.raises(ValidationError, match="sottoscrivono l'accordo"):
        azioni.avvia_progetto(progetto, dal=date(2021, 2, 1), da=ufficio)
    firmato(progetto)
    azioni.avvia_progetto(progetto, dal=date(2021, 2, 1), da=ufficio)
    assert (progetto.stato, progetto.dal) == ("in_corso", date(2021, 2, 1))


def test_un_progetto_si_sospende_riprende_e_conclude(progetto: Progetto, ufficio: Utente) -> None:
    firmato(progetto)
    azioni.avvia_progetto(progetto, dal=date(2021, 2, 1), da=ufficio)
    with pytest.raises(ValidationError, match="Scrivi il motivo"):
        azioni.sospendi_progetto(progetto, motivo="", da=ufficio)
    azioni.sospendi_progetto(progetto, motivo="Sede chiusa", da=ufficio)
    with pytest.raises(ValidationError, match="non può diventare «Concluso»"):
        azioni.concludi_progetto(progetto, giorno=date(2022, 1, 1), da=ufficio)
    azioni.riprendi_progetto(progetto, da=ufficio)
    assert (progetto.stato, progetto.motivo) == ("in_corso", "")
    with pytest.raises(ValidationError, match="cominciato dopo"):
        azioni.concludi_progetto(progetto, giorno=date(2021, 1, 1), da=ufficio)
    azioni.concludi_progetto(progetto, giorno=date(2022, 12, 31), da=ufficio)
    assert (progetto.stato, progetto.concluso_il) == ("concluso", date(2022, 12, 31))


def test_la_revoca_porta_atto_e_motivo(progetto: Progetto, ufficio: Utente) -> None:
    with pytest.raises(ValidationError, match="Scrivi l'atto"):
        revoca_progetto(progetto, motivo="Rinuncia", atto="", da=ufficio)
    revoca_progetto(progetto, motivo="Rinuncia", atto="Decreto n. 1", da=ufficio)
    assert (progetto.stato, progetto.motivo) == ("revocato", "Rinuncia (Decreto n. 1)")


@pytest.mark.parametrize("ruolo", [Ruolo.NUCLEO, Ruolo.DIREZIONE])
def test_chi_legge_non_conduce_i_progetti(
    progetto: Progetto, con_incarico: object, ruolo: Ruolo
) -> None:
    lettore = con_incarico(ruolo)  # type: ignore[operator]
    with pytest.raises(PermissionDenied):
        revoca_progetto(progetto, motivo="x", atto="y", da=lettore)


def test_il_budget_sta_nel_costo_e_sopra_le_spese(progetto: Progetto, ufficio: Utente) -> None:
    azione = AzioneProgettoFactory(progetto=progetto)
    azione_progetto.scrivi_budget(azione, categoria="servizi", importo=Decimal("90000"), da=ufficio)
    with pytest.raises(ValidationError, match=r"il budget è 110\.000,00 €"):
        azione_progetto.scrivi_budget(
            azione, categoria="beni", importo=Decimal("20000"), da=ufficio
        )
    SpesaFactory(voce=azione.budget.get(), importo=Decimal("500"))
    with pytest.raises(ValidationError, match="già inserite spese per 500,00 €"):
        azione_progetto.scrivi_budget(
            azione, categoria="servizi", importo=Decimal("400"), da=ufficio
        )
    with pytest.raises(ValidationError, match="non è fra quelle"):
        azione_progetto.scrivi_budget(azione, categoria="altra", importo=Decimal(1), da=ufficio)


def test_azioni_e_attivita_stanno_nel_periodo(progetto: Progetto) -> None:
    capofila = ReferenteFactory(ente=progetto.capofila).utente
    azione = AzioneProgettoFactory(progetto=progetto)
    campi = {"descrizione": "", "persone": 5, "imprese": None}
    with pytest.raises(ValidationError, match="Comincia prima del progetto"):
        azione_progetto.modifica_azione(
            azione, dal=date(2020, 1, 1), al=date(2021, 6, 1), da=capofila, **campi
        )
    azione_progetto.modifica_azione(
        azione, dal=date(2021, 2, 1), al=date(2021, 6, 1), da=capofila, **campi
    )
    azione.refresh_from_db()
    with pytest.raises(ValidationError, match="Finisce dopo la fine dell'azione"):
        azione_progetto.aggiungi_attivita(
            azione, nome="Corso", dal=date(2021, 3, 1), al=date(2021, 7, 1), da=capofila
        )
    azione_progetto.aggiungi_attivita(
        azione, nome="Corso", dal=date(2021, 3, 1), al=date(2021, 4, 1), da=capofila
    )
    assert azione.attivita.get().ordine == 1
    azione_progetto.togli_attivita(azione.attivita.get(), da=capofila)
    assert not azione.attivita.exists()


def test_il_calendario_ha_un_mese_per_colonna() -> None:
    quadro = gantt(
        [
            Lavoro("Corso", date(2021, 11, 15), date(2022, 1, 2)),
            Lavoro("Prima", date(2021, 12, 1), date(2021, 12, 31), 1),
            Lavoro("Senza date", None, date(2022, 1, 1)),
        ]
    )
    assert quadro is not None
    assert [f"{m:%m/%Y}" for m in quadro.mesi] == ["11/2021", "12/2021", "01/2022"]
    assert quadro.anni == ((2021, 2), (2022, 1))
    assert [(b.prima, b.mesi, b.dopo) for b in quadro.barre] == [(0, 3, 0), (1, 1, 1)]
    assert gantt([]) is None
    assert gantt([Lavoro("Troppo", date(1900, 1, 1), date(2021, 1, 1))]) is None


def test_un_documento_si_conserva_una_volta_e_si_scarica(
    progetto: Progetto, client: Client
) -> None:
    capofila = ReferenteFactory(ente=progetto.capofila).utente
    carta = SimpleUploadedFile("relazione.txt", b"Che cosa abbiamo fatto")
    mio = documento_progetto.carica_documento(progetto, genere="relazione", file=carta, da=capofila)
    ancora = SimpleUploadedFile("altra.txt", b"Che cosa abbiamo fatto")
    with pytest.raises(ValidationError, match="c'è già"):
        documento_progetto.carica_documento(progetto, genere="altro", file=ancora, da=capofila)
    client.force_login(capofila)
    risposta = client.get(reverse("progetto_documento", args=[mio.pk]))
    assert risposta.content == b"Che cosa abbiamo fatto"
    assert risposta["Content-Disposition"] == 'attachment; filename="relazione.txt"'
    client.force_login(ReferenteFactory(ente=EnteFactory()).utente)
    assert client.get(reverse("progetto_documento", args=[mio.pk])).status_code == 404


def test_il_referente_di_un_altro_ente_non_vede_il_progetto(
    progetto: Progetto, client: Client
) -> None:
    altro = EnteFactory(azienda=progetto.azienda)
    for ente, atteso in ((altro, 404), (progetto.capofila, 200)):
        client.force_login(ReferenteFactory(ente=ente).utente)
        assert client.get(reverse("progetto", args=[progetto.pk])).status_code == atteso


def test_il_partner_vede_il_bottone_per_firmare_solo_per_se(
    progetto: Progetto, client: Client, ufficio: Utente
) -> None:
    accordo = accordi.scrivi_accordo(progetto, genere="partenariato", testo="T", da=ufficio)
    accordi.manda_alla_firma(accordo, da=ufficio)
    socio = progetto.proposta.partner.get().ente
    client.force_login(ReferenteFactory(ente=socio).utente)
    pagina = client.get(reverse("progetto", args=[progetto.pk])).content.decode()
    assert f"Firma per {socio}" in pagina
    assert f"Firma per {progetto.capofila}" not in pagina
    firma = accordo.firme.get(ente=socio)
    risposta = client.post(reverse("progetto_firma", args=[firma.pk]), follow=True)
    assert f"Firmato per {socio}." in risposta.content.decode()


def test_un_azione_di_piano_cresce_con_i_suoi_incontri(
    edizione: EdizioneConciliazione, ufficio: Utente, client: Client
) -> None:
    client.force_login(ufficio)
    risposta = client.post(
        reverse("azione_piano_nuova", args=[edizione.slug]),
        {"genere": "trasversale", "titolo": "Smart working", "importo": "1.500,50"},
    )
    azione = edizione.azioni_di_piano.get()
    assert risposta.url == reverse("azione_piano", args=[azione.pk])
    assert (azione.ordine, azione.importo) == (1, Decimal("1500.50"))
    client.post(reverse("azione_piano_stato", args=[azione.pk]), {"stato": "in_corso"})
    azione.refresh_from_db()
    assert azione.avviata_il == timezone.localdate()
    futuro = {"giorno": "2999-01-01", "tema": "Primo tavolo"}
    pagina = client.post(reverse("azione_piano_incontro", args=[azione.pk]), futuro)
    assert "dopo che c&#x27;è stato" in pagina.content.decode()
    client.post(
        reverse("azione_piano_incontro", args=[azione.pk]),
        {"giorno": "2021-03-01", "tema": "Primo tavolo", "partecipanti": "12"},
    )
    assert azione.incontri.get().partecipanti == 12
    with pytest.raises(ValidationError, match="già cominciata"):
        azione_piano.togli_azione_di_piano(azione, da=ufficio)


def test_i_passi_e_i_dati_si_fanno_dalle_pagine(
    progetto: Progetto, ufficio: Utente, client: Client
) -> None:
    client.force_login(ufficio)
    passo = reverse("progetto_passo", args=[progetto.pk, "avvia"])
    assert "sottoscrivono" in client.post(passo, {"dal": "2021-02-01"}).content.decode()
    firmato(progetto)
    assert client.post(passo, {"dal": "2021-02-01"}).status_code == 302
    dati = {"cup": "b41b21000010002", "atto_concessione": "Decreto n. 7 del 1/2/2021"}
    client.post(reverse("progetto_modifica", args=[progetto.pk]), dati)
    progetto.refresh_from_db()
    assert (progetto.stato, progetto.cup) == ("in_corso", "B41B21000010002")
    assert client.get(reverse("progetto_passo", args=[progetto.pk, "vola"])).status_code == 404


@pytest.mark.parametrize("quanti", [1, 3])
def test_le_pagine_chiedono_lo_stesso_con_una_riga_e_con_tre(
    edizione: EdizioneConciliazione,
    ufficio: Utente,
    client: Client,
    quanti: int,
    django_assert_max_num_queries: object,
) -> None:
    bando = ManifestazioneFactory(edizione=edizione, chiusa=True)
    for _n in range(quanti):
        mio = ProgettoFactory(
            proposta=PropostaFactory(manifestazione=bando, presentata=True, stato="finanziata")
        )
        AzioneDiPianoFactory(edizione=edizione)
        for _m in range(quanti):
            VoceBudgetFactory(azione=AzioneProgettoFactory(progetto=mio))
        PartnerFactory(proposta=mio.proposta)
    client.force_login(ufficio)
    with django_assert_max_num_queries(22):  # type: ignore[operator]
        client.get(reverse("conciliazione_progetti", args=[edizione.slug]))
    with django_assert_max_num_queries(28):  # type: ignore[operator]
        client.get(reverse("progetto", args=[mio.pk]))


def test_le_pagine_vuote_dicono_che_cosa_fare(
    edizione: EdizioneConciliazione, ufficio: Utente, client: Client
) -> None:
    client.force_login(ufficio)
    pagina = client.get(reverse("conciliazione_progetti", args=[edizione.slug]))
    assert "I progetti nascono dalle proposte finanziate" in pagina.content.decode()
    vecchia = EdizioneConciliazioneFactory()
    altra = reverse("conciliazione_progetti", args=[vecchia.slug])
    assert client.get(altra).status_code == 404
