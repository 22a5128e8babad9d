"use strict";
// Two short tasks in the page, each with practice first. What is recorded is one number; what it can be
// trusted to is measured while it is done, and said.
(() => {
  const make = (parent, tag, words, attributes = {}) => {
    const element = document.createElement(tag);
    element.textContent = words;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    parent.append(element);
    return element;
  };
  const median = (numbers) => {
    const sorted = [...numbers].sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  };
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  // A whole number below a bound, each as likely.
  const below = (bound) => {
    const top = Math.floor(0x100000000 / bound) * bound;
    for (;;) {
      const [word] = crypto.getRandomValues(new Uint32Array(1));
      if (word < top) return word % bound;
    }
  };
  const shuffled = (list) => {
    const result = [...list];
    for (let place = result.length - 1; place > 0; place--) {
      const other = below(place + 1);
      [result[place], result[other]] = [result[other], result[place]];
    }
    return result;
  };

  // How exactly a time can be told here: the step of the clock, and the time between two frames, as a signal
  // is seen at most one frame after it was drawn.
  const accuracy = async () => {
    const frames = [];
    let last = await frame();
    for (let count = 0; count < 30; count++) {
      const now = await frame();
      frames.push(now - last);
      last = now;
    }
    let step = Infinity;
    let before = performance.now();
    for (let count = 0; count < 20000; count++) {
      const now = performance.now();
      if (now > before) step = Math.min(step, now - before);
      before = now;
    }
    return {frame: median(frames), step: Number.isFinite(step) ? step : 0};
  };

  // Nobody reacts faster than this: an earlier hand was on its way before the signal.
  const SHORTEST = 100;
  // Keys that are pressed to go elsewhere, or with another one, are no reaction.
  const isReaction = (event) =>
    event.type !== "keydown" || !event.repeat && (event.key.length === 1 || event.key === "Enter");

  // One signal: the reaction time in milliseconds, or nothing where it came too early. None counts as the longest.
  const signal = async (field, shortest, longest) => {
    field.textContent = "wait for the colour";
    field.classList.remove("now");
    const wait = shortest + below(longest - shortest + 1);
    let isEarly = false;
    const early = (event) => { isEarly = isEarly || isReaction(event); };
    field.addEventListener("pointerdown", early);
    field.addEventListener("keydown", early);
    await pause(wait);
    field.removeEventListener("pointerdown", early);
    field.removeEventListener("keydown", early);
    if (isEarly) {
      field.textContent = "too early";
      await pause(800);
      return null;
    }
    return new Promise((resolve) => {
      let start = null;
      let timer = 0;
      const stop = (event) => {
        if (!isReaction(event)) return;
        // The event's own time is when the hand came, not when this code was run.
        const time = event.timeStamp - start;
        if (start === null || time < SHORTEST) isEarly = true;
        clearTimeout(timer);
        field.removeEventListener("pointerdown", stop);
        field.removeEventListener("keydown", stop);
        field.classList.remove("now");
        resolve(isEarly ? null : time);
      };
      field.addEventListener("pointerdown", stop);
      field.addEventListener("keydown", stop);
      requestAnimationFrame(() => {
        field.classList.add("now");
        field.textContent = "now";
        requestAnimationFrame((time) => { start = time; });
      });
      timer = setTimeout(() => stop({type: "late", timeStamp: (start ?? 0) + 2000}), 2000);
    });
  };

  const vigilance = async (box, finish) => {
    const field = make(box, "button", "", {type: "button", class: "signal"});
    field.focus();
    for (let round = 1; round <= 3; round++) {
      const time = await signal(field, 1000, 3000);
      field.textContent = time ? `practice ${round} of 3: ${Math.round(time)} ms` : "practice: too early";
      await pause(900);
    }
    const times = [];
    let early = 0;
    const end = performance.now() + Number(box.dataset.seconds) * 1000;
    while (performance.now() < end || times.length < 5) {
      const time = await signal(field, 1000, 4000);
      if (time) times.push(time);
      else early++;
      field.textContent = "";
      await pause(400);
    }
    field.remove();
    const lapses = times.filter((time) => time > 500).length;
    const told = await accuracy();
    finish(Math.round(median(times)),
      `${times.length} signals, median ${Math.round(median(times))} ms, ${lapses} over 500 ms, ${early} too early. `
      + `Exact to about ${Math.ceil(told.frame + told.step)} ms here (one frame of the screen is `
      + `${told.frame.toFixed(1)} ms), and the screen's and the keyboard's own delay on top, which is the same `
      + "every day.");
  };

  const SIGNS = ["○", "△", "□", "◇", "+", "×", "=", "∩", "⊥"];

  const symbols = async (box, finish) => {
    const key = shuffled(SIGNS);
    const table = make(box, "p", "", {class: "key"});
    key.forEach((sign, place) => make(table, "span", `${sign} ${place + 1}`));
    const shown = make(box, "p", "", {class: "sign", "aria-live": "off"});
    const pad = make(box, "div", "", {class: "pad"});
    const buttons = key.map((_, place) => make(pad, "button", String(place + 1), {type: "button"}));
    const ask = (sign, until) => new Promise((resolve) => {
      shown.textContent = sign;
      const done = (digit) => {
        clearTimeout(timer);
        buttons.forEach((button) => { button.onclick = null; });
        document.onkeydown = null;
        resolve(digit);
      };
      const timer = setTimeout(() => done(null), Math.max(0, until - performance.now()));
      buttons.forEach((button, place) => { button.onclick = () => done(place + 1); });
      document.onkeydown = (event) => {
        if (/^[1-9]$/.test(event.key)) done(Number(event.key));
      };
    });
    const round = async (count, until, say) => {
      let right = 0;
      let wrong = 0;
      let last = -1;
      while (right + wrong < count && performance.now() < until) {
        let place = below(key.length);
        while (place === last) place = below(key.length);
        last = place;
        const digit = await ask(key[place], until);
        if (digit === null) break;
        if (digit === place + 1) right++;
        else wrong++;
        if (say) table.dataset.said = digit === place + 1 ? "right" : `wrong: ${place + 1}`;
      }
      return {right, wrong};
    };
    await round(5, Infinity, true);
    shown.textContent = "ready";
    table.dataset.said = "now it counts";
    await pause(1500);
    delete table.dataset.said;
    const start = performance.now();
    const {right, wrong} = await round(Infinity, start + Number(box.dataset.seconds) * 1000, false);
    const seconds = (performance.now() - start) / 1000;
    for (const part of [table, shown, pad]) part.remove();
    const most = 200;
    finish(Math.min(most, right), `${right} right and ${wrong} wrong in ${seconds.toFixed(1)} s`
      + (right > most ? `; ${most} are recorded, the most that can be.` : "."));
  };

  const TASKS = {
    vigilance: {run: vigilance, words: "Tap or press a key as soon as the field changes its colour: three times for "
      + "practice, then again and again."},
    symbols: {run: symbols, words: "Each sign has a digit in the key above it. Choose the digit of the sign shown: "
      + "five times for practice, then as many as you can until it ends."},
  };

  for (const box of document.querySelectorAll(".task[data-task]")) {
    const task = TASKS[box.dataset.task];
    const field = box.querySelector("input[type=hidden]");
    const words = make(box, "p", task.words, {class: "hint"});
    const start = make(box, "button", "Start", {type: "button", class: "start"});
    const said = make(box, "p", field.value ? `done: ${field.value}` : "", {role: "status", tabindex: "-1"});
    start.addEventListener("click", async () => {
      start.hidden = words.hidden = true;
      await task.run(box, (score, sentence) => {
        field.value = score;
        said.textContent = sentence;
        // What had the focus is gone; who uses keys would begin at the top of the page.
        said.focus();
      });
    });
  }
})();
