# SPDX-License-Identifier: AGPL-3.0-or-later
"""The results of a file written all together, through the same action as any other load."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from obiettivi.azioni.carico import Chiave, RisultatiMossi, carica_rilevazioni, chiave_di
from obiettivi.azioni.piani_toccati import Effetti
from obiettivi.azioni.rilevazione import CIFRE, da_testo
from obiettivi.azioni.tanti import leggi, risultato
from obiettivi.models import Indicatore, Rilevazione
from piani.azioni.carico import RigheSbagliate
from piani.importazioni.genere import Contesto, Differenza, Esito, Scritto, Superate
from piani.models import UnitaOrganizzativa


def scrivi(contesto: Contesto, differenze: Iterator[Differenza]) -> Scritto:
    """Write what the preview showed.

    :raises PermissionDenied: a result of a CdR that the person does not take.
    :raises Superate: results that somebody wrote meanwhile.
    :raises RigheSbagliate: what is refused now, by row of the file.
    """
    cose = Cose(contesto)
    nuove: list[Rilevazione] = []
    tolte: list[int] = []
    righe: list[int] = []
    attese: dict[Chiave, int | None] = {}
    posti: dict[Chiave, int] = {}
    ritirate: dict[int, int] = {}
    for una in differenze:
        if una.esito == Esito.TOLTA:
            tolte.append(una.dati["tolta"])
            ritirate[una.dati["tolta"]] = una.posto
            continue
        nuova = cose.rilevazione(una)
        chiave = chiave_di(nuova)
        attese[chiave], posti[chiave] = (int(una.segno) if una.segno else None), una.posto
        righe.append(una.riga or 0)
        nuove.append(nuova)
    correnti = Rilevazione.objects.correnti().filter(pk__in=tolte).order_by("pk")
    vecchie = list(cose.leggi(correnti)) if tolte else []
    for vecchia in vecchie:
        attese[chiave_di(vecchia)] = vecchia.pk
        posti[chiave_di(vecchia)] = ritirate.pop(vecchia.pk)
    if ritirate:
        raise Superate(dict.fromkeys(ritirate.values(), _("Non è più il risultato corrente.")))
    try:
        esito = carica_rilevazioni(
            contesto.azienda,
            nuove,
            tolte=vecchie,
            attese=attese,
            importazione=contesto.importazione,
            da=contesto.da,
        )
    except RisultatiMossi as errore:
        raise Superate(
            {posti[una]: _("Qualcuno ha scritto questo risultato dopo l'anteprima.")
             for una in errore.chiavi}
        ) from errore  # fmt: skip
    except RigheSbagliate as errore:
        raise RigheSbagliate(
            [(righe[posto - 1], campo, frase) for posto, campo, frase in errore.righe]
        ) from errore
    istante = esito.istante.isoformat() if esito.istante else ""
    return Scritto(annullo={"istante": istante}, effetti=frasi_di(esito))


class Cose:
    """Indicators and units that the rows name, read once."""

    def __init__(self, contesto: Contesto) -> None:
        self.contesto = contesto
        da_dove = contesto.origine[-170:].replace("%", "%%")
        self.origine = _("%(file)s, riga %(riga)s") % {"file": da_dove, "riga": "%s"}
        self.indicatori: Mapping[int, Indicatore] = {
            uno.pk: uno for uno in Indicatore.objects.filter(azienda=contesto.azienda)
        }
        for uno in self.indicatori.values():
            uno.azienda = contesto.azienda
        self.unita: dict[int, UnitaOrganizzativa] = {
            una.pk: una
            for una in UnitaOrganizzativa.objects.filter(
                organigramma__azienda=contesto.azienda
            ).select_related("organigramma")
        }

    def leggi(self, righe: QuerySet[Rilevazione]) -> Iterator[Rilevazione]:
        """Results of the azienda that are there."""
        return leggi(righe, self.indicatori, self.unita)

    def rilevazione(self, una: Differenza) -> Rilevazione:
        """The result of a row, not saved."""
        indicatore, unita, anno, frazione, sede = una.dati["k"]
        if indicatore not in self.indicatori or (unita and unita not in self.unita):
            raise Superate({una.posto: _("L'indicatore o l'unità non c'è più.")})
        origine = self.origine % una.riga
        return risultato(
            self.indicatori[indicatore],
            self.unita[unita] if unita else None,
            anno=anno,
            frazione=frazione,
            sede=sede,
            stato=una.dati["st"],
            testo=una.dati.get("testo", ""),
            origine=origine,
            importazione_id=self.contesto.importazione.pk,
            dichiarata_da_id=self.contesto.da.pk if self.contesto.da else None,
            **{nome: _cifra(nome, una.dati.get(nome)) for nome in CIFRE},
        )


def _cifra(nome: str, scritta: str | None) -> Decimal | date | None:
    return None if scritta is None else da_testo(nome, scritta)


def frasi_di(esito: Effetti) -> list[str]:
    """What happened to scores, plans and schede, told to people."""
    frasi = [
        ngettext("%(n)s punteggio aggiornato.", "%(n)s punteggi aggiornati.", esito.punteggi)
        % {"n": esito.punteggi}
    ]
    frasi += [
        _("«%(piano)s»: il documento pubblicato mostra questi punteggi. Le differenze aspettano un "
          "motivo fra le cose da fare.") % {"piano": piano}
        for piano in esito.trattenuti
    ]  # fmt: skip
    frasi += [
        _("I punteggi di «%(piano)s» non si sono aggiornati: le sue regole non si possono usare.")
        % {"piano": piano}
        for piano in esito.non_aggiornati
    ]
    frasi += [
        _("La scheda budget «%(scheda)s» è già validata: i suoi punteggi restano quelli.")
        % {"scheda": scheda}
        for scheda in esito.ferme
    ]
    return frasi
