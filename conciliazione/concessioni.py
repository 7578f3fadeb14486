# SPDX-License-Identifier: AGPL-3.0-or-later
"""The grants that an ATS publishes: beneficiary, amount, rule, office, manner, project, link.

Artt. 26 and 27 D.Lgs. 33/2013: acts of more than a thousand euros a year, with no natural person.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from conciliazione.models import EdizioneConciliazione, Progetto
from conciliazione.models.visibilita import UFFICIO
from piani.models import Azienda, DocumentoPubblicato, Incarico
from piani.trasparenza import VoceAT

SOGLIA = Decimal(1000)  # art. 26 c. 2 D.Lgs. 33/2013
MACRO = "Sovvenzioni, contributi, sussidi, vantaggi economici"
ETICHETTA = "Atti di concessione"
NORMA = "Art. 26, c. 2, e art. 27, d.lgs. n. 33/2013"
CAMPI = (
    "anno", "beneficiario", "codice_fiscale", "importo", "norma", "atto", "ufficio", "modalita",
    "progetto", "cup", "stato", "link",
)  # fmt: skip


@dataclass(frozen=True)
class Concessione:
    """A row as art. 27 wants it; texts as people read them."""

    anno: int
    beneficiario: str
    codice_fiscale: str
    importo: Decimal
    norma: str
    atto: str
    ufficio: str
    modalita: str
    progetto: str
    cup: str
    stato: str
    link: str


def concessioni_di(azienda: Azienda) -> list[Concessione]:
    """The contributions granted by an act, newest edition first, in a fixed number of queries."""
    progetti = list(
        Progetto.objects.filter(
            edizione__azienda=azienda, edizione__dimostrativa=False, contributo__gt=SOGLIA
        )
        .exclude(atto_concessione="")
        .exclude(edizione__stato=EdizioneConciliazione.Stato.BOZZA)
        .select_related("edizione", "capofila", "proposta__manifestazione")
        .order_by("-edizione__anno_inizio", "numero")
    )
    if not progetti:
        return []
    ufficio, documenti = _ufficio(azienda), _documenti(azienda)
    return [_concessione(uno, ufficio, documenti) for uno in progetti]


def _concessione(progetto: Progetto, ufficio: str, documenti: dict[int, str]) -> Concessione:
    edizione, bando = progetto.edizione, progetto.proposta.manifestazione
    pagina = documenti.get(edizione.piano_id or 0, "")
    return Concessione(
        anno=progetto.dal.year if progetto.dal else edizione.anno_inizio,
        beneficiario=str(progetto.capofila),
        codice_fiscale=progetto.capofila.codice_fiscale or progetto.capofila.partita_iva,
        importo=progetto.contributo,
        norma=edizione.atto,
        atto=progetto.atto_concessione,
        ufficio=ufficio,
        modalita=f"{bando.titolo} ({bando.atto})" if bando.atto else bando.titolo,
        progetto=progetto.titolo,
        cup=progetto.cup,
        stato=progetto.get_stato_display(),
        link=f"{pagina}#progetto-{progetto.numero}" if pagina else "",
    )


def _ufficio(azienda: Azienda) -> str:
    """The unit that leads the network today, or the azienda itself."""
    incarico = (
        Incarico.objects.in_vigore(timezone.localdate())
        .filter(azienda=azienda, ruolo__in=UFFICIO, unita__isnull=False)
        .select_related("unita")
        .first()
    )
    return incarico.unita.nome if incarico and incarico.unita else azienda.nome


def _documenti(azienda: Azienda) -> dict[int, str]:
    """The page of the published document of each plan of the azienda."""
    in_mostra = DocumentoPubblicato.objects.in_mostra(timezone.localdate()).correnti().del_piano()
    return {
        uno.piano_id: uno.get_absolute_url() for uno in in_mostra.filter(piano__azienda=azienda)
    }


def voci_at(azienda: Azienda) -> list[VoceAT]:
    """The entries of Amministrazione Trasparente, for who leads a network: the network with the
    module to join it, among the procedures and their modules; the calls, where the criteria of the
    grants stand; the grants.
    """
    if not EdizioneConciliazione.objects.filter(azienda=azienda).exclude(stato="bozza").exists():
        return []
    return [
        VoceAT(
            "Attività e procedimenti", "Tipologie di procedimento", "Art. 35, d.lgs. n. 33/2013",
            _("La Rete di conciliazione vita-lavoro e il modulo per aderire"),
            reverse("rete_pubblica", args=[azienda.codice]),
        ),
        VoceAT(
            MACRO, "Criteri e modalità", "Art. 26, c. 1, d.lgs. n. 33/2013",
            _("Manifestazioni di interesse per i progetti di conciliazione"),
            reverse("bando_pubblici_azienda", args=[azienda.codice]),
        ),
        VoceAT(
            MACRO, ETICHETTA, NORMA, _("Contributi ai progetti di conciliazione"),
            reverse("progetto_concessioni", args=[azienda.codice]),
        )
    ]  # fmt: skip
