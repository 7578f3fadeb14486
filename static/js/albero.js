// SPDX-License-Identifier: AGPL-3.0-or-later
// Small comforts. Every page reads and works without this file.
(() => {
  "use strict";

  // «Espandi tutto» and «Comprimi tutto» act on the <details> of the element they name.
  document.addEventListener("click", (evento) => {
    const bottone = evento.target.closest("[data-apri]");
    if (!bottone) return;
    const aperti = bottone.dataset.apri === "si";
    document
      .querySelectorAll(`${bottone.dataset.dove} details`)
      .forEach((blocco) => { blocco.open = aperti; });
  });

  // «Tutti» and «Nessuno» tick or clear the boxes of the element they name.
  document.addEventListener("click", (evento) => {
    const bottone = evento.target.closest("[data-spunta]");
    if (!bottone) return;
    document
      .querySelectorAll(`${bottone.dataset.dove} input[type=checkbox]`)
      .forEach((casella) => { casella.checked = bottone.dataset.spunta === "si"; });
  });

  // A form that asks for confirmation names what will change in its data-conferma.
  document.addEventListener("submit", (evento) => {
    const domanda = evento.target.dataset.conferma;
    if (domanda && !window.confirm(domanda)) evento.preventDefault();
  });

  // The sum of a group of weights while they are written: «33,3» is thirty-three and three tenths.
  const numero = (testo) => Number(testo.replace(/%/g, "").trim().replace(/\.(?=\d{3}\b)/g, "").replace(",", "."));
  document.addEventListener("input", (evento) => {
    const gruppo = evento.target.closest("[data-pesi]");
    if (!gruppo) return;
    const scritti = [...gruppo.querySelectorAll("input")].map((campo) => campo.value.trim());
    const pieni = scritti.filter((testo) => testo);
    // In hundredths: a sum of decimals would not make 100 exactly.
    const somma = pieni.reduce((fin_qui, testo) => fin_qui + Math.round(numero(testo) * 100), 0) / 100;
    const giusta = !pieni.length || (somma === 100 && pieni.length === scritti.length);
    gruppo.querySelector("output").value = pieni.length && !Number.isNaN(somma) ? somma.toLocaleString("it-IT") : "–";
    gruppo.querySelector(".peso-somma").classList.toggle("peso-storto", !giusta);
    gruppo.querySelector(".peso-esito").textContent = giusta ? "" : "non fa 100";
  });

  // A security key that the browser refused: said on the page, not only in its console.
  document.addEventListener("allauth.error", (evento) => {
    const avviso = document.getElementById("chiave-rifiutata");
    if (!avviso) return;
    avviso.hidden = false;
    evento.preventDefault();
  });

  // Escape puts away the name that a box of the map shows, until the box is left.
  document.addEventListener("keydown", (evento) => {
    if (evento.key !== "Escape") return;
    document.querySelectorAll(".casella:hover, .casella:focus-visible").forEach((casella) => {
      casella.dataset.chiusa = "";
      const riapri = () => { delete casella.dataset.chiusa; };
      ["mouseleave", "blur"].forEach((uscita) => casella.addEventListener(uscita, riapri, { once: true }));
    });
  });

  // Before printing, open what is folded; after, fold it again.
  let chiusi = [];
  window.addEventListener("beforeprint", () => {
    chiusi = [...document.querySelectorAll("details:not([open])")];
    chiusi.forEach((blocco) => { blocco.open = true; });
  });
  window.addEventListener("afterprint", () => {
    chiusi.forEach((blocco) => { blocco.open = false; });
  });

  document.documentElement.classList.add("con-js");
})();
