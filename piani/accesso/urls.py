# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses of access: allauth's views under our names, and none that we do not use.

Their route names are allauth's, which looks for them by name. Signing up, changing the e-mail
address and connecting other sites are not here: people come from an amministratore.
"""

from allauth.account import views as conto
from allauth.mfa.base import views as fattori
from allauth.mfa.recovery_codes import views as codici
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as chiavi
from allauth.socialaccount import views as sociali
from django.urls import path, re_path
from django.views.decorators.http import require_POST

from piani.accesso import ente

urlpatterns = [
    path("accedi/", conto.login, name="account_login"),
    path("accedi/disattivato/", conto.account_inactive, name="account_inactive"),
    path("accedi/verifica/", fattori.authenticate, name="mfa_authenticate"),
    path("accedi/annullato/", sociali.login_cancelled, name="socialaccount_login_cancelled"),
    path("accedi/con/<slug:provider_id>/", ente.entra, name="openid_connect_login"),
    path("accedi/con/<slug:provider_id>/ritorno/", ente.ritorno, name="openid_connect_callback"),
    path("esci/", require_POST(conto.logout), name="account_logout"),
    # the password
    path("password/", conto.password_change, name="account_change_password"),
    path("password/scegli/", conto.password_set, name="account_set_password"),
    path("password/dimenticata/", conto.password_reset, name="account_reset_password"),
    path("password/richiesta/", conto.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/nuova/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        conto.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/rifatta/",
        conto.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # who is already in proves it again before touching the second factor
    path("conferma/", conto.reauthenticate, name="account_reauthenticate"),
    path("conferma/codice/", fattori.reauthenticate, name="mfa_reauthenticate"),
    path("conferma/chiave/", chiavi.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    # the second factor
    path("secondo-fattore/", fattori.index, name="mfa_index"),
    path("secondo-fattore/app/", app.activate_totp, name="mfa_activate_totp"),
    path("secondo-fattore/app/togli/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("secondo-fattore/chiavi/", chiavi.list_webauthn, name="mfa_list_webauthn"),
    path("secondo-fattore/chiavi/nuova/", chiavi.add_webauthn, name="mfa_add_webauthn"),
    path("secondo-fattore/chiavi/<int:pk>/", chiavi.edit_webauthn, name="mfa_edit_webauthn"),
    path(
        "secondo-fattore/chiavi/<int:pk>/togli/",
        chiavi.remove_webauthn,
        name="mfa_remove_webauthn",
    ),
    path("secondo-fattore/codici/", codici.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "secondo-fattore/codici/nuovi/",
        codici.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "secondo-fattore/codici/scarica/",
        codici.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]
