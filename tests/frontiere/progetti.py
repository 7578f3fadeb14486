# SPDX-License-Identifier: AGPL-3.0-or-later
"""The routes of projects, agreements, actions and documents; the public grants."""

from datetime import date
from typing import Any

from django.core.files.base import ContentFile

from conciliazione.azioni.documento import apri_documento
from conciliazione.models import (
    AttivitaAzione,
    DocumentoProgetto,
    FirmaAccordo,
    IncontroAzione,
    Progetto,
)
from piani.models import Azienda
from tests.factories_conciliazione import (
    AccordoFactory,
    AzioneDiPianoFactory,
    AzioneProgettoFactory,
    EdizioneConciliazioneFactory,
    ManifestazioneFactory,
    ProgettoFactory,
    PropostaFactory,
)

PUBBLICHE: set[str] = {
    "progetto_concessioni", "progetto_concessioni_csv", "progetto_concessioni_json",
}  # fmt: skip
PERSONALI: set[str] = set()
SCRITTURE: set[str] = {
    "progetto_crea", "progetto_accordo_invia", "progetto_firma", "progetto_documento_carica",
    "progetto_azione_stato", "progetto_attivita", "progetto_budget", "azione_piano_stato",
    "azione_piano_incontro", "progetto_documenti_apri",
}  # fmt: skip
MODULI: set[str] = {
    "progetto_modifica", "progetto_passo", "progetto_accordo", "progetto_accordo_bozza",
    "progetto_accordo_sciogli", "progetto_documento_togli", "progetto_attivita_togli",
    "azione_piano_nuova", "azione_piano_modifica", "azione_piano_togli",
    "azione_piano_incontro_togli", "progetto_documenti_adotta",
}  # fmt: skip
NASCOSTE: set[str] = set()


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    edizione = EdizioneConciliazioneFactory(azienda=azienda, anno_inizio=2005, anno_fine=2006)
    bando = ManifestazioneFactory(edizione=edizione, chiusa=True)
    proposta = PropostaFactory(manifestazione=bando, presentata=True, stato="finanziata")
    progetto: Progetto = ProgettoFactory(proposta=proposta)
    azione = AzioneProgettoFactory(progetto=progetto)
    pezzo = AttivitaAzione.objects.create(
        azione=azione, ordine=1, nome="Avvio", dal=date(2021, 1, 1), al=date(2021, 2, 1)
    )
    accordo = AccordoFactory(progetto=progetto)
    firma = FirmaAccordo.objects.create(accordo=accordo, ente=progetto.capofila)
    carta = DocumentoProgetto(
        progetto=progetto, nome="a.txt", tipo="text/plain", dimensione=1, sha256="0" * 64
    )
    carta.file.save("a.txt", ContentFile(b"a"))
    di_piano = AzioneDiPianoFactory(edizione=edizione)
    incontro = IncontroAzione.objects.create(azione=di_piano, giorno=date(2021, 3, 1), tema="Primo")
    apri_documento(edizione, quale="piano", da=None)
    slug, di_progetto, di_azione = {"slug": edizione.slug}, {"pk": progetto.pk}, {"pk": azione.pk}
    dell_accordo, dell_azione = {"pk": accordo.pk}, {"pk": di_piano.pk}
    return {
        "conciliazione_progetti": slug,
        "progetto_documenti": slug,
        "azione_piano_nuova": slug,
        "progetto_documenti_apri": slug | {"quale": "indirizzo"},
        "progetto_documenti_adotta": slug | {"quale": "piano"},
        **dict.fromkeys(
            ("progetto", "progetto_modifica", "progetto_documento_carica"), di_progetto
        ),
        "progetto_passo": di_progetto | {"passo": "avvia"},
        "progetto_accordo": di_progetto | {"genere": "partenariato"},
        **dict.fromkeys(
            ("progetto_accordo_invia", "progetto_accordo_bozza", "progetto_accordo_sciogli"),
            dell_accordo,
        ),
        "progetto_firma": {"pk": firma.pk},
        "progetto_documento": {"pk": carta.pk},
        "progetto_documento_togli": {"pk": carta.pk},
        **dict.fromkeys(
            ("progetto_azione", "progetto_azione_stato", "progetto_attivita", "progetto_budget"),
            di_azione,
        ),
        "progetto_attivita_togli": {"pk": pezzo.pk},
        **dict.fromkeys(
            ("azione_piano", "azione_piano_modifica", "azione_piano_togli", "azione_piano_stato",
             "azione_piano_incontro"),
            dell_azione,
        ),
        "azione_piano_incontro_togli": {"pk": incontro.pk},
        "progetto_crea": slug,
    }  # fmt: skip
