# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files in and out by programs: the receipt of the Portale, the sheet of a chart."""

import base64
import hashlib

import pytest
from django.test import Client
from django.utils import timezone

from piani.models import Azienda, DocumentoPubblicato, Piano, RicevutaPortale, Ruolo
from tests.api.passi import detto, entrato, leggi, manda
from tests.factories import IncaricoFactory, OrganigrammaFactory, PianoFactory, UnitaFactory
from tests.frontiere import piao as frontiera

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\nuna ricevuta"
CSV = "codice;nome;tipo;codice_superiore;cdr;ordine\nDG;Direzione;direzione;;no;1\n"


def di(azienda: Azienda, ruolo: Ruolo) -> Client:
    return entrato(IncaricoFactory(azienda=azienda, ruolo=ruolo).utente)


def in_base64(contenuto: bytes) -> str:
    return base64.b64encode(contenuto).decode()


@pytest.fixture
def pubblicato(azienda: Azienda) -> Piano:
    oggi = timezone.localdate()
    piano: Piano = PianoFactory(
        azienda=azienda, tipo=Piano.Tipo.PIAO, stato="pubblicato", anno_inizio=oggi.year,
        anno_fine=oggi.year + 2,
    )  # fmt: skip
    DocumentoPubblicato.objects.create(
        piano=piano, versione=1, stato="pronto", contenuto="{}", sha256_contenuto="0" * 64,
        sha256_pdf="0" * 64, pagine=1, generatore="prova", pubblicato_il=oggi,
    )  # fmt: skip
    return piano


def test_la_ricevuta_del_portale_entra_con_il_suo_file_ed_esce_uguale(
    api: Client, azienda: Azienda, pubblicato: Piano
) -> None:
    qui = f"piani/{pubblicato.slug}/portale"
    corpo = {"data": timezone.localdate().isoformat(), "protocollo": "77/2026"}
    testo = manda(api, qui, corpo | {"file": in_base64(b"solo un testo")})
    assert "PDF o come immagine" in detto(testo, 422)
    assert testo.json()["errori"][0]["campo"] == "file"
    detto(manda(api, qui, corpo | {"file": "non è base64!"}), 400)
    nata = manda(api, qui, corpo | {"file": in_base64(PDF)})
    assert nata.status_code == 201, nata.content
    assert nata.json()["sha256"] == hashlib.sha256(PDF).hexdigest()
    ricevuta = RicevutaPortale.objects.get()
    dove = f"/api/v1/ricevute-portale/{ricevuta.pk}/file"
    file = di(azienda, Ruolo.NUCLEO).get(dove)
    assert (file.content, file["Content-Type"]) == (PDF, "application/pdf")
    assert f'filename="{ricevuta.nome_del_file}"' in file["Content-Disposition"]
    assert api.get(dove, headers={"If-None-Match": file["ETag"]}).status_code == 304
    assert api.get(dove, headers={"Accept": "application/pdf"}).status_code == 200
    assert leggi(api, f"ricevute-portale/{ricevuta.pk}")["protocollo"] == "77/2026"


def test_senza_file_la_ricevuta_non_si_scarica(
    api: Client, azienda: Azienda, pubblicato: Piano
) -> None:
    corpo = {"data": timezone.localdate().isoformat(), "protocollo": "78"}
    nata = manda(api, f"piani/{pubblicato.slug}/portale", corpo).json()
    assert nata["sha256"] == ""
    assert api.get(f"/api/v1/ricevute-portale/{nata['id']}/file").status_code == 404
    altrui = frontiera.chiavi(PianoFactory().azienda)["ricevuta_file"]["pk"]
    assert api.get(f"/api/v1/ricevute-portale/{altrui}/file").status_code == 404


def test_una_bozza_di_organigramma_si_rifa_dal_foglio(
    azienda: Azienda,
) -> None:
    bozza = OrganigrammaFactory(azienda=azienda, valido_dal=None)
    vecchia = UnitaFactory(organigramma=bozza, codice="VECCHIA")
    qui = f"organigrammi/{bozza.pk}/foglio"
    detto(manda(di(azienda, Ruolo.NUCLEO), qui, {"contenuto": in_base64(CSV.encode())}), 403)
    chi = di(azienda, Ruolo.AMMINISTRATORE)
    storto = manda(chi, qui, {"contenuto": in_base64(CSV.replace("direzione", "boh").encode())})
    assert "Riga 2" in detto(storto, 422)
    assert storto.json()["errori"][0]["campo"] == "contenuto"
    assert list(bozza.unita.all()) == [vecchia]  # all of it, or nothing
    fatto = manda(chi, qui, {"contenuto": in_base64(CSV.encode())})
    assert fatto.json() == {"aggiunte": 1, "cambiate": 0, "tolte": 1}
    assert [una.codice for una in bozza.unita.all()] == ["DG"]
    grande = in_base64(CSV.encode() + b" " * 2 * 1024 * 1024)
    assert manda(chi, qui, {"contenuto": grande}).status_code in (400, 422)
    in_vigore = OrganigrammaFactory(azienda=azienda, valido_dal="2020-01-01")
    detto(manda(chi, f"organigrammi/{in_vigore.pk}/foglio",
                {"contenuto": in_base64(CSV.encode())}), 422)  # fmt: skip
