// Times as the reader's own clock and language have them; without scripts they are UTC.

export function localise(part) {
  for (const time of part.querySelectorAll("time[datetime]")) {
    time.textContent = new Date(time.dateTime).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  }
}
