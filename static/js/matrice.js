// SPDX-License-Identifier: AGPL-3.0-or-later
// The matrix of the weights as a sheet: keys, paste, live sums. Without this file it is a form,
// and the server makes the sums when it saves.
(() => {
  "use strict";
  const foglio = document.querySelector("[data-matrice]");
  if (!foglio) return;

  const numero = (testo) =>
    Number(testo.replace(/%/g, "").trim().replace(/\.(?=\d{3}\b)/g, "").replace(",", "."));
  const caselle = () => [...foglio.querySelectorAll("tr")].map((riga) =>
    [...riga.cells].slice(1).map((cella) => cella.querySelector("input")));

  const somma = (gruppo) => {
    const dove = foglio.querySelector(`[data-somma="${gruppo}"]`);
    if (!dove) return;
    const pesi = [...foglio.querySelectorAll(`[data-gruppo="${gruppo}"]`)].map((uno) => ({
      testo: (uno.value ?? uno.dataset.peso).trim(),
      atteso: uno.dataset.atteso !== undefined,
    }));
    const pieni = pesi.filter((uno) => uno.testo);
    // In hundredths: a sum of decimals would not make 100 exactly.
    const totale = pieni.reduce((fin_qui, uno) => fin_qui + Math.round(numero(uno.testo) * 100), 0) / 100;
    const giusta = totale === 100 && !pesi.some((uno) => uno.atteso && !uno.testo);
    dove.querySelector("output").value =
      pieni.length && !Number.isNaN(totale) ? totale.toLocaleString("it-IT") : "–";
    dove.classList.toggle("peso-storto", !giusta);
    dove.querySelector(".matrice-esito").textContent = giusta ? "" : foglio.dataset.storta;
  };

  // After a save that was refused the sums are those of what is written, not of what is saved.
  foglio.querySelectorAll("[data-somma]").forEach((dove) => somma(dove.dataset.somma));
  foglio.addEventListener("input", (evento) => somma(evento.target.dataset.gruppo));

  const vicina = (casella, giu, destra) => {
    const griglia = caselle();
    let riga = griglia.findIndex((una) => una.includes(casella));
    let colonna = griglia[riga].indexOf(casella);
    do {
      riga += giu;
      colonna += destra;
      if (riga < 0 || riga >= griglia.length || colonna < 0) return null;
      if (destra && colonna >= griglia[riga].length) return null;
    } while (!griglia[riga][colonna]);
    return griglia[riga][colonna];
  };

  foglio.addEventListener("keydown", (evento) => {
    const casella = evento.target;
    if (casella.tagName !== "INPUT" || evento.altKey || evento.ctrlKey || evento.metaKey) return;
    const inizio = casella.selectionStart === 0 && casella.selectionEnd === 0;
    const intera = casella.selectionStart === 0 && casella.selectionEnd === casella.value.length;
    const fine = casella.selectionStart === casella.value.length;
    const passi = {
      Enter: [evento.shiftKey ? -1 : 1, 0],
      ArrowDown: [1, 0],
      ArrowUp: [-1, 0],
      ArrowLeft: inizio || intera ? [0, -1] : null,
      ArrowRight: fine || intera ? [0, 1] : null,
    };
    const passo = passi[evento.key];
    if (!passo) return;
    // Enter never sends the sheet half written: the button does.
    evento.preventDefault();
    const meta = vicina(casella, ...passo);
    if (!meta) return;
    meta.focus();
    meta.select();
  });

  foglio.addEventListener("paste", (evento) => {
    const testo = evento.clipboardData.getData("text").replace(/\r/g, "").replace(/\n$/, "");
    if (evento.target.tagName !== "INPUT" || !/[\t\n]/.test(testo)) return;
    evento.preventDefault();
    const griglia = caselle().filter((riga) => riga.some(Boolean));
    const riga = griglia.findIndex((una) => una.includes(evento.target));
    const colonna = griglia[riga].indexOf(evento.target);
    testo.split("\n").forEach((incollata, giu) => {
      incollata.split("\t").forEach((valore, destra) => {
        const casella = griglia[riga + giu]?.[colonna + destra];
        if (!casella) return;
        casella.value = valore.trim();
        somma(casella.dataset.gruppo);
      });
    });
  });
})();
