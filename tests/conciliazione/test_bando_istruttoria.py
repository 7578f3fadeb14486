# SPDX-License-Identifier: AGPL-3.0-or-later
"""After the closing: admitted or not, worked on together, merged; versions side by side."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from conciliazione.azioni import istruttoria, partner, presentazione
from conciliazione.azioni import proposta as azioni
from conciliazione.bando.bacheca import cose_da_fare
from conciliazione.bando.fotografia import fotografia_di
from conciliazione.calcolo.confronto import confronta
from conciliazione.conti import versione_di
from conciliazione.models import (
    Cofinanziamento,
    CostoAzione,
    EdizioneConciliazione,
    ManifestazioneInteresse,
    Partner,
    Proposta,
)
from piani.models import Evento, Ruolo, Utente
from tests.factories_conciliazione import (
    AdesioneFactory,
    AzionePropostaFactory,
    EnteFactory,
    ManifestazioneFactory,
    PartnerFactory,
    PropostaFactory,
    ReferenteFactory,
    VersioneFactory,
    fa,
)

pytestmark = pytest.mark.django_db
Stato = Proposta.Stato
D = Decimal


@pytest.fixture
def bando(edizione: EdizioneConciliazione) -> ManifestazioneInteresse:
    return ManifestazioneFactory(edizione=edizione, chiusa=True)


def inviata(
    bando: ManifestazioneInteresse, numero: int, nome: str, costo: int = 150000, **altro: object
) -> Proposta:
    """A proposal that was sent, with one action: 70 % is asked, the capofila gives the rest."""
    ente = AdesioneFactory(ente=EnteFactory(azienda=bando.azienda, nome=nome)).ente
    proposta = PropostaFactory(
        manifestazione=bando, capofila=ente, presentata=True, numero=numero,
        titolo=f"Progetto {numero}", **altro,
    )  # fmt: skip
    versione = VersioneFactory(
        proposta=proposta, titolo=f"Progetto {numero}", chiusa_il=fa(days=2),
        finalita=[bando.edizione.regole.finalita[0].codice], dal=date(2021, 1, 1),
        al=date(2022, 12, 31), contributo=D(costo) * 7 / 10, costo_dichiarato=D(costo),
    )  # fmt: skip
    azione = AzionePropostaFactory(
        versione=versione, titolo=f"Azione {numero}", persone=10, imprese=1
    )
    CostoAzione.objects.create(azione=azione, categoria="servizi", importo=D(costo))
    Cofinanziamento.objects.create(
        versione=versione, ente=ente, forma="denaro", importo=D(costo) * 3 / 10
    )
    return proposta


def test_ammessa_o_non_ammessa_con_il_motivo(
    client: Client, ufficio: Utente, bando: ManifestazioneInteresse
) -> None:
    buona, altra = inviata(bando, 1, "Comune Uno"), inviata(bando, 2, "Comune Due")
    client.force_login(ufficio)
    client.post(reverse("proposta_istruttoria", args=[buona.pk]), {"esito": "ammetti"})
    indirizzo = reverse("proposta_istruttoria", args=[altra.pk])
    form = client.post(indirizzo, {"esito": "non_ammettere", "motivo": ""}).context["form"]
    assert form.errors["motivo"] == ["Scrivi perché la proposta non è ammessa."]
    client.post(indirizzo, {"esito": "non_ammettere", "motivo": "Manca l'accordo"})
    assert list(Proposta.objects.values_list("stato", "motivo")) == [
        ("ammessa", ""), ("non_ammessa", "Manca l'accordo")
    ]  # fmt: skip
    with pytest.raises(ValidationError, match="Scrivi perché adesso è ammessa"):
        istruttoria.ammetti(altra, da=ufficio)
    istruttoria.ammetti(altra, motivo="Accordo arrivato", da=ufficio)
    assert altra.stato == Stato.AMMESSA


def test_prima_della_chiusura_non_si_istruisce(
    ufficio: Utente, edizione: EdizioneConciliazione
) -> None:
    aperta = ManifestazioneFactory(edizione=edizione)
    proposta = inviata(aperta, 1, "Comune Uno")
    with pytest.raises(ValidationError, match="sono sigillate"):
        istruttoria.ammetti(proposta, da=ufficio)
    chiusa = ManifestazioneFactory(edizione=edizione, chiude_il=fa(hours=1))
    with pytest.raises(ValidationError, match="solo quando è «In valutazione»"):
        istruttoria.ammetti(inviata(chiusa, 1, "Comune Due"), da=ufficio)


def test_solo_l_ufficio_istruisce(
    con_incarico: Callable[..., Utente], bando: ManifestazioneInteresse
) -> None:
    proposta = inviata(bando, 1, "Comune Uno")
    suo = ReferenteFactory(ente=proposta.capofila).utente
    for altro in (suo, con_incarico(Ruolo.DIREZIONE), con_incarico(Ruolo.NUCLEO)):
        with pytest.raises(PermissionDenied):
            istruttoria.ammetti(proposta, da=altro)
        with pytest.raises(PermissionDenied):
            istruttoria.fondi(proposta, [proposta], titolo="", motivo="x", da=altro)


def test_la_coprogettazione_riapre_una_versione_e_le_due_si_confrontano(
    client: Client, ufficio: Utente, bando: ManifestazioneInteresse
) -> None:
    proposta = inviata(bando, 1, "Comune Uno")
    rita = ReferenteFactory(ente=proposta.capofila).utente
    istruttoria.ammetti(proposta, da=ufficio)
    client.force_login(ufficio)
    client.post(reverse("proposta_coprogetta", args=[proposta.pk]), {"motivo": "Costi da ridurre"})
    proposta.refresh_from_db()
    assert proposta.stato == Stato.IN_COPROGETTAZIONE
    assert [cosa.titolo for cosa in cose_da_fare(rita)] == ["Rivedi la proposta «Progetto 1»"]
    nuova = proposta.versioni.get(chiusa_il__isnull=True)
    assert (nuova.numero, nuova.motivo) == (2, "Costi da ridurre")
    assert versione_di(proposta).numero == 1

    azione = nuova.azioni.get()
    azioni.scrivi_azione(
        nuova, azione, titolo="Azione 1", intervento="b2", persone=12, imprese=1,
        costi={"servizi": D(70000), "personale": D(50000)}, visto=0, da=rita,
    )  # fmt: skip
    client.force_login(rita)
    consegna = reverse("proposta_presenta", args=[proposta.pk])
    pagina = client.post(consegna).content.decode()
    assert "dichiarato 150.000,00 €, le righe fanno 120.000,00 €" in pagina
    apporto = azioni.Apporto(proposta.capofila, "denaro", D(36000))
    azioni.scrivi_risorse(
        nuova, contributo=D(84000), costo_dichiarato=D(120000), apporti=[apporto], visto=1, da=rita
    )
    client.post(consegna)
    proposta.refresh_from_db()
    assert proposta.stato == Stato.AMMESSA
    assert versione_di(proposta).numero == 2

    client.force_login(ufficio)
    pagina = client.get(reverse("proposta_versioni", args=[proposta.pk])).content.decode()
    assert "-30.000,00" in pagina
    assert "10 → 12" in pagina
    prima, dopo = proposta.versioni.all()
    confronto = confronta(fotografia_di(prima), fotografia_di(dopo), {"servizi": "Servizi"})
    assert [(uno.voce, uno.prima, uno.dopo, uno.differenza) for uno in confronto.categorie] == [
        ("Servizi", D("150000.00"), D("70000.00"), D("-80000.00")),
        ("personale", None, D("50000.00"), D("50000.00")),
    ]


def test_quattro_proposte_in_una_tenendo_la_storia(
    client: Client, ufficio: Utente, bando: ManifestazioneInteresse
) -> None:
    """As in 2017: Magenta, Rho and Castano end in Legnano."""
    legnano, magenta, rho, castano = (
        inviata(bando, numero, nome, costo)
        for numero, nome, costo in (
            (5, "Legnano", 60000), (7, "Magenta", 40000), (8, "Rho", 30000), (6, "Castano", 20000),
        )
    )  # fmt: skip
    tutte = [legnano, magenta, rho, castano]
    for una in tutte:
        istruttoria.ammetti(una, da=ufficio)
    PartnerFactory(proposta=magenta, ente__nome="Associazione Insieme")
    client.force_login(ufficio)
    indirizzo = reverse("bando_fusione", args=[bando.pk])
    dati = {
        "rimane": legnano.pk, "altre": [legnano.pk], "titolo": "E-net", "motivo": "Un territorio",
    }  # fmt: skip
    form = client.post(indirizzo, dati).context["form"]
    assert "diversa da quella in cui confluiscono" in form.errors["altre"][0]
    client.post(indirizzo, dati | {"altre": [magenta.pk, rho.pk, castano.pk]})

    for una in tutte:
        una.refresh_from_db()
    assert [una.stato for una in tutte] == ["in_coprogettazione", "fusa", "fusa", "fusa"]
    assert {una.confluita_in for una in tutte[1:]} == {legnano}
    assert [una.versioni.get().contributo for una in tutte[1:]] == [
        D("28000.00"), D("21000.00"), D("14000.00")
    ]  # fmt: skip
    unica = legnano.versioni.get(chiusa_il__isnull=True)
    assert (legnano.titolo, unica.contributo, unica.costo_dichiarato) == (
        "E-net", D("105000.00"), D("150000.00")
    )  # fmt: skip
    assert [una.titolo for una in unica.azioni.all()] == [
        "Azione 5", "Azione 7", "Azione 8", "Azione 6"
    ]  # fmt: skip
    stati = dict(legnano.partner.values_list("ente__nome", "stato"))
    assert stati == {
        "Magenta": "invitato", "Rho": "invitato", "Castano": "invitato",
        "Associazione Insieme": "confermato",
    }  # fmt: skip
    lia = ReferenteFactory(ente=legnano.capofila).utente
    with pytest.raises(ValidationError, match="non ha ancora risposto: Castano, Magenta, Rho"):
        presentazione.consegna(legnano, da=lia)
    AdesioneFactory(ente=legnano.partner.get(ente__nome="Associazione Insieme").ente)
    for uno in legnano.partner.filter(stato=Partner.Stato.INVITATO):
        partner.rispondi(uno, accetta=True, da=ReferenteFactory(ente=uno.ente).utente)
    presentazione.consegna(legnano, da=lia)
    legnano.refresh_from_db()
    assert legnano.stato == Stato.AMMESSA
    pagina = client.get(reverse("proposta", args=[magenta.pk])).content.decode()
    assert "Confluita in:" in pagina
    elenco = client.get(reverse("bando_avviso", args=[bando.pk])).content.decode()
    assert "Totale di 1 proposta presentata" in elenco
    assert Evento.objects.get(tipo="conc_proposta.fuse").dati["numeri"] == [7, 8, 6]
