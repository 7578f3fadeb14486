# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a CdR reports of a row of its scheda in a quarter: kept as a draft, sent, opened again,
validated by the Nucleo.
"""

from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.azioni.condizioni_rendicontazione import (
    controlla_bozza,
    controlla_completa,
    controlla_percentuale,
    controlla_riga,
    esigi_finestra,
    esigi_non_chiuso,
    in_monitoraggio,
)
from obiettivi.azioni.rilevazione import CIFRE, da_testo, rileva
from obiettivi.models import (
    Rendicontazione,
    RigaScheda,
    Rilevazione,
)
from piani.azioni import registra
from piani.azioni.righe import Superata
from piani.models import Utente
from piani.rules import esigi

Stato = Rendicontazione.Stato
GUIDA = "obiettivi.guida_scheda"


@dataclass(frozen=True)
class Resoconto:
    """What is written in a report. ``cifre`` are those of the indicator's kind, with ``stato`` and
    ``testo``, as ``rileva`` takes them; figures as exact text.
    """

    cifre: dict[str, str] = field(default_factory=dict)
    azioni: str = ""
    provvedimenti: str = ""
    criticita: str = ""
    raggiungibile: bool | None = None
    motivo: str = ""
    dichiarato: Decimal | None = None


def salva_rendicontazione(
    riga: RigaScheda, *, frazione: str, resoconto: Resoconto, visto: str = "", da: Utente | None
) -> Rendicontazione:
    """Keep a draft: whatever is there, even out of the window, so that nothing is lost.

    ``visto`` is the mark of the draft that the person had before the eyes; "" for none.

    :raises PermissionDenied: the person does not lead the CdR.
    :raises Superata: somebody saved the draft since.
    :raises ValidationError: the scheda is not being monitored, the row is not reported, the
        quarter has not begun, or the report was sent.
    """
    esigi(da, GUIDA, riga.area.scheda)
    controlla_riga(riga, frazione)
    with in_monitoraggio(riga.area.scheda):
        questa = Rendicontazione.objects.filter(riga=riga, frazione=frazione).first()
        if questa is None:
            questa = Rendicontazione(riga=riga, frazione=frazione)
        controlla_bozza(questa)
        if questa.pk and questa.impronta != visto:
            raise Superata(
                _("Nel frattempo un'altra persona ha salvato questa bozza. Guarda che cosa ha "
                  "scritto; se salvi di nuovo, vale ciò che vedi qui."),
                questa.impronta,
            )  # fmt: skip
        for nome, valore in asdict(resoconto).items():
            setattr(questa, nome, valore)
        questa.scritta_da = da
        questa.full_clean(exclude=["riga", "rilevazione", "scritta_da", "validato_da"],
                          validate_unique=False)  # fmt: skip
        questa.save()
        _registra("rendicontazione.salvata", questa, da)
    return questa


def trasmetti(rendicontazione: Rendicontazione, *, da: Utente | None) -> Rendicontazione:
    """Send a report, and write the figure of the CdR with it: both or neither.

    :raises PermissionDenied: the person does not lead the CdR.
    :raises ValidationError: by field, what is not said; out of the window, the period is closed,
        the scheda is not being monitored, or somebody sent it already.
    """
    scheda = rendicontazione.riga.area.scheda
    esigi(da, GUIDA, scheda)
    with in_monitoraggio(scheda):
        questa = Rendicontazione.objects.per_intero().get(pk=rendicontazione.pk)
        controlla_bozza(questa)
        controlla_riga(questa.riga, questa.frazione)
        esigi_finestra(questa)
        esigi_non_chiuso(questa)
        controlla_completa(questa)
        risultato = _rileva(questa, da)
        _passa(
            questa,
            Stato.BOZZA,
            _("Questa rendicontazione è già stata trasmessa."),
            stato=Stato.TRASMESSA,
            trasmessa_il=timezone.now(),
            rilevazione=risultato,
            scritta_da=da,
        )
        dati = {"dichiarato": str(questa.dichiarato)}
        if risultato is not None:
            dati["risultato"] = risultato.mostrata
        _registra("rendicontazione.trasmessa", questa, da, dati)
    return questa


def riapri_rendicontazione(
    rendicontazione: Rendicontazione, *, motivo: str = "", da: Utente | None
) -> None:
    """Make a sent report a draft again: the controllo di gestione with a reason; the head as long
    as the window is open and the Nucleo has said nothing. Its figure stays until the next one.

    :raises PermissionDenied: the person does neither.
    :raises ValidationError: no reason, out of the window, or it is a draft.
    """
    scheda = rendicontazione.riga.area.scheda
    governa = da is None or da.has_perm("obiettivi.prepara_scheda", scheda)
    if not governa:
        esigi(da, GUIDA, scheda)
    with in_monitoraggio(scheda):
        questa = Rendicontazione.objects.per_intero().get(pk=rendicontazione.pk)
        if governa and not motivo.strip():
            raise ValidationError({"motivo": _("Scrivi perché la rendicontazione si riapre.")})
        if not governa:
            esigi_finestra(questa)
            if questa.validato_il is not None:
                raise ValidationError(
                    _("Il Nucleo l'ha già validata: può riaprirla solo il controllo di gestione.")
                )
        esigi_non_chiuso(questa)
        prima = {"validato": str(questa.validato)} if questa.validato is not None else {}
        _passa(
            questa,
            Stato.TRASMESSA,
            _("Questa rendicontazione è già in bozza."),
            stato=Stato.BOZZA,
            trasmessa_il=None,
            validato=None,
            nota_nucleo="",
            validato_da=None,
            validato_il=None,
        )
        _registra("rendicontazione.riaperta", questa, da, prima | {"motivo": motivo.strip()})


def valida_rendicontazione(
    rendicontazione: Rendicontazione, *, validato: Decimal, nota: str = "", da: Utente | None
) -> None:
    """Write the Nucleo's percentage beside the declared one: both stay. A new one replaces it.

    :raises PermissionDenied: the person is not in the Nucleo, or the year is not entrusted to it.
    :raises ValidationError: by field: out of 0-100, another percentage without a note; not sent.
    """
    scheda = rendicontazione.riga.area.scheda
    esigi(da, "obiettivi.valida_scheda", scheda)
    controlla_percentuale(validato)
    with transaction.atomic():
        questa = (
            Rendicontazione.objects.per_intero()
            .select_for_update(of=("self",))
            .get(pk=rendicontazione.pk)
        )
        if validato != questa.dichiarato and not nota.strip():
            raise ValidationError({"nota": _("È diversa da quella dichiarata: scrivi perché.")})
        prima = {"prima": str(questa.validato)} if questa.validato is not None else {}
        _passa(
            questa,
            Stato.TRASMESSA,
            _("La rendicontazione non è trasmessa: è tornata in bozza."),
            validato=validato,
            nota_nucleo=nota.strip(),
            validato_da=da,
            validato_il=timezone.now(),
        )
        dati = prima | {"dopo": str(validato), "dichiarato": str(questa.dichiarato)}
        _registra("rendicontazione.validata", questa, da, dati | {"nota": nota.strip()})


def _rileva(questa: Rendicontazione, da: Utente | None) -> Rilevazione | None:
    """The figure of the CdR: the one written here or, if none is, the one that the certifying unit
    has written already.
    """
    riga, cifre = questa.riga, questa.cifre
    scheda = riga.area.scheda
    stato = cifre.get("stato") or Rilevazione.Stato.NUMERO
    figure: dict[str, Any] = {n: da_testo(n, cifre[n]) for n in CIFRE if cifre.get(n)}
    if not figure and stato == Rilevazione.Stato.NUMERO:
        gia = (
            Rilevazione.objects.correnti()
            .filter(
                indicatore=riga.indicatore,
                unita=scheda.unita,
                anno=scheda.anno,
                frazione=questa.frazione,
                sede="",
            )
            .first()
        )
        if gia is not None:
            return gia
    return rileva(
        riga.indicatore,
        anno=scheda.anno,
        frazione=questa.frazione,
        stato=stato,
        testo=cifre.get("testo", ""),
        origine=_("Rendicontazione del CdR"),
        unita=scheda.unita,
        da=da,
        **figure,
    ).rilevazione


def _passa(questa: Rendicontazione, da_stato: str, tardi: str, **nuovi: Any) -> None:
    """Change a report only in the state that it must be in; who comes second reads ``tardi``."""
    righe = Rendicontazione.objects.filter(pk=questa.pk, stato=da_stato)
    if not righe.update(**nuovi):
        raise ValidationError(tardi)
    for nome, valore in nuovi.items():
        setattr(questa, nome, valore)


def _registra(
    tipo: str, questa: Rendicontazione, da: Utente | None, dati: dict[str, str] | None = None
) -> None:
    riga = questa.riga
    scheda = riga.area.scheda
    registra(
        tipo,
        questa,
        azienda=scheda.azienda,
        da=da,
        descrizione=_("%(scheda)s, %(periodo)s: %(obiettivo)s")
        % {
            "scheda": scheda,
            "periodo": questa.get_frazione_display(),
            "obiettivo": riga.obiettivo,
        },
        dati=dati,
        riguarda=(riga, scheda, riga.indicatore),
    )
