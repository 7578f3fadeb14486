# SPDX-License-Identifier: AGPL-3.0-or-later
"""A project: born from a financed proposal, started, suspended, concluded."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, bloccata, esigi_stato, passa, salva
from conciliazione.conti import costi_di, versione_di
from conciliazione.models import (
    Accordo,
    AzioneProgetto,
    EdizioneConciliazione,
    Progetto,
    Proposta,
    RigaRiparto,
    VersioneProposta,
    VoceBudget,
)
from piani.models import Utente
from piani.rules import esigi

PERMESSO = "conciliazione.gestisce_progetti"
Stato = Progetto.Stato
APERTI = (Stato.DA_AVVIARE, Stato.IN_CORSO, Stato.SOSPESO)


def da_finanziate(edizione: EdizioneConciliazione) -> list[Proposta]:
    """The financed proposals of an edition that have no project yet."""
    return list(
        Proposta.objects.filter(
            manifestazione__edizione=edizione,
            stato=Proposta.Stato.FINANZIATA,
            progetto__isnull=True,
        ).select_related("capofila", "manifestazione__edizione__azienda")
    )


def crea_progetto(proposta: Proposta, *, da: Utente | None) -> Progetto:
    """The project of a financed proposal: its actions and budget are those of its last version,
    its contribution is what the chosen allocation gave it.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: the proposal is not financed, has a project already, or no allocation
        in force gives it a contribution.
    """
    esigi(da, PERMESSO, proposta)
    with transaction.atomic():
        mia = bloccata(proposta)
        esigi_stato(mia, Proposta.Stato.FINANZIATA)
        if Progetto.objects.filter(proposta=mia).exists():
            raise ValidationError(_("La proposta ha già il suo progetto."))
        riga = _riga_in_vigore(mia)
        versione = riga.versione or versione_di(mia)
        if versione is None:
            raise ValidationError(_("La proposta non ha nessuna versione da cui partire."))
        edizione = bloccata(mia.manifestazione.edizione)
        ultimo = edizione.progetti.aggregate(n=Max("numero"))["n"] or 0
        progetto = salva(
            Progetto(
                edizione=edizione,
                proposta=mia,
                capofila=mia.capofila,
                numero=ultimo + 1,
                titolo=versione.titolo or mia.titolo,
                costo=_costo(versione, riga),
                contributo=riga.assegnato,
                dal=versione.dal,
                al=versione.al,
            )
        )
        _copia_le_azioni(versione, progetto)
        annota(
            "conc_progetto.creato",
            progetto,
            _("Creato il progetto «%(progetto)s»") % {"progetto": progetto},
            da=da,
            dati={"costo": str(progetto.costo), "contributo": str(progetto.contributo)},
            riguarda=[mia],
        )
    return progetto


def _riga_in_vigore(proposta: Proposta) -> RigaRiparto:
    riga = (
        RigaRiparto.objects.filter(proposta=proposta, scenario__in_vigore=True)
        .select_related("versione")
        .first()
    )
    if riga is None or not riga.assegnato:
        raise ValidationError(
            _("Nessun riparto in vigore assegna un contributo a «%(proposta)s»: prima si sceglie "
              "lo scenario.") % {"proposta": proposta}
        )  # fmt: skip
    return riga


def _costo(versione: VersioneProposta, riga: RigaRiparto) -> Decimal:
    """What the version costs; what the allocation was made on where the version has no cost."""
    return costi_di(versione).totale or riga.costo


def _copia_le_azioni(versione: VersioneProposta, progetto: Progetto) -> None:
    for vecchia in versione.azioni.prefetch_related("costi"):
        nuova = AzioneProgetto.objects.create(
            progetto=progetto,
            ordine=vecchia.ordine,
            titolo=vecchia.titolo,
            intervento=vecchia.intervento,
            descrizione=vecchia.descrizione,
            persone=vecchia.persone,
            imprese=vecchia.imprese,
            dal=vecchia.dal,
            al=vecchia.al,
        )
        VoceBudget.objects.bulk_create(
            VoceBudget(azione=nuova, categoria=costo.categoria, importo=costo.importo)
            for costo in vecchia.costi.all()
        )


def modifica_progetto(
    progetto: Progetto,
    *,
    cup: str,
    atto_concessione: str,
    dal: date | None,
    al: date | None,
    da: Utente | None,
) -> None:
    """Write the CUP, the act that grants the contribution and the period.

    :raises ValidationError: by field; the project is over.
    """
    esigi(da, PERMESSO, progetto)
    with transaction.atomic():
        mio = bloccata(progetto)
        esigi_stato(mio, *APERTI)
        mio.cup, mio.atto_concessione = cup.strip().upper(), atto_concessione.strip()
        mio.dal, mio.al = dal, al
        salva(mio, "cup", "atto_concessione", "dal", "al")
        annota(
            "conc_progetto.modificato",
            mio,
            _("Dati del progetto «%(progetto)s»") % {"progetto": mio},
            da=da,
            dati={"cup": mio.cup, "atto": mio.atto_concessione, "dal": str(dal), "al": str(al)},
        )


def avvia_progetto(progetto: Progetto, *, dal: date, da: Utente | None) -> None:
    """Start a project whose Alleanza has signed its agreement (art. 9 of the Regolamento).

    :raises ValidationError: there is no signed agreement, the start comes after the end, or the
        project is not one to start.
    """
    esigi(da, PERMESSO, progetto)
    with transaction.atomic():
        mio = bloccata(progetto)
        firmato = mio.accordi.filter(
            genere=Accordo.Genere.PARTENARIATO, stato=Accordo.Stato.SOTTOSCRITTO
        )
        if not firmato.exists():
            raise ValidationError(
                _("Prima di avviare il progetto tutti gli enti dell'Alleanza sottoscrivono "
                  "l'accordo di partenariato (art. 9 del Regolamento).")
            )  # fmt: skip
        if mio.al and dal > mio.al:
            raise ValidationError({"dal": _("Il progetto finisce prima di questa data.")})
        passa(mio, Stato.IN_CORSO, da_stati=[Stato.DA_AVVIARE], dal=dal)
        _annota_passo(mio, _("Avviato «%(progetto)s»"), da, dal=str(dal))
    progetto.refresh_from_db()


def sospendi_progetto(progetto: Progetto, *, motivo: str, da: Utente | None) -> None:
    """Suspend a project under way, saying why."""
    esigi(da, PERMESSO, progetto)
    scritto = con_motivo(motivo)
    with transaction.atomic():
        mio = bloccata(progetto)
        passa(mio, Stato.SOSPESO, motivo=scritto)
        _annota_passo(mio, _("Sospeso «%(progetto)s»"), da, motivo=scritto)
    progetto.refresh_from_db()


def riprendi_progetto(progetto: Progetto, *, da: Utente | None) -> None:
    """Resume a suspended project."""
    esigi(da, PERMESSO, progetto)
    with transaction.atomic():
        mio = bloccata(progetto)
        passa(mio, Stato.IN_CORSO, da_stati=[Stato.SOSPESO], motivo="")
        _annota_passo(mio, _("Ripreso «%(progetto)s»"), da)
    progetto.refresh_from_db()


def concludi_progetto(progetto: Progetto, *, giorno: date, da: Utente | None) -> None:
    """Conclude a project under way, on a day that is not before its start."""
    esigi(da, PERMESSO, progetto)
    with transaction.atomic():
        mio = bloccata(progetto)
        if mio.dal and giorno < mio.dal:
            raise ValidationError({"giorno": _("Il progetto è cominciato dopo questo giorno.")})
        passa(mio, Stato.CONCLUSO, concluso_il=giorno)
        _annota_passo(mio, _("Concluso «%(progetto)s»"), da, giorno=str(giorno))
    progetto.refresh_from_db()


def con_motivo(motivo: str) -> str:
    """The reason without spaces around.

    :raises ValidationError: there is none.
    """
    if not motivo.strip():
        raise ValidationError({"motivo": _("Scrivi il motivo.")})
    return motivo.strip()


def _annota_passo(progetto: Progetto, frase: str, da: Utente | None, **dati: str) -> None:
    annota(
        f"conc_progetto.{progetto.stato}",
        progetto,
        frase % {"progetto": progetto},
        da=da,
        dati=dati,
    )
