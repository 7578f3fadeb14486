# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the ATS pays: an instalment that was recognised, or an action of the network."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, bloccata, esigi_stato, passa, salva
from conciliazione.calcolo.importi import ZERO
from conciliazione.calcolo.parole import euro
from conciliazione.conti import da_disporre
from conciliazione.models import AzioneDiPiano, Pagamento, Progetto, Rendiconto
from piani.models import Utente
from piani.rules import esigi

PAGA = "conciliazione.paga"


def disponi_rata(
    rendiconto: Rendiconto,
    *,
    atto: str,
    disposto_il: date,
    importo: Decimal | None = None,
    da: Utente | None,
) -> Pagamento:
    """Arrange the payment of an approved request, or of a part of it: all the payments of a request
    together are at most what was recognised.

    :param importo: all that is left of it, if not said.
    :raises PermissionDenied: the author may not dispose of the resources.
    :raises ValidationError: by field; it is not approved, nothing is recognised, or all of it was
        arranged already.
    """
    esigi(da, PAGA, rendiconto)
    with transaction.atomic():
        progetto = bloccata(rendiconto.progetto)
        adesso = bloccata(rendiconto)
        if progetto.stato == Progetto.Stato.REVOCATO:
            raise ValidationError(_("Il contributo è revocato: non si paga più."))
        esigi_stato(adesso, Rendiconto.Stato.APPROVATO)
        if not adesso.riconosciuto:
            raise ValidationError(_("Non è riconosciuto nulla: non c'è niente da pagare."))
        _non_domani("disposto_il", disposto_il)
        quanto = _nel_riconosciuto(adesso, importo)
        nuovo = salva(
            Pagamento(
                edizione=adesso.progetto.edizione,
                rendiconto=adesso,
                beneficiario=adesso.progetto.capofila.nome,
                importo=quanto,
                atto=atto.strip(),
                disposto_il=disposto_il,
                disposto_da=da,
            )
        )
        _annota("conc_pagamento.disposto", nuovo, _("Disposto"), da)
    return nuovo


def disponi_per_azione(
    azione: AzioneDiPiano,
    *,
    importo: Decimal,
    beneficiario: str,
    atto: str,
    disposto_il: date,
    da: Utente | None,
) -> Pagamento:
    """Arrange a payment for an action of the network, within what the plan gives it.

    :raises PermissionDenied: the author may not dispose of the resources.
    :raises ValidationError: by field; above what is left of the resources of the action.
    """
    esigi(da, PAGA, azione)
    if importo <= ZERO:
        raise ValidationError({"importo": _("Un pagamento è maggiore di zero.")})
    with transaction.atomic():
        adesso = bloccata(azione)
        _non_domani("disposto_il", disposto_il)
        _nelle_risorse(adesso, importo)
        nuovo = salva(
            Pagamento(
                edizione=adesso.edizione,
                azione=adesso,
                beneficiario=beneficiario.strip(),
                importo=importo,
                atto=atto.strip(),
                disposto_il=disposto_il,
                disposto_da=da,
            )
        )
        _annota("conc_pagamento.disposto", nuovo, _("Disposto"), da)
    return nuovo


def esegui_pagamento(
    pagamento: Pagamento, *, eseguito_il: date, mandato: str, da: Utente | None
) -> None:
    """Say that a payment was made: from now on it counts as resources paid out.

    :raises PermissionDenied: the author may not dispose of the resources.
    :raises ValidationError: by field; it was made or cancelled already.
    """
    esigi(da, PAGA, pagamento)
    _non_domani("eseguito_il", eseguito_il)
    if eseguito_il < pagamento.disposto_il:
        raise ValidationError({"eseguito_il": _("Viene prima del giorno in cui è disposto.")})
    with transaction.atomic():
        adesso = bloccata(pagamento)
        passa(
            adesso,
            Pagamento.Stato.ESEGUITO,
            eseguito_il=eseguito_il,
            mandato=mandato.strip(),
        )
        _annota("conc_pagamento.eseguito", adesso, _("Eseguito"), da)


def annulla_pagamento(pagamento: Pagamento, *, motivo: str, da: Utente | None) -> None:
    """Cancel a payment that was not made: what it pays can be arranged again.

    :raises PermissionDenied: the author may not dispose of the resources.
    :raises ValidationError: no reason, or it was made or cancelled already.
    """
    esigi(da, PAGA, pagamento)
    if not motivo.strip():
        raise ValidationError({"motivo": _("Scrivi perché il pagamento è annullato.")})
    with transaction.atomic():
        adesso = bloccata(pagamento)
        passa(adesso, Pagamento.Stato.ANNULLATO, motivo=motivo.strip())
        _annota("conc_pagamento.annullato", adesso, _("Annullato"), da)


def _nel_riconosciuto(rendiconto: Rendiconto, importo: Decimal | None) -> Decimal:
    """How much to pay of an instalment: within what its payments leave."""
    resta = da_disporre(rendiconto)
    tutto = rendiconto.riconosciuto or ZERO
    if resta <= ZERO:
        raise ValidationError(
            _("Il rendiconto è già stato pagato: %(tutto)s riconosciuti e disposti.")
            % {"tutto": euro(tutto)}
        )
    if importo is None:
        return resta
    if importo <= ZERO:
        raise ValidationError({"importo": _("Un pagamento è maggiore di zero.")})
    if importo > resta:
        raise ValidationError(
            {"importo": _("Restano %(resta)s (%(tutto)s riconosciuti − %(gia)s già disposti): "
                          "%(importo)s sono %(oltre)s in più.")
             % {"resta": euro(resta), "tutto": euro(tutto), "gia": euro(tutto - resta),
                "importo": euro(importo), "oltre": euro(importo - resta)}}
        )  # fmt: skip
    return importo


def _nelle_risorse(azione: AzioneDiPiano, importo: Decimal) -> None:
    if azione.importo is None:
        return
    validi = azione.pagamenti.exclude(stato=Pagamento.Stato.ANNULLATO)
    gia = validi.aggregate(somma=Sum("importo"))["somma"] or ZERO
    resta = azione.importo - gia
    if importo > resta:
        raise ValidationError(
            {
                "importo": _(
                    "Per l'azione restano %(resta)s (%(tutto)s − %(gia)s già disposti): "
                    "%(importo)s sono %(oltre)s in più."
                )
                % {
                    "resta": euro(resta),
                    "tutto": euro(azione.importo),
                    "gia": euro(gia),
                    "importo": euro(importo),
                    "oltre": euro(importo - resta),
                }
            }
        )


def _non_domani(campo: str, giorno: date) -> None:
    if giorno > timezone.localdate():
        raise ValidationError({campo: _("È un giorno che deve ancora venire.")})


def _annota(tipo: str, pagamento: Pagamento, che_cosa: str, da: Utente | None) -> None:
    di = pagamento.azione or pagamento.rendiconto
    annota(
        tipo,
        pagamento,
        _("%(che_cosa)s il pagamento di %(importo)s: %(di)s")
        % {"che_cosa": che_cosa, "importo": euro(pagamento.importo), "di": di},
        da=da,
        dati={"atto": pagamento.atto, "mandato": pagamento.mandato, "motivo": pagamento.motivo},
        riguarda=[uno for uno in (di, getattr(pagamento.rendiconto, "progetto", None)) if uno],
    )
