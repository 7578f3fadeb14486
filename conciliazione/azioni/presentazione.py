# SPDX-License-Identifier: AGPL-3.0-or-later
"""A proposal is sent, taken back to correct it while the call is open, withdrawn."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from conciliazione import tasks
from conciliazione.azioni.passi import annota, bloccata, passa, salva
from conciliazione.azioni.proposta import SCRIVE, annota_sigillata, esigi_aperta
from conciliazione.bando.ammissibilita import come_righe, verifiche_di
from conciliazione.bando.fotografia import fotografa, impronta_di
from conciliazione.calcolo.ammissibilita import fallite
from conciliazione.conti import versione_aperta, versione_di
from conciliazione.models import (
    AzioneProposta,
    Cofinanziamento,
    CostoAzione,
    Proposta,
    VersioneProposta,
)
from conciliazione.rules import esigi_referente
from piani.azioni import manda
from piani.models import Utente

Stato = Proposta.Stato
COPIATI = (
    "titolo", "finalita", "bisogni", "descrizione", "risultati", "continuita", "territorio",
    "dal", "al", "contributo", "costo_dichiarato",
)  # fmt: skip
DELL_AZIONE = ("titolo", "intervento", "descrizione", "persone", "imprese", "dal", "al")


def presenta(proposta: Proposta, *, visto: int | None = None, da: Utente | None) -> dict[str, Any]:
    """Send a proposal: its version is closed, photographed and hashed, and a receipt leaves.

    :param visto: the save that the person had before the eyes; None: whatever.
    :return: the receipt: numero, presentata_il, sha256.
    :raises PermissionDenied: the author does not represent the capofila.
    :raises ValidationError: outside the window; or every rule that is not respected, each with
        its article and numbers. Nothing of what is written is lost.
    """
    esigi_referente(da, SCRIVE, proposta)
    with transaction.atomic():
        bando = bloccata(proposta.manifestazione)
        mia = bloccata(proposta)
        esigi_aperta(bando)
        versione = _aperta(mia)
        if visto is not None and versione.modifiche != visto:
            raise ValidationError(
                _("Qualcuno ha salvato la proposta dopo che l'hai aperta: rileggila e presentala "
                  "di nuovo.")
            )  # fmt: skip
        if mancate := fallite(controlli := verifiche_di(versione)):
            raise ValidationError([una.frase for una in mancate])
        numero = mia.numero or (bando.proposte.aggregate(n=Max("numero"))["n"] or 0) + 1
        adesso = timezone.now()
        passa(
            mia, Stato.PRESENTATA, da_stati=[Stato.BOZZA], numero=numero, presentata_il=adesso,
            presentata_da=da,
        )  # fmt: skip
        sha256 = chiudi_versione(versione, come_righe(controlli))
        ricevuta = {"numero": numero, "presentata_il": adesso, "sha256": sha256}
        annota_sigillata(
            "conc_proposta.presentata",
            mia,
            _("Presentata una proposta"),
            da,
            {"numero": numero, "sha256": sha256},
        )
        manda(tasks.spedisci_ricevuta, mia.pk)
    proposta.refresh_from_db()
    return ricevuta


def chiudi_versione(versione: VersioneProposta, controlli: list[dict[str, Any]]) -> str:
    """Close a version with its checks, its photograph and the hash of it, which is returned."""
    foto = fotografa(versione)
    sha256 = impronta_di(foto)
    versione.ammissibilita = {"verifiche": controlli, "fotografia": foto, "sha256": sha256}
    versione.chiusa_il = timezone.now()
    salva(versione, "ammissibilita", "chiusa_il")
    return sha256


def riprendi(proposta: Proposta, *, da: Utente | None) -> VersioneProposta:
    """Take back a proposal to correct it, as long as the call is open: it counts again only once
    it is sent again. The version sent stays.

    :raises PermissionDenied: the author does not represent the capofila.
    :raises ValidationError: the call has closed, or the proposal was not sent.
    """
    esigi_referente(da, SCRIVE, proposta)
    with transaction.atomic():
        bando = bloccata(proposta.manifestazione)
        mia = bloccata(proposta)
        esigi_aperta(bando)
        passa(mia, Stato.BOZZA, da_stati=[Stato.PRESENTATA], presentata_il=None, presentata_da=None)
        nuova = nuova_versione(mia, _("Corretta prima della chiusura"), da)
        annota_sigillata("conc_proposta.ripresa", mia, _("Ripresa una proposta"), da)
    return nuova


def ritira(proposta: Proposta, *, motivo: str, da: Utente | None) -> None:
    """The capofila withdraws, before or after the closing but not once it is decided.

    :raises PermissionDenied: the author does not represent the capofila.
    :raises ValidationError: by field; it is decided, or withdrawn already.
    """
    esigi_referente(da, SCRIVE, proposta)
    if not motivo.strip():
        raise ValidationError({"motivo": _("Scrivi perché la proposta è ritirata.")})
    with transaction.atomic():
        mia = bloccata(proposta)
        passa(
            mia,
            Stato.RITIRATA,
            da_stati=[Stato.BOZZA, Stato.PRESENTATA, Stato.AMMESSA, Stato.IN_COPROGETTAZIONE],
            motivo=motivo,
        )
        annota_sigillata("conc_proposta.ritirata", mia, _("Ritirata una proposta"), da)


def consegna(proposta: Proposta, *, visto: int | None = None, da: Utente | None) -> None:
    """The capofila gives back what came out of the co-progettazione: the version is closed.

    :raises PermissionDenied: the author does not represent the capofila.
    :raises ValidationError: every rule that is not respected; it is not in co-progettazione.
    """
    esigi_referente(da, SCRIVE, proposta)
    with transaction.atomic():
        mia = bloccata(proposta)
        versione = _aperta(mia)
        if visto is not None and versione.modifiche != visto:
            raise ValidationError(
                _("Qualcuno ha salvato la proposta dopo che l'hai aperta: rileggila e consegnala "
                  "di nuovo.")
            )  # fmt: skip
        if mancate := fallite(controlli := verifiche_di(versione)):
            raise ValidationError([una.frase for una in mancate])
        passa(mia, Stato.AMMESSA, da_stati=[Stato.IN_COPROGETTAZIONE])
        sha256 = chiudi_versione(versione, come_righe(controlli))
        annota(
            "conc_proposta.consegnata",
            mia,
            _("Consegnata la versione %(n)s di «%(proposta)s»")
            % {"n": versione.numero, "proposta": mia},
            da=da,
            dati={"sha256": sha256},
            riguarda=[mia.manifestazione],
        )


def _aperta(proposta: Proposta) -> VersioneProposta:
    versione = versione_aperta(proposta)
    if versione is None:
        raise ValidationError(
            _("La proposta è «%(stato)s»: non c'è una versione da consegnare.")
            % {"stato": proposta.get_stato_display()}
        )
    return versione


def nuova_versione(proposta: Proposta, motivo: str, da: Utente | None) -> VersioneProposta:
    """An open version that begins as a copy of the one that counts. Inside a transaction.

    :raises ValidationError: one is open already.
    """
    ultima = versione_di(proposta)
    if ultima is None:
        raise ValidationError(_("La proposta non ha ancora un contenuto."))
    nuova = salva(
        VersioneProposta(
            proposta=proposta,
            numero=(proposta.versioni.aggregate(n=Max("numero"))["n"] or 0) + 1,
            motivo=motivo[:300],
            creata_da=da,
            **{campo: getattr(ultima, campo) for campo in COPIATI},
        )
    )
    copia_azioni(ultima, nuova)
    copia_apporti(ultima, nuova)
    return nuova


def copia_azioni(da_versione: VersioneProposta, a_versione: VersioneProposta) -> None:
    """Add the actions of a version, with their costs, after those of another."""
    ultimo = a_versione.azioni.aggregate(n=Max("ordine"))["n"] or 0
    for posto, una in enumerate(da_versione.azioni.prefetch_related("costi"), ultimo + 1):
        costi = list(una.costi.all())
        copia = AzioneProposta(
            versione=a_versione,
            ordine=posto,
            **{campo: getattr(una, campo) for campo in DELL_AZIONE},
        )
        copia.save()
        CostoAzione.objects.bulk_create(
            CostoAzione(azione=copia, categoria=c.categoria, importo=c.importo, nota=c.nota)
            for c in costi
        )


def copia_apporti(da_versione: VersioneProposta, a_versione: VersioneProposta) -> None:
    """Add what the bodies of a version put in; what the same body gives in both is summed."""
    gia = {(uno.ente_id, uno.forma): uno for uno in a_versione.cofinanziamenti.all()}
    for uno in da_versione.cofinanziamenti.all():
        stesso = gia.get((uno.ente_id, uno.forma))
        if stesso is not None:
            stesso.importo += uno.importo
            stesso.save(update_fields=["importo"])
            continue
        Cofinanziamento.objects.create(
            versione=a_versione,
            ente_id=uno.ente_id,
            forma=uno.forma,
            pubblico=uno.pubblico,
            importo=uno.importo,
            nota=uno.nota,
        )
