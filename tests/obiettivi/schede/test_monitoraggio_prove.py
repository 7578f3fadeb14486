# SPDX-License-Identifier: AGPL-3.0-or-later
"""Evidence files: told by content, kept apart, given only to who may see the report."""

import hashlib
import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from obiettivi import azioni
from obiettivi.models import Prova, Rendicontazione, SchedaBudget
from obiettivi.schede.prove import nome_sicuro, riconosci
from piani.models import Accesso, Azienda, Evento, Ruolo, Utente
from tests.factories import (
    AreaSchedaFactory,
    FinestraFactory,
    IncaricoFactory,
    ProvaFactory,
    RendicontazioneFactory,
    RigaSchedaFactory,
    SchedaFactory,
    UnitaFactory,
)

PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\0" * 20
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def archivio(**parti: str) -> bytes:
    uscita = io.BytesIO()
    with zipfile.ZipFile(uscita, "w") as zip_:
        for nome, testo in parti.items():
            zip_.writestr(nome.replace("__", "/"), testo)
    return uscita.getvalue()


def office(tipo: str, **altro: str) -> bytes:
    indice = f'<Types><Override ContentType="{tipo}.main+xml"/></Types>'
    return archivio(**{"[Content_Types].xml": indice}, **altro)


@pytest.mark.parametrize(
    ("nome", "contenuto", "estensione"),
    [
        ("atto.pdf", PDF, "pdf"),
        ("foto.PNG", PNG, "png"),
        ("foto.jpeg", JPG, "jpg"),
        ("verbale.docx", office(DOCX), "docx"),
        ("dati.xlsx", office(XLSX), "xlsx"),
        ("v.odt", archivio(mimetype="application/vnd.oasis.opendocument.text"), "odt"),
        ("d.ods", archivio(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "ods"),
        ("dati.csv", "a;b\nperché;2\n".encode(), "csv"),
        ("nota.txt", "perché\n".encode("cp1252"), "txt"),
    ],
)
def test_un_documento_si_riconosce_dal_contenuto(
    nome: str, contenuto: bytes, estensione: str
) -> None:
    assert riconosci(nome, contenuto)[0] == estensione


@pytest.mark.parametrize(
    ("nome", "contenuto", "frase"),
    [
        ("atto.pdf", b"", "vuoto"),
        ("atto.pdf", PNG, "il contenuto è di tipo png"),
        ("atto", PDF, "il contenuto è di tipo pdf"),
        ("programma.exe", b"MZ\x90\x00" + b"\0" * 60, "non si accettano"),
        ("atto.pdf", b"<html><script>alert(1)</script>", "non si accettano"),
        ("pagina.html", b"<html></html>", "non si accettano"),
        ("disegno.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "non si accettano"),
        ("dati.csv", b"a;b\0c", "non si accettano"),
        ("dati.zip", archivio(uno="1"), "non si accettano"),
        ("dati.xlsx", archivio(uno="1"), "non si accettano"),
        ("dati.xlsx", office(DOCX), "il contenuto è di tipo docx"),
        ("dati.docx", office(DOCX, **{"word/vbaProject.bin": "x"}), "macro"),
        ("dati.docx", b"PK\x03\x04" + b"rotto" * 10, "non si accettano"),
    ],
)
def test_cio_che_non_e_un_documento_si_rifiuta(nome: str, contenuto: bytes, frase: str) -> None:
    with pytest.raises(ValidationError, match=frase):
        riconosci(nome, contenuto)


@pytest.mark.parametrize(
    ("scritto", "tenuto"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Documenti\\Verbale  1.pdf", "Verbale 1.pdf"),
        ("a\r\nb\u202e.pdf", "ab.pdf"),
        ("...", "documento"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_il_nome_di_un_documento_e_innocuo(scritto: str, tenuto: str) -> None:
    assert nome_sicuro(scritto) == tenuto


@pytest.fixture
def bozza(azienda: Azienda, monkeypatch: pytest.MonkeyPatch) -> Rendicontazione:
    monkeypatch.setattr(timezone, "localdate", lambda *_quando: date(2023, 4, 10))
    FinestraFactory(azienda=azienda, anno=2023, apre=date(2023, 4, 1), scade=date(2023, 4, 20))
    scheda = SchedaFactory(azienda=azienda, anno=2023, stato=SchedaBudget.Stato.IN_MONITORAGGIO)
    return RendicontazioneFactory(riga=RigaSchedaFactory(area=AreaSchedaFactory(scheda=scheda)))


@pytest.fixture
def capo(bozza: Rendicontazione) -> Utente:
    scheda = bozza.riga.area.scheda
    return IncaricoFactory(
        azienda=scheda.azienda, unita=scheda.unita, ruolo=Ruolo.RESPONSABILE_CDR
    ).utente


def carica(bozza: Rendicontazione, nome: str = "atto.pdf", contenuto: bytes = PDF) -> Prova:
    return azioni.carica_prova(bozza, file=SimpleUploadedFile(nome, contenuto), da=None)


@pytest.mark.django_db
def test_i_documenti_si_caricano_con_la_bozza_e_si_scaricano_soltanto(
    bozza: Rendicontazione,
    entra: Callable[[Utente], Client],
    capo: Utente,
    settings: Any,
) -> None:
    client = entra(capo)
    file = [SimpleUploadedFile("Atto è.pdf", PDF), SimpleUploadedFile("dati.csv", b"a;b\n1;2\n")]
    dati = {"visto": bozza.impronta, "stato": "numero", "fai": "salva", "prove": file}
    indirizzo = reverse("rendicontazione_salva", args=[bozza.riga_id, "T1"])
    assert client.post(indirizzo, dati).status_code == 302
    prova = Prova.objects.get(nome="Atto è.pdf")
    assert (prova.tipo, prova.dimensione, prova.caricata_da) == ("application/pdf", len(PDF), capo)
    assert prova.sha256 == hashlib.sha256(PDF).hexdigest()
    assert Path(prova.file.path).is_relative_to(settings.MEDIA_ROOT)
    assert "Atto" not in prova.file.name
    risposta = client.get(reverse("prova", args=[prova.pk]))
    assert risposta.content == PDF
    assert risposta["Content-Disposition"].startswith("attachment; filename*=utf-8''Atto%20")
    assert risposta["X-Content-Type-Options"] == "nosniff"
    assert risposta["Content-Type"] == "application/pdf"
    with pytest.raises(NoReverseMatch):
        reverse("media", args=[prova.file.name])
    assert client.get(f"/{prova.file.name}").status_code == 404


@pytest.mark.django_db
def test_un_documento_rifiutato_non_ferma_la_bozza_ne_gli_altri(
    bozza: Rendicontazione, entra: Callable[[Utente], Client], capo: Utente
) -> None:
    file = [SimpleUploadedFile("a.pdf", PDF), SimpleUploadedFile("b.pdf", PNG)]
    dati = {
        "visto": bozza.impronta,
        "stato": "numero",
        "azioni": "Scritto ora",
        "fai": "trasmetti",
        "prove": file,
    }
    indirizzo = reverse("rendicontazione_salva", args=[bozza.riga_id, "T1"])
    risposta = entra(capo).post(indirizzo, dati)
    assert risposta.context["form"].errors["prove"] == [
        "b.pdf: Il nome finisce con «.pdf» ma il contenuto è di tipo png."
    ]
    bozza.refresh_from_db()
    assert (bozza.stato, bozza.azioni) == ("bozza", "Scritto ora")
    assert [p.nome for p in bozza.prove.all()] == ["a.pdf"]


@pytest.mark.django_db
def test_misura_numero_e_doppioni_hanno_un_limite(bozza: Rendicontazione, settings: Any) -> None:
    settings.PROVE_MASSIME, settings.PROVA_MASSIMA_MB = 2, 1
    carica(bozza)
    with pytest.raises(ValidationError, match="c'è già"):
        carica(bozza, "altro nome.pdf")
    with pytest.raises(ValidationError, match="supera 1 MB"):
        carica(bozza, contenuto=PDF + b"\0" * 1024 * 1024)
    carica(bozza, contenuto=PDF + b"2")
    with pytest.raises(ValidationError, match="posto per 2 documenti"):
        carica(bozza, contenuto=PDF + b"3")
    assert Prova.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_un_documento_si_toglie_solo_dalla_bozza(
    bozza: Rendicontazione, entra: Callable[[Utente], Client], capo: Utente
) -> None:
    prima, seconda = carica(bozza), carica(bozza, contenuto=PDF + b"2")
    client = entra(capo)
    assert client.post(reverse("prova_togli", args=[prima.pk])).status_code == 302
    assert list(Prova.objects.all()) == [seconda]
    assert not Path(prima.file.path).exists()
    assert Evento.objects.get(tipo="prova.tolta").dati["impronta"] == prima.sha256
    azioni.trasmetti(bozza, da=None)
    with pytest.raises(ValidationError, match="trasmessa"):
        azioni.togli_prova(seconda, da=capo)
    with pytest.raises(ValidationError, match="trasmessa"):
        carica(bozza, contenuto=PDF + b"3")
    assert Path(seconda.file.path).exists()


@pytest.mark.django_db
def test_se_la_scrittura_si_ferma_il_file_non_resta(
    bozza: Rendicontazione, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def guasto(*_a: Any, **_k: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("obiettivi.azioni.prova.registra", guasto)
    with pytest.raises(RuntimeError):
        carica(bozza)
    assert [p for p in Path(settings.MEDIA_ROOT).rglob("*") if p.is_file()] == []


@pytest.mark.django_db
def test_i_documenti_di_una_bozza_li_apre_solo_chi_guida_il_cdr(
    bozza: Rendicontazione,
    entra: Callable[[Utente], Client],
    capo: Utente,
    controllo: Utente,
    incaricato: Callable[..., Utente],
) -> None:
    indirizzo = reverse("prova", args=[carica(bozza).pk])
    altro_capo = IncaricoFactory(
        azienda=bozza.riga.area.scheda.azienda,
        unita=UnitaFactory(organigramma=bozza.riga.area.scheda.unita.organigramma),
        ruolo=Ruolo.RESPONSABILE_CDR,
    ).utente
    nucleo = incaricato(Ruolo.NUCLEO)
    assert entra(capo).get(indirizzo).status_code == 200
    for chi in (controllo, nucleo, altro_capo):
        assert entra(chi).get(indirizzo).status_code == 404
    azioni.trasmetti(bozza, da=None)
    assert entra(controllo).get(indirizzo).status_code == 200
    assert entra(altro_capo).get(indirizzo).status_code == 404
    assert entra(nucleo).get(indirizzo).status_code == 200
    assert Accesso.objects.filter(utente=nucleo, esito=200).count() == 1
    with pytest.raises(PermissionDenied):
        azioni.carica_prova(bozza, file=SimpleUploadedFile("a.pdf", PDF), da=controllo)


@pytest.mark.django_db
def test_un_file_perso_e_un_404(
    entra: Callable[[Utente], Client], controllo: Utente, azienda: Azienda
) -> None:
    scheda = SchedaFactory(azienda=azienda, stato=SchedaBudget.Stato.IN_MONITORAGGIO)
    riga = RigaSchedaFactory(area=AreaSchedaFactory(scheda=scheda))
    prova = ProvaFactory(rendicontazione=RendicontazioneFactory(riga=riga, stato="trasmessa"))
    Path(prova.file.path).unlink()
    assert entra(controllo).get(reverse("prova", args=[prova.pk])).status_code == 404
