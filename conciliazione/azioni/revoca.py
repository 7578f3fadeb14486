# SPDX-License-Identifier: AGPL-3.0-or-later
"""A contribution taken back: the act, what it leaves to the capofila, by when the rest comes back.

The documents speak of no revocation: ours is that the act says how much of what was paid stays for
what was done (nothing, if it does not say), and all the rest is to be recovered.
"""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, bloccata, esigi_stato, passa, salva
from conciliazione.azioni.progetto import PERMESSO, con_motivo
from conciliazione.calcolo.importi import ZERO
from conciliazione.calcolo.parole import euro
from conciliazione.conti import liquidato
from conciliazione.models import Incasso, Pagamento, Progetto, RevocaContributo
from piani.models import Utente
from piani.rules import esigi

Stato = Progetto.Stato


def revoca_progetto(
    progetto: Progetto,
    *,
    motivo: str,
    atto: str,
    atto_del: date | None = None,
    trattenuto: Decimal = ZERO,
    entro: date | None = None,
    da: Utente | None,
) -> None:
    """Take the contribution back.

    :param atto_del: the day of the act; today, if not said.
    :param trattenuto: how much of what was paid stays to the capofila.
    :param entro: the last day to give back the rest; asked for only if there is any.
    :raises PermissionDenied: the author does not manage the projects.
    :raises ValidationError: by field; the project is over or revoked already; a payment was
        arranged and not made.
    """
    esigi(da, PERMESSO, progetto)
    scritto = con_motivo(motivo)
    with transaction.atomic():
        mio = bloccata(progetto)
        _niente_disposto(mio)
        passa(mio, Stato.REVOCATO, motivo=f"{scritto} ({atto.strip()})")
        riga = RevocaContributo(progetto=mio)
        _scrivi(riga, atto, atto_del or timezone.localdate(), trattenuto, entro, da)
        _annota("conc_progetto.revocato", riga, _("Revocato «%(progetto)s»"), da, scritto)
    progetto.refresh_from_db()


def scrivi_revoca(
    progetto: Progetto,
    *,
    atto: str,
    atto_del: date,
    trattenuto: Decimal = ZERO,
    entro: date | None = None,
    nuova: bool = False,
    da: Utente | None,
) -> RevocaContributo:
    """Complete or correct what the act of a revoked project says: an extension, a mistake.

    :param nuova: only if nothing was written of it.
    :raises PermissionDenied: the author does not manage the projects.
    :raises ValidationError: by field; the project is not revoked.
    """
    esigi(da, PERMESSO, progetto)
    with transaction.atomic():
        mio = bloccata(progetto)
        esigi_stato(mio, Stato.REVOCATO)
        riga = RevocaContributo.objects.filter(progetto=mio).first()
        if riga and nuova:
            raise ValidationError(_("L'atto della revoca è già scritto: si corregge quello."))
        riga = riga or RevocaContributo(progetto=mio)
        _scrivi(riga, atto, atto_del, trattenuto, entro, da)
        _annota("conc_revoca.scritta", riga, _("Scritta la revoca di «%(progetto)s»"), da)
    return riga


def _niente_disposto(progetto: Progetto) -> None:
    disposti = Pagamento.objects.select_for_update(of=("self",)).filter(
        rendiconto__progetto=progetto, stato=Pagamento.Stato.DISPOSTO
    )
    if list(disposti.order_by("pk")):
        raise ValidationError(
            _("C'è un pagamento disposto e non eseguito: annullalo, o segnalo eseguito, prima di "
              "revocare.")
        )  # fmt: skip


def _scrivi(
    riga: RevocaContributo,
    atto: str,
    atto_del: date,
    trattenuto: Decimal,
    entro: date | None,
    da: Utente | None,
) -> None:
    _coerente(riga.progetto, atto, atto_del, trattenuto, entro)
    riga.atto, riga.atto_del = atto.strip(), atto_del
    riga.trattenuto, riga.entro, riga.scritta_da = trattenuto, entro, da
    salva(riga)


def _coerente(
    progetto: Progetto, atto: str, atto_del: date, trattenuto: Decimal, entro: date | None
) -> None:
    pagato = liquidato(progetto)
    rientrato = sum(
        Incasso.objects.validi().filter(progetto=progetto).values_list("importo", flat=True), ZERO
    )
    torna = pagato - trattenuto
    errori: dict[str, str] = {}
    if not atto.strip():
        errori["atto"] = _("Scrivi l'atto che revoca il contributo.")
    if atto_del > timezone.localdate():
        errori["atto_del"] = _("È un giorno che deve ancora venire.")
    if trattenuto > pagato:
        errori["trattenuto"] = _(
            "Al capofila sono stati pagati %(pagato)s: non può restargli di più."
        ) % {"pagato": euro(pagato)}
    elif rientrato > torna:
        errori["trattenuto"] = _(
            "Sono già rientrati %(rientrato)s: al capofila ne possono restare al massimo "
            "%(massimo)s."
        ) % {"rientrato": euro(rientrato), "massimo": euro(pagato - rientrato)}
    elif torna > ZERO and entro is None:
        errori["entro"] = _("Scrivi entro quando il capofila restituisce %(torna)s.") % {
            "torna": euro(torna)
        }
    if entro is not None and entro < atto_del:
        errori["entro"] = _("Il termine per restituire viene prima dell'atto.")
    if errori:
        raise ValidationError(errori)


def _annota(
    tipo: str, riga: RevocaContributo, frase: str, da: Utente | None, motivo: str = ""
) -> None:
    annota(
        tipo,
        riga.progetto,
        frase % {"progetto": riga.progetto},
        da=da,
        dati={
            "motivo": motivo,
            "atto": riga.atto,
            "atto_del": riga.atto_del,
            "trattenuto": str(riga.trattenuto),
            "entro": riga.entro,
        },
    )
