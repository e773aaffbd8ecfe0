// The editor: marks behind the text as it is typed, findings beside it, decisions by mouse and keyboard.

import htmx from "./vendor/htmx-4.0.1.esm.min.js";
import { edit, nearest, paint, shift } from "./marks.js";
import { Saving } from "./saving.js";
import { localise } from "./times.js";

const $ = (id) => document.getElementById(id);
const text = $("text"), backdrop = $("backdrop"), status = $("status"), help = $("help");
let undoing = Promise.resolve();
const deciding = new Set(); // keys of findings whose decision is on its way
let notes = [], before = text.value, current = null, applying = false;

const results = () => $("results");
const listed = () => [...document.querySelectorAll("#notes > .note:not(.filtered, .going)")];
const noteOf = (key) => notes.find((note) => note.key === key);
const elementOf = (key) => $(`n${key}`);

const saving = new Saving({
  address: `/d/${results().dataset.draft}`,
  revision: results().dataset.revision,
  text: () => text.value,
  adopt(words) {
    const change = edit(text.value, words);
    replaceText(change.start, change.end, change.words);
  },
  swap,
  say(words, wrong = false) {
    const found = results().dataset.unchecked === undefined ? `${notes.length} to look at` : "not checked";
    status.textContent = words.startsWith("Saved") ? `${words} · ${found}` : words;
    status.classList.toggle("wrong", wrong);
  },
});

// ── what was found ───────────────────────────────────────────────────────────────────────────────────────────────

function read(from) {
  return [...from.querySelectorAll("#notes > .note")].map((element) => ({
    key: element.dataset.key,
    from: Number(element.dataset.from),
    to: Number(element.dataset.to),
    severity: element.dataset.severity,
    family: element.dataset.family,
    replaces: element.dataset.replaces?.split(" ").map(Number),
  }));
}

function show() {
  filter();
  for (const key of deciding) elementOf(key)?.classList.add("going");
  localise(results());
  for (const button of document.querySelectorAll("[data-dismiss]")) button.hidden = false;
  const now = current && elementOf(current);
  if (!now) current = null;
  for (const element of document.querySelectorAll(".note.now")) element.classList.toggle("now", element === now);
  now?.classList.add("now");
  repaint();
}

function repaint() {
  const hidden = filtered();
  paint(backdrop, text.value, notes.filter((note) => !hidden(note)), current);
}

// Show an answer that was computed for `checked`; the editor may have typed on since.
async function swap(html, checked) {
  const found = read(new DOMParser().parseFromString(html, "text/html")).filter((note) => !deciding.has(note.key));
  notes = shift(found, checked, text.value);
  repaint(); // the marks first: they are what the editor looks at
  document.dispatchEvent(new Event("annotate:marked"));
  const beside = listed().findIndex((element) => element.dataset.key === current);
  const inList = results().contains(document.activeElement);
  await htmx.swap({ text: html, target: results(), swap: "outerMorph", sourceElement: results() });
  show();
  if (beside >= 0 && !current) activate((listed()[beside] ?? listed().at(-1))?.dataset.key ?? null);
  if (inList && !results().contains(document.activeElement)) (listed()[beside] ?? listed().at(-1) ?? $("notes"))?.focus();
  return results().dataset.revision;
}

// Whether a note is of a kind or severity that the editor has switched off.
function filtered() {
  const off = [...document.querySelectorAll("#filter input:not(:checked)")].map((box) => `${box.name} ${box.value}`);
  return ({ family, severity }) => off.includes(`family ${family}`) || off.includes(`severity ${severity}`);
}

function filter() {
  if (!$("filter")) return;
  $("filter").hidden = false;
  const hidden = filtered();
  for (const element of document.querySelectorAll("#notes > .note")) {
    element.classList.toggle("filtered", hidden(element.dataset));
  }
}

// ── going from one to the next ───────────────────────────────────────────────────────────────────────────────────

function activate(key, { into = null } = {}) {
  current = key;
  const element = key && elementOf(key);
  for (const other of document.querySelectorAll(".note.now")) other.classList.remove("now");
  repaint();
  if (!element) return;
  element.classList.add("now");
  for (const open of document.querySelectorAll("#notes details[open]")) if (!element.contains(open)) open.open = false;
  element.scrollIntoView({ block: "nearest" });
  const mark = backdrop.querySelector("mark.now");
  if (mark && into) {
    const { top, bottom } = mark.getBoundingClientRect();
    if (top < 80 || bottom > innerHeight - 80) mark.scrollIntoView({ block: "center" });
  }
  if (into === "list") element.focus({ preventScroll: true });
  const note = noteOf(key);
  if (into === "text" && note) {
    text.focus({ preventScroll: true });
    text.setSelectionRange(note.from, note.to);
  }
}

function step(by, into) {
  const list = listed();
  if (!list.length) return;
  const at = list.findIndex((element) => element.dataset.key === current);
  const next = at < 0 ? (by > 0 ? 0 : list.length - 1) : (at + by + list.length) % list.length;
  activate(list[next].dataset.key, { into });
}

// ── decisions ────────────────────────────────────────────────────────────────────────────────────────────────────

// Through the browser's own editing where it can, so that its undo works too.
function replaceText(from, to, words) {
  const focused = document.activeElement, [start, end] = [text.selectionStart, text.selectionEnd];
  text.focus({ preventScroll: true });
  text.setSelectionRange(from, to);
  applying = true; // the decision carries the text
  const done = words ? document.execCommand("insertText", false, words) : document.execCommand("delete");
  if (!done) text.setRangeText(words, from, to, "end");
  applying = false;
  typed({ quietly: true });
  const moved = (at) => (at <= from ? at : at >= to ? at + words.length - (to - from) : from + words.length);
  text.setSelectionRange(moved(start), moved(end));
  if (focused !== text) focused?.focus({ preventScroll: true });
}

async function decide(element, fields) {
  const key = element.dataset.key, list = listed(), at = list.indexOf(element);
  if (at < 0) return; // decided already
  const next = list[at + 1] ?? list[at - 1];
  const inText = document.activeElement === text;
  const note = noteOf(key);
  // An edit close by gives a finding another key: so say what it is on too.
  const on = note && { check: element.dataset.check, words: text.value.slice(note.from, note.to), at: note.from };
  if (fields.verdict === "accepted") {
    if (!note?.replaces) return;
    replaceText(note.replaces[0], note.replaces[1], element.dataset.replacement);
  }
  notes = notes.filter((other) => other.key !== key);
  deciding.add(key);
  element.classList.add("going");
  activate(next?.dataset.key ?? null, { into: inText ? null : "list" });
  const taken = await saving.post("/decide", { key, ...on, ...fields });
  deciding.delete(key);
  elementOf(key)?.classList.remove("going");
  if (!taken) saving.changed();
}

function acceptCurrent() {
  const element = current && elementOf(current);
  if (!element) return step(1, "list");
  decide(element, { verdict: element.dataset.replacement === undefined ? "agreed" : "accepted" });
}

function askWhy(element) {
  activate(element.dataset.key);
  element.querySelector("details").open = true;
  element.querySelector("select").focus();
}

// One after the other: which decision is the last is known only when what was sent before is answered.
function undo(form) {
  undoing = undoing.then(() => saving.queue).then(() => takeBack(form)).catch(() => {});
}

async function takeBack(form) {
  // The form that undoes the last one has no words of its own: they stand with the decision.
  const rows = [...document.querySelectorAll(".settled form.undo")];
  const newest = rows.reduce((best, row) => (best && +best.decision.value > +row.decision.value ? best : row), null);
  const row = form?.dataset.replacement !== undefined || form?.decision ? form : newest;
  if (!row?.isConnected) return;
  const { quote, replacement, start } = row.dataset;
  if (replacement !== undefined) {
    const at = nearest(text.value, replacement, Number(start));
    if (at >= 0) replaceText(at, at + replacement.length, quote);
  }
  await saving.post("/undo", { decision: row.decision.value });
}

// ── events ───────────────────────────────────────────────────────────────────────────────────────────────────────

function typed({ quietly = false } = {}) {
  if (text.value === before) return;
  notes = shift(notes, before, text.value);
  before = text.value;
  repaint();
  if (!quietly) saving.changed();
}

text.addEventListener("input", () => {
  if (!applying) typed();
});

text.addEventListener("click", () => {
  const at = text.selectionStart;
  const under = notes.filter((note) => note.from <= at && at <= note.to && !elementOf(note.key)?.classList.contains("filtered"));
  under.sort((a, b) => a.to - a.from - (b.to - b.from));
  activate(under[0]?.key ?? null);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  const element = form.closest(".note");
  if (form.matches(".act")) decide(element, { verdict: event.submitter?.value ?? "agreed" });
  else if (form.matches(".dismiss")) decide(element, { verdict: "dismissed", reason: form.reason.value, note: form.note.value });
  else if (form.matches(".undo")) undo(form);
  else if (form.dataset.send) saving.post(form.dataset.send);
  else if (form.id === "draft") saving.post("");
  else if (form.id !== "filter") return;
  event.preventDefault();
});

document.addEventListener("change", (event) => {
  if (event.target.closest("#filter")) show();
});

document.addEventListener("click", (event) => {
  const target = event.target.closest("button, #notes > .note");
  if (!target) return;
  if (target.matches(".note")) return activate(target.dataset.key, { into: "mark" });
  if (target.dataset.step) step(Number(target.dataset.step), "list");
  else if (target.dataset.dismiss !== undefined) askWhy(target.closest(".note"));
  else if (target.dataset.keep) saving.choose(target.dataset.keep);
  else if (target.id === "help-button") help.showModal();
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || help.open) return;
  const field = event.target.closest("input, select, textarea"), inText = event.target === text;
  const inList = results().contains(event.target) && !field;
  const into = inText ? "text" : "list";
  const key = event.altKey ? `Alt+${event.key === "Ω" || event.code === "KeyZ" ? "z" : event.key}` : event.key;
  const does = {
    "Alt+ArrowDown": () => step(1, into),
    "Alt+ArrowUp": () => step(-1, into),
    "Alt+Enter": acceptCurrent,
    "Alt+Backspace": () => current && askWhy(elementOf(current)),
    "Alt+z": () => undo(null),
    ...(inList && {
      j: () => step(1, "list"),
      k: () => step(-1, "list"),
      a: acceptCurrent,
      d: () => current && askWhy(elementOf(current)),
      u: () => undo(null),
      "?": () => help.showModal(),
    }),
    ...(results().contains(event.target) && { Escape: () => text.focus() }),
    ...(event.target.matches(".dismiss select") && { Enter: () => event.target.form.requestSubmit() }),
  }[key];
  if (!does) return;
  event.preventDefault();
  does();
});

// Back from another tab or program: show what was saved and decided there.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && !saving.pending) saving.post("");
});

// A menu closes when something else is wanted.
const menus = () => document.querySelectorAll("details.menu[open]");
document.addEventListener("pointerdown", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

addEventListener("beforeunload", (event) => {
  if (saving.pending) event.preventDefault();
});
addEventListener("online", () => text.value !== saving.saved && saving.changed());

$("help-button").hidden = false;
notes = read(document);
show();
saving.say("Saved");
document.documentElement.dataset.ready = "";
