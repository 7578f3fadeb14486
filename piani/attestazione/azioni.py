# SPDX-License-Identifier: AGPL-3.0-or-later
"""The grid of the obligations: opened, filled in, closed, corrected by the Nucleo; published by
who publishes.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from piani.attestazione.documento import SEZIONE, fotografa
from piani.attestazione.proposte import voci_di
from piani.azioni.evento import registra
from piani.azioni.righe import differenze, istantanea
from piani.azioni.scritture import bloccata, esigi_stato, passa_da, salva
from piani.documenti_ente.azioni import congela, prossima_versione, rende_pubblico
from piani.models import (
    Azienda,
    DocumentoEnte,
    ObbligoDiPubblicazione,
    PunteggioObbligo,
    RilevazioneObblighi,
    Utente,
)
from piani.rules import esigi

ATTESTA = "piani.attesta"
PUBBLICA = "piani.tiene_obblighi"
Stato = RilevazioneObblighi.Stato
CRITERI = tuple(PunteggioObbligo.MASSIMI)
PUNTI = (*CRITERI, "senza_uffici", "nota")


def apri(
    azienda: Azienda,
    *,
    anno: int,
    riferimento: date,
    organismo: str,
    dimostrativa: bool = False,
    da: Utente | None,
) -> RilevazioneObblighi:
    """An empty grid, with a row for each obligation that applies on the day of reference.

    :raises PermissionDenied: the author is not of the Nucleo of that year.
    :raises ValidationError: by field; a grid at that day is there already; the day is to come.
    """
    nuova = RilevazioneObblighi(
        azienda=azienda, anno=anno, riferimento=riferimento, organismo=organismo.strip(),
        dimostrativa=dimostrativa,
    )  # fmt: skip
    esigi(da, ATTESTA, nuova)
    if riferimento > timezone.localdate():
        raise ValidationError({"riferimento": _("È un giorno che deve ancora venire.")})
    with transaction.atomic():
        bloccata(azienda)
        salva(nuova)
        _allinea(nuova)
        _annota("aperta", nuova, _("%(chi)s: aperta"), da)
    return nuova


def da_allineare(rilevazione: RilevazioneObblighi) -> tuple[list[str], list[str]]:
    """The obligations that came to apply since it was opened, and those that no longer do."""
    adesso = {voce.obbligo.pk: str(voce.obbligo) for voce in _applicabili(rilevazione)}
    scritti = {una.obbligo_id: str(una.obbligo) for una in _righe(rilevazione)}
    nuovi = [nome for chiave, nome in adesso.items() if chiave not in scritti]
    return nuovi, [nome for chiave, nome in scritti.items() if chiave not in adesso]


def allinea(rilevazione: RilevazioneObblighi, *, da: Utente | None) -> None:
    """Bring the rows of an open grid to the obligations that apply: the event keeps which.

    :raises PermissionDenied: the author is not of the Nucleo of that year.
    :raises ValidationError: it is closed.
    """
    esigi(da, ATTESTA, rilevazione)
    with transaction.atomic():
        mia = bloccata(rilevazione)
        esigi_stato(mia, Stato.APERTA)
        nuovi, tolti = da_allineare(mia)
        _allinea(mia)
        mia.modifiche += 1
        salva(mia, "modifiche")
        _annota("allineata", mia, _("%(chi)s: obblighi aggiornati"), da,
                {"aggiunti": nuovi, "tolti": tolti})  # fmt: skip


def scrivi_punteggi(
    rilevazione: RilevazioneObblighi,
    *,
    righe: Mapping[int, Mapping[str, Any]],
    visto: int,
    da: Utente | None,
) -> RilevazioneObblighi:
    """Write the scores of the rows, by their key; what is None is still to be said.

    :param visto: how many times it had been written when the person read it.
    :raises PermissionDenied: the author is not of the Nucleo of that year.
    :raises ValidationError: by «key-field»; it is closed; somebody wrote it meanwhile.
    """
    esigi(da, ATTESTA, rilevazione)
    with transaction.atomic():
        mia = _da_scrivere(rilevazione, visto)
        errori: dict[str, Any] = {}
        dati: dict[str, Any] = {}
        for riga in _righe(mia):
            if riga.pk not in righe:
                continue
            prima = istantanea(riga, PUNTI)
            for campo in PUNTI:
                setattr(riga, campo, righe[riga.pk].get(campo, getattr(riga, campo)))
            dopo = istantanea(riga, PUNTI)
            if prima == dopo:
                continue
            errori |= {f"{riga.pk}-{campo}": frase for campo, frase in _sbagliati(riga).items()}
            dati[str(riga.obbligo)] = differenze(prima, dopo)
            if not errori:
                salva(riga, *PUNTI)
        if errori:
            raise ValidationError(errori)
        mia.modifiche += 1
        salva(mia, "modifiche")
        _annota("punteggi", mia, _("%(chi)s: scritti i punteggi"), da, dati)
    return mia


def _sbagliati(riga: PunteggioObbligo) -> dict[str, Any]:
    """What cannot stand in a row, by field."""
    try:
        riga.clean_fields(exclude=["rilevazione", "obbligo"])
    except ValidationError as errore:
        return errore.message_dict
    if riga.senza_uffici and riga.uffici is not None:
        return {"uffici": _("O un punteggio, o n/a.")}
    if riga.pubblicazione != 0:
        return {}
    return {
        campo: _("Ciò che non è pubblicato ha zero anche qui.")
        for campo in CRITERI[1:]
        if getattr(riga, campo)
    }


def scrivi_scheda(
    rilevazione: RilevazioneObblighi, *, visto: int, da: Utente | None, **campi: Any
) -> RilevazioneObblighi:
    """Write the sheet of synthesis and what is attested.

    :param visto: how many times it had been written when the person read it.
    :raises PermissionDenied: the author is not of the Nucleo of that year.
    :raises ValidationError: by field; it is closed; somebody wrote it meanwhile.
    """
    esigi(da, ATTESTA, rilevazione)
    with transaction.atomic():
        mia = _da_scrivere(rilevazione, visto)
        prima = istantanea(mia, campi)
        for campo, valore in campi.items():
            setattr(mia, campo, valore.strip() if isinstance(valore, str) else valore)
        mia.modifiche += 1
        salva(mia, *campi, "modifiche")
        dati = differenze(prima, istantanea(mia, campi))
        _annota("scheda", mia, _("%(chi)s: scritta la scheda di sintesi"), da, dati)
    return mia


def mancano(rilevazione: RilevazioneObblighi) -> list[str]:
    """What is still to be said before it is closed, a sentence each."""
    frasi = [
        _("«%(obbligo)s»: %(quali)s.") % {"obbligo": riga, "quali": ", ".join(riga.mancano)}
        for riga in _righe(rilevazione)
        if riga.mancano
    ]
    for campo in ("inizio", "fine", "estensione", "modalita", *RilevazioneObblighi.ATTESTA):
        if getattr(rilevazione, campo) in (None, ""):
            nome = RilevazioneObblighi._meta.get_field(campo).verbose_name  # type: ignore[union-attr]
            frasi.append(_("Scheda di sintesi: %(che)s.") % {"che": nome})
    nuovi, tolti = da_allineare(rilevazione)
    if nuovi or tolti:
        frasi.append(_("Gli obblighi che si applicano sono cambiati: aggiorna l'elenco."))
    return frasi


def chiudi(rilevazione: RilevazioneObblighi, *, da: Utente | None) -> DocumentoEnte:
    """Close the grid: the act of the Nucleo, frozen in a version that waits to be published.

    :raises PermissionDenied: the author is not of the Nucleo of that year.
    :raises ValidationError: something is still to be said; it is closed already.
    """
    esigi(da, ATTESTA, rilevazione)
    with transaction.atomic():
        bloccata(rilevazione.azienda)
        mia = bloccata(rilevazione)
        esigi_stato(mia, Stato.APERTA)
        if frasi := mancano(mia):
            raise ValidationError([_("Prima di chiudere manca ancora qualcosa."), *frasi])
        versione = prossima_versione(mia.azienda, mia.serie)
        foto = fotografa(mia, versione=versione, giorno=timezone.localdate())
        passa_da(mia, [Stato.APERTA], Stato.CHIUSA)
        documento = congela(
            mia.azienda, foto, sezione_at=SEZIONE, motivo=mia.motivo_correzione, da=da
        )
        dati = {"versione": versione, "sha256": documento.sha256_contenuto}
        _annota("chiusa", mia, _("%(chi)s: chiusa e attestata"), da, dati)
    rilevazione.refresh_from_db()
    return documento


def correggi(rilevazione: RilevazioneObblighi, *, motivo: str, da: Utente | None) -> None:
    """Open a closed grid again: the version that was closed stays, the next says why.

    :raises PermissionDenied: the author is not of the Nucleo of that year.
    :raises ValidationError: no reason; it is open.
    """
    esigi(da, ATTESTA, rilevazione)
    if not motivo.strip():
        raise ValidationError({"motivo": _("Scrivi che cosa si corregge, e perché.")})
    with transaction.atomic():
        mia = bloccata(rilevazione)
        passa_da(mia, [Stato.CHIUSA], Stato.APERTA, motivo_correzione=motivo.strip())
        _annota("riaperta", mia, _("%(chi)s: riaperta per correggerla"), da,
                {"motivo": motivo.strip()})  # fmt: skip


def pubblica(rilevazione: RilevazioneObblighi, *, da: Utente | None) -> DocumentoEnte:
    """Make public the version that the Nucleo closed last.

    :raises PermissionDenied: the author does not publish for the azienda.
    :raises ValidationError: it is open; that version is public already.
    """
    esigi(da, PUBBLICA, rilevazione.azienda)
    with transaction.atomic():
        mia = bloccata(rilevazione)
        esigi_stato(mia, Stato.CHIUSA)
        documento = versioni(mia)[0]
        return rende_pubblico(documento, da=da)


def versioni(rilevazione: RilevazioneObblighi) -> list[DocumentoEnte]:
    """The versions that were closed, newest first."""
    return list(
        DocumentoEnte.objects.filter(
            azienda=rilevazione.azienda_id, serie=rilevazione.serie
        ).select_related("azienda", "firmato")
    )


def _da_scrivere(rilevazione: RilevazioneObblighi, visto: int) -> RilevazioneObblighi:
    mia = bloccata(rilevazione)
    esigi_stato(mia, Stato.APERTA)
    if mia.modifiche != visto:
        raise ValidationError(
            _("Mentre scrivevi qualcun altro ha salvato la griglia: riaprila in un'altra pagina, "
              "guarda che cosa è cambiato e salva di nuovo.")
        )  # fmt: skip
    return mia


def _righe(rilevazione: RilevazioneObblighi) -> list[PunteggioObbligo]:
    return list(rilevazione.punteggi.select_related("obbligo"))


def _applicabili(rilevazione: RilevazioneObblighi) -> list[Any]:
    return [voce for voce in voci_di(rilevazione) if not voce.non_applicabile]


def _allinea(rilevazione: RilevazioneObblighi) -> None:
    """Rows for what applies, none for what does not."""
    voci: list[ObbligoDiPubblicazione] = [voce.obbligo for voce in _applicabili(rilevazione)]
    rilevazione.punteggi.exclude(obbligo__in=voci).delete()
    gia = set(rilevazione.punteggi.values_list("obbligo", flat=True))
    PunteggioObbligo.objects.bulk_create(
        PunteggioObbligo(rilevazione=rilevazione, obbligo=uno) for uno in voci if uno.pk not in gia
    )


def _annota(
    verbo: str,
    rilevazione: RilevazioneObblighi,
    frase: str,
    da: Utente | None,
    dati: Mapping[str, Any] | None = None,
) -> None:
    registra(
        f"attestazione.{verbo}",
        rilevazione,
        azienda=rilevazione.azienda,
        da=da,
        descrizione=frase % {"chi": rilevazione},
        dati=dict(dati or {}),
    )
