# SPDX-License-Identifier: AGPL-3.0-or-later
"""The schede of a year in one ZIP: asked, prepared in the background, thrown away after a week."""

import hashlib
import zipfile
from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi import tasks
from obiettivi.models import ArchivioSchede, SchedaBudget
from obiettivi.schede.stampa import da_stampare, nome_del_file, rende_pdf, rende_xlsx
from obiettivi.schede.versioni import versioni_leggibili
from piani.azioni import registra
from piani.azioni.lavoro import manda
from piani.models import Azienda, Delega, Utente
from piani.rules import esigi

Stato = ArchivioSchede.Stato
FERMO_DA = timedelta(minutes=10)


def chiedi_archivio(azienda: Azienda, *, anno: int, da: Utente) -> ArchivioSchede:
    """Ask for the schede of a year, those that the person sees on the screen: no others.

    Who asks again while the same archive is being prepared gets that one.

    :raises PermissionDenied: the person neither runs the cycle in this azienda nor leads a unit.
    :raises ValidationError: there is no scheda of that year for the person to see.
    """
    esigi(da, "obiettivi.chiede_archivio", azienda)
    visibili = SchedaBudget.objects.visibili_a(da).dei_cdr().filter(azienda=azienda, anno=anno)
    chiavi = list(
        visibili.order_by("unita__ordine", "unita__nome", "pk").values_list("pk", flat=True)
    )
    if not chiavi:
        raise ValidationError(
            {"anno": _("Del %(anno)s non c'è nessuna scheda che tu possa vedere.") % {"anno": anno}}
        )
    togli_archivi()  # also where no beat runs
    with transaction.atomic():
        miei = ArchivioSchede.objects.visibili_a(da).aperti().filter(azienda=azienda, anno=anno)
        gia = next((uno for uno in miei if uno.schede == chiavi), None)
        if gia is not None:
            return gia
        archivio = ArchivioSchede.objects.create(
            azienda=azienda, anno=anno, da=da, per_conto_di=da.per_conto_di, schede=chiavi
        )
        registra(
            "archivio_schede.chiesto",
            archivio,
            azienda=azienda,
            da=da,
            descrizione=_("Chiesto l'archivio delle schede budget %(anno)s (%(n)s)")
            % {"anno": anno, "n": len(chiavi)},
        )
        manda(tasks.prepara_archivio, archivio.pk)
    return archivio


def si_scarica(archivio: ArchivioSchede, utente: Utente) -> bool:
    """Whether the file is there, and the person still sees all that is in it."""
    visibili = SchedaBudget.objects.visibili_a(utente).filter(pk__in=archivio.schede)
    ancora_tutte = visibili.count() == len(archivio.schede)
    return archivio.stato == Stato.PRONTO and ancora_tutte and archivio.percorso.is_file()


def prepara_archivio(chiave: int) -> bool:
    """Write the ZIP of a waiting archive; False if it waits no more.

    Its progress is on the row, one scheda at a time. The file appears whole.
    """
    mio = ArchivioSchede.objects.filter(pk=chiave)
    if not mio.filter(stato=Stato.IN_ATTESA).update(
        stato=Stato.IN_CORSO, fatte=0, errore="", mosso_il=timezone.now()
    ):
        return False
    archivio = mio.select_related("azienda", "da", "per_conto_di").get()
    percorso = archivio.percorso
    percorso.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=percorso.parent, suffix=".parte", delete=False) as provvisorio:
        scritto = Path(provvisorio.name)
    try:
        _scrivi(archivio, scritto)
        impronta, quanti = _impronta(scritto), scritto.stat().st_size
        scritto.chmod(0o640)
        scritto.replace(percorso)
    finally:
        scritto.unlink(missing_ok=True)
    return bool(
        mio.filter(stato=Stato.IN_CORSO).update(
            stato=Stato.PRONTO, impronta=impronta, byte=quanti, finito_il=timezone.now()
        )
    )


def _scrivi(archivio: ArchivioSchede, percorso: Path) -> None:
    """PDF and sheet of each scheda, and one sheet with all."""
    legge = _chi_legge(archivio)
    visibili = SchedaBudget.objects.visibili_a(legge)  # an incarico may have ended meanwhile
    schede = visibili.filter(pk__in=archivio.schede).per_elenco()
    tutte, usati = [], set[str]()
    with zipfile.ZipFile(percorso, "w", zipfile.ZIP_DEFLATED) as zip_:
        for fatte, scheda in enumerate(schede, start=1):
            versioni = versioni_leggibili(scheda, legge)
            foto = da_stampare(scheda, versioni.order_by("-numero").first())
            nome = nome_del_file(foto, "pdf")
            if nome in usati:
                nome = f"{scheda.pk}-{nome}"
            usati.add(nome)
            zip_.writestr(nome, rende_pdf(foto).contenuto)
            zip_.writestr(f"{nome.removesuffix('.pdf')}.xlsx", rende_xlsx([foto]))
            tutte.append(foto)
            ArchivioSchede.objects.filter(pk=archivio.pk).update(
                fatte=fatte, mosso_il=timezone.now()
            )  # fmt: skip
        zip_.writestr(f"schede-{archivio.anno}.xlsx", rende_xlsx(tutte))


def _chi_legge(archivio: ArchivioSchede) -> Utente:
    """Who asked, with the rights they asked with: their own, or those of a lent incarico."""
    legge: Utente = archivio.da
    if archivio.per_conto_di_id is not None:
        legge.delega = (
            Delega.objects.in_vigore()
            .filter(delegato=legge, incarico__azienda=archivio.azienda_id)
            .filter(incarico__utente=archivio.per_conto_di_id)
            .select_related("incarico__utente")
            .first()
        )
    return legge


def _impronta(percorso: Path) -> str:
    with percorso.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def segna_archivio_fallito(chiave: int, errore: str) -> None:
    """Keep the reason where who asked sees it."""
    ArchivioSchede.objects.filter(pk=chiave, stato=Stato.IN_CORSO).update(
        stato=Stato.FALLITO, errore=errore, finito_il=timezone.now()
    )


def rimetti_in_attesa() -> list[int]:
    """The archives that have not moved for ten minutes, waiting again; their keys."""
    soglia = timezone.now() - FERMO_DA
    ArchivioSchede.objects.filter(stato=Stato.IN_CORSO, mosso_il__lt=soglia).update(
        stato=Stato.IN_ATTESA
    )
    fermi = ArchivioSchede.objects.filter(stato=Stato.IN_ATTESA, chiesto_il__lt=soglia)
    return list(fermi.values_list("pk", flat=True))


def togli_archivi() -> int:
    """Throw away the files of the archives that have been there for a week; how many."""
    vecchi = ArchivioSchede.objects.da_togliere(timezone.now())
    tolti = 0
    for archivio in vecchi:
        if vecchi.filter(pk=archivio.pk).update(stato=Stato.SCADUTO):
            archivio.percorso.unlink(missing_ok=True)
            tolti += 1
    return tolti
