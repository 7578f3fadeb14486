# SPDX-License-Identifier: AGPL-3.0-or-later
"""The two documents of an edition: begun as a plan with its chapters, then adopted.

They are written, printed and published as any other plan; who keeps them is the office that leads
the network. No Nucleo validates them: the act of the ATS adopts the draft.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conciliazione.azioni.passi import annota, bloccata, salva
from conciliazione.models import EdizioneConciliazione
from piani.azioni import registra
from piani.models import Piano, Sezione, Utente
from piani.passaggi import Passo
from piani.rules import esigi
from piani.verifiche import cancello

APRE, ADOTTA = "conciliazione.modifica_edizione", "piani.adotta"
Tipo = Sezione.Tipo
PIANO, INDIRIZZO = "piano", "indirizzo"
TITOLI = {
    PIANO: gettext_lazy("Piano territoriale di conciliazione %(anni)s"),
    INDIRIZZO: gettext_lazy("Documento territoriale di indirizzo sulla conciliazione %(anni)s"),
}
CAPITOLI = {
    PIANO: (Tipo.PRESENTAZIONE, Tipo.MISSIONE, Tipo.ANALISI_CONTESTO, Tipo.CHI_SIAMO,
            Tipo.OBIETTIVI, Tipo.CICLO),
    INDIRIZZO: (Tipo.PRESENTAZIONE, Tipo.ANALISI_CONTESTO, Tipo.CHI_SIAMO, Tipo.OBIETTIVI,
                Tipo.COLLEGAMENTI),
}  # fmt: skip
# How the kinds of section of the house are called in these documents.
NOMI_CAPITOLI = {
    Tipo.PRESENTAZIONE: gettext_lazy("Introduzione"),
    Tipo.MISSIONE: gettext_lazy("Finalità"),
    Tipo.ANALISI_CONTESTO: gettext_lazy("Il contesto e i bisogni"),
    Tipo.CHI_SIAMO: gettext_lazy("La Rete e la governance"),
    Tipo.OBIETTIVI: gettext_lazy("Progetti e azioni"),
    Tipo.COLLEGAMENTI: gettext_lazy("Le risorse"),
    Tipo.CICLO: gettext_lazy("Il monitoraggio"),
}


def titolo_di(edizione: EdizioneConciliazione, quale: str) -> str:
    """How a document of the edition is called when it begins."""
    return str(TITOLI[quale]) % {"anni": f"{edizione.anno_inizio}-{edizione.anno_fine}"}


def apri_documento(edizione: EdizioneConciliazione, *, quale: str, da: Utente | None) -> Piano:
    """Begin the Piano territoriale (``piano``) or the Documento di indirizzo (``indirizzo``).

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: the edition has that document already.
    """
    esigi(da, APRE, edizione)
    with transaction.atomic():
        mia = bloccata(edizione)
        if getattr(mia, f"{quale}_id"):
            raise ValidationError(_("L'edizione ha già questo documento."))
        documento = _crea(mia, quale)
        setattr(mia, quale, documento)
        salva(mia, quale)
        registra(
            "piano.creato",
            documento,
            azienda=documento.azienda,
            da=da,
            descrizione=_("Cominciato «%(piano)s»") % {"piano": documento},
        )
        annota("conc_documento.aperto", mia, _("Aperto «%(d)s»") % {"d": documento}, da=da)
    setattr(edizione, quale, documento)
    return documento


def _crea(edizione: EdizioneConciliazione, quale: str) -> Piano:
    documento = Piano(
        azienda=edizione.azienda,
        tipo=Piano.Tipo.CONCILIAZIONE,
        titolo=titolo_di(edizione, quale),
        anno_inizio=edizione.anno_inizio,
        anno_fine=edizione.anno_fine,
        slug=slugify(f"{edizione.slug[:68]}-{quale}"),
    )
    salva(documento)
    Sezione.objects.bulk_create(
        Sezione(piano=documento, ordine=n, tipo=tipo, titolo=str(NOMI_CAPITOLI[tipo]), testo="")
        for n, tipo in enumerate(CAPITOLI[quale], start=1)
    )
    return documento


def adotta_documento(
    documento: Piano,
    *,
    atto_tipo: str,
    atto_numero: str,
    atto_data: date,
    atto_organo: str,
    da: Utente | None,
) -> None:
    """Record the act that adopts one of the two documents: from now on it can be published.

    :raises PermissionDenied: the author neither leads the network nor directs the ATS.
    :raises ValidationError: by field; something is missing in it, or it was adopted already.
    """
    esigi(da, ADOTTA, documento)
    if atto_data > timezone.localdate():
        raise ValidationError({"atto_data": _("La data dell'atto è nel futuro.")})
    with transaction.atomic():
        mio = bloccata(documento)
        if mio.stato == Piano.Stato.BOZZA:
            mancano = [una.testo for una in cancello(mio, Passo.ADOZIONE).bloccano]
            if mancano:
                raise ValidationError(mancano)
        campi = {
            "atto_tipo": atto_tipo.strip(),
            "atto_numero": atto_numero.strip(),
            "atto_data": atto_data,
            "atto_organo": atto_organo.strip(),
        }
        bozza = Piano.objects.filter(
            pk=mio.pk, stato=Piano.Stato.BOZZA, tipo=Piano.Tipo.CONCILIAZIONE
        )
        if not bozza.update(stato=Piano.Stato.ADOTTATO, **campi):
            raise ValidationError(
                _("Si adotta una bozza: questo documento è «%(stato)s».")
                % {"stato": mio.get_stato_display()}
            )
        registra(
            "piano.adottato",
            mio,
            azienda=mio.azienda,
            da=da,
            descrizione=_("«%(piano)s» adottato") % {"piano": mio},
            dati={nome: str(valore) for nome, valore in campi.items()},
        )
    documento.refresh_from_db()
