"use strict";
// Gives the pages of the daily form when the server is not there. It keeps forms and no answers: what was
// filled in waits in the page's own store.
const STORE = "selfblind-1";
const SHELL = ["/style.css", "/lines.js", "/tasks.js", "/keeping.js", "/icon.svg", "/manifest.webmanifest"];
const PAGES = ["/offline", "/event", "/deviation", "/emergency"];

const renew = async () => {
  const store = await caches.open(STORE);
  for (const path of [...SHELL, ...PAGES]) {
    try {
      const answer = await fetch(path, {cache: "no-store", credentials: "same-origin"});
      // A stranger gets the pairing page instead: that is not kept.
      if (answer.ok && !answer.headers.has("X-Pairing")) await store.put(path, answer);
    } catch {
      return;
    }
  }
};

self.addEventListener("install", (event) => event.waitUntil(renew().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const answer = async (request) => {
  const path = new URL(request.url).pathname;
  try {
    // A page's request cannot be given an end; its address can. Where it leads to is the browser's to follow.
    const found = request.mode !== "navigate" ? await fetch(request) : await fetch(request.url, {
      credentials: "same-origin", redirect: "manual", signal: AbortSignal.timeout ? AbortSignal.timeout(6000) : undefined,
    });
    if (request.mode === "navigate" && path === "/" && found.ok) renew();
    return found;
  } catch (error) {
    const store = await caches.open(STORE);
    const kept = await store.match(path);
    if (kept) return kept;
    if (request.mode === "navigate") {
      const form = await store.match("/offline");
      if (form) return form;
    }
    throw error;
  }
};

self.addEventListener("fetch", (event) => {
  const isOwn = new URL(event.request.url).origin === self.location.origin;
  if (event.request.method === "GET" && isOwn) event.respondWith(answer(event.request));
});
