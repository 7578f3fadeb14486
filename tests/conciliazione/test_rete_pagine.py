# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bodies, the composition, the territory, the public page of the network."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conciliazione.azioni import composizione as composizioni
from conciliazione.azioni.composizione import Semestre
from conciliazione.azioni.ente import scrivi_ente
from conciliazione.azioni.tempi import DelComune, chiedi_tempi, rispondi_tempi
from conciliazione.calcolo.codici import codice_fiscale_valido, compatto, partita_iva_valida
from conciliazione.models import (
    Adesione,
    ComposizioneRete,
    EdizioneConciliazione,
    Ente,
    PianoDeiTempi,
    ProgettoTempi,
    RilevazioneTempi,
)
from conciliazione.rete.composizione import prospetto
from piani.azioni.righe import Superata, impronta
from piani.models import Ruolo, Utente
from tests.factories_conciliazione import (
    AdesioneFactory,
    AmbitoFactory,
    AssociazioneFactory,
    ComuneFactory,
    EnteFactory,
    ImpresaFactory,
)

pytestmark = pytest.mark.django_db
Esito = RilevazioneTempi.Esito


@pytest.fixture
def rete(edizione: EdizioneConciliazione) -> list[Ente]:
    """Two municipalities, an association that left, a company; and a body that never joined."""
    dell_azienda = {"azienda": edizione.azienda}
    membri = [
        EnteFactory(nome="Comune Alfa", **dell_azienda),
        EnteFactory(nome="Comune Beta", **dell_azienda),
        AssociazioneFactory(nome="Associazione Gamma", **dell_azienda),
        ImpresaFactory(nome="Impresa Delta", **dell_azienda),
    ]
    for ente in membri:
        AdesioneFactory(ente=ente, dal=date(2020, 1, 1))
    Adesione.objects.filter(ente=membri[2]).update(al=date(2020, 9, 30))
    EnteFactory(nome="Comune Epsilon", **dell_azienda)
    return membri


def semestre(anno: int, quale: int, al: date) -> Semestre:
    return Semestre(anno, quale, al)


@pytest.mark.parametrize(
    ("codice", "giusto"),
    [
        ("01234567897", True), ("01234567890", False), ("00000000000", False), ("123", False),
        ("RSSMRA80A01F205X", True), ("RSSMRA80A01F205Z", False), ("", False),
    ],
)  # fmt: skip
def test_un_codice_fiscale_si_controlla(codice: str, giusto: bool) -> None:
    assert codice_fiscale_valido(codice) is giusto


def test_i_codici_si_scrivono_come_capita() -> None:
    assert compatto("it 012 345 678 97") == "01234567897"
    assert compatto("rssmra80a01f205x") == "RSSMRA80A01F205X"
    assert partita_iva_valida("01234567897")


def test_la_composizione_si_conta_e_approvata_si_ferma(
    edizione: EdizioneConciliazione, ufficio: Utente, rete: list[Ente]
) -> None:
    prima = composizioni.prepara(edizione, semestre(2020, 1, date(2020, 6, 30)), da=ufficio)
    dopo = composizioni.prepara(edizione, semestre(2020, 2, date(2020, 12, 31)), da=ufficio)
    assert [voce.contato for voce in prospetto(prima).voci] == [2, 0, 0, 1, 1, 0]
    assert prospetto(dopo).totale.contato == 3  # the association left on 30 September
    composizioni.approva(prima, da=ufficio)
    Adesione.objects.update(al=date(2020, 2, 1))
    prima = ComposizioneRete.objects.get(pk=prima.pk)
    assert prospetto(prima).totale.contato == 4
    assert prospetto(dopo).totale.contato == 0
    for azione in (composizioni.approva, composizioni.togli_composizione):
        with pytest.raises(ValidationError):
            azione(prima, da=ufficio)
    composizioni.togli_composizione(dopo, da=ufficio)
    assert list(ComposizioneRete.objects.all()) == [prima]


def test_lo_stampato_sta_accanto_al_contato(
    edizione: EdizioneConciliazione, ufficio: Utente, rete: list[Ente],
    entra: Callable[[Utente], Client],
) -> None:  # fmt: skip
    client = entra(ufficio)
    dati = {"anno": 2020, "semestre": 1, "al": "30/06/2020", "stampato_pubblico": 3,
            "stampato_profit": 1, "totale_stampato": 5}  # fmt: skip
    client.post(reverse("composizione_nuova", args=[edizione.slug]), dati)
    riga = ComposizioneRete.objects.get()
    quadro = prospetto(riga)
    assert (quadro.voci[0].differenza, quadro.voci[4].differenza, quadro.totale.differenza) == (
        1, 0, 1,
    )  # fmt: skip
    assert quadro.scarto_interno == 1
    pagina = client.get(reverse("composizione", args=[edizione.slug, riga.pk])).getvalue().decode()
    assert "non tornano, differenza 1." in pagina
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="grafico" role="img"' in pagina
    foglio = (
        client.get(reverse("composizione_csv", args=[edizione.slug, riga.pk])).getvalue().decode()
    )
    assert foglio.splitlines()[-1] == "Totale;5;4;1"
    assert client.post(
        reverse("composizione_nuova", args=[edizione.slug]), dati
    ).getvalue().decode().count("La composizione di quel semestre c&#x27;è già.") == 1  # fmt: skip


def test_un_giorno_fuori_dal_semestre_o_nel_futuro_si_dice(
    edizione: EdizioneConciliazione, ufficio: Utente
) -> None:
    with pytest.raises(ValidationError) as detto:
        composizioni.prepara(edizione, semestre(2020, 1, date(2020, 7, 1)), da=ufficio)
    assert list(detto.value.error_dict) == ["al"]
    futura = composizioni.prepara(edizione, semestre(2099, 1, date(2099, 6, 30)), da=ufficio)
    with pytest.raises(ValidationError, match="deve ancora venire"):
        composizioni.approva(futura, da=ufficio)


@pytest.mark.parametrize("quanti", [1, 3])
def test_le_liste_costano_uguale(
    edizione: EdizioneConciliazione, ufficio: Utente, entra: Callable[[Utente], Client],
    quanti: int,
) -> None:  # fmt: skip
    for _n in range(quanti):
        comune = ComuneFactory(ambito=AmbitoFactory(azienda=edizione.azienda))
        AdesioneFactory(ente=EnteFactory(azienda=edizione.azienda, comune=comune))
        ProgettoTempi.objects.create(azienda=edizione.azienda, comune=comune, titolo="Pedibus")
    chiedi_tempi(edizione, chiesta_il=timezone.localdate(), da=ufficio)
    composizioni.prepara(edizione, semestre(2020, 1, date(2020, 6, 30)), da=ufficio)
    client = entra(ufficio)
    avute = {}
    for nome in ("rete_enti", "rete_adesioni", "composizioni", "rete_ambiti", "rete_tempi",
                 "rete_enti_csv", "rete_ambiti_csv"):  # fmt: skip
        indirizzo = reverse(nome, args=[edizione.slug])
        client.get(indirizzo)
        with CaptureQueriesContext(connection) as fatte:
            assert client.get(indirizzo).status_code == 200, nome
        avute[nome] = len(fatte)
    assert avute == {
        "rete_enti": 8, "rete_adesioni": 7, "composizioni": 7, "rete_ambiti": 7, "rete_tempi": 7,
        "rete_enti_csv": 4, "rete_ambiti_csv": 6,
    }  # fmt: skip


def test_gli_enti_si_filtrano_per_tipo_dimensione_e_appartenenza(
    edizione: EdizioneConciliazione, ufficio: Utente, rete: list[Ente],
    entra: Callable[[Utente], Client],
) -> None:  # fmt: skip
    client, dove = entra(ufficio), reverse("rete_enti", args=[edizione.slug])

    def trovati(**filtri: str) -> list[str]:
        return [ente.nome for ente in client.get(dove, filtri).context["pagina"]]

    assert trovati(tipo="profit") == ["Impresa Delta"]
    assert trovati(dimensione="piccola") == ["Impresa Delta"]
    assert trovati(membro="no") == ["Associazione Gamma", "Comune Epsilon"]
    assert trovati(q="comune", membro="si") == ["Comune Alfa", "Comune Beta"]
    foglio = client.get(reverse("rete_enti_csv", args=[edizione.slug]), {"tipo": "profit"})
    assert foglio.getvalue().decode().splitlines()[1].startswith("Impresa Delta;")


def test_l_ufficio_scrive_chi_e_un_ente_il_referente_solo_i_recapiti(
    edizione: EdizioneConciliazione, ufficio: Utente, rete: list[Ente],
    referente_di: Callable[[Ente], Utente], entra: Callable[[Utente], Client],
) -> None:  # fmt: skip
    ente, suo = rete[3], referente_di(rete[3])
    scrivi_ente(ente, {"tipo": "non_profit"}, da=ufficio)
    ente.refresh_from_db()
    assert ente.natura == "privata_non_profit"
    scrivi_ente(ente, {"telefono": "02 1"}, da=suo)
    with pytest.raises(PermissionDenied):
        scrivi_ente(ente, {"nome": "Altro"}, da=suo)
    with pytest.raises(PermissionDenied):
        scrivi_ente(rete[0], {"telefono": "02 1"}, da=suo)
    client = entra(suo)
    pagina = client.get(reverse("rete_ente_modifica", args=[edizione.slug, ente.pk]))
    assert set(pagina.context["form"].fields) == {
        "dimensione", "addetti", "sede", "email", "pec", "telefono", "sito", "visto",
    }  # fmt: skip
    collega = client.get(reverse("rete_ente", args=[edizione.slug, rete[0].pk])).content.decode()
    assert "Recapiti" not in collega
    fuori = Ente.objects.get(nome="Comune Epsilon")
    assert client.get(reverse("rete_ente", args=[edizione.slug, fuori.pk])).status_code == 404


def test_due_che_salvano_lo_stesso_ente_se_ne_accorgono(ufficio: Utente, rete: list[Ente]) -> None:
    ente = rete[0]
    visto = impronta(ente)
    scrivi_ente(Ente.objects.get(pk=ente.pk), {"telefono": "02 1"}, visto=visto, da=ufficio)
    with pytest.raises(Superata):
        scrivi_ente(ente, {"telefono": "02 2"}, visto=visto, da=ufficio)


def test_la_rilevazione_dei_tempi(edizione: EdizioneConciliazione, ufficio: Utente) -> None:
    ambito = AmbitoFactory(azienda=edizione.azienda, comuni_stampati=3)
    primo, secondo = (ComuneFactory(ambito=ambito) for _n in range(2))
    (riga,) = chiedi_tempi(edizione, chiesta_il=date(2019, 12, 1), da=ufficio)
    assert riga.esito == Esito.NON_PERVENUTO
    with pytest.raises(ValidationError, match="Non ci sono altri ambiti"):
        chiedi_tempi(edizione, chiesta_il=date(2019, 12, 1), da=ufficio)
    adottato = {primo.pk: DelComune(adottato=True, anno=2010), secondo.pk: DelComune(False)}
    with pytest.raises(ValidationError, match="la risposta non può essere questa"):
        rispondi_tempi(riga, {"esito": Esito.NESSUNO}, adottato, da=ufficio)
    with pytest.raises(ValidationError, match="Nessuno dei comuni"):
        rispondi_tempi(riga, {"esito": Esito.VIGENTE}, adottato, da=ufficio)
    rispondi_tempi(riga, {"esito": Esito.NON_AGGIORNATO}, adottato, da=ufficio)
    (detto,) = PianoDeiTempi.objects.all()
    assert (detto.comune, detto.anno, detto.vigente) == (primo, 2010, False)


def test_la_risposta_sbagliata_in_un_comune_resta_scritta(
    edizione: EdizioneConciliazione, ufficio: Utente, entra: Callable[[Utente], Client]
) -> None:
    comune = ComuneFactory(ambito=AmbitoFactory(azienda=edizione.azienda))
    (riga,) = chiedi_tempi(edizione, chiesta_il=date(2019, 12, 1), da=ufficio)
    dove = reverse("rete_tempi_rispondi", args=[edizione.slug, riga.pk])
    dati = {"esito": Esito.VIGENTE, "testo": "Sì, dal 2015", f"c{comune.pk}-vigente": "on",
            f"c{comune.pk}-anno": "2015"}  # fmt: skip
    pagina = entra(ufficio).post(dove, dati).content.decode()
    assert "È vigente solo un Piano adottato" in pagina
    assert "Sì, dal 2015" in pagina
    assert not PianoDeiTempi.objects.exists()
    dati |= {f"c{comune.pk}-adottato": "on", "visto": impronta(riga)}
    entra(ufficio).post(dove, dati)
    riga.refresh_from_db()
    assert (riga.esito, PianoDeiTempi.objects.get().anno) == (Esito.VIGENTE, 2015)


def test_la_pagina_pubblica_dice_i_numeri_e_non_le_persone(
    edizione: EdizioneConciliazione, rete: list[Ente], client: Client,
    referente_di: Callable[[Ente], Utente],
) -> None:  # fmt: skip
    suo = referente_di(rete[0])
    Ente.objects.filter(pk=rete[0].pk).update(email="segreta@example.org", telefono="02 77")
    pagina = (
        client.get(reverse("rete_pubblica", args=[edizione.azienda.codice])).getvalue().decode()
    )
    assert "3 enti" in pagina
    for privato in ("segreta@example.org", "02 77", suo.last_name, suo.email, "Comune Alfa"):
        assert privato not in pagina
    foglio = client.get(reverse("rete_pubblica_csv", args=[edizione.azienda.codice]))
    assert foglio.getvalue().decode().splitlines()[-1] == "Totale;3"


def test_il_territorio_lo_scrive_solo_l_ufficio(
    edizione: EdizioneConciliazione, ufficio: Utente, con_incarico: Callable[..., Utente],
    entra: Callable[[Utente], Client],
) -> None:  # fmt: skip
    dove = reverse("rete_ambito_nuovo", args=[edizione.slug])
    dati = {"nome": "Lodi", "codice": "lodi", "ordine": 1, "comuni_stampati": 61}
    assert entra(con_incarico(Ruolo.DIREZIONE)).post(dove, dati).status_code == 403
    client = entra(ufficio)
    client.post(dove, dati)
    ambito = edizione.azienda.ambiti.get()
    client.post(
        reverse("rete_comune_nuovo", args=[edizione.slug, ambito.pk]),
        {"nome": "Codogno", "ambito": ambito.pk, "abitanti": 15000},
    )
    pagina = client.get(reverse("rete_ambito", args=[edizione.slug, ambito.pk])).content.decode()
    assert "La fonte ne stampa 61: differenza 60." in pagina
    doppio = client.post(dove, dati).content.decode()
    assert "C&#x27;è già quell&#x27;ambito." in doppio
