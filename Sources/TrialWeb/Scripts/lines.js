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
  const show = () => {
    const isSet = field.value !== "";
    line.classList.toggle("untouched", !isSet);
    line.setAttribute("aria-valuetext", isSet ? field.value : "nothing is set yet");
    if (isSet) line.value = field.value;
  };
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
