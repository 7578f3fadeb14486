# SPDX-License-Identifier: AGPL-3.0-or-later
"""Load a transcribed plan: all or nothing, once."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from piani.azioni.bozza import collega
from piani.azioni.evento import registra
from piani.azioni.organigramma import succedi
from piani.importa import PianoLetto, giorno
from piani.models import (
    Azienda,
    CellaQuadro,
    Fase,
    Organigramma,
    Parere,
    Piano,
    Quadratura,
    QuadroDati,
    Sezione,
    UnitaOrganizzativa,
    Utente,
)
from piani.quadrature import numero_stampato
from piani.rules import esigi


def carica_piano(letto: PianoLetto, *, da: Utente | None) -> Piano:
    """Write the ground floor of a plan read from its folder.

    :raises ValidationError: a plan with that address exists already.
    """
    with transaction.atomic():
        if Piano.objects.filter(slug=letto.piano["slug"]).exists():
            raise ValidationError(
                _("Il piano «%(slug)s» è già caricato: non viene toccato.")
                % {"slug": letto.piano["slug"]}
            )
        azienda = Azienda.objects.select_for_update(no_key=True).get(pk=_azienda(letto).pk)
        esigi(da, "piani.carica", azienda)
        _organigramma(azienda, letto, da)
        piano = _piano(azienda, letto)
        _parti(piano, letto)
        _quadri(piano, letto)
        registra(
            "piano.caricato",
            piano,
            azienda=azienda,
            da=da,
            descrizione=_("Caricato «%(piano)s»") % {"piano": piano},
        )
    return piano


def _azienda(letto: PianoLetto) -> Azienda:
    dati = letto.azienda
    azienda, _nuova = Azienda.objects.get_or_create(
        codice=dati["codice"],
        defaults={
            "tipo": dati["tipo"],
            "nome": dati["nome"],
            "sede": dati.get("sede", ""),
            "vertice": dati.get("vertice", ""),
            "dipendenti": dati.get("dipendenti"),
        },
    )
    return azienda


def _organigramma(azienda: Azienda, letto: PianoLetto, da: Utente | None) -> None:
    """The chart of the folder, in force from its day; a chart of that day that is there stays."""
    dati = letto.organigramma
    if not dati or azienda.organigrammi.filter(valido_dal=dati["valido_dal"]).exists():
        return
    dal = dati["valido_dal"]
    precedente = azienda.organigrammi.datate().filter(valido_dal__lt=dal).first()
    organigramma = Organigramma.objects.create(
        azienda=azienda, nome=dati["nome"], fonte=dati.get("fonte", ""), nata_da=precedente
    )
    unita: dict[str, UnitaOrganizzativa] = {}
    for ordine, una in enumerate(letto.unita, start=1):
        unita[una["codice"]] = UnitaOrganizzativa.objects.create(
            organigramma=organigramma,
            parent=unita.get(una.get("padre", "")),
            codice=una["codice"],
            nome=una["nome"],
            tipo=una["tipo"],
            cdr=una.get("cdr", False),
            ordine=ordine,
            nota=una.get("nota", ""),
            riga_fonte=str(una.get("righe", "")),
        )
    if precedente:
        di_prima = precedente.unita.filter(codice__in=unita)
        collega((unita[una.codice].pk, una.pk) for una in di_prima)
    succedi(organigramma, precedente, dal=dal, da=da)


def _piano(azienda: Azienda, letto: PianoLetto) -> Piano:
    dati, atto, validazione = letto.piano, letto.atto, letto.validazione
    piano = Piano(
        azienda=azienda,
        slug=dati["slug"],
        tipo=dati["tipo"],
        titolo=dati["titolo"],
        anno_inizio=dati["anno_inizio"],
        anno_fine=dati["anno_fine"],
        stato=Piano.Stato.ADOTTATO,
        atto_tipo=atto.get("tipo", ""),
        atto_numero=str(atto.get("numero", "")),
        atto_data=giorno(atto.get("data")),
        atto_organo=atto.get("organo", ""),
        nucleo_organo=validazione.get("organo", ""),
        nucleo_data=giorno(validazione.get("data")),
        nucleo_esito=validazione.get("esito", ""),
        nota=dati.get("nota", ""),
    )
    piano.full_clean()
    piano.save()
    return piano


def _parti(piano: Piano, letto: PianoLetto) -> None:
    Parere.objects.bulk_create(
        Parere(piano=piano, ruolo=p["ruolo"], esito=p["esito"], data=giorno(p.get("data")))
        for p in letto.pareri
    )
    Sezione.objects.bulk_create(
        Sezione(
            piano=piano,
            ordine=s["ordine"],
            tipo=s["tipo"],
            titolo=s["titolo"],
            testo=s["testo"],
            riga_fonte=str(s.get("righe", "")),
        )
        for s in letto.sezioni
    )
    Fase.objects.bulk_create(
        Fase(
            piano=piano,
            ordine=f["ordine"],
            nome=f["nome"],
            descrizione=f.get("descrizione", ""),
            scadenza=f.get("scadenza", ""),
            mese=f.get("mese") if _data_fissa(f) else None,
            giorno=f.get("giorno") if _data_fissa(f) else None,
            anno_offset=f.get("anno_offset", 0),
            riga_fonte=str(f.get("righe", "")),
        )
        for f in letto.fasi
    )


def _data_fissa(fase: dict[str, int]) -> bool:
    """Both day and month are printed: a month alone is not a deadline to count days to."""
    if "mese" not in fase or "giorno" not in fase:
        return False
    date(2000, fase["mese"], fase["giorno"])
    return True


def _quadri(piano: Piano, letto: PianoLetto) -> None:
    for ordine, dati in enumerate(letto.quadri, start=1):
        quadro = QuadroDati.objects.create(
            piano=piano,
            ordine=ordine,
            chiave=dati["chiave"],
            etichetta=dati.get("etichetta", ""),
            titolo=dati["titolo"],
            unita=dati.get("unita", ""),
            fonte=dati.get("fonte", ""),
            data=giorno(dati.get("data")),
            nota=dati.get("nota", ""),
            riga_fonte=str(dati.get("righe_fonte", "")),
            intestazione_righe=dati.get("intestazione_righe", ""),
            colonne=dati["colonne"],
            grafico=dati.get("grafico", QuadroDati.Grafico.NESSUNO),
            grafico_colonne=dati.get("grafico_colonne", []),
        )
        CellaQuadro.objects.bulk_create(
            CellaQuadro(
                quadro=quadro,
                riga=i,
                colonna=j,
                gruppo=riga.get("gruppo", ""),
                etichetta=riga["etichetta"],
                totale=riga.get("totale", False),
                stampato=stampato,
                valore=numero_stampato(stampato),
            )
            for i, riga in enumerate(dati["righe"])
            for j, stampato in enumerate(riga["celle"])
        )
    Quadratura.objects.bulk_create(
        Quadratura(
            piano=piano,
            ordine=ordine,
            dove=una.dove,
            stampato=una.stampato,
            calcolato=una.calcolato,
            differenza=una.differenza,
            nota=una.nota,
            riga_fonte=una.riga_fonte,
        )
        for ordine, una in enumerate(letto.quadrature, start=1)
    )
