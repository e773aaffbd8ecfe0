// A file dropped anywhere on the page is checked at once; the button says that it works.

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
form.addEventListener("submit", () => say("Reading and checking…"));
document.getElementById("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
