"use strict";
const rows = JSON.parse(document.getElementById("data").textContent);
const columns = ["finding", "check", "severity", "before", "quote", "after", "message", "title", "reference", "right", "note"];
const place = "annotate-review " + location.pathname;
let kept = {};
try { kept = JSON.parse(localStorage.getItem(place) || "{}"); } catch { kept = {}; }
const list = document.getElementById("findings");
let current = 0;

function element(tag, text, attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

const articles = rows.map((row, index) => {
  if (row.finding in kept) row.right = kept[row.finding];
  const article = element("article", "", { tabindex: "-1", id: "finding-" + index });
  article.append(element("h2", `${index + 1}. ${row.check}`));
  article.append(element("p", row.title, { class: "soft" }));
  const text = element("p", "… " + row.before);
  text.append(element("mark", row.quote), row.after + " …");
  article.append(text, element("p", row.message));
  const buttons = element("p", "");
  for (const [mark, label] of [["y", "Right"], ["n", "Wrong"]]) {
    const button = element("button", label, { type: "button", "data-mark": mark });
    button.addEventListener("click", () => judge(index, row.right === mark ? "" : mark));
    buttons.append(button, " ");
  }
  article.append(buttons);
  article.addEventListener("focusin", () => { current = index; });
  list.append(article);
  return article;
});

function show() {
  rows.forEach((row, index) => {
    for (const button of articles[index].querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.dataset.mark === row.right));
    }
  });
  const judged = rows.filter((row) => row.right).length;
  document.getElementById("state").textContent = `${judged} of ${rows.length} judged`;
}

function judge(index, mark) {
  rows[index].right = mark;
  kept[rows[index].finding] = mark;
  try { localStorage.setItem(place, JSON.stringify(kept)); } catch { /* a browser that keeps nothing: save the CSV */ }
  show();
}

function go(index) {
  current = Math.max(0, Math.min(rows.length - 1, index));
  articles[current].focus();
  articles[current].scrollIntoView({ block: "center" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "j") go(current + 1);
  else if (event.key === "k") go(current - 1);
  else if (event.key === "u") judge(current, "");
  else if (event.key === "y" || event.key === "n") { judge(current, event.key); go(current + 1); }
});

document.getElementById("save").addEventListener("click", () => {
  const cell = (value) => `"${String(value ?? "").replaceAll('"', '""')}"`;
  const lines = [columns.join(","), ...rows.map((row) => columns.map((name) => cell(row[name])).join(","))];
  const link = element("a", "", { download: "sample.csv" });
  link.href = URL.createObjectURL(new Blob(["\ufeff" + lines.join("\r\n") + "\r\n"], { type: "text/csv" }));
  link.click();
});
show();
