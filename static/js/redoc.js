// SPDX-License-Identifier: AGPL-3.0-or-later
// The description of the API to be read: Redoc over our own file. Read before Redoc is.
"use strict";

{
  // The number of this answer lets in the styles that Redoc makes, from its very beginning.
  const { nonce } = document.currentScript;
  const crea = document.createElement.bind(document);
  document.createElement = (nome, ...altro) => {
    const nuovo = crea(nome, ...altro);
    if (nome.toLowerCase() === "style") nuovo.nonce = nonce;
    return nuovo;
  };

  // Redoc would fetch its own mark from another site: nothing here comes from elsewhere.
  const nostra = (dove) => new URL(dove, window.location.href).origin === window.location.origin;
  const { src } = Object.getOwnPropertyDescriptors(HTMLImageElement.prototype);
  Object.defineProperty(HTMLImageElement.prototype, "src", {
    ...src,
    set(dove) {
      if (nostra(dove)) src.set.call(this, dove);
    },
  });
  HTMLImageElement.prototype.setAttribute = function (nome, valore) {
    if (nome !== "src" || nostra(valore)) Element.prototype.setAttribute.call(this, nome, valore);
  };

  document.addEventListener("DOMContentLoaded", () => {
    const dove = document.getElementById("descrizione-api");
    window.Redoc.init(
      dove.dataset.indirizzo,
      // The search is a worker made of text, which the Content-Security-Policy does not let in.
      { nonce, disableSearch: true, hideDownloadButton: true, requiredPropsFirst: true },
      dove,
    );
  });
}
