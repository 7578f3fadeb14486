# SPDX-License-Identifier: AGPL-3.0-or-later
"""A request, by the person who asks: a draft that is kept, sent, taken back.

The reasons are written with the draft and are never in an event.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from lavoro_agile.azioni.conservazione import scadenza_motivi
from lavoro_agile.azioni.passi import annota, bloccata, esigi_stato, passa, salva
from lavoro_agile.calcolo.edizione import Parametri
from lavoro_agile.models import (
    AccordoIndividuale,
    BandoLavoroAgile,
    DomandaLavoroAgile,
    MotivoDomanda,
)
from lavoro_agile.rules import esigi_di_persona
from piani.azioni.righe import Superata
from piani.models import UnitaOrganizzativa, Utente

CHIEDE = "lavoro_agile.chiede"
SCRIVE = "lavoro_agile.scrive_domanda"
CAMPI = (
    "area", "genere", "profilo", "unita", "giorni_chiesti", "giorni_settimana", "attivita",
    "strumenti",
)  # fmt: skip
Stato = DomandaLavoroAgile.Stato


@dataclass(frozen=True)
class DomandaScritta:
    """What a person writes; ``motivi`` says of each reason given its detail, which may be empty."""

    area: str
    unita: UnitaOrganizzativa
    genere: str = ""
    profilo: str = ""
    giorni_chiesti: int | None = None
    giorni_settimana: int | None = None
    attivita: str = ""
    strumenti: str = ""
    motivi: Mapping[str, str] = field(default_factory=dict)


def comincia(bando: BandoLavoroAgile, *, scritta: DomandaScritta, da: Utente) -> DomandaLavoroAgile:
    """A draft of one's own, in an open call.

    :raises PermissionDenied: the person does not work in the azienda, or acts for another.
    :raises ValidationError: by field; outside the window; there is another request already.
    """
    esigi_di_persona(da, CHIEDE, bando)
    with transaction.atomic():
        mio = bloccata(bando)
        _esigi_aperto(mio)
        _esigi_limiti(scritta, mio.edizione.regole)
        ultimo = mio.domande.aggregate(ultimo=Max("numero"))["ultimo"] or 0
        nuova = DomandaLavoroAgile(bando=mio, numero=ultimo + 1, persona=da)
        _riempi(nuova, scritta)
        salva(nuova)
        _scrivi_motivi(nuova, scritta.motivi)
        _annota("cominciata", nuova, _("%(domanda)s: bozza"), da=da)
    return nuova


def modifica(
    domanda: DomandaLavoroAgile, *, scritta: DomandaScritta, visto: str | None = None,
    da: Utente | None,
) -> None:  # fmt: skip
    """Write the draft again.

    :param visto: the save counter that the person had before the eyes.
    :raises PermissionDenied: it is somebody else's.
    :raises ValidationError: by field; it was sent; it was saved in another window.
    """
    esigi_di_persona(da, SCRIVE, domanda)
    with transaction.atomic():
        mia = bloccata(domanda)
        esigi_stato(mia, Stato.BOZZA)
        if visto is not None and visto != str(mia.modifiche):
            raise Superata(
                _("La bozza è stata salvata da un'altra finestra: controlla e salva di nuovo."),
                str(mia.modifiche),
            )
        _esigi_limiti(scritta, mia.bando.edizione.regole)
        _riempi(mia, scritta)
        mia.modifiche += 1
        salva(mia, *CAMPI, "modifiche")
        _scrivi_motivi(mia, scritta.motivi)
        _annota("modificata", mia, _("%(domanda)s: bozza salvata"), da=da)


def presenta(domanda: DomandaLavoroAgile, *, da: Utente | None) -> None:
    """Send the draft: from now on the head of the unit and the risorse umane read it.

    :raises PermissionDenied: it is somebody else's.
    :raises ValidationError: outside the window; something is missing; it was sent already.
    """
    esigi_di_persona(da, SCRIVE, domanda)
    with transaction.atomic():
        bando = bloccata(domanda.bando)
        mia = bloccata(domanda)
        _esigi_aperto(bando)
        if mancano := mancanze(mia):
            raise ValidationError(mancano)
        oggi = timezone.localdate()
        passa(domanda, Stato.PRESENTATA, presentata_il=oggi)
        _annota("presentata", domanda, _("%(domanda)s presentata"), da=da)


def ritira(domanda: DomandaLavoroAgile, *, da: Utente | None) -> None:
    """Take a request back, whatever was said of it; its reasons go at once, its place is free.

    :raises PermissionDenied: it is somebody else's.
    :raises ValidationError: it was refused for good, or an agreement came of it.
    """
    esigi_di_persona(da, SCRIVE, domanda)
    with transaction.atomic():
        mia = bloccata(domanda)
        vivi = (AccordoIndividuale.Stato.CESSATO, AccordoIndividuale.Stato.ANNULLATO)
        if AccordoIndividuale.objects.filter(domanda=mia).exclude(stato__in=vivi).exists():
            raise ValidationError(
                _("Dalla domanda è nato un accordo: per smettere si recede dall'accordo.")
            )
        passa(domanda, Stato.RITIRATA)
        MotivoDomanda.objects.filter(domanda=mia).delete()
        _annota("ritirata", domanda, _("%(domanda)s ritirata"), da=da)


def mancanze(domanda: DomandaLavoroAgile) -> list[str]:
    """What is missing to send a draft, one sentence each."""
    mancano = []
    if not domanda.giorni_chiesti:
        mancano.append(_("Giorni al mese: scrivi quanti ne chiedi."))
    if not domanda.attivita.strip():
        mancano.append(_("Attività: scrivi che cosa faresti fuori dalla sede."))
    return mancano


def entro_i_limiti(campo: str, giorni: int | None, massimo: int | None) -> None:
    """Stop if the days are more than the edition allows.

    :raises ValidationError: on ``campo``.
    """
    if giorni is not None and not 1 <= giorni <= (massimo or giorni):
        raise ValidationError(
            {
                campo: _("Il regolamento concede da 1 a %(massimo)s giorni.") % {"massimo": massimo}
                if massimo
                else _("Scrivi almeno un giorno.")
            }
        )


def _esigi_limiti(scritta: DomandaScritta, regole: Parametri) -> None:
    if regole.area(scritta.area) is None:
        raise ValidationError({"area": _("Il regolamento non ammette domande di quest'area.")})
    entro_i_limiti("giorni_chiesti", scritta.giorni_chiesti, regole.giorni_mese.valore)
    entro_i_limiti("giorni_settimana", scritta.giorni_settimana, regole.giorni_settimana.valore)
    ignoti = [codice for codice in scritta.motivi if regole.motivo(codice) is None]
    if ignoti:
        raise ValidationError(
            {
                "motivi": _(
                    "C'è un motivo che il regolamento non prevede: scegli fra quelli scritti."
                )
            }
        )


def _esigi_aperto(bando: BandoLavoroAgile) -> None:
    if bando.aperto:
        return
    if bando.stato == BandoLavoroAgile.Stato.PUBBLICATO:
        raise ValidationError(
            _("Le domande si presentano dal %(dal)s al %(al)s: oggi il bando non è aperto.")
            % {"dal": f"{bando.apre_il:%d/%m/%Y}", "al": f"{bando.chiude_il:%d/%m/%Y}"}
        )
    raise ValidationError(
        _("Il bando è «%(stato)s»: non prende domande.") % {"stato": bando.get_stato_display()}
    )


def _riempi(domanda: DomandaLavoroAgile, scritta: DomandaScritta) -> None:
    for campo in CAMPI:
        setattr(domanda, campo, getattr(scritta, campo))


def _scrivi_motivi(domanda: DomandaLavoroAgile, motivi: Mapping[str, str]) -> None:
    """The reasons are those, and no others."""
    domanda.motivi.exclude(codice__in=motivi).delete()
    fino_al = scadenza_motivi(domanda.bando)
    for codice, dettaglio in motivi.items():
        MotivoDomanda.objects.update_or_create(
            domanda=domanda,
            codice=codice,
            defaults={"dettaglio": dettaglio, "conserva_fino_al": fino_al},
        )


def _annota(che: str, domanda: DomandaLavoroAgile, frase: str, *, da: Utente | None) -> None:
    annota(
        f"agile_domanda.{che}", domanda, frase % {"domanda": domanda}, da=da,
        riguarda=[domanda.bando],
    )  # fmt: skip
