# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the ground floor."""

from django.contrib.auth import views as accesso
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _

from piani.views import (
    bozza,
    casa,
    documento,
    elenco,
    organigramma,
    registro,
    stato,
    trasparenza,
)

urlpatterns = [
    path("", casa.home, name="home"),
    path("status", casa.status, name="status"),
    # access
    path(
        "accedi/",
        accesso.LoginView.as_view(
            template_name="accesso/accedi.html", redirect_authenticated_user=True
        ),
        name="accedi",
    ),
    path("esci/", accesso.LogoutView.as_view(), name="esci"),
    path(
        "password/",
        accesso.PasswordChangeView.as_view(
            template_name="accesso/cambia_password.html",
            success_url=reverse_lazy("password_cambiata"),
        ),
        name="cambia_password",
    ),
    path(
        "password/cambiata/",
        accesso.PasswordChangeDoneView.as_view(template_name="accesso/password_cambiata.html"),
        name="password_cambiata",
    ),
    path(
        "password/dimenticata/",
        accesso.PasswordResetView.as_view(
            template_name="accesso/password_dimenticata.html",
            email_template_name="accesso/email_password.txt",
            subject_template_name="accesso/email_password_oggetto.txt",
            success_url=reverse_lazy("password_richiesta"),
        ),
        name="password_dimenticata",
    ),
    path(
        "password/richiesta/",
        accesso.PasswordResetDoneView.as_view(template_name="accesso/password_richiesta.html"),
        name="password_richiesta",
    ),
    path(
        "password/nuova/<uidb64>/<token>/",
        accesso.PasswordResetConfirmView.as_view(
            template_name="accesso/password_nuova.html",
            success_url=reverse_lazy("password_rifatta"),
        ),
        name="password_nuova",
    ),
    path(
        "password/rifatta/",
        accesso.PasswordResetCompleteView.as_view(template_name="accesso/password_rifatta.html"),
        name="password_rifatta",
    ),
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
    path("aziende/<slug:azienda>/organigramma/", organigramma.organigramma, name="organigramma"),
    # the register
    path("registro/", registro.registro, name="registro"),
    path("registro/registro.csv", registro.registro_csv, name="registro_csv"),
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
]
