# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the questionnaires of the impact put in the inbox of the office: as many queries for one
edition as for many.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conciliazione.models import EdizioneConciliazione, Progetto, QuestionarioImpatto
from conciliazione.models.visibilita import UFFICIO
from piani.bacheca import Cosa
from piani.models import Incarico, Questionario, Utente

IN_TEMPO = timedelta(days=7)
"""How long before its last day a questionnaire is worth a look at who has not answered."""


def cose_da_fare(utente: Utente) -> Iterator[Cosa]:
    """To prepare, to open, to hand out, to close; nothing for who does not lead a network."""
    if not utente.ha_ruolo(*UFFICIO):
        return
    mie = Incarico.objects.che_valgono_per(utente).filter(ruolo__in=UFFICIO).values("azienda")
    edizioni = EdizioneConciliazione.objects.filter(
        azienda__in=mie, stato=EdizioneConciliazione.Stato.IN_VIGORE
    )
    for edizione, conclusi in _senza_questionario(edizioni):
        yield _da_preparare(edizione, conclusi)
    vivi = QuestionarioImpatto.objects.filter(edizione__in=edizioni).exclude(
        questionario__stato=Questionario.Stato.CHIUSO
    )
    for uno in vivi.select_related("questionario").annotate(
        inviti=Count("questionario__inviti"),
        usati=Count("questionario__inviti", filter=Q(questionario__inviti__usato=True)),
    ):
        if cosa := _passo(uno):
            yield cosa


def _senza_questionario(
    edizioni: QuerySet[EdizioneConciliazione],
) -> Iterator[tuple[EdizioneConciliazione, int]]:
    """With projects that ended and that no questionnaire asks about, their own or of them all; how
    many these are.
    """
    di_dopo = QuestionarioImpatto.objects.filter(momento=QuestionarioImpatto.Momento.DOPO)
    chiesti = di_dopo.filter(
        Q(progetto=OuterRef("pk")) | Q(progetto__isnull=True, edizione=OuterRef("edizione"))
    )
    conclusi = Progetto.objects.filter(
        ~Exists(chiesti), edizione__in=edizioni, stato=Progetto.Stato.CONCLUSO
    )
    quanti = dict(
        conclusi.order_by().values("edizione").annotate(n=Count("pk")).values_list("edizione", "n")
    )
    for edizione in edizioni.filter(pk__in=quanti):
        yield edizione, quanti[edizione.pk]


def _da_preparare(edizione: EdizioneConciliazione, conclusi: int) -> Cosa:
    return Cosa(
        _("Prepara il questionario d'impatto: %(edizione)s") % {"edizione": edizione},
        ngettext(
            "%(n)s progetto concluso: nessun questionario chiede che cosa è cambiato.",
            "%(n)s progetti conclusi: nessun questionario chiede che cosa è cambiato.",
            conclusi,
        )
        % {"n": conclusi},
        reverse("conciliazione_impatto", args=[edizione.slug]),
    )


def _passo(questo: QuestionarioImpatto) -> Cosa | None:
    """The next step of a questionnaire, if it is time."""
    questionario = questo.questionario
    url = reverse("questionario", args=[questionario.pk])
    nome = {"nome": questionario.titolo}
    if questionario.stato == Questionario.Stato.BOZZA:
        testo = _("È una bozza: rivedi le domande e aprilo.")
        return Cosa(_("Apri il questionario: «%(nome)s»") % nome, testo, url)
    if not questo.inviti:
        testo = _("È aperto e nessuno ha ancora il collegamento per rispondere.")
        return Cosa(_("Manda il questionario: «%(nome)s»") % nome, testo, url,
                    scadenza=questionario.chiude)  # fmt: skip
    if questionario.chiude - timezone.localdate() > IN_TEMPO:
        return None
    testo = _("Hanno risposto in %(usati)s su %(inviti)s: ricordalo a chi manca, o chiudilo.") % {
        "usati": questo.usati,
        "inviti": questo.inviti,
    }
    return Cosa(_("Sta per chiudersi: «%(nome)s»") % nome, testo, url,
                scadenza=questionario.chiude)  # fmt: skip
