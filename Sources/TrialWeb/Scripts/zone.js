"use strict";
// Which day an entry belongs to follows from the zone that the page counts in. Where the device's own clock says
// otherwise, the page offers the device's zone; nothing is changed without a press.
(() => {
  const clock = document.querySelector("[data-zone]");
  if (!clock) return;
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const ahead = -60 * new Date().getTimezoneOffset();
  // Another name for the same time makes no other day.
  if (!here || here === clock.dataset.zone || ahead === Number(clock.dataset.offset)) return;
  const box = document.createElement("p");
  box.id = "elsewhere";
  box.className = "said";
  box.append(`This device is in ${here}, and these pages count the days of ${clock.dataset.zone}. `);
  const link = document.createElement("a");
  Object.assign(link, {href: `/zone?zone=${encodeURIComponent(here)}`, textContent: "Change that"});
  box.append(link);
  clock.before(box);
})();
