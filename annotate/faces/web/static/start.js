// A file dropped anywhere on the page is checked at once; the button says that it works.

import { localise } from "./times.js";

const form = document.querySelector("form.intake"), drop = document.getElementById("drop"), file = document.getElementById("file");
const say = (words) => (form.querySelector("[role=status]").textContent = words);

for (const name of ["dragenter", "dragover"]) {
  document.addEventListener(name, (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    drop.classList.add("over");
  });
}
document.addEventListener("dragleave", (event) => event.relatedTarget === null && drop.classList.remove("over"));
document.addEventListener("drop", (event) => {
  drop.classList.remove("over");
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  file.files = event.dataTransfer.files;
  form.requestSubmit();
});
file.addEventListener("change", () => file.files.length && form.requestSubmit());
form.addEventListener("submit", (event) => {
  const size = new Blob([document.getElementById("text").value, ...file.files]).size, limit = Number(form.dataset.limit);
  if (size > limit - 2000) {
    event.preventDefault();
    file.value = "";
    return say(`That is ${(size / 1e6).toFixed(1)} MB; at most ${(limit / 1e6).toFixed(1)} MB are taken.`);
  }
  say("Reading and checking…");
});
localise(document);
document.getElementById("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
