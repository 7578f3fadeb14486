# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the agreements put in people's inbox and calendar: as many queries for one as for many, and
none for who has nothing to do with them.
"""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lavoro_agile.accordi.comunicazioni import da_comunicare, fini_da_comunicare
from lavoro_agile.accordi.elenco import in_scadenza, senza_accordo
from lavoro_agile.calcolo.condizioni import entro_quando
from lavoro_agile.models import AccordoIndividuale
from lavoro_agile.models.visibilita import GUIDANO, LAVORANO, UFFICIO, di_chi_guida
from piani.bacheca import Cosa
from piani.models import Azienda, Utente
from piani.scadenze import Scadenza

Stato = AccordoIndividuale.Stato


def cose_da_fare(utente: Utente) -> Iterator[Cosa]:
    """To sign, for the person and for who signs for the azienda; to prepare, renew, communicate,
    for the risorse umane.
    """
    if utente.ha_ruolo(*LAVORANO) and utente.delega is None:
        yield from _da_firmare(utente)
    if utente.ha_ruolo(*UFFICIO, *GUIDANO):
        yield from _da_firmare_per_azienda(utente)
    if utente.ha_ruolo(*UFFICIO):
        yield from _dell_ufficio(utente)


def scadenze(utente: Utente) -> Iterator[Scadenza]:
    """The end of the agreements in force that the person sees."""
    if not utente.ha_ruolo(*LAVORANO):
        return
    oggi = timezone.localdate()
    in_corso = AccordoIndividuale.objects.visibili_a(utente).filter(
        stato=Stato.SOTTOSCRITTO, al__gte=oggi, rinnovo=None
    )
    for uno in in_corso.select_related("edizione__azienda"):
        if uno.al is not None:
            yield Scadenza(
                uno.al,
                _("Finisce l'accordo di lavoro agile n. %(numero)s") % {"numero": uno.numero},
                reverse("agile_accordo", args=[uno.pk]),
                di=str(uno.azienda),
            )


def _da_firmare(utente: Utente) -> Iterator[Cosa]:
    miei = AccordoIndividuale.objects.filter(
        persona=utente, stato=Stato.ALLA_FIRMA, firma_persona_il=None
    )
    for uno in miei:
        yield Cosa(
            titolo=_("Firma il tuo accordo di lavoro agile n. %(numero)s") % {"numero": uno.numero},
            testo=_("Leggilo: se qualcosa non torna, scrivi alle risorse umane prima di firmare."),
            url=reverse("agile_accordo", args=[uno.pk]),
            scadenza=uno.dal,
            urgente=uno.dal <= timezone.localdate(),
        )


def _da_firmare_per_azienda(utente: Utente) -> Iterator[Cosa]:
    dell_ufficio = Q(edizione__azienda__in=_aziende(utente))
    attesi = AccordoIndividuale.objects.filter(
        dell_ufficio | di_chi_guida(utente),
        stato=Stato.ALLA_FIRMA, firma_azienda_il=None, firma_persona_il__isnull=False,
    ).exclude(persona=utente)  # fmt: skip
    for uno in attesi:
        yield Cosa(
            titolo=_("Firma per l'azienda l'accordo di lavoro agile n. %(numero)s")
            % {"numero": uno.numero},
            testo=_("La persona ha firmato: manca la firma dell'azienda."),
            url=reverse("agile_accordo", args=[uno.pk]),
            scadenza=uno.dal,
            urgente=uno.dal <= timezone.localdate(),
        )


def _dell_ufficio(utente: Utente) -> Iterator[Cosa]:
    for azienda in Azienda.objects.filter(pk__in=_aziende(utente)):
        yield from _da_rinnovare(azienda)
        yield from _da_preparare(azienda)
        yield from _da_comunicare(azienda)


def _da_rinnovare(azienda: Azienda) -> Iterator[Cosa]:
    in_corso = AccordoIndividuale.objects.filter(
        edizione__azienda=azienda, stato=Stato.SOTTOSCRITTO, al__gte=timezone.localdate()
    )
    for uno in in_scadenza(in_corso.select_related("edizione", "rinnovo")):
        yield Cosa(
            titolo=_("Sta per finire l'accordo di lavoro agile n. %(numero)s")
            % {"numero": uno.numero},
            testo=_("Rinnovalo, se le parti vogliono: altrimenti finisce da sé."),
            url=reverse("agile_accordo", args=[uno.pk]),
            scadenza=uno.al,
        )


def _da_preparare(azienda: Azienda) -> Iterator[Cosa]:
    """One thing for all the requests to turn into agreements."""
    ammesse = senza_accordo(azienda).count()
    if ammesse:
        yield Cosa(
            titolo=ngettext(
                "%(n)s domanda ammessa aspetta l'accordo",
                "%(n)s domande ammesse aspettano l'accordo",
                ammesse,
            )
            % {"n": ammesse},
            testo=_("Si prepara dalla domanda, con i giorni concessi."),
            url=reverse("lavoro_agile_accordi", args=[azienda.codice]),
        )


def _da_comunicare(azienda: Azienda) -> Iterator[Cosa]:
    """One thing for the agreements that began, one for those that ended before their time."""
    pagina = reverse("agile_comunicazione", args=[azienda.codice])
    inizi = list(da_comunicare(azienda).values_list("dal", flat=True))
    if inizi:
        titolo = ngettext(
            "%(n)s accordo da comunicare al Ministero",
            "%(n)s accordi da comunicare al Ministero",
            len(inizi),
        )
        yield _da_inviare(titolo % {"n": len(inizi)}, pagina, entro_quando(inizi[0]))
    fini = list(fini_da_comunicare(azienda).values_list("cessa_il", flat=True))
    if fini:
        titolo = ngettext(
            "%(n)s cessazione anticipata da comunicare al Ministero",
            "%(n)s cessazioni anticipate da comunicare al Ministero",
            len(fini),
        )
        entro = min(entro_quando(uno) for uno in fini if uno is not None)
        yield _da_inviare(titolo % {"n": len(fini)}, f"{pagina}#fini", entro)


def _da_inviare(titolo: str, url: str, entro: date) -> Cosa:
    return Cosa(
        titolo=titolo,
        testo=_("Scarica il foglio e segna quando l'hai inviato."),
        url=url,
        scadenza=entro,
        urgente=entro < timezone.localdate(),
    )


def _aziende(utente: Utente) -> list[int]:
    return [uno.azienda_id for uno in utente.incarichi_di_oggi if uno.ruolo in UFFICIO]
