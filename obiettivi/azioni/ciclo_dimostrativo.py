# SPDX-License-Identifier: AGPL-3.0-or-later
"""An invented year of the cycle, to try the program with: everything in it says so.

It goes through the same actions as people do, each signed by an invented person; only the windows
are moved about, so that what a year takes is done in a moment.
"""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from obiettivi.azioni.biblioteca import crea_indicatore
from obiettivi.azioni.carica import edizioni_del_piano
from obiettivi.azioni.divulgazione import divulga, prendi_visione
from obiettivi.azioni.finestra import cambia_finestra, fissa_finestra, proponi_finestre
from obiettivi.azioni.firma_scheda import firma
from obiettivi.azioni.griglia import rileva_griglia
from obiettivi.azioni.individuale.assegna import assegna_valutazioni
from obiettivi.azioni.individuale.edizione import crea_edizione_individuale
from obiettivi.azioni.matrice_schede import pesa_schede
from obiettivi.azioni.negoziazione import invia_scheda, scrivi_messaggio
from obiettivi.azioni.proposta_scheda import crea_modello, proponi
from obiettivi.azioni.punteggi_scheda import ricalcola_schede
from obiettivi.azioni.rendicontazione import Resoconto, salva_rendicontazione, trasmetti
from obiettivi.azioni.scheda import aggiungi_alla_scheda
from obiettivi.azioni.scorrimento import scorri
from obiettivi.models import (
    Finestra,
    FirmaScheda,
    FonteDati,
    Indicatore,
    Misura,
    RigaScheda,
    Rilevazione,
    RisorsaScheda,
    SchedaBudget,
)
from obiettivi.schede.schemi import schemi_del
from piani import verifiche
from piani.azioni import adotta, elimina, esprimi_parere, invia, registra, valida
from piani.importa import leggi_toml
from piani.models import Parere, Piano, UnitaOrganizzativa, Utente
from piani.passaggi import ADOZIONE, INVIO, VALIDAZIONE, Passaggio

CICLO = settings.BASE / "fixtures" / "ciclo_dimostrativo" / "ciclo.toml"
REGOLE_INDIVIDUALI = settings.BASE / "fixtures" / "edizioni_individuali" / "asst-cremona-2022.json"
TRIMESTRI = ("T1", "T2", "T3", "T4")
SOLO_DIMOSTRAZIONE = "Ciclo inventato per la dimostrazione"
RESTANO = timedelta(days=20)
"""How long what is open today stays open."""


def carica_ciclo(oggi: date) -> Piano | None:
    """Write the invented cycle of this year, all or nothing; None if there is one already.

    :raises ValidationError: the plan that it rolls on from, or a person of it, is not there.
    """
    dati = leggi_toml(CICLO)
    vecchio = Piano.objects.filter(slug=dati["piano"]).select_related("azienda").first()
    if vecchio is None:
        raise ValidationError(_("Manca il piano «%(piano)s».") % {"piano": dati["piano"]})
    if vecchio.scorrimenti.exists():
        return None
    with transaction.atomic():
        ciclo = _Ciclo(vecchio, dati, oggi)
        ciclo.piano = ciclo.adotta()
        ciclo.schede()
        ciclo.individuale()
        registra(
            "ciclo.dimostrazione",
            ciclo.piano,
            azienda=ciclo.azienda,
            da=None,
            descrizione=_("Caricato il ciclo dimostrativo del %(anno)s") % {"anno": ciclo.anno},
        )
    return ciclo.piano


class _Ciclo:
    """The cycle while it is written: the azienda, the year, who acts."""

    def __init__(self, vecchio: Piano, dati: Mapping[str, Any], oggi: date) -> None:
        self.vecchio, self.dati, self.oggi = vecchio, dati, oggi
        self.azienda, self.anno = vecchio.azienda, oggi.year
        self.piano = vecchio
        self.finiti = [t for n, t in enumerate(TRIMESTRI, 1) if _fine(self.anno, n) < oggi]

    def chi(self, ruolo: str) -> Utente:
        return _persona(self.dati["persone"][ruolo])

    def unita(self, codice: str) -> UnitaOrganizzativa:
        return UnitaOrganizzativa.objects.alla_data(self.azienda, self.oggi).get(codice=codice)

    # --- the plan -------------------------------------------------------------------------

    def adotta(self) -> Piano:
        """The revision of the source plan for the three years that begin now, adopted."""
        controllo = self.chi("controllo")
        piano = scorri(
            self.vecchio,
            titolo=f"{self.dati['titolo']} {self.anno}-{self.anno + 2}",
            anno_inizio=self.anno,
            proponi=True,
            da=controllo,
        )
        for misura in Misura.objects.filter(
            obiettivo__area__piano=piano, indicatore__codice__in=self.dati["senza"]
        ):
            elimina(misura, da=controllo)
        edizioni_del_piano(piano)
        invia(piano, avvertenze_viste=_viste(piano, INVIO), da=controllo)
        valida(
            piano,
            esito="validato",
            data=self.oggi,
            motivazione=SOLO_DIMOSTRAZIONE,
            avvertenze_viste=_viste(piano, VALIDAZIONE),
            da=self.chi("nucleo"),
        )
        direzione = self.chi("direzione")
        for ruolo in Parere.Ruolo:
            esprimi_parere(piano, ruolo=ruolo, esito="favorevole", data=self.oggi, da=direzione)
        adotta(
            piano,
            atto_tipo="decreto",
            atto_numero="0 (dimostrazione)",
            atto_data=self.oggi,
            atto_organo="Direttore Generale",
            motivo_ritardo=SOLO_DIMOSTRAZIONE,
            avvertenze_viste=_viste(piano, ADOZIONE),
            da=direzione,
        )
        return piano

    # --- the schede -----------------------------------------------------------------------

    def schede(self) -> None:
        """The schede of the year, each as far as it got, with the windows of the cycle."""
        self._finestra(Finestra.Tipo.NEGOZIAZIONE, date(self.anno, 1, 1))
        modello = self._modello()
        for voce in self.dati["schede"]:
            if voce["fino_a"] == "monitoraggio" and not self.finiti:
                continue  # the year has just begun: this one is lived from its template
            [scheda] = proponi(
                self.azienda,
                self.anno,
                [self.unita(voce["unita"])],
                origine=modello,
                da=self.chi("controllo"),
            )
            passi = {"proposta": self._lascia_a_meta, "negoziazione": self._negozia}
            passi.get(voce["fino_a"], self._porta_in_monitoraggio)(scheda, voce)
        proponi_finestre(self.azienda, anno=self.anno, da=self.chi("controllo"))

    def _modello(self) -> SchedaBudget:
        controllo, dati = self.chi("controllo"), self.dati["modello"]
        modello = crea_modello(
            self.azienda,
            anno=self.anno,
            nome=dati["nome"],
            origine=schemi_del(self.anno)[0],
            da=controllo,
        )
        aree = {area.nome: area for area in modello.aree.all()}
        for riga in dati["righe"]:
            aggiungi_alla_scheda(
                RigaScheda(
                    area=aree[riga["area"]],
                    obiettivo=riga["obiettivo"],
                    indicatore=self._indicatore(riga),
                    **({"peso": Decimal(riga["peso"])} if "peso" in riga else {}),
                    storico=riga.get("storico", ""),
                    storico_anno=self.anno - 2 if "storico" in riga else None,
                    dato=riga.get("dato", ""),
                    dato_anno=self.anno - 1 if "dato" in riga else None,
                    atteso=riga["atteso"],
                ),
                confermato=True,
                da=controllo,
            )
        for risorsa in dati["risorse"]:
            nuova = RisorsaScheda(
                scheda=modello, **risorsa | {"budget": Decimal(risorsa["budget"])}
            )
            aggiungi_alla_scheda(nuova, da=controllo)
        return modello

    def _indicatore(self, riga: Mapping[str, Any]) -> Indicatore:
        return crea_indicatore(
            self.azienda,
            codice=riga["codice"],
            nome=riga["indicatore"],
            tipo_formula=riga["formula"],
            unita=riga["unita"],
            verso=riga["verso"],
            rilevatore=self.unita(riga["rilevatore"]) if "rilevatore" in riga else None,
            frequenza=Indicatore.Frequenza.TRIMESTRALE,
            cumulo=Indicatore.Cumulo.DA_INIZIO_ANNO,
            fonte=FonteDati.objects.get(codice="manuale"),
            da=self.chi("controllo"),
        )

    def _lascia_a_meta(self, scheda: SchedaBudget, _voce: Mapping[str, Any]) -> None:
        """A weight to mend: the sheet says it, and does not leave."""
        riga = RigaScheda.objects.filter(area__scheda=scheda, peso__gt=0).latest("peso", "pk")
        pesa_schede(
            self.azienda, self.anno, {f"riga-{riga.pk}": Decimal(95)}, da=self.chi("controllo")
        )

    def _negozia(self, scheda: SchedaBudget, voce: Mapping[str, Any]) -> None:
        invia_scheda(scheda, da=self.chi("controllo"))
        scrivi_messaggio(scheda, testo=voce["messaggio"], da=_persona(voce["responsabile"]))

    def _porta_in_monitoraggio(self, scheda: SchedaBudget, voce: Mapping[str, Any]) -> None:
        self._negozia(scheda, voce)
        responsabile = _persona(voce["responsabile"])
        firmano = {
            FirmaScheda.Ruolo.DIREZIONE: self.chi("direzione"),
            FirmaScheda.Ruolo.DIPARTIMENTO: _persona(voce["dipartimento"]),
            FirmaScheda.Ruolo.RESPONSABILE: responsabile,
        }
        for ruolo, persona in firmano.items():
            firma(scheda, ruolo=ruolo, versione_vista=scheda.versione, da=persona)
        divulga(scheda, da=responsabile)
        prendi_visione(scheda, da=_persona(voce["dipendente"]))
        for trimestre in self.finiti:
            self._rendiconta(scheda, voce, trimestre, responsabile)

    def _rendiconta(
        self, scheda: SchedaBudget, voce: Mapping[str, Any], trimestre: str, da: Utente
    ) -> None:
        """A quarter already over, sent in time: its window is put back where it was.

        Of the last one the row that another unit certifies is left to both, and the window open.
        """
        numero = TRIMESTRI.index(trimestre)
        finestra = fissa_finestra(
            self.azienda,
            anno=self.anno,
            tipo=Finestra.Tipo.RENDICONTAZIONE,
            frazione=trimestre,
            apre=self.oggi,
            scade=self.oggi,
            da=self.chi("controllo"),
        )
        righe = RigaScheda.objects.filter(area__scheda=scheda).select_related(
            "indicatore", "area__scheda__azienda", "area__scheda__unita__organigramma"
        )
        ultimo = trimestre == self.finiti[-1]
        for riga in righe.order_by("area__ordine", "ordine"):
            cifre = voce["trimestri"][riga.indicatore.codice][numero : numero + 1]
            if not cifre:
                continue
            resta = ultimo and riga.indicatore.rilevatore_id is not None
            bozza = salva_rendicontazione(
                riga, frazione=trimestre, resoconto=_resoconto(riga, cifre[0]), da=da
            )
            if resta:
                continue
            if riga.indicatore.rilevatore_id is not None:
                self._certifica(riga.indicatore, voce["unita"], trimestre, cifre[0])
            trasmetti(bozza, da=da)
        apre = _fine(self.anno, numero + 1) + timedelta(days=1)
        scade = self.oggi + RESTANO if ultimo else apre + timedelta(days=19)
        cambia_finestra(finestra, apre=apre, scade=scade, da=self.chi("controllo"))
        suoi = RigaScheda.objects.filter(area__scheda=scheda).values("indicatore")
        Rilevazione.objects.filter(indicatore__in=suoi).update(
            dimostrativa=True, origine=SOLO_DIMOSTRAZIONE
        )
        ricalcola_schede(self.azienda, self.anno)

    def _certifica(self, indicatore: Indicatore, codice: str, trimestre: str, cifra: str) -> None:
        rileva_griglia(
            indicatore,
            anno=self.anno,
            frazione=trimestre,
            risultati={self.unita(codice): {"valore": Decimal(cifra)}},
            da=self.chi("rilevatrice"),
        )

    def _finestra(self, tipo: Finestra.Tipo, apre: date) -> None:
        fissa_finestra(
            self.azienda,
            anno=self.anno,
            tipo=tipo,
            apre=apre,
            scade=self.oggi + RESTANO,
            da=self.chi("controllo"),
        )

    # --- the people -----------------------------------------------------------------------

    def individuale(self) -> None:
        """The rules of the individual evaluation, and a sheet for each of the staff."""
        edizione = crea_edizione_individuale(
            self.azienda,
            self.anno,
            json.loads(REGOLE_INDIVIDUALI.read_text(encoding="utf-8")),
            da=self.chi("personale"),
        )
        dirigenza, *altre = [una.codice for una in edizione.regole.categorie]
        assegna_valutazioni(
            edizione,
            categoria_responsabili=dirigenza,
            categoria_personale=altre[0] if altre else dirigenza,
            da=self.chi("personale"),
        )


def _resoconto(riga: RigaScheda, cifra: str | list[str]) -> Resoconto:
    """What a CdR reports of a figure: a value, or a numerator and a denominator; of one that
    another unit certifies, only the words.
    """
    if riga.indicatore.rilevatore_id is not None:
        cifre = {}
    elif isinstance(cifra, str):
        cifre = {"stato": Rilevazione.Stato.NUMERO, "valore": cifra}
    else:
        cifre = dict(zip(("numeratore", "denominatore"), cifra, strict=True))
        cifre["stato"] = Rilevazione.Stato.NUMERO
    return Resoconto(
        cifre=cifre,
        azioni=SOLO_DIMOSTRAZIONE,
        raggiungibile=True,
        dichiarato=Decimal(90),
    )


def _viste(piano: Piano, passaggio: Passaggio) -> str:
    """The mark of the warnings before a step: here they are taken as seen."""
    return verifiche.cancello(piano, passaggio.passo).impronta


def _persona(nome: str) -> Utente:
    persona = Utente.objects.filter(username=nome).first()
    if persona is None:
        raise ValidationError(_("Manca la persona dimostrativa «%(nome)s».") % {"nome": nome})
    return persona


def _fine(anno: int, trimestre: int) -> date:
    """The last day of a quarter."""
    return date(anno + trimestre // 4, trimestre * 3 % 12 + 1, 1) - timedelta(days=1)
