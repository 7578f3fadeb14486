// SPDX-License-Identifier: AGPL-3.0-or-later
// The page of the API: Swagger UI over our own description, writing with the session's CSRF proof.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const dove = document.getElementById("descrizione-api");
  const prova = () =>
    document.cookie
      .split("; ")
      .find((uno) => uno.startsWith("csrftoken="))
      ?.split("=")[1] ?? "";
  window.SwaggerUIBundle({
    url: dove.dataset.indirizzo,
    domNode: dove,
    deepLinking: true,
    docExpansion: "none",
    persistAuthorization: false,
    presets: [window.SwaggerUIBundle.presets.apis],
    requestInterceptor: (richiesta) => {
      if (!["GET", "HEAD"].includes((richiesta.method ?? "GET").toUpperCase())) {
        richiesta.headers["X-CSRFToken"] = prova();
      }
      return richiesta;
    },
  });
});
