# SPDX-License-Identifier: AGPL-3.0-or-later
"""«E se…?»: the scores of a plan if a result were another. Nothing is written."""

from dataclasses import dataclass, replace
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from obiettivi.azioni.calcolo import edizione_di, righe_di
from obiettivi.calcolo.misura import Misura as DaGiudicare
from obiettivi.calcolo.misura import Periodo, Risultato
from obiettivi.calcolo.valori import Mancante, Numero
from obiettivi.confronto import Cambiamento, confronta, nomi_di
from obiettivi.models import Calcolo, EdizioneSMVP, Prospettiva
from obiettivi.raccolta import Albero, raccogli
from obiettivi.valutazione import valuta
from piani.models import Piano


@dataclass(frozen=True)
class Ipotesi:
    """A result that is not there: the figure, or the progress in % of a qualitative goal."""

    codice: str
    anno: int
    frazione: str = ""
    sede: str = ""
    valore: Decimal | None = None
    avanzamento: Decimal | None = None


def ipotizza(piano: Piano, ipotesi: Ipotesi, *, frazione: str = "") -> list[Cambiamento]:
    """What the scores of the year would become, against those the data give now.

    :raises ValidationError: the year has no edition, or the plan has no such indicator.
    """
    edizione = EdizioneSMVP.objects.filter(azienda=piano.azienda, anno=ipotesi.anno).first()
    if edizione is None:
        raise ValidationError(
            _("Manca l'edizione delle regole per il %(anno)s.") % {"anno": ipotesi.anno}
        )
    regole = edizione_di(edizione)
    albero = raccogli(piano, Prospettiva.CONSUNTIVO, ipotesi.anno, frazione)
    prima, dopo = valuta(albero, regole), valuta(_con(albero, ipotesi), regole)
    periodo = Calcolo(
        piano=piano,
        prospettiva=Prospettiva.CONSUNTIVO,
        anno=ipotesi.anno,
        frazione=frazione,
        edizione=edizione,
    )
    return confronta(righe_di(periodo, prima), righe_di(periodo, dopo), nomi_di(dopo))


def _con(albero: Albero, ipotesi: Ipotesi) -> Albero:
    codici = {foglia.da_giudicare.codice for foglia in albero.foglie}
    if ipotesi.codice not in codici:
        raise ValidationError(
            _("Il piano non ha l'indicatore «%(codice)s».") % {"codice": ipotesi.codice}
        )
    foglie = [
        replace(foglia, da_giudicare=_supponi(foglia.da_giudicare, ipotesi))
        if foglia.da_giudicare.codice == ipotesi.codice
        else foglia
        for foglia in albero.foglie
    ]
    return replace(albero, foglie=foglie)


def _supponi(misura: DaGiudicare, ipotesi: Ipotesi) -> DaGiudicare:
    """The same measure with the supposed result in the place of the one it would replace."""
    supposto = Risultato(
        periodo=Periodo(ipotesi.anno, ipotesi.frazione),
        sede=ipotesi.sede,
        valore=Mancante() if ipotesi.valore is None else Numero(ipotesi.valore),
        avanzamento=ipotesi.avanzamento,
        origine=_("ipotesi"),
    )
    altri = tuple(
        uno
        for uno in misura.risultati
        if (uno.periodo, uno.sede) != (supposto.periodo, supposto.sede)
    )
    return replace(misura, risultati=(*altri, supposto))
