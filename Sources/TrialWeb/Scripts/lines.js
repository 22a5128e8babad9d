"use strict";
// Makes a line of a number between two ends. Nothing is set on it before it is touched, so that no
// starting point draws the answer to itself; without this script the number is typed.
for (const field of document.querySelectorAll("input[data-slider]")) {
  const label = document.querySelector(`label[for="${field.id}"]`);
  const line = document.createElement("input");
  line.type = "range";
  line.id = field.id + "-line";
  line.min = field.dataset.low;
  line.max = field.dataset.high;
  line.step = "1";
  line.setAttribute("aria-label", label.textContent);
  line.setAttribute("aria-describedby", field.getAttribute("aria-describedby") || "");
  const show = () => {
    const isSet = field.value !== "";
    line.classList.toggle("untouched", !isSet);
    line.setAttribute("aria-valuetext", isSet ? field.value : "nothing is set yet; type a number, or press Home or End");
    if (isSet) line.value = field.value;
  };
  // The hand, or a key that names an end or goes on from what is set. On an untouched line the keys that go on
  // do nothing, since they would start from the middle; a number is typed into the field instead. All other keys
  // are the browser's.
  line.addEventListener("keydown", (event) => {
    if (field.value !== "" || event.ctrlKey || event.altKey || event.metaKey) return;
    if (/^(Arrow(Left|Right|Up|Down)|Page(Up|Down))$/.test(event.key)) event.preventDefault();
    if (/^[0-9]$/.test(event.key)) {
      event.preventDefault();
      field.focus();
      field.value = event.key;
      show();
    }
  });
  line.addEventListener("input", () => {
    field.value = line.value;
    show();
  });
  // A tap on the middle, where an untouched line stands, moves nothing and still is an answer.
  line.addEventListener("click", () => {
    field.value = line.value;
    show();
  });
  field.addEventListener("input", show);
  field.classList.add("beside");
  field.before(line);
  show();
}
