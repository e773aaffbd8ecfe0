// The marks behind the text. Positions are UTF-16 code units of the textarea's value.

const ORDER = { information: 0, warning: 1, error: 2 };

// Draw the marks of `notes` behind `text`: the same text, transparent, with <mark> under the words found.
export function paint(backdrop, text, notes, current) {
  const cuts = new Set([0, text.length]);
  for (const note of notes) cuts.add(note.from).add(note.to);
  const edges = [...cuts].filter((at) => at >= 0 && at <= text.length).sort((a, b) => a - b);
  const starting = [...notes].sort((a, b) => a.from - b.from);
  const content = document.createDocumentFragment();
  let over = [], next = 0;
  for (let i = 0; i + 1 < edges.length; i++) {
    const [start, end] = [edges[i], edges[i + 1]];
    while (next < starting.length && starting[next].from <= start) over.push(starting[next++]);
    over = over.filter((note) => note.to > start);
    const piece = text.slice(start, end);
    if (!over.length) {
      content.append(piece);
      continue;
    }
    const mark = document.createElement("mark");
    mark.className = look(over);
    if (over.some((note) => note.key === current)) mark.classList.add("now");
    mark.dataset.keys = over.map((note) => note.key).join(" ");
    mark.textContent = piece;
    content.append(mark);
  }
  content.append("\n\u200b"); // a last empty line has a height too
  backdrop.replaceChildren(content);
}

// The highest severity over these words; deeper where one finding lies in another. What the article as a whole does not
// say is shown on its main claim, faintly.
function look(over) {
  const own = over.filter((note) => note.family !== "caveats");
  if (!own.length) return "faint";
  const highest = own.map((note) => note.severity).sort((a, b) => ORDER[b] - ORDER[a])[0];
  return own.some((note) => note.from !== own[0].from || note.to !== own[0].to) ? `${highest} deep` : highest;
}

// The shortest stretch of `before` in which all that changed lies, and the words that stand there in `after`.
export function edit(before, after) {
  const most = Math.min(before.length, after.length);
  let start = 0, end = 0;
  while (start < most && before[start] === after[start]) start++;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { start, end: before.length - end, words: after.slice(start, after.length - end) };
}

// Two edits of one text as one; null where they touch each other.
export function merge(base, mine, theirs) {
  if (mine === base || mine === theirs) return theirs;
  if (theirs === base) return mine;
  const [first, second] = [edit(base, mine), edit(base, theirs)].sort((a, b) => a.start - b.start);
  if (first.end < second.start) {
    return base.slice(0, first.start) + first.words + base.slice(first.end, second.start) + second.words + base.slice(second.end);
  }
  const [old, one, other] = [base, mine, theirs].map((text) => text.split("\n"));
  if (old.length < 2 || one.length !== old.length || other.length !== old.length) return null;
  const lines = old.map((line, i) => merge(line, one[i], other[i]));
  return lines.includes(null) ? null : lines.join("\n");
}

// Where positions are after an edit; a note whose words were touched is dropped until the next check.
export function shift(notes, before, after) {
  if (before === after) return notes;
  const { start, end: touched } = edit(before, after), by = after.length - before.length;
  const moved = ([from, to]) => (to <= start ? [from, to] : from >= touched ? [from + by, to + by] : null);
  return notes.flatMap((note) => {
    const span = moved([note.from, note.to]);
    if (!span) return [];
    return [{ ...note, from: span[0], to: span[1], replaces: note.replaces && moved(note.replaces) }];
  });
}

// The start of `words` in `text` nearest to `place`; -1 where they do not stand.
export function nearest(text, words, place) {
  let best = -1;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    if (best < 0 || Math.abs(at - place) < Math.abs(best - place)) best = at;
    if (!words) return Math.min(place, text.length);
  }
  return best;
}
