# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a capofila gives back of what it had beyond the contribution recognised by the balance, or
left to it by the act that revokes it.

The documents do not say how: ours is that each sum collected is written with the act that asks for
it and its day, also a part at a time, and never beyond what is left to recover.
"""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conciliazione.azioni.pagamento import PAGA
from conciliazione.azioni.passi import annota, bloccata, salva
from conciliazione.calcolo.importi import ZERO
from conciliazione.calcolo.parole import euro
from conciliazione.models import Incasso, Progetto
from conciliazione.monitoraggio.conto import situazioni
from piani.models import Utente
from piani.rules import esigi


def registra_incasso(
    progetto: Progetto,
    *,
    importo: Decimal,
    atto: str,
    incassato_il: date,
    reversale: str = "",
    da: Utente | None,
) -> Incasso:
    """Write a sum that came back.

    :raises PermissionDenied: the author may not dispose of the resources.
    :raises ValidationError: by field; nothing is to be recovered, or less than that; the day is to
        come.
    """
    esigi(da, PAGA, progetto)
    with transaction.atomic():
        questo = bloccata(progetto)
        resta = situazioni([questo])[0].da_recuperare
        _incassabile(importo, incassato_il, resta)
        nuovo = salva(
            Incasso(
                progetto=questo,
                importo=importo,
                atto=atto.strip(),
                reversale=reversale.strip(),
                incassato_il=incassato_il,
                registrato_da=da,
            )
        )
        _annota("registrato", nuovo, _("Incassati %(importo)s da recuperare: «%(progetto)s»"), da)
    return nuovo


def annulla_incasso(incasso: Incasso, *, motivo: str, da: Utente | None) -> None:
    """A sum was written by mistake: it stays to be read, and is to be recovered again.

    :raises PermissionDenied: the author may not dispose of the resources.
    :raises ValidationError: no reason, or it was cancelled already.
    """
    esigi(da, PAGA, incasso)
    if not motivo.strip():
        raise ValidationError({"motivo": _("Scrivi perché l'incasso è annullato.")})
    with transaction.atomic():
        bloccata(incasso.progetto)
        vivo = Incasso.objects.validi().filter(pk=incasso.pk)
        if not vivo.update(annullato_il=timezone.now(), motivo=motivo.strip()[:300]):
            raise ValidationError(_("L'incasso è già annullato: ricarica la pagina."))
        incasso.refresh_from_db()
        _annota("annullato", incasso, _("Annullato l'incasso di %(importo)s: «%(progetto)s»"), da)


def _incassabile(importo: Decimal, giorno: date, resta: Decimal) -> None:
    errori: dict[str, str] = {}
    if giorno > timezone.localdate():
        errori["incassato_il"] = _("È un giorno che deve ancora venire.")
    if importo <= ZERO:
        errori["importo"] = _("Un incasso è maggiore di zero.")
    elif resta <= ZERO:
        raise ValidationError(
            _("Non c'è nulla da recuperare: quanto è pagato non supera il contributo riconosciuto "
              "al saldo, o ciò che la revoca lascia, o è già tutto rientrato.")
        )  # fmt: skip
    elif importo > resta:
        detti = {"resta": resta, "importo": importo, "oltre": importo - resta}
        errori["importo"] = _(
            "Da recuperare restano %(resta)s: %(importo)s sono %(oltre)s in più."
        ) % {nome: euro(quanto) for nome, quanto in detti.items()}
    if errori:
        raise ValidationError(errori)


def _annota(che: str, incasso: Incasso, frase: str, da: Utente | None) -> None:
    annota(
        f"conc_incasso.{che}",
        incasso,
        frase % {"importo": euro(incasso.importo), "progetto": incasso.progetto},
        da=da,
        dati={
            "atto": incasso.atto,
            "reversale": incasso.reversale,
            "incassato_il": incasso.incassato_il,
            "motivo": incasso.motivo,
        },
        riguarda=[incasso.progetto],
    )
