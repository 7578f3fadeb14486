# SPDX-License-Identifier: AGPL-3.0-or-later
"""Load a transcribed plan whole: ground floor, tree, targets as printed and as read."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from obiettivi.calcolo.predefinite import edizione_per
from obiettivi.espressioni import leggi
from obiettivi.importa import (
    AlberoLetto,
    Riga,
    anni_di,
    decimale,
    leggi_albero,
    leggi_tabella,
    obbligatorio,
)
from obiettivi.models import (
    AreaStrategica,
    EdizioneSMVP,
    FonteDati,
    Indicatore,
    Misura,
    Obiettivo,
    Rilevazione,
    Target,
    ValoreRiferimento,
)
from piani.azioni import carica_piano, registra
from piani.importa import leggi_piano
from piani.models import Piano, Utente
from piani.rules import esigi

CATALOGO_FONTI = settings.BASE / "fixtures" / "fonti.csv"
ORIGINE_DIMOSTRATIVA = "Dato inventato per la dimostrazione"


def carica(cartella: Path, *, da: Utente | None) -> Piano:
    """Read a folder and write its plan; all or nothing.

    :raises ValidationError: the folder's files contradict themselves or the plan is there already.
    """
    terra, albero = leggi_piano(cartella), leggi_albero(cartella)
    with transaction.atomic():
        piano = carica_piano(terra, da=da)
        aree = _aree(piano, albero)
        for riga in albero.obiettivi:
            _riga_obiettivo(piano, aree[riga["area"]], riga)
        for riga in albero.progetti:
            _riga_progetto(piano, aree[riga["linea"]], riga)
        _edizioni(piano)
    return piano


def _edizioni(piano: Piano) -> None:
    """The rules of each year of the plan: those we know of the azienda, or the ordinary ones."""
    for anno in piano.anni:
        EdizioneSMVP.objects.get_or_create(
            azienda=piano.azienda, anno=anno, defaults=edizione_per(piano.azienda.codice)
        )


def carica_fonti(percorso: Path = CATALOGO_FONTI) -> int:
    """Write the catalogue of data sources (NSIS flows and others); how many were new.

    The sources are of the installation, not of an azienda: what is there is left as it is.
    """
    note = set(FonteDati.objects.values_list("codice", flat=True))
    nuove = [
        FonteDati(codice=riga["codice"], nome=riga["nome"], categoria=riga["categoria"])
        for riga in leggi_tabella(percorso)
        if riga["codice"] not in note
    ]
    with transaction.atomic():
        FonteDati.objects.bulk_create(nuove, ignore_conflicts=True)
    return len(nuove)


def _aree(piano: Piano, albero: AlberoLetto) -> dict[str, AreaStrategica]:
    return {
        riga["codice"]: AreaStrategica.objects.create(
            piano=piano,
            codice=riga["codice"],
            tipo=riga["tipo"],
            ordine=int(riga["ordine"]),
            nome=riga["nome"],
            descrizione=riga["descrizione"],
            nota=riga["nota"],
            riga_fonte=riga["righe"],
        )
        for riga in albero.aree
    }


def _riga_obiettivo(piano: Piano, area: AreaStrategica, riga: Riga) -> None:
    indicatore = Indicatore.objects.create(
        azienda=piano.azienda,
        codice=riga["codice"],
        nome=riga["indicatore"],
        tipo_formula=riga["tipo_formula"],
        unita=riga["unita"],
        verso=riga["verso"],
    )
    base = riga["base"]
    misura = _misura(
        area,
        riga["obiettivo"],
        indicatore,
        riga,
        base_anno=int(riga["base_anno"]) if base else None,
        base_stampata=base,
        base_lettura=leggi(base).come_dati() if base else None,
    )
    _target(misura, riga)


def _riga_progetto(piano: Piano, linea: AreaStrategica, riga: Riga) -> None:
    indicatore = Indicatore.objects.create(
        azienda=piano.azienda,
        codice=riga["codice"],
        nome=_("Stato di avanzamento: %(progetto)s") % {"progetto": riga["progetto"]},
        tipo_formula=Indicatore.Formula.AVANZAMENTO,
        unita="%",
        verso=Indicatore.Verso.CRESCENTE,
    )
    _target(_misura(linea, riga["progetto"], indicatore, riga), riga)


def _misura(
    area: AreaStrategica, titolo: str, indicatore: Indicatore, riga: Riga, **base: object
) -> Misura:
    """The rows of one merged label share one objective."""
    posto = area.obiettivi.count() + 1
    obiettivo, _nuovo = Obiettivo.objects.get_or_create(
        area=area,
        titolo=titolo,
        defaults={
            "codice": f"{area.codice}.{posto}",
            "ordine": posto,
            "riga_fonte": riga["righe"],
        },
    )
    return Misura.objects.create(
        obiettivo=obiettivo,
        indicatore=indicatore,
        ordine=obiettivo.misure.count() + 1,
        nota=riga["nota"],
        riga_fonte=riga["righe"],
        **base,
    )


def _target(misura: Misura, riga: Riga) -> None:
    for anno in anni_di(riga):
        if stampato := riga[str(anno)]:
            target = Target(
                misura=misura, anno=anno, stampato=stampato, lettura=leggi(stampato).come_dati()
            )
            target.clean()
            target.save()


def carica_dimostrazione(piano: Piano, cartella: Path, *, da: Utente | None) -> int:
    """Write the invented results of a folder, marked as demonstration; how many were new.

    Never over a result that is there already.

    :raises PermissionDenied: the person does not bring plans into this azienda.
    """
    esigi(da, "piani.carica", piano)
    albero = leggi_albero(cartella)
    indicatori = {i.codice: i for i in Indicatore.objects.filter(azienda=piano.azienda)}
    gia = set(
        Rilevazione.objects.correnti()
        .filter(indicatore__in=indicatori.values(), unita__isnull=True)
        .values_list("indicatore__codice", "anno", "frazione", "sede")
    )
    nuove = [
        _rilevazione(indicatori[riga["codice"]], riga)
        for riga in albero.risultati
        if (riga["codice"], int(riga["anno"]), riga["frazione"], riga["sede"]) not in gia
    ]
    riferimenti = [
        ValoreRiferimento(
            indicatore=indicatori[riga["codice"]],
            anno=int(riga["anno"]),
            valore=obbligatorio(riga, "valore"),
            fonte=ORIGINE_DIMOSTRATIVA,
            dimostrativo=True,
        )
        for riga in albero.riferimenti
    ]
    with transaction.atomic():
        Rilevazione.objects.bulk_create(nuove)
        ValoreRiferimento.objects.bulk_create(riferimenti, ignore_conflicts=True)
        if nuove:
            registra(
                "rilevazioni.dimostrazione",
                piano,
                azienda=piano.azienda,
                da=da,
                descrizione=_("Caricati %(n)s risultati dimostrativi") % {"n": len(nuove)},
            )
    return len(nuove)


def _rilevazione(indicatore: Indicatore, riga: Riga) -> Rilevazione:
    rilevazione = Rilevazione(
        indicatore=indicatore,
        anno=int(riga["anno"]),
        frazione=riga["frazione"],
        sede=riga["sede"],
        stato=riga["stato"],
        valore=decimale(riga, "valore"),
        numeratore=decimale(riga, "numeratore"),
        denominatore=decimale(riga, "denominatore"),
        avanzamento=decimale(riga, "avanzamento"),
        testo=riga["testo"],
        dimostrativa=True,
        origine=ORIGINE_DIMOSTRATIVA,
    )
    try:
        rilevazione.clean_fields(exclude=["indicatore"])
    except ValidationError as errore:
        raise ValidationError(f"{riga['codice']}: {' '.join(errore.messages)}") from errore
    return rilevazione
