# SPDX-License-Identifier: AGPL-3.0-or-later
"""The lists of the conciliation as files: which columns each has."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from conciliazione.rete.composizione import INTESTAZIONE as COMPOSTA
from conciliazione.rete.territorio import INTESTAZIONE as TERRITORIO
from piani.esporta import Colonna, Foglio, di_celle
from piani.esporta.colonne import ANNO, AZIENDA, PRIMO_ANNO, STATO, ULTIMO_ANNO, euro

EDIZIONI = Foglio(
    "edizioni-conciliazione", _("Edizioni della conciliazione"),
    (
        Colonna(_("Edizione"), "nome"),
        AZIENDA,
        PRIMO_ANNO,
        ULTIMO_ANNO,
        Colonna(_("Atto"), "atto"),
        STATO,
        Colonna(_("Inventata per prova"), "dimostrativa"),
    ),
)  # fmt: skip

# -- the network ----------------------------------------------------------------------------------
ENTI = Foglio(
    "enti", _("Enti"),
    (
        Colonna(_("denominazione"), "nome"),
        Colonna(_("tipologia"), "get_tipo_display"),
        Colonna(_("natura"), "get_natura_display"),
        Colonna(_("dimensione"), "get_dimensione_display"),
        Colonna(_("addetti"), "addetti"),
        Colonna(_("comune"), "comune"),
        Colonna(_("ambito"), "ambito"),
        Colonna(_("nella rete"), "dentro"),
    ),
)  # fmt: skip
ADESIONI = Foglio(
    "adesioni", _("Adesioni e rinunce"),
    (
        Colonna(_("Ente"), "denominazione"),
        Colonna(_("Tipologia"), "get_tipo_display"),
        STATO,
        Colonna(_("Chiesta il"), "chiesta_il"),
        Colonna(_("Nella Rete dal"), "dal"),
        Colonna(_("Nella Rete al"), "al"),
        Colonna(_("Rinuncia di cui prendere atto"), lambda una: _rinuncia_aperta(una)),
    ),
)  # fmt: skip
COMPOSIZIONI = Foglio(
    "composizioni", _("Composizione della Rete"),
    (
        ANNO,
        Colonna(_("Semestre"), "semestre"),
        Colonna(_("Situazione al"), "al"),
        STATO,
        Colonna(_("Enti stampati"), "totale_stampato"),
    ),
)  # fmt: skip
COMPOSIZIONE = di_celle("rete", _("Composizione della Rete"), COMPOSTA)
RETE_PUBBLICA = di_celle("rete", _("Rete di conciliazione"), (COMPOSTA[0], "enti"))
AMBITI = di_celle("ambiti", _("Ambiti e Piano dei Tempi"), TERRITORIO)
PROGETTI_TEMPI = Foglio(
    "tempi-progetti", _("Progetti sui tempi delle città"),
    (
        Colonna(_("Comune"), "comune"),
        Colonna(_("Progetto"), "titolo"),
        Colonna(_("Azioni"), "azioni"),
        Colonna(_("Bando"), "bando"),
        Colonna(_("Concluso"), "concluso"),
    ),
)  # fmt: skip
INTERVENTI_TEMPI = Foglio(
    "tempi-azioni", _("Azioni realizzate sui tempi delle città"),
    (
        Colonna(_("Azione"), "descrizione"),
        Colonna(_("Ambito prioritario"), "priorita"),
        Colonna(_("Comuni"), lambda uno: list(uno.comuni.all())),
    ),
)  # fmt: skip

# -- the Comitato ---------------------------------------------------------------------------------
SEDUTE = Foglio(
    "sedute", _("Sedute"),
    (
        Colonna(_("Quando"), "quando"),
        Colonna(_("Organo"), "get_organo_display"),
        Colonna(_("Oggetto"), "oggetto"),
        Colonna(_("Sede"), "sede"),
        STATO,
    ),
)  # fmt: skip
SEGGI = Foglio(
    "seggi", _("Seggi del Comitato"),
    (
        Colonna(_("Ordine"), "ordine"),
        Colonna(_("Seggio"), str),
        Colonna(_("Ente"), "ente.nome"),
        Colonna(_("Capofila di Rete"), "capofila"),
        Colonna(_("Tipologia"), "tipologia"),
        Colonna(_("Chi lo tiene oggi"), lambda uno: [
            f"{chi.utente} ({chi.get_qualita_display()})" for chi in uno.di_oggi
        ]),
        Colonna(_("Fino al"), "al"),
    ),
    personali=True,
)  # fmt: skip
CONSULTAZIONI = Foglio(
    "consultazioni", _("Consultazioni chieste dai membri"),
    (
        Colonna(_("Richiesta"), "richiesta"),
        Colonna(_("Chi la propone"), "richiesta.proposta_da"),
        Colonna(_("Presentata il"), "richiesta.presentata_il"),
        Colonna(_("Firme"), "firme.date"),
        Colonna(_("Firme che servono"), "firme.servono"),
        Colonna(_("Seduta"), "richiesta.seduta"),
    ),
)  # fmt: skip

# -- calls, evaluation, allocation -----------------------------------------------------------------
BANDI = Foglio(
    "manifestazioni", _("Manifestazioni di interesse"),
    (
        Colonna(_("Numero"), "numero"),
        Colonna(_("Titolo"), "titolo"),
        Colonna(_("Edizione"), "edizione.nome"),
        Colonna(_("Atto"), "atto"),
        euro(_("Dotazione"), "dotazione"),
        Colonna(_("Si apre il"), "apre_il"),
        Colonna(_("Si chiude il"), "chiude_il"),
        STATO,
    ),
)  # fmt: skip
PROPOSTE = Foglio(
    "proposte", _("Proposte"),
    (
        Colonna(_("Numero"), "proposta.numero"),
        Colonna(_("Proposta"), "proposta.titolo"),
        Colonna(_("Capofila"), "proposta.capofila"),
        Colonna(_("Stato"), "proposta.get_stato_display"),
        Colonna(_("Confluita in"), "proposta.confluita_in"),
        euro(_("Costo"), "costi.totale"),
        euro(_("Contributo"), "costi.contributo"),
    ),
)  # fmt: skip
VALUTATORI = Foglio(
    "valutatori", _("Chi valuta"),
    (
        Colonna(_("Seggio"), "valutatore"),
        Colonna(_("Stato"), "valutatore.get_stato_display"),
        Colonna(_("Conflitti"), lambda una: una.valutatore.motivo or una.conflitto),
        Colonna(_("Schede consegnate"), "consegnate"),
    ),
    personali=True,
)  # fmt: skip
CRITERI = Foglio(
    "criteri", _("Criteri"),
    (
        Colonna(_("Criterio"), str),
        Colonna(_("Premiale"), "premiale"),
        Colonna(_("Punti al massimo"), "punti"),
        Colonna(_("Da dove viene"), "fonte"),
    ),
)  # fmt: skip
SCENARI = Foglio(
    "scenari", _("Scenari del riparto"),
    (
        Colonna(_("Scenario"), "0.nome"),
        Colonna(_("Viene da"), "0.deriva_da"),
        Colonna(_("In vigore"), "0.in_vigore"),
        euro(_("Dotazione"), "0.dotazione"),
        euro(_("Richiesto"), "1.richiesto"),
        euro(_("Assegnato"), "1.assegnato"),
        Colonna(_("Creato il"), "0.creato_il"),
    ),
)  # fmt: skip
RISORSE = Foglio(
    "risorse", _("Come le regole dividono le risorse"),
    (
        Colonna(_("Parte"), "nome"),
        euro(_("Importo €"), "importo"),
        Colonna(_("Conto"), "conto"),
        Colonna(_("Regola"), "fonte"),
    ),
)  # fmt: skip

# -- money ----------------------------------------------------------------------------------------
VOCI = Foglio(
    "piano-finanziario", _("Piano finanziario"),
    (
        Colonna(_("Parte"), "voce.parte"),
        Colonna(_("Codice"), "voce.codice"),
        Colonna(_("Sotto"), "voce.padre"),
        Colonna(_("Voce"), "voce.nome"),
        euro(_("Stampato"), "voce.stampato"),
        euro(_("Calcolato"), "calcolato"),
        euro(_("Differenza"), "differenza"),
        Colonna(_("Quota %"), "quota"),
    ),
)  # fmt: skip
RISCONTRI = Foglio(
    "stampato-e-calcolato", _("Stampato e calcolato"),
    (
        Colonna("chiave", "chiave"),
        Colonna("dove", "dove"),
        Colonna("stampato", "stampato"),
        Colonna("valore_stampato", "valore_stampato"),
        Colonna("calcolato", "calcolato"),
        Colonna("differenza", "differenza"),
        Colonna("unita", "unita"),
        Colonna("esito", lambda uno: esito(uno)),
        Colonna("nota", "nota"),
        Colonna("presa_atto", "presa_atto"),
        Colonna("riga_fonte", "riga_fonte"),
    ),
)  # fmt: skip
PAGAMENTI = Foglio(
    "pagamenti", _("Pagamenti"),
    (
        Colonna(_("Per che cosa"), lambda uno: uno.rendiconto or uno.azione),
        Colonna(_("A chi"), "beneficiario"),
        euro(_("Importo"), "importo"),
        Colonna(_("Atto"), "atto"),
        Colonna(_("Disposto il"), "disposto_il"),
        STATO,
        Colonna(_("Eseguito il"), "eseguito_il"),
        Colonna(_("Mandato"), "mandato"),
        Colonna(_("Perché è annullato"), "motivo"),
    ),
)  # fmt: skip


def _rinuncia_aperta(adesione: Any) -> bool:
    rinuncia = getattr(adesione, "rinuncia", None)
    return rinuncia is not None and rinuncia.presa_atto_il is None


def esito(riscontro: Any) -> str:
    """How a printed figure compares with ours, in a word for programs."""
    if riscontro.calcolato is None:
        return "senza"
    if riscontro.valore_stampato is None:
        return "calcolato"
    return "torna" if riscontro.quadra else "non_torna"
