# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the job does: reads and compares, writes, takes back. Each is one transaction."""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from piani.azioni.carico import RigheSbagliate, copia
from piani.azioni.evento import registra
from piani.azioni.imprevisto import imprevisto
from piani.importazioni import avanzamento
from piani.importazioni.abbinamento import Abbinamento
from piani.importazioni.azioni import togli_originale
from piani.importazioni.chi import chi_ha_chiesto
from piani.importazioni.genere import Contesto, Differenza, Esito, RigaLetta, Superate
from piani.importazioni.lettura import Foglio, foglio_aperto
from piani.models import Importazione, RigaImportata

log = logging.getLogger(__name__)
Stato, Lavoro = Importazione.Stato, Importazione.Lavoro
FERMO_DA = timedelta(minutes=10)
A_BLOCCHI = 2000
_CODIFICA = DjangoJSONEncoder(ensure_ascii=False, check_circular=False).encode
COLONNE = (
    "importazione_id", "posto", "riga", "esito", "chiave", "celle", "prima", "errori", "dati",
    "segno",
)  # fmt: skip
# In the order of the fields of a Differenza.
LETTE = ("riga", "esito", "chiave", "celle", "prima", "errori", "dati", "segno", "posto")
CONTI = {
    Esito.NUOVA: "nuove", Esito.CAMBIATA: "cambiate", Esito.UGUALE: "uguali",
    Esito.TOLTA: "tolte", Esito.SUPERATA: "superate", Esito.SBAGLIATA: "sbagliate",
}  # fmt: skip


def fai(chiave: int) -> bool:
    """Do the job that an import waits for; False if it waits for none, or another has taken it.

    What stops it is kept on the row, for people; nothing is written by halves.
    """
    adesso = timezone.now()
    in_attesa = Importazione.objects.in_lavoro().filter(pk=chiave, preso_il__isnull=True)
    if not in_attesa.update(preso_il=adesso):
        return False
    importazione = Importazione.objects.select_related("azienda").get(pk=chiave)
    fa: Callable[[Importazione, Contesto], None] = {
        Lavoro.LEGGI.value: _leggi, Lavoro.SCRIVI.value: _scrivi, Lavoro.ANNULLA.value: _annulla,
    }[importazione.lavoro]  # fmt: skip
    try:
        contesto = contesto_di(importazione)
        with transaction.atomic():
            Importazione.objects.select_for_update().get(pk=chiave)
            fa(importazione, contesto)
    except Superate as errore:
        _segna_superate(importazione, errore)
    except RigheSbagliate as errore:
        _fermo(importazione, "\n".join([*errore.messages, *map(_detto, errore.righe[:20])]))
    except ValidationError as errore:
        _fermo(importazione, "\n".join(errore.messages))
    except PermissionDenied as errore:
        _fermo(importazione, str(errore))
    except Exception:
        _fermo(importazione, imprevisto(log, f"importazione {chiave}"))
    finally:
        avanzamento.dimentica(chiave)
    return True


def contesto_di(importazione: Importazione) -> Contesto:
    """What its kind is told: for whom it works, of what, from which file."""
    foglio = importazione.abbinamento.get("foglio", "")
    return Contesto(
        importazione=importazione,
        azienda=importazione.azienda,
        ambito=importazione.ambito,
        da=chi_ha_chiesto(importazione),
        origine=_("%(nome)s, foglio %(foglio)s") % {"nome": importazione.nome, "foglio": foglio}
        if foglio
        else importazione.nome,
        avanza=partial(avanzamento.segna, importazione.pk),
    )


def rimetti_in_attesa() -> list[int]:
    """The imports whose job has waited, or stopped, for ten minutes: waiting again; their keys."""
    soglia = timezone.now() - FERMO_DA
    fermi = Importazione.objects.in_lavoro().filter(lavoro_dal__lt=soglia)
    fermi.filter(preso_il__lt=soglia).update(preso_il=None)
    return list(fermi.filter(preso_il__isnull=True).values_list("pk", flat=True))


def _leggi(importazione: Importazione, contesto: Contesto) -> None:
    """The preview: what each row of the file would do."""
    come, genere = Abbinamento.da_dati(importazione.abbinamento), importazione.tipo
    importazione.righe.all().delete()
    conti = dict.fromkeys(Importazione.CONTI, 0)
    with foglio_aperto(Path(importazione.file.path), importazione.nome, come.foglio) as aperto:
        foglio, righe = aperto
        lette = _contate(come.leggi(genere, foglio, righe), foglio, contesto)
        differenze = genere.confronta(contesto, lette)
        numerate = enumerate(differenze, start=1)
        while blocco := list(islice(numerate, A_BLOCCHI)):
            for _posto, una in blocco:
                conti[CONTI[Esito(una.esito)]] += 1
            copia(RigaImportata, COLONNE, (_colonne(importazione, *coppia) for coppia in blocco))
    if not sum(conti.values()):
        raise ValidationError(
            _("Sotto le intestazioni non c'è nessuna riga da leggere: controllare il foglio e la "
              "riga delle intestazioni.")
        )  # fmt: skip
    _finito(importazione, stato=Stato.LETTA, **conti)
    if importazione.senza_originale:
        Importazione.objects.filter(pk=importazione.pk).update(struttura=[])
        togli_originale(importazione)


def _contate(righe: Iterable[RigaLetta], foglio: Foglio, contesto: Contesto) -> Iterator[RigaLetta]:
    """The same rows, telling how far the sheet is."""
    for lette, riga in enumerate(righe, start=1):
        if lette % A_BLOCCHI == 0:
            contesto.avanza(min(riga.numero, foglio.righe), foglio.righe)
        yield riga


def _colonne(importazione: Importazione, posto: int, una: Differenza) -> tuple[Any, ...]:
    return (
        importazione.pk, posto, una.riga, una.esito, una.chiave[:300], _json(una.celle),
        _json(una.prima), _json(una.errori), _json(una.dati), una.segno,
    )  # fmt: skip


def _json(dati: Any) -> str:
    return _CODIFICA(dati) if dati else "{}"


def _scrivi(importazione: Importazione, contesto: Contesto) -> None:
    righe = importazione.righe.filter(esito__in=RigaImportata.DA_SCRIVERE).order_by("posto")
    lette = righe.values_list(*LETTE).iterator(A_BLOCCHI)
    scritto = importazione.tipo.scrivi(contesto, (Differenza(*una) for una in lette))
    adesso = timezone.now()
    _finito(
        importazione,
        stato=Stato.CONFERMATA,
        confermata_il=adesso,
        annullo=scritto.annullo,
        effetti=scritto.effetti,
        struttura=[],
    )
    _registra("importazione.confermata", importazione, contesto, _("Importato «%(nome)s»: %(n)s"))


def _annulla(importazione: Importazione, contesto: Contesto) -> None:
    effetti = importazione.tipo.annulla(contesto)
    _finito(importazione, stato=Stato.ANNULLATA, annullata_il=timezone.now(), effetti=effetti)
    _registra(
        "importazione.annullata",
        importazione,
        contesto,
        _("Annullata l'importazione di «%(nome)s»"),
    )


def _finito(importazione: Importazione, **cambi: Any) -> None:
    Importazione.objects.filter(pk=importazione.pk).update(
        lavoro="", lavoro_dal=None, preso_il=None, errore="", **cambi
    )


def _fermo(importazione: Importazione, errore: str) -> None:
    """The job is over and nothing was done: the reason where who asked sees it."""
    Importazione.objects.filter(pk=importazione.pk).update(
        lavoro="", lavoro_dal=None, preso_il=None, errore=errore
    )


def _segna_superate(importazione: Importazione, errore: Superate) -> None:
    """Show the rows that moved, and count again; the others may be confirmed."""
    with transaction.atomic():
        for posto, frase in errore.righe.items():
            importazione.righe.filter(posto=posto, esito__in=RigaImportata.DA_SCRIVERE).update(
                esito=Esito.SUPERATA, errori={"": frase}
            )
        quante = dict.fromkeys(Importazione.CONTI, 0)
        for esito in importazione.righe.values_list("esito", flat=True).iterator():
            quante[CONTI[Esito(esito)]] += 1
        Importazione.objects.filter(pk=importazione.pk).update(**quante)
        _fermo(importazione, "\n".join(errore.messages))


def _detto(errore: tuple[int, str, str]) -> str:
    posto, campo, frase = errore
    return f"{posto}. {campo}: {frase}" if campo else f"{posto}. {frase}"


def _registra(tipo: str, importazione: Importazione, contesto: Contesto, frase: str) -> None:
    nomi = ("nuove", "cambiate", "tolte")
    conti = ", ".join(f"{getattr(importazione, nome)} {nome}" for nome in nomi)
    registra(
        tipo,
        importazione,
        azienda=importazione.azienda,
        da=contesto.da,
        descrizione=frase % {"nome": importazione.nome, "n": conti},
        dati={nome: getattr(importazione, nome) for nome in Importazione.CONTI},
    )
