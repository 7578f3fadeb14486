// SPDX-License-Identifier: AGPL-3.0-or-later
// A table of fields moves like a sheet: arrows and Enter between cells, a pasted block over them.
// Every such table (data-griglia) reads and works without this file.
(() => {
  "use strict";

  const celleDi = (tabella) =>
    [...tabella.querySelectorAll("tbody tr")]
      .map((riga) => [...riga.querySelectorAll("input:not([type=hidden]), select, textarea")])
      .filter((riga) => riga.length);

  const postoDi = (celle, campo) => {
    const riga = celle.findIndex((una) => una.includes(campo));
    return [riga, riga < 0 ? -1 : celle[riga].indexOf(campo)];
  };

  // Left and right leave a cell only when the cursor is at its end: inside they move in the text.
  const inFondo = (campo, verso) => {
    if (campo.selectionStart === null || campo.selectionStart === undefined) return true;
    if (campo.selectionStart !== campo.selectionEnd) return false;
    return verso < 0 ? campo.selectionStart === 0 : campo.selectionEnd === campo.value.length;
  };

  const PASSI = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  document.addEventListener("keydown", (evento) => {
    const campo = evento.target;
    const tabella = campo.closest("[data-griglia]");
    const passo = PASSI[evento.key];
    if (!tabella || !passo || evento.altKey || evento.ctrlKey || evento.metaKey || evento.isComposing) return;
    if (campo.tagName === "SELECT" || campo.tagName === "TEXTAREA") return;
    if (passo[1] && !inFondo(campo, passo[1])) return;
    const celle = celleDi(tabella);
    const [riga, colonna] = postoDi(celle, campo);
    if (riga < 0) return;
    const giu = evento.key === "Enter" && evento.shiftKey ? -1 : passo[0];
    const meta = celle[riga + giu]?.[Math.min(colonna + passo[1], (celle[riga + giu] || []).length - 1)];
    evento.preventDefault(); // Enter goes down, it does not send the form
    if (!meta || meta === campo || colonna + passo[1] < 0) return;
    meta.focus();
    meta.select?.();
  });

  // A block copied from a sheet fills the cells from the one where it is pasted.
  document.addEventListener("paste", (evento) => {
    const tabella = evento.target.closest("[data-griglia]");
    const testo = evento.clipboardData?.getData("text/plain") || "";
    if (!tabella || !/[\t\n]/.test(testo.replace(/\r?\n$/, ""))) return;
    const celle = celleDi(tabella);
    const [riga, colonna] = postoDi(celle, evento.target);
    if (riga < 0) return;
    evento.preventDefault();
    testo.replace(/\r?\n$/, "").split(/\r?\n/).forEach((linea, giu) => {
      linea.split("\t").forEach((valore, destra) => {
        const campo = celle[riga + giu]?.[colonna + destra];
        if (!campo || campo.readOnly || campo.disabled) return;
        campo.value = valore.trim();
        campo.dispatchEvent(new Event("input", { bubbles: true }));
      });
    });
  });
})();
