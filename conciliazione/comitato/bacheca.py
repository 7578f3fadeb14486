# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the meetings await: of the office that calls and keeps them, of each of their members."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conciliazione.azioni.seduta import regole_di
from conciliazione.comitato.miei import convocazioni_di, verbali_da_validare, votazioni_di
from conciliazione.models import Seduta, Verbale
from conciliazione.models.visibilita import UFFICIO
from piani.bacheca import Cosa
from piani.models import Incarico, Utente

Stato = Seduta.Stato
DA_TENERE = (Stato.BOZZA, Stato.CONVOCATA, Stato.APERTA, Stato.CHIUSA, Stato.DESERTA)


def cose_da_fare(utente: Utente) -> Iterator[Cosa]:
    """As many queries for one meeting as for many; none for who has nothing to do with them."""
    if utente.ha_ruolo(*UFFICIO):
        yield from _dell_ufficio(utente)
    if utente.rappresenta_enti and utente.delega is None:
        yield from _dei_membri(utente)


def _dell_ufficio(utente: Utente) -> Iterator[Cosa]:
    """To call, to hold, to put in writing, to conclude."""
    mie = Incarico.objects.che_valgono_per(utente).filter(ruolo__in=UFFICIO).values("azienda")
    finite = Q(stato__in=(Stato.CHIUSA, Stato.DESERTA)) & ~Q(verbale__stato__isnull=True)
    sedute = (
        Seduta.objects.filter(edizione__azienda__in=mie, stato__in=DA_TENERE)
        .exclude(finite & ~Q(verbale__stato="bozza"))
        .select_related("edizione__azienda")
    )
    for una in sedute:
        if cosa := _passo(una):
            yield cosa
    in_attesa = Verbale.objects.filter(
        seduta__edizione__azienda__in=mie, stato=Verbale.Stato.INVIATO
    ).select_related("seduta__edizione__azienda")
    for uno in in_attesa.prefetch_related("validazioni"):
        yield _validazione(uno)


def _passo(seduta: Seduta) -> Cosa | None:
    """The next step of a meeting, if it is time."""
    oggi, giorno = timezone.localdate(), timezone.localdate(seduta.quando)
    url = reverse("seduta", args=[seduta.pk])
    if seduta.stato == Stato.BOZZA:
        entro = giorno - timedelta(days=regole_di(seduta).preavviso)
        return Cosa(
            _("Da convocare: %(oggetto)s") % {"oggetto": seduta.oggetto},
            _("%(organo)s del %(giorno)s: dopo quel giorno il preavviso non basta più.")
            % {"organo": seduta.get_organo_display(), "giorno": giorno.strftime("%d/%m/%Y")},
            url,
            scadenza=entro,
        )
    if seduta.stato == Stato.CONVOCATA:
        if giorno > oggi:
            return None
        testo = _("È il giorno della seduta: segna le presenze e aprila.")
        return Cosa(_("Da aprire: %(oggetto)s") % {"oggetto": seduta.oggetto}, testo, url,
                    scadenza=giorno)  # fmt: skip
    if seduta.stato == Stato.APERTA:
        testo = _("La seduta è aperta: quando è finita si chiude.")
        return Cosa(_("In corso: %(oggetto)s") % {"oggetto": seduta.oggetto}, testo, url)
    testo = _("La seduta è finita: si scrive il verbale e si invia.")
    return Cosa(_("Verbale da inviare: %(oggetto)s") % {"oggetto": seduta.oggetto}, testo, url)


def _validazione(verbale: Verbale) -> Cosa:
    dette = list(verbale.validazioni.all())
    osservate = sum(not una.conforme for una in dette)
    testo = ngettext("Ha risposto %(n)s seggio", "Hanno risposto %(n)s seggi", len(dette)) % {
        "n": len(dette)
    }
    if osservate:
        testo += ", " + ngettext("%(n)s con osservazioni", "%(n)s con osservazioni", osservate) % {
            "n": osservate
        }
    return Cosa(
        _("Validazione del verbale: %(oggetto)s") % {"oggetto": verbale.seduta.oggetto},
        f"{testo}.",
        reverse("verbale", args=[verbale.seduta_id]),
    )


def _dei_membri(utente: Utente) -> Iterator[Cosa]:
    for votazione in votazioni_di(utente):
        yield Cosa(
            _("Da votare: %(quesito)s") % {"quesito": votazione.quesito},
            str(votazione.punto.seduta),
            reverse("seduta", args=[votazione.punto.seduta_id]),
            urgente=True,
        )
    for seduta in convocazioni_di(utente):
        yield Cosa(
            _("Convocazione: %(oggetto)s") % {"oggetto": seduta.oggetto},
            f"{seduta.get_organo_display()}, {timezone.localtime(seduta.quando):%d/%m/%Y %H:%M}, "
            f"{seduta.sede}",
            reverse("seduta", args=[seduta.pk]),
            scadenza=timezone.localdate(seduta.quando),
        )
    for verbale in verbali_da_validare(utente):
        yield Cosa(
            _("Verbale da validare: %(oggetto)s") % {"oggetto": verbale.seduta.oggetto},
            _("Leggilo e di' se è conforme o che cosa va corretto."),
            reverse("verbale", args=[verbale.seduta_id]),
        )
