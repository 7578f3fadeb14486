# SPDX-License-Identifier: AGPL-3.0-or-later
"""What ``./avvia`` adds to the transcribed documents: a year of lavoro agile, all invented.

Every row says so. It is dated from today, so that its deadlines are alive.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lavoro_agile.azioni import dimostrazione_positive
from lavoro_agile.azioni.conservazione import scadenza_motivi
from lavoro_agile.azioni.edizione import crea_edizione, metti_in_vigore
from lavoro_agile.azioni.passi import annota, salva
from lavoro_agile.calcolo.smartabile import Livello, smartabile
from lavoro_agile.models import (
    AccordoIndividuale,
    AttivitaMappata,
    AutorizzatiUnita,
    BandoLavoroAgile,
    CampagnaMappatura,
    DomandaLavoroAgile,
    EdizioneLavoroAgile,
    GiornateAgili,
    MappaturaAttivita,
    MotivoDomanda,
    ProfiloMappato,
    RilevazioneAgile,
)
from lavoro_agile.predefinite import dati_predefiniti
from obiettivi.models import Indicatore, Rilevazione
from piani.importa import leggi_toml
from piani.models import Azienda, UnitaOrganizzativa, Utente

DATI = settings.BASE / "fixtures" / "lavoro_agile_dimostrativo.toml"
INVENTATO = "Dato inventato per la dimostrazione"
INVIATE = ("trasmessa", "chiusa")


def completa_dimostrazione(oggi: date) -> EdizioneLavoroAgile | None:
    """Write the invented year, all or nothing; None if the azienda is not there, or has an
    edition in force. Only the system does it.
    """
    dati = leggi_toml(DATI)
    azienda = Azienda.objects.filter(codice=dati["azienda"]).first()
    if azienda is None or azienda.edizioni_lavoro_agile.in_vigore().exists():
        return None
    with transaction.atomic():
        anno = _Anno(azienda, dati, oggi)
        edizione = anno.edizione()
        anno.bando(edizione)
        anno.accordi(edizione)
        anno.mappatura()
        anno.cifre()
        anno.risultati()
        dimostrazione_positive.scrivi(azienda, dati, anno.unita, oggi.year)
        annota(
            "agile_edizione.dimostrazione",
            edizione,
            _("Caricato il lavoro agile dimostrativo del %(anno)s") % {"anno": oggi.year},
            da=None,
        )
    return edizione


class _Anno:
    """The year while it is written: the azienda, its units today, what the file says."""

    def __init__(self, azienda: Azienda, dati: dict[str, Any], oggi: date) -> None:
        self.azienda, self.dati, self.oggi = azienda, dati, oggi
        adesso = UnitaOrganizzativa.objects.alla_data(azienda, oggi)
        self.unita = {una.codice: una for una in adesso}

    def fra(self, giorni: int) -> date:
        return self.oggi + timedelta(days=giorni)

    def edizione(self) -> EdizioneLavoroAgile:
        detto = self.dati["edizione"]
        edizione = crea_edizione(
            self.azienda,
            nome=detto["nome"],
            anno_inizio=self.oggi.year,
            anno_fine=self.oggi.year + 2,
            parametri=dati_predefiniti(detto["regole"]),
            atto=detto["atto"],
            da=None,
        )
        edizione.dimostrativa = True
        salva(edizione, "dimostrativa")
        metti_in_vigore(edizione, da=None)
        return edizione

    def bando(self, edizione: EdizioneLavoroAgile) -> None:
        """An open call, with a request that awaits its opinion."""
        detto = self.dati["bando"]
        bando = salva(
            BandoLavoroAgile(
                edizione=edizione,
                numero=1,
                titolo=detto["titolo"],
                testo=detto["testo"],
                apre_il=self.fra(detto["apre"]),
                chiude_il=self.fra(detto["chiude"]),
                stato=BandoLavoroAgile.Stato.PUBBLICATO,
            )
        )
        for numero, riga in enumerate(self.dati["domande"], start=1):
            persona = Utente.objects.filter(username=riga["persona"]).first()
            if persona is None:
                continue
            domanda = salva(
                DomandaLavoroAgile(
                    bando=bando,
                    numero=numero,
                    persona=persona,
                    unita=self.unita[riga["unita"]],
                    area=riga["area"],
                    genere=riga["genere"],
                    profilo=riga["profilo"],
                    stato=DomandaLavoroAgile.Stato.PRESENTATA,
                    giorni_chiesti=riga["giorni_chiesti"],
                    giorni_settimana=riga["giorni_settimana"],
                    attivita=riga["attivita"],
                    strumenti=riga["strumenti"],
                    presentata_il=bando.apre_il,
                    dimostrativa=True,
                )
            )
            for codice in riga["motivi"]:
                salva(
                    MotivoDomanda(
                        domanda=domanda,
                        codice=codice,
                        conserva_fino_al=scadenza_motivi(bando),
                    )
                )

    def accordi(self, edizione: EdizioneLavoroAgile) -> None:
        """Agreements in force, of codes and not of people: one is about to end."""
        for numero, riga in enumerate(self.dati["accordi"], start=1):
            dal = self.fra(riga["dal"])
            firma = timezone.make_aware(datetime.combine(dal, time(12)))
            salva(
                AccordoIndividuale(
                    edizione=edizione,
                    numero=numero,
                    codice=riga["codice"],
                    unita=self.unita[riga["unita"]],
                    area=riga["area"],
                    genere=riga["genere"],
                    profilo=riga["profilo"],
                    stato=AccordoIndividuale.Stato.SOTTOSCRITTO,
                    dal=dal,
                    al=self.fra(riga["al"]),
                    informativa_il=dal,
                    proposto_il=dal,
                    firma_persona_il=firma,
                    firma_azienda_il=firma,
                    sottoscritto_il=dal,
                    dimostrativo=True,
                    **self.dati["testi_accordo"],
                )
            )

    def mappatura(self) -> None:
        """An open round: some answered, one is half-way, one has not begun."""
        detto = self.dati["campagna"]
        campagna = salva(
            CampagnaMappatura(
                azienda=self.azienda,
                anno=self.oggi.year,
                titolo=detto["titolo"],
                istruzioni=detto["istruzioni"],
                stato=CampagnaMappatura.Stato.APERTA,
                apre_il=self.fra(detto["apre"]),
                chiude_il=self.fra(detto["chiude"]),
                dimostrativa=True,
            )
        )
        for riga in self.dati["mappature"]:
            self._scheda(campagna, dict(riga))

    def _scheda(self, campagna: CampagnaMappatura, riga: dict[str, Any]) -> None:
        attivita, profili = riga.pop("attivita", []), riga.pop("profili", [])
        unita = self.unita[riga.pop("unita")]
        quando = timezone.now() if riga["stato"] in INVIATE else None
        scheda = salva(
            MappaturaAttivita(campagna=campagna, unita=unita, trasmessa_il=quando, **riga)
        )
        for ordine, una in enumerate(attivita, start=1):
            giudizio = smartabile(
                Livello(una["autonomia"]),
                Livello(una["interdipendenza"]),
                Livello(una["misurabilita"]),
                delocalizzabile=una.get("delocalizzabile", True),
            )
            salva(
                AttivitaMappata(mappatura=scheda, ordine=ordine, smartabile=giudizio.value, **una)
            )
        for ordine, uno in enumerate(profili, start=1):
            salva(ProfiloMappato(mappatura=scheda, ordine=ordine, **uno))

    def cifre(self) -> None:
        """Who was authorised at the end of last year; the days of the months gone by."""
        detto = self.dati["rilevazione"]
        rilevazione = salva(
            RilevazioneAgile(
                azienda=self.azienda,
                anno=self.oggi.year - 1,
                giorno=date(self.oggi.year - 1, 12, 31),
                titolo=detto["titolo"],
                dipendenti=detto["dipendenti"],
                potenziali=detto["potenziali"],
                effettivi=detto["effettivi"],
                nota=INVENTATO,
                dimostrativa=True,
            )
        )
        for ordine, riga in enumerate(detto["autorizzati"], start=1):
            for genere, quanti in (("F", riga["f"]), ("M", riga["m"])):
                salva(
                    AutorizzatiUnita(
                        rilevazione=rilevazione,
                        ordine=ordine,
                        unita=self.unita[riga["unita"]],
                        genere=genere,
                        quanti=quanti,
                    )
                )
        for mese in range(1, self.oggi.month):
            for riga in self.dati["giornate"]:
                cifre = {nome: Decimal(riga[nome]) for nome in GIORNI_E_ORE}
                salva(
                    GiornateAgili(
                        azienda=self.azienda,
                        unita=self.unita[riga["unita"]],
                        anno=self.oggi.year,
                        mese=mese,
                        persone=riga["persone"],
                        dimostrativa=True,
                        **cifre,
                    )
                )

    def risultati(self) -> None:
        """Results of the transcribed POLA, for its first year; none over one that is there."""
        for riga in self.dati["risultati"]:
            misurati = Indicatore.objects.filter(azienda=self.azienda, codice=riga["codice"])
            indicatore = misurati.filter(rilevazioni__isnull=True).first()
            if indicatore is None:
                continue
            misura = indicatore.misure.select_related("obiettivo__area__piano").first()
            if misura is None:
                continue
            salva(
                Rilevazione(
                    indicatore=indicatore,
                    anno=misura.piano.anno_inizio,
                    dimostrativa=True,
                    origine=INVENTATO,
                    **{nome: Decimal(riga[nome]) for nome in CIFRE if nome in riga},
                )
            )


GIORNI_E_ORE = ("giorni", "giorni_lavorabili", "ore", "ore_lavorabili")
CIFRE = ("valore", "numeratore", "denominatore", "avanzamento")
