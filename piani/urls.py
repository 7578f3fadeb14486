# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the ground floor."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from piani.views import (
    accessi,
    bozza,
    casa,
    clienti,
    documento,
    elenco,
    importa,
    incarichi,
    inviti,
    persone,
    profilo,
    registro,
    scadenze,
    stato,
    trasparenza,
)

urlpatterns = [
    path("", casa.home, name="home"),
    path("status", casa.status, name="status"),
    path("", include("piani.accesso.urls")),
    path("invito/<str:chiave>/", inviti.accetta, name="invito"),
    path("", include("piani.questionari.urls")),
    path("", include("piani.aperti.urls")),
    path("", include("piani.segnalazioni.urls")),
    path("obblighi/", include("piani.obblighi.urls")),
    path("azioni-positive/", include("piani.azioni_positive.urls")),
    # oneself
    path("profilo/", profilo.profilo, name="profilo"),
    path("profilo/deleghe/nuova/", profilo.delega, name="delega_nuova"),
    path("profilo/agisci/", profilo.agisci, name="agisci"),
    path("scadenze/", scadenze.scadenze, name="scadenze"),
    path("scadenze/avvisi/", scadenze.scegli, name="avvisi_scegli"),
    path("scadenze/calendario/", scadenze.rinnova, name="calendario_rinnova"),
    path("calendario/<str:chiave>.ics", scadenze.calendario, name="calendario"),
    path("deleghe/<int:pk>/revoca/", profilo.revoca, name="delega_revoca"),
    # words only
    path("privacy/", casa.pagina, {"nome": "privacy", "titolo": _("Privacy")}, name="privacy"),
    path(
        "note-legali/",
        casa.pagina,
        {"nome": "note_legali", "titolo": _("Note legali")},
        name="note_legali",
    ),
    path(
        "accessibilita/",
        casa.pagina,
        {"nome": "accessibilita", "titolo": _("Dichiarazione di accessibilità")},
        name="accessibilita",
    ),
    path(
        "segnala/",
        casa.pagina,
        {"nome": "segnala", "titolo": _("Segnala un errore")},
        name="segnala",
    ),
    # plans
    path("piani/", elenco.piani, name="piani"),
    path("piani/nuovo/", bozza.nuovo, name="piano_nuovo"),
    path("piani/<slug:slug>/dati/", bozza.dati, name="piano_dati"),
    path("piani/<slug:slug>/elimina/", bozza.elimina, name="piano_elimina"),
    path("piani/<slug:slug>/stato/", stato.stato, name="stato_piano"),
    path("piani/<slug:slug>/stato/invia/", stato.invia, name="invia"),
    path("piani/<slug:slug>/stato/bozza/", stato.riporta_in_bozza, name="riporta_in_bozza"),
    path("piani/<slug:slug>/stato/valida/", stato.valida, name="valida"),
    path("piani/<slug:slug>/stato/adotta/", stato.adotta, name="adotta"),
    path("piani/<slug:slug>/stato/atto/", stato.completa_atto, name="completa_atto"),
    path("piani/<slug:slug>/stato/parere/", stato.esprimi_parere, name="esprimi_parere"),
    path("pareri/<int:pk>/togli/", stato.togli_parere, name="togli_parere"),
    path("piani/<slug:slug>/sezioni/", bozza.sezioni, name="sezioni"),
    path("piani/<slug:slug>/sezioni/nuova/", bozza.sezione_nuova, name="sezione_nuova"),
    path("sezioni/<int:pk>/modifica/", bozza.sezione_modifica, name="sezione_modifica"),
    path("sezioni/<int:pk>/togli/", bozza.sezione_togli, name="sezione_togli"),
    path("sezioni/<int:pk>/sposta/", bozza.sezione_sposta, name="sezione_sposta"),
    path("quadrature/<int:pk>/", bozza.quadratura, name="quadratura"),
    path("piani/<slug:slug>/anteprima/", documento.anteprima, name="anteprima"),
    path("piani/<slug:slug>/pubblica/", documento.pubblica, name="pubblica"),
    path("piani/<slug:slug>/ristampa/", documento.ristampa, name="ristampa"),
    # the register
    path("registro/", registro.registro, name="registro"),
    path("registro/registro.csv", registro.registro_csv, name="registro_csv"),
    path("aziende/<slug:azienda>/organigramma/", include("piani.organigramma.urls")),
    # people
    path("persone/", persone.scegli, {"pagina": "persone"}, name="persone_di"),
    path("accessi/", persone.scegli, {"pagina": "accessi"}, name="accessi_di"),
    path("aziende/<slug:azienda>/persone/", persone.persone, name="persone"),
    path("aziende/<slug:azienda>/persone/nuova/", persone.nuova, name="persona_nuova"),
    path("aziende/<slug:azienda>/persone/importa/", importa.importa, name="persone_importa"),
    path(
        "aziende/<slug:azienda>/persone/importa/conferma/",
        importa.conferma,
        name="persone_importa_conferma",
    ),
    path("aziende/<slug:azienda>/persone/<int:pk>/", persone.persona, name="persona"),
    path(
        "aziende/<slug:azienda>/persone/<int:pk>/modifica/",
        persone.modifica,
        name="persona_modifica",
    ),
    path(
        "aziende/<slug:azienda>/persone/<int:pk>/disattiva/",
        persone.disattiva,
        name="persona_disattiva",
    ),
    path(
        "aziende/<slug:azienda>/persone/<int:pk>/riattiva/",
        persone.riattiva,
        name="persona_riattiva",
    ),
    path(
        "aziende/<slug:azienda>/persone/<int:pk>/senza-secondo-fattore/",
        persone.togli_secondo_fattore,
        name="persona_secondo_fattore",
    ),
    path("aziende/<slug:azienda>/persone/<int:pk>/invita/", inviti.invita, name="invita"),
    path("aziende/<slug:azienda>/inviti/<int:pk>/revoca/", inviti.revoca, name="invito_revoca"),
    path(
        "aziende/<slug:azienda>/persone/<int:pk>/incarichi/nuovo/",
        incarichi.nuovo,
        name="incarico_nuovo",
    ),
    path("aziende/<slug:azienda>/incarichi/<int:pk>/", incarichi.modifica, name="incarico"),
    path(
        "aziende/<slug:azienda>/incarichi/<int:pk>/chiudi/",
        incarichi.chiudi,
        name="incarico_chiudi",
    ),
    path("aziende/<slug:azienda>/incarichi/<int:pk>/delega/", incarichi.delega, name="delega_per"),
    path("aziende/<slug:azienda>/programmi/", clienti.clienti, name="clienti_api"),
    path(
        "aziende/<slug:azienda>/programmi/<int:pk>/rinnova/",
        clienti.rinnova,
        name="cliente_api_rinnova",
    ),
    path(
        "aziende/<slug:azienda>/programmi/<int:pk>/revoca/",
        clienti.revoca,
        name="cliente_api_revoca",
    ),
    path("aziende/<slug:azienda>/accessi/", accessi.accessi, name="accessi"),
    path("aziende/<slug:azienda>/accessi.csv", accessi.accessi_csv, name="accessi_csv"),
    # public
    path(
        "amministrazione-trasparente/",
        trasparenza.amministrazione_trasparente,
        name="amministrazione_trasparente",
    ),
    path("amministrazione-trasparente/<slug:azienda>/", trasparenza.at_azienda, name="at_azienda"),
    path(
        "amministrazione-trasparente/<slug:azienda>/performance/<slug:sezione>/",
        trasparenza.at_sezione,
        name="at_sezione",
    ),
    path("documenti/<slug:slug>/", documento.documento_corrente, name="documento_corrente"),
    path("documenti/<slug:slug>/v<int:versione>/", documento.documento, name="documento"),
    path(
        "documenti/<slug:slug>/v<int:versione>/<path:nome>",
        documento.documento_file,
        name="documento_file",
    ),
    # what accompanies a plan, such as the Relazione of a year
    path(
        "documenti/<slug:slug>/<slug:serie>/",
        documento.documento_corrente,
        name="documento_corrente",
    ),
    path(
        "documenti/<slug:slug>/<slug:serie>/v<int:versione>/",
        documento.documento,
        name="documento",
    ),
    path(
        "documenti/<slug:slug>/<slug:serie>/v<int:versione>/<path:nome>",
        documento.documento_file,
        name="documento_file",
    ),
]
