# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who sees what of the lavoro agile, and who may do what: the sentences of rules.py."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser

from lavoro_agile.models import (
    AccordoIndividuale,
    AutorizzatiUnita,
    BandoLavoroAgile,
    CampagnaMappatura,
    DomandaLavoroAgile,
    EdizioneLavoroAgile,
    GiornateAgili,
    MappaturaAttivita,
    MotivoDomanda,
    ParereDomanda,
    Pola,
    RilevazioneAgile,
    SecondaIstanza,
    TutelaAccordo,
)
from lavoro_agile.rules import esigi_di_persona, puo_di_persona
from piani.models import (
    Azienda,
    PersonalePerGenere,
    RelazioneCUG,
    Ruolo,
    UnitaOrganizzativa,
    Utente,
)
from tests.factories import DelegaFactory, IncaricoFactory, UtenteFactory
from tests.factories_lavoro_agile import (
    AccordoAgileFactory,
    AutorizzatiFactory,
    BandoAgileFactory,
    CampagnaFactory,
    DomandaAgileFactory,
    EdizioneAgileFactory,
    GiornateFactory,
    MappaturaFactory,
    MotivoFactory,
    PersonaleGenereFactory,
    PianoPositivoFactory,
    PolaFactory,
    RelazioneCUGFactory,
    RilevazioneAgileFactory,
    TutelaFactory,
)

pytestmark = pytest.mark.django_db
Persona = Callable[..., Utente]
LETTORI = (
    Ruolo.CUG, Ruolo.DIREZIONE, Ruolo.CONTROLLO_GESTIONE, Ruolo.NUCLEO, Ruolo.PUBBLICATORE,
    Ruolo.REGIONE, Ruolo.AMMINISTRATORE,
)  # fmt: skip
ALTRI = (*LETTORI, Ruolo.RESPONSABILE_CDR, Ruolo.DIPENDENTE)


def con_visibilita() -> list[type]:
    """Every table of the app: those of the law are read by everybody."""
    tutti = apps.get_app_config("lavoro_agile").get_models()
    return [uno for uno in tutti if uno.__name__ not in ("SogliaDiLegge", "CondizioneDiLegge")]


def test_ogni_tabella_dice_a_chi_si_vede_e_di_quale_azienda_e() -> None:
    for modello in con_visibilita():
        assert hasattr(modello.objects, "visibili_a"), modello
        assert hasattr(modello, "azienda"), modello


@pytest.mark.parametrize("chi", ["anonimo", "straniero", "finito"])
def test_chi_non_c_entra_non_vede_niente(chi: str, azienda: Azienda, edizione: object) -> None:
    domanda = DomandaAgileFactory(bando__edizione=edizione)
    MotivoFactory(domanda=domanda)
    TutelaFactory(accordo__edizione=edizione)
    MappaturaFactory(
        campagna__azienda=azienda, stato="trasmessa", trasmessa_il="2022-01-01T10:00:00Z"
    )
    AutorizzatiFactory(rilevazione__azienda=azienda)
    GiornateFactory(azienda=azienda)
    PolaFactory(piano__azienda=azienda)
    utente = {
        "anonimo": AnonymousUser,
        "straniero": lambda: IncaricoFactory(ruolo=Ruolo.RISORSE_UMANE).utente,
        "finito": lambda: (
            IncaricoFactory(azienda=azienda, ruolo=Ruolo.RISORSE_UMANE, al="2020-12-31").utente
        ),
    }[chi]()
    for modello in con_visibilita():
        assert not modello.objects.visibili_a(utente).exists(), modello


# Reasons of health and of family ------------------------------------------------------------------


def test_i_motivi_li_leggono_solo_le_risorse_umane(
    bando: BandoLavoroAgile, unita: UnitaOrganizzativa, con_incarico: Persona, ufficio: Utente
) -> None:
    motivo = MotivoFactory(domanda=DomandaAgileFactory(bando=bando, unita=unita))
    assert list(MotivoDomanda.objects.visibili_a(ufficio)) == [motivo]
    for ruolo in ALTRI:
        dove = {"unita": unita} if ruolo in (Ruolo.RESPONSABILE_CDR, Ruolo.DIPENDENTE) else {}
        assert not MotivoDomanda.objects.visibili_a(con_incarico(ruolo, **dove)).exists(), ruolo


def test_nemmeno_il_conto_di_emergenza_legge_motivi_e_tutele() -> None:
    MotivoFactory()
    TutelaFactory()
    emergenza = UtenteFactory(is_superuser=True)
    assert not MotivoDomanda.objects.visibili_a(emergenza).exists()
    assert not TutelaAccordo.objects.visibili_a(emergenza).exists()
    assert not puo_di_persona(emergenza, "lavoro_agile.legge_motivi", EdizioneAgileFactory())


def test_le_tutele_le_leggono_solo_le_risorse_umane(
    edizione: EdizioneLavoroAgile, unita: UnitaOrganizzativa, capo: Utente, ufficio: Utente
) -> None:
    tutela = TutelaFactory(accordo=AccordoAgileFactory(edizione=edizione, unita=unita))
    assert list(TutelaAccordo.objects.visibili_a(ufficio)) == [tutela]
    assert not TutelaAccordo.objects.visibili_a(capo).exists()


def test_i_propri_motivi_la_persona_li_rilegge() -> None:
    motivo = MotivoFactory()
    MotivoFactory()
    assert list(MotivoDomanda.objects.della_persona(motivo.domanda.persona)) == [motivo]
    assert not MotivoDomanda.objects.visibili_a(motivo.domanda.persona).exists()


# Requests, agreements -----------------------------------------------------------------------------


def test_una_domanda_la_vedono_la_persona_il_capo_e_le_risorse_umane(
    bando: BandoLavoroAgile, unita: UnitaOrganizzativa, con_incarico: Persona, capo: Utente,
    ufficio: Utente, dipendente: Utente,
) -> None:  # fmt: skip
    domanda = DomandaAgileFactory(bando=bando, unita=unita, persona=dipendente)
    altra = DomandaAgileFactory(bando=bando)
    vedute = DomandaLavoroAgile.objects.visibili_a
    assert list(vedute(dipendente)) == [domanda]
    assert list(vedute(capo)) == [domanda]
    assert list(vedute(ufficio)) == [domanda, altra]
    for ruolo in LETTORI:
        assert not vedute(con_incarico(ruolo)).exists(), ruolo


def test_una_bozza_la_vede_solo_chi_la_scrive(
    bando: BandoLavoroAgile, unita: UnitaOrganizzativa, capo: Utente, ufficio: Utente,
    dipendente: Utente,
) -> None:  # fmt: skip
    DomandaAgileFactory(
        bando=bando, unita=unita, persona=dipendente, stato="bozza", presentata_il=None
    )
    vedute = DomandaLavoroAgile.objects.visibili_a
    assert vedute(dipendente).count() == 1
    assert not vedute(capo).exists()
    assert not vedute(ufficio).exists()


def test_la_direzione_vede_le_domande_in_seconda_istanza(
    bando: BandoLavoroAgile, con_incarico: Persona
) -> None:
    DomandaAgileFactory(bando=bando)
    negata = DomandaAgileFactory(bando=bando, stato="in_riesame")
    SecondaIstanza.objects.create(domanda=negata, motivazione="Di nuovo.", chiesta_il="2022-05-01")
    direzione = con_incarico(Ruolo.DIREZIONE)
    assert list(DomandaLavoroAgile.objects.visibili_a(direzione)) == [negata]
    assert not ParereDomanda.objects.visibili_a(direzione).exists()


def test_un_accordo_da_firmare_lo_vedono_le_due_parti(
    edizione: EdizioneLavoroAgile, unita: UnitaOrganizzativa, capo: Utente, ufficio: Utente,
    dipendente: Utente, con_incarico: Persona,
) -> None:  # fmt: skip
    accordo = AccordoAgileFactory(
        edizione=edizione, unita=unita, persona=dipendente, stato="bozza", sottoscritto_il=None
    )
    veduti = AccordoIndividuale.objects.visibili_a
    assert list(veduti(ufficio)) == [accordo]
    assert not veduti(dipendente).exists()
    accordo.stato = "alla_firma"
    accordo.save()
    assert list(veduti(dipendente)) == list(veduti(capo)) == [accordo]
    assert not veduti(con_incarico(Ruolo.DIREZIONE)).exists()


# Editions, calls, mapping, figures ----------------------------------------------------------------


def test_un_regolamento_in_vigore_lo_legge_chi_lavora_la_bozza_solo_l_ufficio(
    azienda: Azienda, edizione: EdizioneLavoroAgile, ufficio: Utente, dipendente: Utente
) -> None:
    bozza = EdizioneAgileFactory(azienda=azienda, stato="bozza")
    bandi = [BandoAgileFactory(edizione=edizione), BandoAgileFactory(edizione=bozza, stato="bozza")]
    assert list(EdizioneLavoroAgile.objects.visibili_a(dipendente)) == [edizione]
    assert set(EdizioneLavoroAgile.objects.visibili_a(ufficio)) == {edizione, bozza}
    assert list(BandoLavoroAgile.objects.visibili_a(dipendente)) == bandi[:1]
    assert set(BandoLavoroAgile.objects.visibili_a(ufficio)) == set(bandi)


def test_una_mappatura_la_vede_chi_guida_l_unita_e_chi_legge_quando_e_trasmessa(
    azienda: Azienda, unita: UnitaOrganizzativa, capo: Utente, con_incarico: Persona
) -> None:
    mappatura = MappaturaFactory(campagna=CampagnaFactory(azienda=azienda), unita=unita)
    MappaturaFactory(campagna=mappatura.campagna)
    direzione, dipendente = con_incarico(Ruolo.DIREZIONE), con_incarico(Ruolo.DIPENDENTE)
    assert list(MappaturaAttivita.objects.visibili_a(capo)) == [mappatura]
    assert not MappaturaAttivita.objects.visibili_a(direzione).exists()
    mappatura.stato, mappatura.trasmessa_il = "trasmessa", "2022-02-01T10:00:00Z"
    mappatura.save()
    assert list(MappaturaAttivita.objects.visibili_a(direzione)) == [mappatura]
    assert not CampagnaMappatura.objects.visibili_a(dipendente).exists()


def test_i_numeri_grezzi_sono_delle_risorse_umane(
    azienda: Azienda, ufficio: Utente, con_incarico: Persona
) -> None:
    rilevazione = RilevazioneAgileFactory(azienda=azienda)
    AutorizzatiFactory(rilevazione=rilevazione)
    GiornateFactory(azienda=azienda)
    assert AutorizzatiUnita.objects.visibili_a(ufficio).count() == 1
    assert GiornateAgili.objects.visibili_a(ufficio).count() == 1
    for ruolo in LETTORI:
        lettore = con_incarico(ruolo)
        assert list(RilevazioneAgile.objects.visibili_a(lettore)) == [rilevazione]
        assert not AutorizzatiUnita.objects.visibili_a(lettore).exists()
        assert not GiornateAgili.objects.visibili_a(lettore).exists()


def test_il_nucleo_vede_solo_gli_anni_affidati(azienda: Azienda, edizione: object) -> None:
    rilevazione = RilevazioneAgileFactory(azienda=azienda)
    pola = PolaFactory(piano__azienda=azienda)
    prima = IncaricoFactory(azienda=azienda, ruolo=Ruolo.NUCLEO, anno_a=2020).utente
    adesso = IncaricoFactory(azienda=azienda, ruolo=Ruolo.NUCLEO, anno_da=2021).utente
    assert not EdizioneLavoroAgile.objects.visibili_a(prima).exists()
    assert not RilevazioneAgile.objects.visibili_a(prima).exists()
    assert not Pola.objects.visibili_a(prima).exists()
    assert list(EdizioneLavoroAgile.objects.visibili_a(adesso)) == [edizione]
    assert list(RilevazioneAgile.objects.visibili_a(adesso)) == [rilevazione]
    assert list(Pola.objects.visibili_a(adesso)) == [pola]


# Azioni positive ----------------------------------------------------------------------------------


def test_la_relazione_del_cug_si_legge_quando_e_trasmessa(
    azienda: Azienda, con_incarico: Persona
) -> None:
    relazione = RelazioneCUGFactory(azienda=azienda)
    cug, direzione = con_incarico(Ruolo.CUG), con_incarico(Ruolo.DIREZIONE)
    assert list(RelazioneCUG.objects.visibili_a(cug)) == [relazione]
    assert not RelazioneCUG.objects.visibili_a(direzione).exists()
    relazione.stato, relazione.trasmessa_il = "trasmessa", "2023-03-20"
    relazione.save()
    assert list(RelazioneCUG.objects.visibili_a(direzione)) == [relazione]


def test_il_personale_per_genere_e_di_chi_lo_conta(azienda: Azienda, con_incarico: Persona) -> None:
    PersonaleGenereFactory(azienda=azienda)
    assert PersonalePerGenere.objects.visibili_a(con_incarico(Ruolo.CUG)).count() == 1
    assert not PersonalePerGenere.objects.visibili_a(con_incarico(Ruolo.DIREZIONE)).exists()


# Who may ------------------------------------------------------------------------------------------


def test_cug_e_risorse_umane_tengono_i_loro_piani_e_non_gli_altri(
    azienda: Azienda, con_incarico: Persona, ufficio: Utente
) -> None:
    positive, pola = PianoPositivoFactory(azienda=azienda), PolaFactory(piano__azienda=azienda)
    performance = PianoPositivoFactory(azienda=azienda, tipo="performance")
    cug = con_incarico(Ruolo.CUG)
    puo = [uno.has_perm("piani.modifica", positive) for uno in (cug, ufficio)]
    assert puo == [True, True]
    assert ufficio.has_perm("piani.modifica", pola.piano)
    assert not cug.has_perm("piani.modifica", pola.piano)
    assert not cug.has_perm("piani.modifica", performance)
    assert not ufficio.has_perm("piani.adotta", performance)
    assert cug.has_perm("piani.relaziona_cug", azienda)
    assert not ufficio.has_perm("piani.relaziona_cug", azienda)


def test_il_capo_esprime_il_parere_ma_non_su_di_se(
    bando: BandoLavoroAgile, unita: UnitaOrganizzativa, capo: Utente, ufficio: Utente
) -> None:
    domanda = DomandaAgileFactory(bando=bando, unita=unita)
    sua = DomandaAgileFactory(bando=bando, unita=unita, persona=capo)
    altrove = DomandaAgileFactory(bando=bando)
    assert capo.has_perm("lavoro_agile.esprime_parere", domanda)
    assert not capo.has_perm("lavoro_agile.esprime_parere", sua)
    assert not capo.has_perm("lavoro_agile.esprime_parere", altrove)
    assert not ufficio.has_perm("lavoro_agile.esprime_parere", domanda)


def test_chi_agisce_per_il_capo_non_esprime_il_parere_su_di_se(
    bando: BandoLavoroAgile, unita: UnitaOrganizzativa, capo: Utente
) -> None:
    delegato = UtenteFactory()
    domanda = DomandaAgileFactory(bando=bando, unita=unita, persona=delegato)
    altra = DomandaAgileFactory(bando=bando, unita=unita)
    delegato.delega = DelegaFactory(incarico=capo.incarichi.get(), delegato=delegato)
    assert delegato.has_perm("lavoro_agile.esprime_parere", altra)
    assert not delegato.has_perm("lavoro_agile.esprime_parere", domanda)
    assert not delegato.has_perm("lavoro_agile.chiede", bando)


def test_chiede_chi_lavora_nell_azienda_e_in_prima_persona(
    bando: BandoLavoroAgile, dipendente: Utente, con_incarico: Persona
) -> None:
    assert dipendente.has_perm("lavoro_agile.chiede", bando)
    assert not con_incarico(Ruolo.NUCLEO).has_perm("lavoro_agile.chiede", bando)
    assert not IncaricoFactory(ruolo=Ruolo.DIPENDENTE).utente.has_perm("lavoro_agile.chiede", bando)
    assert not puo_di_persona(UtenteFactory(is_superuser=True), "lavoro_agile.chiede", bando)
    esigi_di_persona(None, "lavoro_agile.chiede", bando)


def test_le_risorse_umane_ammettono_ma_non_se_stesse(
    bando: BandoLavoroAgile, ufficio: Utente, con_incarico: Persona
) -> None:
    sua, altra = DomandaAgileFactory(bando=bando, persona=ufficio), DomandaAgileFactory(bando=bando)
    assert ufficio.has_perm("lavoro_agile.ammette", altra)
    assert not ufficio.has_perm("lavoro_agile.ammette", sua)
    assert not con_incarico(Ruolo.DIREZIONE).has_perm("lavoro_agile.ammette", altra)
