# SPDX-License-Identifier: AGPL-3.0-or-later
"""People and incarichi: who may, what is refused and why, what stays in the register."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from piani import azioni
from piani.azioni.persona import nome_utente_libero
from piani.models import Azienda, Evento, Invito, Ruolo, Utente
from tests.factories import (
    IncaricoFactory,
    InvitoFactory,
    OrganigrammaFactory,
    UnitaFactory,
    UtenteFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
DAL = date(2026, 1, 1)


def crea(azienda: Azienda, da: Utente | None, **altro: Any) -> Utente:
    dati: dict[str, Any] = {
        "nome": "Ada",
        "cognome": "Prova",
        "email": "ada@example.org",
        "ruolo": Ruolo.RESPONSABILE_CDR,
        "dove": azioni.Dove(dal=DAL),
    }
    return azioni.crea_persona(azienda, **dati | altro, da=da)


# A new person ------------------------------------------------------------------------------------


def test_una_persona_nasce_con_il_suo_incarico_e_il_suo_invito(
    azienda: Azienda, amministratore: Utente
) -> None:
    ada = crea(azienda, amministratore, email=" Ada@Example.org ")
    assert (ada.username, ada.email, ada.has_usable_password()) == (
        "ada.prova",
        "ada@example.org",
        False,
    )
    incarico = ada.incarichi.get()
    assert (incarico.azienda, incarico.ruolo, incarico.dal) == (azienda, "responsabile_cdr", DAL)
    assert ada.inviti.get().da == amministratore
    assert [(e.tipo, e.da) for e in Evento.objects.order_by("pk")] == [
        ("utente.creato", amministratore),
        ("incarico.assegnato", amministratore),
        ("invito.fatto", amministratore),
    ]


def test_chi_entra_con_le_credenziali_dell_ente_non_riceve_inviti(
    azienda: Azienda, amministratore: Utente
) -> None:
    assert not crea(azienda, amministratore, spedisci=False).inviti.exists()


@pytest.mark.parametrize(
    ("nome", "cognome", "atteso"),
    [
        ("Niccolò", "D’Àrco", "niccolo.darco"),
        ("Anna Maria", "De Rossi", "annamaria.derossi"),
        ("", "", "persona"),
        ("Éva", "Þór", "eva.or"),
    ],
)
def test_il_nome_utente_e_in_lettere_semplici(
    db: None, nome: str, cognome: str, atteso: str
) -> None:
    assert nome_utente_libero(nome, cognome) == atteso


def test_al_nome_utente_gia_preso_si_aggiunge_un_numero(
    azienda: Azienda, amministratore: Utente
) -> None:
    UtenteFactory(username="Ada.Prova")
    UtenteFactory(username="ada.prova2")
    assert crea(azienda, amministratore).username == "ada.prova3"


@pytest.mark.parametrize(
    ("campi", "campo"),
    [
        ({"email": "PRESA@example.org"}, "email"),
        ({"email": "non è una posta"}, "email"),
        ({"username": "con spazi"}, "username"),
        ({"dove": azioni.Dove(dal=DAL, al=date(2025, 1, 1))}, "al"),
        ({"dove": azioni.Dove(dal=DAL, anno_da=2022)}, "anno_da"),
    ],
)
def test_cio_che_non_va_non_scrive_niente(
    azienda: Azienda, amministratore: Utente, campi: dict[str, Any], campo: str
) -> None:
    UtenteFactory(email="presa@example.org")
    quanti = Utente.objects.count()
    with pytest.raises(ValidationError) as errore:
        crea(azienda, amministratore, **campi)
    assert set(errore.value.error_dict) == {campo}
    assert (Utente.objects.count(), Evento.objects.count()) == (quanti, 0)


def test_il_nome_utente_e_unico_senza_guardare_le_maiuscole(
    azienda: Azienda, amministratore: Utente
) -> None:
    UtenteFactory(username="mario")
    with pytest.raises(ValidationError, match="nome utente"):
        crea(azienda, amministratore, username="MARIO")


@pytest.mark.parametrize("ruolo", [r for r in Ruolo if r != Ruolo.AMMINISTRATORE])
def test_solo_l_amministratore_vede_alle_persone(
    azienda: Azienda, incaricato: Callable[..., Utente], ruolo: Ruolo
) -> None:
    altro, incarico = incaricato(ruolo), IncaricoFactory(azienda=azienda)
    dove = azioni.Dove(dal=DAL)
    tentativi: list[Callable[[], Any]] = [
        lambda: crea(azienda, altro),
        lambda: azioni.assegna_incarico(incarico.utente, azienda, Ruolo.CUG, dove, da=altro),
        lambda: azioni.cambia_incarico(incarico, dove, visto=incarico.impronta, da=altro),
        lambda: azioni.chiudi_incarico(incarico, al=DAL, da=altro),
        lambda: azioni.disattiva_persona(incarico.utente, azienda, da=altro),
        lambda: azioni.riattiva_persona(incarico.utente, azienda, da=altro),
        lambda: azioni.togli_secondo_fattore(incarico.utente, azienda, da=altro),
        lambda: azioni.modifica_persona(
            incarico.utente, azienda, nome="A", cognome="B", email="a@example.org", da=altro
        ),
        lambda: azioni.accogli_persona(
            azienda, cognome="B", email="a@example.org", ruolo=Ruolo.CUG, dove=dove, da=altro
        ),
        lambda: azioni.importa_persone(azienda, [], spedisci=False, da=altro),
    ]
    for tenta in tentativi:
        with pytest.raises(PermissionDenied):
            tenta()
    assert Evento.objects.count() == 0


def test_l_amministratore_di_un_altra_azienda_non_vale_qui(azienda: Azienda) -> None:
    with pytest.raises(PermissionDenied):
        crea(azienda, IncaricoFactory(ruolo=Ruolo.AMMINISTRATORE).utente)


def test_chi_lavora_gia_altrove_riceve_solo_l_incarico(
    azienda: Azienda, amministratore: Utente
) -> None:
    bea = IncaricoFactory(utente__last_name="Altrove").utente
    accolta = azioni.accogli_persona(
        azienda,
        cognome="altrove",
        email=bea.email.upper(),
        ruolo=Ruolo.NUCLEO,
        dove=azioni.Dove(dal=DAL, anno_da=2025, anno_a=2026),
        da=amministratore,
    )
    assert accolta == bea
    assert bea.incarichi.filter(azienda=azienda, ruolo=Ruolo.NUCLEO, anno_da=2025).exists()


@pytest.mark.parametrize("cognome", ["Sbagliato", ""])
def test_una_posta_scritta_male_non_fa_entrare_un_estraneo(
    azienda: Azienda, amministratore: Utente, cognome: str
) -> None:
    bea = UtenteFactory(last_name="Altrove")
    with pytest.raises(ValidationError, match="questo cognome"):
        azioni.accogli_persona(
            azienda,
            cognome=cognome,
            email=bea.email,
            ruolo=Ruolo.CUG,
            dove=azioni.Dove(dal=DAL),
            da=amministratore,
        )


# Incarichi ---------------------------------------------------------------------------------------


def test_lo_stesso_incarico_non_si_da_due_volte_negli_stessi_giorni(
    azienda: Azienda, amministratore: Utente
) -> None:
    primo = IncaricoFactory(azienda=azienda, ruolo=Ruolo.CUG, dal=DAL, al=date(2026, 6, 30))
    with pytest.raises(
        ValidationError, match="ha già questo incarico dal 01/01/2026 al 30/06/2026"
    ):
        azioni.assegna_incarico(
            primo.utente,
            azienda,
            Ruolo.CUG,
            azioni.Dove(dal=date(2026, 6, 30)),
            da=amministratore,
        )
    dopo = azioni.Dove(dal=date(2026, 7, 1))
    azioni.assegna_incarico(primo.utente, azienda, Ruolo.CUG, dopo, da=amministratore)
    assert primo.utente.incarichi.count() == 2


def test_su_un_altra_unita_e_un_altro_incarico(azienda: Azienda, amministratore: Utente) -> None:
    organigramma = OrganigrammaFactory(azienda=azienda)
    una, due = UnitaFactory(organigramma=organigramma), UnitaFactory(organigramma=organigramma)
    primo = IncaricoFactory(azienda=azienda, ruolo=Ruolo.RESPONSABILE_CDR, unita=una)
    secondo = azioni.assegna_incarico(
        primo.utente,
        azienda,
        Ruolo.RESPONSABILE_CDR,
        azioni.Dove(dal=DAL, unita=due),
        da=amministratore,
    )
    assert secondo.unita == due


def test_l_unita_e_della_stessa_azienda(azienda: Azienda, amministratore: Utente) -> None:
    altrui = UnitaFactory()
    with pytest.raises(ValidationError) as errore:
        crea(azienda, amministratore, dove=azioni.Dove(dal=DAL, unita=altrui))
    assert set(errore.value.error_dict) == {"unita"}


def test_un_incarico_cambia_e_il_registro_tiene_prima_e_dopo(
    azienda: Azienda, amministratore: Utente
) -> None:
    incarico = IncaricoFactory(azienda=azienda, ruolo=Ruolo.NUCLEO, anno_da=2022, anno_a=2023)
    dove = azioni.Dove(dal=incarico.dal, al=date(2027, 1, 1), anno_da=2022, anno_a=2026)
    assert azioni.cambia_incarico(incarico, dove, visto=incarico.impronta, da=amministratore)
    incarico.refresh_from_db()
    assert (incarico.al, incarico.anno_a) == (date(2027, 1, 1), 2026)
    dati = Evento.objects.get().dati
    assert (dati["prima"]["anno_a"], dati["dopo"]["anno_a"]) == (2023, 2026)
    visto = incarico.impronta
    assert azioni.cambia_incarico(incarico, dove, visto=visto, da=amministratore) is False
    assert Evento.objects.count() == 1


def test_chi_salva_su_un_salvataggio_piu_nuovo_lo_sa(
    azienda: Azienda, amministratore: Utente
) -> None:
    incarico = IncaricoFactory(azienda=azienda, ruolo=Ruolo.CUG)
    visto = incarico.impronta
    azioni.chiudi_incarico(incarico, al=date(2030, 1, 1), da=amministratore)
    with pytest.raises(ValidationError, match="Qualcun altro ha cambiato"):
        azioni.cambia_incarico(incarico, azioni.Dove(dal=DAL), visto=visto, da=amministratore)
    incarico.refresh_from_db()
    assert incarico.al == date(2030, 1, 1)


def test_un_incarico_chiuso_non_da_piu_diritti_dal_giorno_dopo(
    azienda: Azienda, amministratore: Utente
) -> None:
    incarico = IncaricoFactory(azienda=azienda)
    ieri = timezone.localdate() - timedelta(days=1)
    assert incarico.utente.has_perm("piani.pubblica", azienda)
    azioni.chiudi_incarico(incarico, al=timezone.localdate(), da=amministratore)
    assert incarico.utente.has_perm("piani.pubblica", azienda)
    azioni.chiudi_incarico(incarico, al=ieri, da=amministratore)
    assert not Utente.objects.get(pk=incarico.utente_id).has_perm("piani.pubblica", azienda)


@pytest.mark.parametrize(
    ("al", "frase"),
    [(date(2019, 12, 31), "non può finire prima"), (date(2030, 1, 1), "finisce già")],
)
def test_la_fine_di_un_incarico_ha_senso(
    azienda: Azienda, amministratore: Utente, al: date, frase: str
) -> None:
    incarico = IncaricoFactory(azienda=azienda, ruolo=Ruolo.CUG, al=date(2030, 1, 1))
    with pytest.raises(ValidationError, match=frase):
        azioni.chiudi_incarico(incarico, al=al, da=amministratore)


def test_l_azienda_non_resta_senza_amministratore(azienda: Azienda, amministratore: Utente) -> None:
    suo = amministratore.incarichi.get()
    oggi = timezone.localdate()
    with pytest.raises(ValidationError, match="unico amministratore"):
        azioni.chiudi_incarico(suo, al=oggi, da=amministratore)
    dove = azioni.Dove(dal=oggi + timedelta(days=1))
    with pytest.raises(ValidationError, match="unico amministratore"):
        azioni.cambia_incarico(suo, dove, visto=suo.impronta, da=amministratore)
    secondo = IncaricoFactory(azienda=azienda, ruolo=Ruolo.AMMINISTRATORE)
    with pytest.raises(ValidationError, match="te stesso"):
        azioni.disattiva_persona(amministratore, azienda, da=amministratore)
    azioni.chiudi_incarico(suo, al=oggi, da=secondo.utente)
    with pytest.raises(ValidationError, match="unico amministratore"):
        azioni.disattiva_persona(secondo.utente, azienda, da=amministratore)


# Deactivated -------------------------------------------------------------------------------------


def test_chi_e_disattivato_esce_subito_e_il_suo_invito_non_vale(
    azienda: Azienda, amministratore: Utente, client: Client
) -> None:
    rita = IncaricoFactory(azienda=azienda).utente
    invito = InvitoFactory(azienda=azienda, utente=rita)
    client.force_login(rita)
    assert client.get("/piani/").status_code == 200
    azioni.disattiva_persona(rita, azienda, da=amministratore)
    assert client.get("/piani/").url.startswith("/accedi/")
    assert Invito.objects.get(pk=invito.pk).stato == "revocato"
    with pytest.raises(ValidationError, match="già disattivata"):
        azioni.disattiva_persona(rita, azienda, da=amministratore)
    azioni.riattiva_persona(rita, azienda, da=amministratore)
    with pytest.raises(ValidationError, match="già attiva"):
        azioni.riattiva_persona(rita, azienda, da=amministratore)
    assert [e.tipo for e in Evento.objects.all()] == ["utente.riattivato", "utente.disattivato"]


def test_chi_lavora_anche_altrove_si_tocca_solo_negli_incarichi_di_qui(
    azienda: Azienda, amministratore: Utente
) -> None:
    incarico = IncaricoFactory(azienda=azienda, ruolo=Ruolo.CUG)
    rita = incarico.utente
    altrove = IncaricoFactory(utente=rita)
    TOTP.activate(rita, "JBSWY3DPEHPK3PXP")
    for azione in (azioni.disattiva_persona, azioni.togli_secondo_fattore):
        with pytest.raises(ValidationError, match="aziende che non amministri"):
            azione(rita, azienda, da=amministratore)
    with pytest.raises(ValidationError, match="aziende che non amministri"):
        azioni.modifica_persona(
            rita, azienda, nome="X", cognome="Y", email="mia@example.org", da=amministratore
        )
    azioni.chiudi_incarico(incarico, al=timezone.localdate(), da=amministratore)
    altrove.al = date(2021, 1, 1)
    altrove.save(update_fields=["al"])
    azioni.disattiva_persona(rita, azienda, da=amministratore)


def test_il_conto_di_chi_installa_non_si_tocca(azienda: Azienda, amministratore: Utente) -> None:
    radice = UtenteFactory(is_superuser=True)
    IncaricoFactory(azienda=azienda, utente=radice)
    with pytest.raises(ValidationError, match="gestisce l'installazione"):
        azioni.disattiva_persona(radice, azienda, da=amministratore)


def test_i_dati_corretti_restano_nel_registro(azienda: Azienda, amministratore: Utente) -> None:
    rita = IncaricoFactory(azienda=azienda).utente
    dati = {"nome": "Rita", "cognome": "Nuova", "email": "RITA@example.org"}
    assert azioni.modifica_persona(rita, azienda, **dati, da=amministratore) is True
    assert azioni.modifica_persona(rita, azienda, **dati, da=amministratore) is False
    evento = Evento.objects.get()
    assert (evento.dati["prima"]["cognome"], evento.dati["dopo"]["posta"]) == (
        "Inventata",
        "rita@example.org",
    )
    altra = dati | {"email": amministratore.email.upper()}
    with pytest.raises(ValidationError, match="questa posta"):
        azioni.modifica_persona(rita, azienda, **altra, da=amministratore)


def test_chi_ha_perso_il_secondo_fattore_lo_rifa(azienda: Azienda, amministratore: Utente) -> None:
    rita = IncaricoFactory(azienda=azienda).utente
    with pytest.raises(ValidationError, match="non ha un secondo fattore"):
        azioni.togli_secondo_fattore(rita, azienda, da=amministratore)
    TOTP.activate(rita, "JBSWY3DPEHPK3PXP")
    azioni.togli_secondo_fattore(rita, azienda, da=amministratore)
    assert Evento.objects.get().tipo == "utente.secondo_fattore_tolto"
