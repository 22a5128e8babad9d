"use strict";
// Keeps every form on this device before it is sent, and sends it until the server has it. The token in the
// form makes the server record it once, however often it arrives.
(() => {
  const RECORDED = ["/recorded", "/emergency"];
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const newToken = () => hex(crypto.getRandomValues(new Uint8Array(16)));
  // One store for each trial: another one may be served under the same address another day.
  const trial = document.querySelector("meta[name=trial]").content;
  // Browsers that know no such signal wait as long as the network does.
  const within = (milliseconds) => AbortSignal.timeout ? AbortSignal.timeout(milliseconds) : undefined;

  // MARK: the store

  const open = () => new Promise((resolve, reject) => {
    const request = indexedDB.open(`selfblind-${trial}`, 1);
    request.onupgradeneeded = () => request.result.createObjectStore("forms", {keyPath: "once"});
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

  // Done when the device says that it is on its disk.
  const change = async (deed) => {
    const database = await open();
    try {
      await new Promise((resolve, reject) => {
        const transaction = database.transaction("forms", "readwrite", {durability: "strict"});
        deed(transaction.objectStore("forms"));
        transaction.oncomplete = resolve;
        transaction.onerror = transaction.onabort = () => reject(transaction.error);
      });
    } finally {
      database.close();
    }
  };

  const all = async () => {
    const database = await open();
    try {
      return await new Promise((resolve, reject) => {
        const request = database.transaction("forms").objectStore("forms").getAll();
        // In the order in which they were made, which is not that of their tokens.
        request.onsuccess = () => resolve(request.result.sort((one, other) => one.made - other.made));
        request.onerror = () => reject(request.error);
      });
    } finally {
      database.close();
    }
  };

  // MARK: sending

  // With what it had waited before it was opened again.
  const waited = (kept, body) => Number(body.get("kept"))
    + Math.max(0, Math.floor(Date.now() / 1000) - Math.floor(kept.made / 1000));

  const post = (kept) => {
    const body = new URLSearchParams(kept.body);
    const seconds = waited(kept, body);
    // Also a second, which may be the last one of its day; the server passes over what says nothing.
    if (seconds > 0) body.set("kept", String(seconds));
    return fetch(kept.path, {
      method: "POST", body, credentials: "same-origin", signal: within(15000),
    });
  };

  // The token that forms of this visitor carry now, from a form that is there after a lock too: another one than
  // a kept form has, where this device was let in anew since.
  const tokenNow = async () => {
    const page = new DOMParser().parseFromString(
      await (await fetch("/zone", {cache: "no-store"})).text(), "text/html");
    const field = page.querySelector("input[name=form-token]");
    return field && field.value;
  };

  // Sends one form. Its fate, with the place that it led to unless it was refused; nothing where the server is not
  // there, fails, or does not know this device.
  const send = async (kept, isSecond = false) => {
    let answer;
    try {
      answer = await post(kept);
    } catch {
      return null;
    }
    const place = new URL(answer.url);
    if (answer.redirected && RECORDED.includes(place.pathname)) {
      await change((store) => store.delete(kept.once));
      return {place: place.pathname + place.search};
    }
    if (answer.status >= 500 || answer.headers.has("X-Pairing")) return null;
    if (answer.status === 403) {
      const token = isSecond ? null : await tokenNow().catch(() => null);
      if (!token) return null;
      const body = new URLSearchParams(kept.body);
      body.set("form-token", token);
      kept.body = String(body);
      await change((store) => store.put(kept));
      return send(kept, true);
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const said = page.querySelector("[role=alert]");
    kept.refused = said ? Array.from(said.childNodes, (part) => part.textContent).join(": ") : `refused with ${answer.status}`;
    await change((store) => store.put(kept));
    return {};
  };

  // Where each form led to that this page has sent.
  const places = new Map();

  // One at a time, also where several pages are open; browsers have such locks where a page is a secure one.
  let last = Promise.resolve();
  const inTurn = (deed) => {
    const turn = last.then(() => navigator.locks ? navigator.locks.request(`selfblind-${trial}`, deed) : deed());
    last = turn.catch(() => {});
    return turn;
  };

  // Sends what waits, one after the other as it was made: a check-in means another kit after the departure that
  // was said before it. The first that cannot be delivered ends it. What was refused is tried again when a page
  // is opened: it may have been mended since.
  const sendAll = (isAnew = false) => inTurn(async () => {
    for (const kept of await all()) {
      if (kept.refused && !isAnew) continue;
      const fate = await send(kept);
      if (!fate) break;
      if (fate.place) places.set(kept.once, fate.place);
    }
    await show();
  });

  // MARK: what the page says of it

  const part = (parent, tag, className, textContent) =>
    parent.appendChild(Object.assign(document.createElement(tag), {className, textContent}));

  const show = async () => {
    const forms = await all();
    let box = document.getElementById("kept");
    if (!forms.length) return box && box.remove();
    if (!box) {
      box = document.createElement("div");
      box.id = "kept";
      box.setAttribute("role", "status");
      document.querySelector("main").prepend(box);
    }
    const waiting = forms.filter((kept) => !kept.refused).length;
    box.replaceChildren();
    if (waiting) {
      part(box, "p", "said", `${waiting} ${waiting === 1 ? "entry waits" : "entries wait"} on this device and will be sent.`);
    }
    for (const kept of forms.filter((kept) => kept.refused)) {
      const said = part(box, "div", "said refused", "");
      part(said, "p", "", `Made on ${new Date(kept.made).toLocaleString()} and refused: ${kept.refused}`);
      const deeds = part(said, "p", "deeds", "");
      const button = (words, style, deed) => {
        const made = part(deeds, "button", style, words);
        made.type = "button";
        made.addEventListener("click", deed);
      };
      button("Open it again", "button", () => reopen(kept));
      button("Throw it away", "button plain", async () => {
        if (!confirm("Throw these answers away? Nothing of them is recorded.")) return;
        await change((store) => store.delete(kept.once));
        await show();
      });
    }
  };

  // The form as it was filled in, with what is wrong with it, from the server. It keeps its token, so that
  // it leaves this device once it is recorded.
  const reopen = async (kept) => {
    const token = await tokenNow().catch(() => null);
    if (!token) return;
    const form = document.createElement("form");
    Object.assign(form, {method: "post", action: kept.path, hidden: true});
    const body = new URLSearchParams(kept.body);
    body.set("kept", String(Math.max(1, waited(kept, body))));
    for (const [name, value] of body) {
      const field = document.createElement("input");
      Object.assign(field, {type: "hidden", name, value: name === "form-token" ? token : value});
      form.append(field);
    }
    document.body.append(form);
    form.submit();
  };

  // MARK: forms

  // Keeps the form first; then it is sent, now or later.
  const keep = async (form) => {
    const body = new URLSearchParams(fields(form));
    // The attribute, since a field of a form may be called action.
    const path = form.getAttribute("action");
    // A guess belongs to the day of its ratings, unless it comes much later.
    const begun = Number(form.dataset.begun);
    const made = Date.now() - begun < 3600000 ? begun : Date.now();
    const kept = {once: body.get("once"), path, body: String(body), made};
    await change((store) => store.put(kept));
    await sendAll();
    const now = (await all()).find((other) => other.once === kept.once);
    // It may have been sent by another turn, or by another page that is open.
    if (!now) return location.assign(places.get(kept.once) || "/");
    if (now.refused) {
      // Nothing was recorded: the server's own page says why, and the form can be mended there.
      await change((store) => store.delete(kept.once));
      return HTMLFormElement.prototype.submit.call(form);
    }
    form.replaceChildren();
    document.querySelector("h1").textContent = "Kept on this device";
    document.getElementById("kept").scrollIntoView();
  };

  const isThere = async () => {
    try {
      const answer = await fetch("/alive", {cache: "no-store", signal: within(4000)});
      return answer.ok;
    } catch {
      return false;
    }
  };

  const gaps = (form) => [...form.querySelectorAll(".item")].filter((item) => {
    const skip = item.querySelector(".skip input[type=checkbox]");
    // Fields with a name: the line that a script makes beside a number always has a value, and sends none.
    const answers = [...item.querySelectorAll("[name]")].filter((field) => !field.closest(".skip"));
    const isAnswered = answers.some((field) =>
      ["radio", "checkbox"].includes(field.type) ? field.checked : field.value.trim() !== "");
    const isOpen = answers.some((field) => field.tagName === "TEXTAREA");
    return !isOpen && !isAnswered && !skip.checked;
  });

  // The guess without the server: the same form, which waits in the page until all ratings are there.
  const askGuess = (form) => {
    const open = gaps(form);
    if (open.length) {
      open[0].scrollIntoView({block: "center"});
      open[0].querySelector("input, textarea").focus();
      return;
    }
    const template = document.getElementById("guess");
    if (!template) {
      return keep(form);
    }
    const guess = template.content.firstElementChild.cloneNode(true);
    guess.dataset.begun = Date.now();
    for (const [name, value] of fields(form)) {
      const field = document.createElement("input");
      Object.assign(field, {type: "hidden", name, value});
      guess.append(field);
    }
    form.hidden = true;
    form.after(guess);
    watch(guess);
    guess.querySelector("input:not([type=hidden])").focus();
  };

  // A photograph goes to the server at once, which sends the form back with the code in it; it is kept nowhere. What
  // can be seen to fail is said here, so that nothing that was filled in is lost.
  const readPhotograph = async (form, button) => {
    const file = form.elements.photograph.files[0];
    const say = (words) => {
      form.querySelector("#photograph-fault")?.remove();
      const said = Object.assign(document.createElement("p"), {
        id: "photograph-fault", className: "fault", textContent: words,
      });
      said.setAttribute("role", "alert");
      button.before(said);
    };
    if (!file) return say("There was no photograph. Choose or take one first.");
    if (file.size > 20000000) {
      return say("The photograph has more than 20 MB. Take it with fewer pixels, or type the code.");
    }
    if (!await isThere()) {
      return say("There is no connection, and this device reads no photograph by itself. Type the code.");
    }
    const [action, encoding] = [form.getAttribute("action"), form.enctype];
    form.setAttribute("action", button.getAttribute("formaction"));
    form.enctype = button.formEnctype;
    HTMLFormElement.prototype.submit.call(form);
    form.setAttribute("action", action);
    form.enctype = encoding;
  };

  const isPhotograph = (event, form) => {
    if (!event.submitter || !("photograph" in event.submitter.dataset)) return false;
    event.preventDefault();
    readPhotograph(form, event.submitter).catch(() => {});
    return true;
  };

  // The fields without a photograph that was chosen and not read.
  const fields = (form) => [...new FormData(form)].filter(([, value]) => typeof value === "string");

  const watch = (form) => form.addEventListener("submit", (event) => {
    if (isPhotograph(event, form)) return;
    event.preventDefault();
    // A device that keeps nothing sends it as a page without this script would.
    keep(form).catch(() => HTMLFormElement.prototype.submit.call(form));
  });

  for (const form of document.querySelectorAll("form[data-kept]")) {
    // A page from this device's store has been seen before: its form must be another one each time. What the
    // server sends back to be mended is the same form still.
    if (!("back" in form.dataset)) form.elements.once.value = newToken();
    if (form.dataset.kept === "entry") {
      watch(form);
      continue;
    }
    form.addEventListener("submit", async (event) => {
      if (isPhotograph(event, form)) return;
      event.preventDefault();
      if (await isThere()) HTMLFormElement.prototype.submit.call(form);
      else Promise.resolve(askGuess(form)).catch(() => HTMLFormElement.prototype.submit.call(form));
    });
  }
  const slots = document.querySelector("select[data-days]");
  if (slots) {
    const now = new Date();
    const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
      .map((part) => String(part).padStart(2, "0")).join("-");
    const due = [...slots.options].find((option) => option.dataset.day === today);
    if (due) slots.value = due.value;
  }

  if (navigator.serviceWorker) navigator.serviceWorker.register("/worker.js");
  // Where nothing can be kept there is nothing to send, and the pages work as without this script.
  const later = () => sendAll().catch(() => {});
  addEventListener("online", later);
  document.addEventListener("visibilitychange", () => document.hidden || later());
  setInterval(later, 30000);
  sendAll(true).catch(() => {});
})();
