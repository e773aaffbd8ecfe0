"use strict";
(() => {
  const form = document.querySelector(".filters");
  if (!form) return;
  const notes = [...document.querySelectorAll(".note")];
  const marks = [...document.querySelectorAll("mark")];
  const status = form.querySelector("[role=status]");
  let current = -1;

  const chosen = (name) => new Set([...form.querySelectorAll(`[name=${name}]:checked`)].map((box) => box.value));
  const shown = () => notes.filter((note) => !note.classList.contains("filtered"));

  function filter() {
    const families = chosen("family"), severities = chosen("severity");
    const visible = new Set();
    for (const note of notes) {
      const show = families.has(note.dataset.family) && severities.has(note.dataset.severity);
      note.classList.toggle("filtered", !show);
      const number = note.id.slice(1);
      document.getElementById(`m${number}`)?.parentElement.classList.toggle("filtered", !show);
      if (show) visible.add(number);
    }
    for (const mark of marks) mark.classList.toggle("filtered", !mark.dataset.notes.split(" ").some((n) => visible.has(n)));
    status.textContent = `${visible.size} of ${notes.length} shown`;
    current = -1;
  }

  function open(note) {
    for (const mark of marks) mark.classList.toggle("now", mark.dataset.notes.split(" ").includes(note.id.slice(1)));
    note.open = true;
    current = shown().indexOf(note);
  }

  function step(by) {
    const list = shown();
    if (!list.length) return;
    current = (current + by + list.length) % list.length;
    const note = list[current];
    open(note);
    note.querySelector("summary").focus({ preventScroll: true });
    document.getElementById(`m${note.id.slice(1)}`)?.scrollIntoView({ block: "center" });
    status.textContent = `${current + 1} of ${list.length}`;
  }

  form.hidden = false;
  form.addEventListener("change", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.step) step(Number(button.dataset.step));
    else if (button) {
      const all = shown(), opening = all.some((note) => !note.open);
      for (const note of all) note.open = opening;
      button.textContent = opening ? "Close all" : "Open all";
    }
  });
  document.addEventListener("click", (event) => {
    const number = event.target.closest("sup a")?.id.slice(1) ?? event.target.closest("mark")?.dataset.notes.split(" ")[0];
    const note = number && document.getElementById(`f${number}`);
    if (note) open(note);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
  });
  // Notes in a column of their own stand as near to their marks as the notes before them allow.
  const beside = document.querySelector("[data-beside]");
  function arrange() {
    const wide = beside.offsetLeft > beside.previousElementSibling.offsetLeft;
    for (const note of beside.children) {
      note.style.marginTop = "";
      const mark = document.getElementById(`m${note.id.slice(1)}`)?.parentElement;
      if (!wide || !mark || note.classList.contains("filtered")) continue;
      const gap = mark.getBoundingClientRect().top - note.getBoundingClientRect().top;
      if (gap > 0) note.style.marginTop = `${gap}px`;
    }
  }
  if (beside) {
    arrange();
    addEventListener("resize", arrange);
    form.addEventListener("change", arrange);
    document.addEventListener("toggle", arrange, true);
    document.getElementById("whole").addEventListener("change", arrange);
  }
  const target = document.querySelector(".note:target");
  if (target) open(target);
})();
