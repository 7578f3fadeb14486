# SPDX-License-Identifier: AGPL-3.0-or-later
"""The grid, its synthesis and the attestation as one document: the photograph.

The columns of the grid are in the order of that which A.N.AC. asks for every year; the sentences
of the attestation are those of the law, in our words.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from piani.attestazione.proposte import voci_di
from piani.documenti_ente.forma import (
    Colonna,
    Dati,
    Parte,
    Tabella,
    Testata,
    Tipo,
    fotografia,
)
from piani.models import PunteggioObbligo, RilevazioneObblighi
from piani.stampa.formati import data_italiana

NORMA = "Art. 14, c. 4, lett. g), d.lgs. n. 150/2009; art. 44, d.lgs. n. 33/2013"
SEZIONE = "attestazione-dell-oiv-sugli-obblighi-di-pubblicazione"
NA = "n/a"
CENTESIMI = Decimal("0.01")
Punteggi = Sequence[PunteggioObbligo]


def fotografa(rilevazione: RilevazioneObblighi, *, versione: int, giorno: date) -> Dati:
    """The document as it would be closed that day."""
    punteggi = list(rilevazione.punteggi.select_related("obbligo"))
    testata = Testata(
        titolo=_("Attestazione sugli obblighi di pubblicazione al %(giorno)s")
        % {"giorno": data_italiana(rilevazione.riferimento)},
        norma=NORMA,
        anno=rilevazione.anno,
        serie=rilevazione.serie,
        data_atto=giorno,
        motivo=rilevazione.motivo_correzione,
        dimostrativo=rilevazione.dimostrativa,
        coppie=_coppie(rilevazione, giorno),
    )
    parti = [
        *_attestazione(rilevazione),
        *_scheda(rilevazione),
        Parte(_("Sintesi dei punteggi"), tabella=_sintesi(punteggi)),
        *_non_applicabili(rilevazione),
        Parte(_("Griglia di rilevazione"), (_come_si_legge(),), tabella=_griglia(punteggi)),
    ]
    return fotografia(rilevazione.azienda, testata, parti, versione=versione, giorno=giorno)


def _coppie(rilevazione: RilevazioneObblighi, giorno: date) -> list[tuple[str, str]]:
    periodo = [data_italiana(uno) for uno in (rilevazione.inizio, rilevazione.fine) if uno]
    return [
        (_("Organismo"), rilevazione.organismo),
        (_("Data di riferimento"), data_italiana(rilevazione.riferimento)),
        (_("Rilevazione svolta"), " – ".join(dict.fromkeys(periodo)) or "—"),
        (_("Chiusa il"), data_italiana(giorno)),
    ]


def _attestazione(rilevazione: RilevazioneObblighi) -> list[Parte]:
    return [
        Parte(
            _("Documento di attestazione"),
            (
                _("%(organismo)s ha guardato, per ciascun obbligo della griglia, se il dato è "
                  "pubblicato in Amministrazione Trasparente, se è completo, anche rispetto agli "
                  "uffici, se è aggiornato e se il suo formato è aperto. Ha tenuto conto di ciò "
                  "che il Responsabile della prevenzione della corruzione e della trasparenza ha "
                  "riscontrato nel proprio controllo (art. 43, c. 1, d.lgs. n. 33/2013).")
                % {"organismo": rilevazione.organismo},
                _("Per ciò che ha visto alla data del %(giorno)s, ai sensi dell'art. 14, c. 4, "
                  "lett. g), del d.lgs. n. 150/2009, attesta che:")
                % {"giorno": data_italiana(rilevazione.riferimento)},
            ),
            _attestato(rilevazione),
        ),
    ]  # fmt: skip


def _attestato(rilevazione: RilevazioneObblighi) -> list[str]:
    """The three statements as they were made, and what the organism answers for."""
    azienda = rilevazione.azienda.nome
    frasi = (
        (rilevazione.flussi,
         _("%(chi)s si è data misure organizzative che fanno arrivare con regolarità i dati a chi "
           "li pubblica;"),
         _("%(chi)s non si è data misure organizzative che facciano arrivare con regolarità i dati "
           "a chi li pubblica;")),
        (rilevazione.responsabili,
         _("%(chi)s ha scritto, nella programmazione sulla trasparenza, chi trasmette e chi "
           "pubblica ciascun dato;"),
         _("%(chi)s non ha scritto, nella programmazione sulla trasparenza, chi trasmette e chi "
           "pubblica ciascun dato;")),
        (rilevazione.senza_filtri,
         _("%(chi)s non usa filtri né altri accorgimenti che impediscano ai motori di ricerca di "
           "trovare la sezione (art. 9, d.lgs. n. 33/2013);"),
         _("%(chi)s usa filtri o altri accorgimenti che impediscono ai motori di ricerca di "
           "trovare la sezione (art. 9, d.lgs. n. 33/2013);")),
    )  # fmt: skip
    dette = [
        (si if detto else no) % {"chi": azienda} for detto, si, no in frasi if detto is not None
    ]
    return [
        *dette,
        _("ciò che la griglia riporta è vero e attendibile rispetto a ciò che il sito pubblicava "
          "quel giorno."),
    ]  # fmt: skip


def _scheda(rilevazione: RilevazioneObblighi) -> list[Parte]:
    """The sheet of synthesis: how far the work reached, how it was done, what was wrong."""
    voci = (
        (_("Estensione della rilevazione"), rilevazione.estensione),
        (_("Procedure e modalità seguite"), rilevazione.modalita),
        (_("Aspetti critici riscontrati"), rilevazione.criticita or _("Nessuno.")),
    )
    return [Parte(titolo, (testo,)) for titolo, testo in voci if testo]


def _sintesi(punteggi: Punteggi) -> Tabella:
    """For each criterion: how many obligations, points on the most, how many at each score."""
    quali = PunteggioObbligo.MASSIMI
    return Tabella(
        "sintesi",
        _("Sintesi dei punteggi"),
        [
            Colonna("criterio", _("Criterio"), larghezza=30),
            Colonna("obblighi", _("Obblighi"), Tipo.NUMERO, 10),
            Colonna("punti", _("Punti"), Tipo.NUMERO, 10),
            Colonna("massimo", _("Massimo"), Tipo.NUMERO, 10),
            Colonna("percento", _("Punti sul massimo"), Tipo.PERCENTO, 15),
            *(Colonna(f"con_{n}", _("Con %(n)s") % {"n": n}, Tipo.NUMERO, 6) for n in range(4)),
        ],
        [_riga_sintesi(nome, quali[nome], punteggi) for nome in quali],
    )


def _riga_sintesi(nome: str, massimo: int, punteggi: Punteggi) -> list[str | int | Decimal | None]:
    detti = [uno for riga in punteggi if (uno := getattr(riga, nome)) is not None]
    totale = massimo * len(detti)
    quota = Decimal(100) * sum(detti) / totale if totale else None
    return [
        nome_di(nome),
        len(detti),
        sum(detti),
        totale,
        None if quota is None else quota.quantize(CENTESIMI, ROUND_HALF_UP),
        *(detti.count(n) if n <= massimo else None for n in range(4)),
    ]


def nome_di(criterio: str) -> str:
    """A criterion as people call it."""
    campo = PunteggioObbligo._meta.get_field(criterio)
    nome = str(campo.verbose_name)  # type: ignore[union-attr]
    return nome[:1].upper() + nome[1:]


def _come_si_legge() -> str:
    return _(
        "La pubblicazione va da 0 a 2, il resto da 0 a 3; «n/a» dove il dato non riguarda gli "
        "uffici. I criteri sono quelli che l'A.N.AC. indica per la rilevazione dell'anno."
    )


def _griglia(punteggi: Iterable[PunteggioObbligo]) -> Tabella:
    return Tabella(
        "griglia",
        _("Griglia di rilevazione"),
        [
            Colonna("sottosezione_1", _("Sotto-sezione di primo livello (macrofamiglia)"),
                    larghezza=10),
            Colonna("sottosezione_2", _("Sotto-sezione di secondo livello (tipologia di dati)"),
                    larghezza=10),
            Colonna("norma", _("Riferimento normativo"), larghezza=8),
            Colonna("obbligo", _("Singolo obbligo"), larghezza=12),
            Colonna("contenuto", _("Contenuti dell'obbligo"), larghezza=13),
            Colonna("tempo", _("Tempo di pubblicazione e aggiornamento"), larghezza=7),
            Colonna("pubblicazione", _("Pubblicazione (0-2)"), Tipo.NUMERO, 6),
            Colonna("completezza", _("Completezza del contenuto (0-3)"), Tipo.NUMERO, 6),
            Colonna("uffici", _("Completezza rispetto agli uffici (0-3)"), Tipo.NUMERO, 6),
            Colonna("aggiornamento", _("Aggiornamento (0-3)"), Tipo.NUMERO, 6),
            Colonna("formato", _("Apertura del formato (0-3)"), Tipo.NUMERO, 6),
            Colonna("note", "Note", larghezza=10),
        ],
        [
            [
                riga.obbligo.macro, riga.obbligo.livello, riga.obbligo.norma,
                riga.obbligo.etichetta, riga.obbligo.contenuto,
                riga.obbligo.get_frequenza_display(), riga.pubblicazione, riga.completezza,
                NA if riga.senza_uffici else riga.uffici, riga.aggiornamento, riga.formato,
                riga.nota,
            ]
            for riga in punteggi
        ],
        larga=True,
    )  # fmt: skip


def _non_applicabili(rilevazione: RilevazioneObblighi) -> list[Parte]:
    """What the azienda says does not concern it, with its reasons: out of the grid."""
    fuori = [voce for voce in voci_di(rilevazione) if voce.non_applicabile]
    if not fuori:
        return []
    tabella = Tabella(
        "non-applicabili",
        _("Obblighi che non si applicano"),
        [
            Colonna("obbligo", _("Obbligo"), larghezza=40),
            Colonna("motivo", _("Perché non si applica"), larghezza=60),
        ],
        [[voce.obbligo.etichetta, voce.cura.motivo if voce.cura else ""] for voce in fuori],
    )
    return [Parte(_("Obblighi che non si applicano"), tabella=tabella)]
