# SPDX-License-Identifier: AGPL-3.0-or-later
"""The routes of monitoring: semesters, reports, expenses, requests, payments."""

from datetime import date
from typing import Any

from django.core.files.base import ContentFile

from conciliazione.models import ApportoCofinanziamento, Giustificativo, Incasso
from piani.models import Azienda
from tests.factories_conciliazione import (
    EdizioneConciliazioneFactory,
    ManifestazioneFactory,
    PagamentoFactory,
    ProgettoFactory,
    PropostaFactory,
    RendicontoFactory,
    RilevazioneProgettoFactory,
    SpesaFactory,
    VoceBudgetFactory,
)

PUBBLICHE: set[str] = set()
PERSONALI: set[str] = set()
SCRITTURE: set[str] = {
    "semestre_finestra", "semestre_chiudi", "semestre_riapri", "rilevazione_progetto_salva",
    "rilevazione_progetto_valida", "rilevazione_progetto_rimanda", "spesa_togli", "spesa_carica",
    "spesa_giustificativo_togli", "apporto_togli", "rendiconto_apri", "rendiconto_scrivi",
    "rendiconto_togli", "rendiconto_esamina", "rendiconto_approva", "rendiconto_integra",
    "rendiconto_respingi", "pagamento_disponi", "pagamento_esegui", "pagamento_annulla",
}  # fmt: skip
MODULI: set[str] = {
    "semestre_nuovo", "semestre_azioni", "spesa_nuova", "spesa_modifica", "apporto_nuovo",
    "pagamento_azione", "incasso_nuovo", "incasso_annulla",
    "revoca_scrivi",
}  # fmt: skip
NASCOSTE: set[str] = set()


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    # Its own years: the other parts have an edition of the usual ones.
    edizione = EdizioneConciliazioneFactory(azienda=azienda, anno_inizio=2012, anno_fine=2013)
    proposta = PropostaFactory(
        manifestazione=ManifestazioneFactory(edizione=edizione, chiusa=True), presentata=True
    )
    progetto = ProgettoFactory(proposta=proposta)
    rilevazione = RilevazioneProgettoFactory(progetto=progetto, stato="trasmessa")
    rendiconto = RendicontoFactory(progetto=progetto, stato="trasmesso", richiesto="35000.00")
    spesa = SpesaFactory(voce=VoceBudgetFactory(azione__progetto=progetto), rendiconto=rendiconto)
    documento = Giustificativo(
        spesa=spesa, nome="fattura.txt", tipo="text/plain", dimensione=7, sha256="a" * 64
    )
    documento.file.save("fattura.txt", ContentFile(b"fattura"), save=False)
    documento.save()
    apporto = ApportoCofinanziamento.objects.create(
        progetto=progetto, ente=progetto.capofila, rendiconto=rendiconto, forma="denaro",
        importo="100.00",
    )  # fmt: skip
    pagamento = PagamentoFactory(rendiconto=rendiconto)
    incasso = Incasso.objects.create(
        progetto=progetto, importo="10.00", atto="Nota 1", incassato_il=date(2013, 5, 2)
    )
    semestre = {"pk": rilevazione.semestre_id}
    del_semestre = (
        "semestre", "semestre_finestra", "semestre_chiudi", "semestre_riapri", "semestre_azioni",
        "semestre_csv",
    )  # fmt: skip
    dell_edizione = (
        "conciliazione_monitoraggio", "monitoraggio_quadro_csv", "semestre_andamento",
        "semestre_andamento_csv", "semestre_nuovo", "pagamenti", "pagamento_azione",
    )  # fmt: skip
    del_rendiconto = (
        "rendiconto", "rendiconto_scrivi", "rendiconto_togli", "rendiconto_esamina",
        "rendiconto_approva", "rendiconto_integra", "rendiconto_respingi", "pagamento_disponi",
    )  # fmt: skip
    della_spesa = ("spesa", "spesa_modifica", "spesa_togli", "spesa_carica")
    rilevazioni = ("rilevazione_progetto_valida", "rilevazione_progetto_rimanda")
    del_progetto = (
        "rendiconti_progetto",
        "spesa_nuova",
        "apporto_nuovo",
        "rendiconto_apri",
        "incasso_nuovo",
        "revoca_scrivi",
    )
    documenti = ("spesa_giustificativo", "spesa_giustificativo_togli")
    pagamenti = ("pagamento_esegui", "pagamento_annulla")
    della_rilevazione = ("rilevazione_progetto", "rilevazione_progetto_salva")
    return {
        "apporto_togli": {"pk": apporto.pk},
        "incasso_annulla": {"pk": incasso.pk},
        **dict.fromkeys(del_semestre, semestre),
        **{nome: {"slug": edizione.slug} for nome in dell_edizione},
        **{nome: {"pk": rendiconto.pk} for nome in del_rendiconto},
        **{nome: {"pk": spesa.pk} for nome in della_spesa},
        **{nome: semestre | {"progetto": progetto.pk} for nome in della_rilevazione},
        **{nome: {"pk": rilevazione.pk} for nome in rilevazioni},
        **{nome: {"pk": progetto.pk} for nome in del_progetto},
        **{nome: {"pk": documento.pk} for nome in documenti},
        **{nome: {"pk": pagamento.pk} for nome in pagamenti},
    }
