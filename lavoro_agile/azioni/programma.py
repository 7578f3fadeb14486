# SPDX-License-Identifier: AGPL-3.0-or-later
"""The development programme of a POLA in draft: indicators taken, written, removed; their levels.

An indicator of the programme is a misura of the plan: the engine reads its levels, measures it
and gives it a score as to every other.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from lavoro_agile.azioni.passi import annota, salva
from lavoro_agile.azioni.pola import PERMESSO
from lavoro_agile.models import Dimensione, IndicatorePola, Pola
from lavoro_agile.pola.linee_guida import Modello, modelli, presi
from obiettivi.azioni.albero import (
    Atteso,
    aggiungi_misura,
    impronta_misura,
    modifica_misura,
)
from obiettivi.models import AreaStrategica, Indicatore, Misura, Obiettivo
from piani.azioni import aggiungi, elimina, registra
from piani.azioni.righe import Superata, differenze, impronta, in_bozza, istantanea
from piani.models import Utente
from piani.rules import esigi

POSTI = {dimensione: posto for posto, dimensione in enumerate(Dimensione, start=1)}


def prendi_dalle_linee_guida(
    pola: Pola, *, codici: Collection[str], da: Utente | None
) -> list[IndicatorePola]:
    """Take some indicators of the guideline into the programme: all of them, or none. Their levels
    are still to be written.

    An indicator that an earlier POLA of the azienda took is the same of the library: its results
    go on.

    :raises PermissionDenied: the author does not keep the POLA of that azienda.
    :raises ValidationError: none is chosen; one is not of the guideline, or is in the programme
        already; the plan is no longer a draft.
    """
    esigi(da, PERMESSO, pola)
    if not codici:
        raise ValidationError({"codici": _("Scegli almeno un indicatore.")})
    tutti = modelli()
    if ignoti := sorted(set(codici) - tutti.keys()):
        raise ValidationError(
            {"codici": _("Non sono fra gli indicatori della linea guida: %(quali)s.")
             % {"quali": ", ".join(ignoti)}}
        )  # fmt: skip
    with in_bozza(pola.piano, da=da):
        if gia := presi(pola) & set(codici):
            nomi = "; ".join(tutti[codice].nome for codice in tutti if codice in gia)
            raise ValidationError(
                {"codici": _("Sono già nel programma: %(quali)s. Non se n'è aggiunto nessuno.")
                 % {"quali": nomi}}
            )  # fmt: skip
        return [
            _metti(pola, _dalla_biblioteca(pola, modello, da), modello.dimensione, da,
                   natura=modello.natura, modello=modello.codice)
            for codice, modello in tutti.items()
            if codice in codici
        ]  # fmt: skip


def aggiungi_indicatore(
    pola: Pola,
    *,
    dimensione: str,
    natura: str,
    codice: str,
    nome: str,
    tipo_formula: str,
    unita: str = "",
    verso: str = "",
    da: Utente | None,
) -> IndicatorePola:
    """An indicator of the body's own, new in the library too.

    :raises PermissionDenied: the author does not keep the POLA of that azienda.
    :raises ValidationError: by field; the code is taken; the plan is no longer a draft.
    """
    esigi(da, PERMESSO, pola)
    with in_bozza(pola.piano, da=da):
        indicatore = _nuovo(
            Indicatore(
                azienda=pola.azienda, codice=codice.strip(), nome=nome.strip(),
                tipo_formula=tipo_formula, unita=unita.strip(), verso=verso,
            ),
            da,
        )  # fmt: skip
        return _metti(pola, indicatore, Dimensione(dimensione), da, natura=natura)


def scrivi_livelli(
    indicatore: IndicatorePola,
    *,
    attesi: Mapping[int, Atteso],
    base: str,
    base_anno: int | None,
    natura: str,
    nota: str,
    visto: str | None = None,
    da: Utente | None,
) -> bool:
    """The levels of an indicator, phase by phase, read as the targets that they are; whether
    anything changed.

    :param visto: the mark of the indicator as it was read (:func:`impronta_livelli`).
    :raises PermissionDenied: the author does not keep the POLA of that azienda.
    :raises Superata: somebody saved it in the meantime.
    :raises ValidationError: by field; the plan is no longer a draft.
    """
    esigi(da, PERMESSO, indicatore)
    with in_bozza(indicatore.misura.piano, da=da):
        mio = _riletto(indicatore, visto)
        misura = mio.misura
        livelli = modifica_misura(
            misura, attesi=attesi, base=base, base_anno=base_anno, peso=misura.peso,
            nota=misura.nota, da=da,
        )  # fmt: skip
        prima = istantanea(mio, mio.SCRITTI)
        mio.natura, mio.nota = natura, nota.strip()
        dopo = istantanea(mio, mio.SCRITTI)
        if prima == dopo:
            return livelli
        salva(mio, *mio.SCRITTI)
        annota("agile_indicatore.modificato", mio, _("Indicatore del POLA «%s» modificato") % mio,
               da=da, dati=differenze(prima, dopo), riguarda=[misura, misura.piano])  # fmt: skip
    return True


def impronta_livelli(indicatore: IndicatorePola) -> str:
    """The mark of an indicator with its levels, to know whether somebody changed it since."""
    return f"{impronta_misura(indicatore.misura)}-{impronta(indicatore)}"


def _riletto(indicatore: IndicatorePola, visto: str | None) -> IndicatorePola:
    """The indicator as it is now, its plan locked, if it is still as it was read."""
    adesso = IndicatorePola.objects.filter(pk=indicatore.pk).select_related("misura").first()
    if adesso is None:
        raise ValidationError(_("Nel frattempo l'indicatore è stato tolto dal programma."))
    attuale = impronta_livelli(adesso)
    if visto is not None and visto != attuale:
        livelli = adesso.misura.target.order_by("anno").values_list("anno", "stampato")
        raise Superata(
            _("Mentre scrivevi qualcuno ha cambiato questo indicatore. Ciò che hai scritto è qui "
              "sotto: salvando di nuovo sostituisci il suo. Ora dice: %(ora)s.")
            % {"ora": "; ".join(f"{anno} «{testo}»" for anno, testo in livelli) or "–"},
            attuale,
        )  # fmt: skip
    return adesso


def togli_indicatore(indicatore: IndicatorePola, *, da: Utente | None) -> None:
    """Take an indicator out of the programme, with its levels; the library keeps it with its
    results. A dimension left with nothing goes too.

    :raises PermissionDenied: the author does not keep the POLA of that azienda.
    :raises ValidationError: the plan is no longer a draft, or somebody removed it already.
    """
    esigi(da, PERMESSO, indicatore)
    misura = indicatore.misura
    obiettivo = misura.obiettivo
    with in_bozza(misura.piano, da=da):
        elimina(misura, da=da)
        if not obiettivo.misure.exists():
            elimina(obiettivo, da=da)
        if not obiettivo.area.obiettivi.exists():
            elimina(obiettivo.area, da=da)


def _dalla_biblioteca(pola: Pola, modello: Modello, da: Utente | None) -> Indicatore:
    """The indicator of the library that follows that of the guideline, made if there is none."""
    codice = modello.codice_biblioteca
    gia = Indicatore.objects.filter(azienda=pola.azienda, codice=codice).first()
    return gia or _nuovo(
        Indicatore(
            azienda=pola.azienda, codice=codice, nome=modello.nome, formula=modello.formula,
            tipo_formula=modello.tipo_formula, unita=modello.unita, verso=modello.verso,
        ),
        da,
    )  # fmt: skip


def _nuovo(indicatore: Indicatore, da: Utente | None) -> Indicatore:
    salva(indicatore)
    registra(
        "indicatore.aggiunto",
        indicatore,
        azienda=indicatore.azienda,
        da=da,
        descrizione=_("Aggiunto l'indicatore %(codice)s: %(nome)s")
        % {"codice": indicatore.codice, "nome": indicatore.nome},
        dati={"dopo": istantanea(indicatore, indicatore.SCRITTI)},
    )
    return indicatore


def _metti(
    pola: Pola, indicatore: Indicatore, dimensione: Dimensione, da: Utente | None, **detto: Any
) -> IndicatorePola:
    """Put an indicator of the library in the programme, last of its dimension."""
    obiettivo = _obiettivo(pola, dimensione, da)
    misura = aggiungi_misura(obiettivo, indicatore, attesi={}, da=da)
    ultimo = pola.indicatori.aggregate(ultimo=Max("ordine"))["ultimo"] or 0
    return salva(
        IndicatorePola(pola=pola, misura=misura, ordine=ultimo + 1, dimensione=dimensione, **detto)
    )


def _obiettivo(pola: Pola, dimensione: Dimensione, da: Utente | None) -> Obiettivo:
    """The objective that gathers the indicators of a dimension: where the others of it are, or a
    new one in an area of its own.
    """
    fratello = (
        Misura.objects.filter(indicatore_pola__pola=pola, indicatore_pola__dimensione=dimensione)
        .select_related("obiettivo__area__piano__azienda")
        .first()
    )
    if fratello is not None:
        return fratello.obiettivo
    codice = f"D{POSTI[dimensione]}"
    area = AreaStrategica.objects.filter(piano=pola.piano, codice=codice).first()
    if area is None:
        area = AreaStrategica(piano=pola.piano, codice=codice, nome=str(dimensione.label))
        aggiungi(area, da=da)
    obiettivo = area.obiettivi.first()
    if obiettivo is None:
        obiettivo = Obiettivo(area=area, codice=f"{codice}.1", titolo=area.nome)
        aggiungi(obiettivo, da=da)
    return obiettivo
