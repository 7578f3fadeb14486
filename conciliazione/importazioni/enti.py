# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bodies known to an ATS from a file: one row each, known by fiscal code or by name."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from conciliazione.azioni.ente import NATURA_DEL_TIPO, controlla_codici, scrivi_ente, togli_ente
from conciliazione.calcolo.codici import compatto
from conciliazione.models import Ambito, Comune, Dimensione, Ente, TipoEnte
from piani.azioni.righe import impronta
from piani.importazioni import celle
from piani.importazioni.celle import Cella, normale
from piani.importazioni.genere import (
    Campo,
    Contesto,
    Differenza,
    Esito,
    Genere,
    RigaLetta,
    Scritto,
    Superate,
)
from piani.models import Ruolo

TESTI = celle.testo(200)
TIPI = {
    TipoEnte.PUBBLICO: ("soggetto pubblico", "pubblico", "ente pubblico", "ente locale", "comune"),
    TipoEnte.AMBITO: ("ambito", "ambito del piano di zona", "piano di zona"),
    TipoEnte.DATORIALE: ("associazione datoriale", "datoriale", "associazione di categoria"),
    TipoEnte.NON_PROFIT: ("no profit", "non profit", "terzo settore", "cooperativa sociale"),
    TipoEnte.PROFIT: ("impresa", "profit", "azienda", "soggetto profit"),
    TipoEnte.SINDACATO: ("sindacato", "organizzazione sindacale"),
}
DIMENSIONI = {
    Dimensione.MICRO: ("micro", "micro impresa"),
    Dimensione.PICCOLA: ("piccola", "piccola impresa"),
    Dimensione.MEDIA: ("media", "media impresa"),
    Dimensione.GRANDE: ("grande", "grande impresa"),
}
LEGATI = {"comune": Comune, "ambito": Ambito}
"""What is said by name and is a row of its own."""


def posta(cella: Cella) -> str | None:
    """An address of e-mail."""
    letta: str | None = celle.testo(254)(cella)
    if letta is not None:
        try:
            validate_email(letta)
        except ValidationError as errore:
            raise ValueError(_("Non è un indirizzo di posta.")) from errore
    return letta


def sito(cella: Cella) -> str | None:
    """An address of the web; without a scheme, https."""
    letto: str | None = TESTI(cella)
    return letto if letto is None or "://" in letto else f"https://{letto}"


def codice(cella: Cella) -> str | None:
    """A fiscal code or a VAT number, whose zeros in front a sheet may have eaten."""
    letto: str | None = celle.testo(20)(cella)
    if letto is None:
        return None
    corto = compatto(letto)
    return corto.zfill(11) if corto.isdigit() and 8 <= len(corto) < 11 else corto


class Enti(Genere):
    """The bodies of an ATS. An empty cell leaves what is written; no body is taken away."""

    chiave = "enti"
    nome = gettext_lazy("Enti della Rete")
    descrizione = gettext_lazy(
        "Una riga per ente, riconosciuto dal codice fiscale o dalla denominazione. Una cella vuota "
        "lascia ciò che è scritto; gli enti che il file non ha restano."
    )
    permesso = "conciliazione.gestisce_rete"
    ruoli = (Ruolo.CAPOFILA,)
    campi = (
        Campo("nome", gettext_lazy("Denominazione"),
              ("denominazione", "nome", "ragione sociale", "ente", "nome ente", "soggetto"),
              TESTI, obbligatorio=True),
        Campo("tipo", gettext_lazy("Tipologia"), ("tipologia", "tipo", "tipo ente"),
              celle.scelta({k: (*v, str(k.label)) for k, v in TIPI.items()})),
        Campo("ente_locale", gettext_lazy("Ente pubblico locale"),
              ("ente pubblico locale", "ente locale"), celle.si_no),
        Campo("dimensione", gettext_lazy("Dimensione"), ("dimensione", "classe dimensionale"),
              celle.scelta({k: (*v, str(k.label)) for k, v in DIMENSIONI.items()})),
        Campo("addetti", gettext_lazy("Addetti"), ("addetti", "dipendenti", "n addetti"),
              celle.intero(0, 10_000_000)),
        Campo("codice_fiscale", gettext_lazy("Codice fiscale"),
              ("codice fiscale", "cf", "c f"), codice),
        Campo("partita_iva", gettext_lazy("Partita IVA"), ("partita iva", "p iva", "piva"), codice),
        Campo("comune", gettext_lazy("Comune della sede"), ("comune", "comune della sede", "città"),
              TESTI),
        Campo("ambito", gettext_lazy("Ambito"), ("ambito", "piano di zona", "distretto"), TESTI),
        Campo("sede", gettext_lazy("Indirizzo della sede"), ("indirizzo", "sede", "via"), TESTI),
        Campo("email", gettext_lazy("Posta elettronica"), ("email", "e mail", "posta", "mail"),
              posta, personale=True),
        Campo("pec", gettext_lazy("Posta certificata"), ("pec", "posta certificata"), posta),
        Campo("telefono", gettext_lazy("Telefono"), ("telefono", "tel"), celle.testo(30),
              personale=True),
        Campo("sito", gettext_lazy("Sito"), ("sito", "sito web", "web", "url"), sito),
    )  # fmt: skip
    esempio = (
        ("Denominazione", "Tipologia", "Dimensione", "Codice fiscale", "Posta certificata"),
        ("Cooperativa Prova", "no profit", "piccola", "", "prova@pec.example.org"),
    )

    def confronta(self, contesto: Contesto, righe: Iterable[RigaLetta]) -> Iterator[Differenza]:
        return _Confronto(contesto).confronta(righe)

    def scrivi(self, contesto: Contesto, differenze: Iterator[Differenza]) -> Scritto:
        return scrivi(contesto, differenze)

    def annulla(self, contesto: Contesto) -> list[str]:
        return annulla(contesto)


class _Confronto:
    """One reading of a file, in three queries."""

    def __init__(self, contesto: Contesto) -> None:
        self.enti = _conosciuti(contesto)
        self.per_codice = {uno.codice_fiscale: uno for uno in self.enti if uno.codice_fiscale}
        self.per_nome = {normale(uno.nome): uno for uno in self.enti}
        self.legati = {
            campo: {
                normale(str(una)): una for una in modello.objects.filter(azienda=contesto.azienda)
            }
            for campo, modello in LEGATI.items()
        }
        self.viste: dict[str, int] = {}

    def confronta(self, righe: Iterable[RigaLetta]) -> Iterator[Differenza]:
        for riga in righe:
            yield self._una(riga)

    def _una(self, riga: RigaLetta) -> Differenza:
        errori = dict(riga.errori)
        detti = {campo: uno for campo, uno in riga.valori.items() if uno is not None}
        valori = self._legati(detti, errori)
        ente = self._ente(valori)
        self._controlla(riga, valori, ente, errori)
        testi = {campo: riga.testi.get(campo, "") for campo in detti}
        if errori:
            return Differenza(riga.numero, Esito.SBAGLIATA, str(valori.get("nome", "")),
                              celle=riga.testi, errori=errori)  # fmt: skip
        adesso = _detto(ente) if ente else {}
        nuovi = {campo: _come_dato(uno) for campo, uno in valori.items()}
        diversi = {campo: uno for campo, uno in nuovi.items() if adesso.get(campo) != uno}
        esito = Esito.NUOVA if ente is None else Esito.CAMBIATA if diversi else Esito.UGUALE
        return Differenza(
            riga.numero,
            esito,
            valori["nome"],
            celle=testi,
            prima={campo: _mostrato(ente, campo) for campo in diversi} if ente else {},
            dati={"ente": ente.pk if ente else None, "valori": diversi if ente else nuovi},
            segno=impronta(ente) if ente else "",
        )

    def _legati(self, valori: dict[str, Any], errori: dict[str, str]) -> dict[str, Any]:
        """The names of municipality and ambito turned into their rows."""
        trovati = dict(valori)
        for campo in LEGATI:
            if campo in valori:
                trovato = self.legati[campo].get(normale(valori[campo]))
                if trovato is None:
                    errori.setdefault(campo, _("Non è fra quelli dell'azienda: prima si aggiunge."))
                trovati[campo] = trovato
        return trovati

    def _ente(self, valori: dict[str, Any]) -> Ente | None:
        fiscale = self.per_codice.get(valori.get("codice_fiscale", ""))
        return fiscale or self.per_nome.get(normale(valori.get("nome", "")))

    def _controlla(
        self, riga: RigaLetta, valori: dict[str, Any], ente: Ente | None, errori: dict[str, str]
    ) -> None:
        try:
            controlla_codici(valori)
        except ValidationError as errore:
            for campo, frasi in errore.message_dict.items():
                errori.setdefault(campo, " ".join(frasi))
        if ente is None and "tipo" not in valori and "tipo" not in errori:
            errori["tipo"] = _("Manca: un ente nuovo ha la sua tipologia.")
        tipo = valori.get("tipo") or (ente.tipo if ente else "")
        locale = valori.get("ente_locale", ente.ente_locale if ente else False)
        if locale and tipo and NATURA_DEL_TIPO[TipoEnte(tipo)] != "pubblica":
            errori.setdefault("ente_locale", _("Un ente locale è pubblico."))
        chiavi = {f"nome {normale(valori.get('nome', ''))}"}
        chiavi |= {f"ente {ente.pk}"} if ente else set()
        chiavi |= {f"cf {valori['codice_fiscale']}"} if valori.get("codice_fiscale") else set()
        if doppia := next((self.viste[una] for una in chiavi if una in self.viste), None):
            errori.setdefault("nome", _("Lo stesso ente è già alla riga %(n)s.") % {"n": doppia})
        self.viste |= dict.fromkeys(chiavi - self.viste.keys(), riga.numero)


def _conosciuti(contesto: Contesto) -> list[Ente]:
    enti = Ente.objects.filter(azienda=contesto.azienda)
    return list(enti.select_related("azienda", "comune", "ambito"))


def _detto(ente: Ente) -> dict[str, Any]:
    return {campo: _come_dato(getattr(ente, campo)) for campo in Ente.SCRITTI}


def _come_dato(valore: Any) -> Any:
    """A value as it is kept with the batch: rows by their key."""
    return valore.pk if isinstance(valore, Comune | Ambito) else valore


def _mostrato(ente: Ente, campo: str) -> str:
    mostra = getattr(ente, f"get_{campo}_display", None)
    valore = mostra() if mostra else getattr(ente, campo)
    return celle.scritta(valore) if isinstance(valore, bool | int) else str(valore or "")


def scrivi(contesto: Contesto, differenze: Iterator[Differenza]) -> Scritto:
    """New bodies and what changes of those that are there, through the action of the office."""
    nuovi: list[int] = []
    cambiati: dict[str, Any] = {}
    superate: dict[int, str] = {}
    enti = {uno.pk: uno for uno in _conosciuti(contesto)}
    for una in differenze:
        ente = enti.get(una.dati["ente"]) if una.dati["ente"] else None
        if una.dati["ente"] and (ente is None or impronta(ente) != una.segno):
            superate[una.posto] = _("Qualcuno ha cambiato o tolto l'ente dopo l'anteprima.")
            continue
        prima = _detto(ente) if ente else {}
        questo = ente or Ente(azienda=contesto.azienda)
        _salva(questo, una.dati["valori"], contesto)
        if ente is None:
            nuovi.append(questo.pk)
        else:
            cambiati[str(questo.pk)] = {
                "prima": {campo: prima[campo] for campo in _toccati(una.dati["valori"])},
                "dopo": impronta(questo),
            }
    if superate:
        raise Superate(superate)
    creati = [uno for uno in _conosciuti(contesto) if uno.pk in set(nuovi)]
    impronte = {str(uno.pk): impronta(uno) for uno in creati}
    return Scritto(
        annullo={"nuovi": impronte, "cambiati": cambiati}, effetti=_effetti(nuovi, cambiati)
    )


def _toccati(valori: Iterable[str]) -> set[str]:
    return {*valori, "natura"} if "tipo" in valori else set(valori)


def _salva(ente: Ente, valori: dict[str, Any], contesto: Contesto) -> None:
    scritti = dict(valori)
    for campo, modello in LEGATI.items():
        if scritti.get(campo) is not None:
            scritti[campo] = modello.objects.filter(azienda=contesto.azienda).get(pk=scritti[campo])
    scritti.pop("natura", None)
    scrivi_ente(ente, scritti, da=contesto.da)
    ente.refresh_from_db()


def _effetti(nuovi: Collection[int], cambiati: Collection[str]) -> list[str]:
    return [
        ngettext("%(n)s ente nuovo.", "%(n)s enti nuovi.", len(nuovi)) % {"n": len(nuovi)},
        ngettext("%(n)s ente cambiato.", "%(n)s enti cambiati.", len(cambiati))
        % {"n": len(cambiati)},
    ]


def annulla(contesto: Contesto) -> list[str]:
    """The new bodies go away, the others are as before.

    :raises ValidationError: some were changed since, or are used already.
    """
    annullo = contesto.importazione.annullo
    scritti = {**annullo["nuovi"], **{k: v["dopo"] for k, v in annullo["cambiati"].items()}}
    enti = {str(uno.pk): uno for uno in _conosciuti(contesto) if str(uno.pk) in scritti}
    mossi = sorted(
        str(enti.get(chiave) or _("un ente che non c'è più"))
        for chiave, segno in scritti.items()
        if chiave not in enti or impronta(enti[chiave]) != segno
    )
    if mossi:
        raise ValidationError(
            _("Non si annulla: dopo l'importazione sono cambiati %(enti)s.")
            % {"enti": ", ".join(mossi[:10])}
        )
    for chiave, cambio in annullo["cambiati"].items():
        _salva(enti[chiave], cambio["prima"], contesto)
    for chiave in annullo["nuovi"]:
        togli_ente(enti[chiave], da=contesto.da)
    return _effetti(annullo["nuovi"], annullo["cambiati"])


GENERE: Any = Enti()
