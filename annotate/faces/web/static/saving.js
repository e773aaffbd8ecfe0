// Saving: one request at a time, in order; what is typed meanwhile goes with the next.

import { merge } from "./marks.js";

const PAUSE = 180, IDLE = 800, LONGEST = 1000, RETRY = 2000;

export class Saving {
  // `text` gives the text; `adopt` puts another in its place; `swap` shows an answer and returns the draft's revision;
  // `say` tells the editor.
  constructor({ address, revision, text, adopt, swap, say }) {
    Object.assign(this, { address, revision, text, adopt, swap, say });
    this.saved = text();
    this.queue = Promise.resolve();
    this.waiting = 0;
    this.edited = 0;
    this.since = 0;
    this.merged = 0;
  }

  get pending() {
    return this.waiting > 0 || this.text() !== this.saved;
  }

  // The text has changed: check it at once after a rest, in a short pause while somebody types.
  changed() {
    if (this.conflict) return; // until the editor has chosen
    this.refused = false;
    const now = performance.now();
    const rested = now - this.edited > IDLE;
    this.edited = now;
    this.since ||= now;
    clearTimeout(this.timer);
    if (this.waiting) return; // the answer will see that there is more
    const wait = rested ? 0 : Math.max(0, Math.min(PAUSE, this.since + LONGEST - now));
    this.timer = setTimeout(() => this.post(""), wait);
  }

  // Send the text, and a decision if `path` says so, with the text as that decision left it: others may follow before
  // it is sent. Resolves to whether it was taken.
  post(path, fields = {}) {
    clearTimeout(this.timer);
    this.waiting++;
    const decided = this.text(), merged = this.merged;
    // What was put together meanwhile must not be undone by a text from before it.
    const sent = this.queue.then(() => this.#send(path, fields, path && merged === this.merged ? decided : this.text()));
    this.queue = sent.catch(() => {}).then(() => {
      this.waiting--;
      if (!this.waiting && this.text() !== this.saved && !this.refused) this.changed();
    });
    return sent;
  }

  async #send(path, fields, text) {
    this.since = 0;
    this.say("Checking…");
    let response, merged = false;
    for (;;) {
      const body = new URLSearchParams({ ...fields, text, revision: this.revision });
      try {
        response = await fetch(this.address + path, { method: "POST", body, headers: { "HX-Request": "true" } });
      } catch {
        this.say("Not saved: no connection. Trying again…", true);
        await new Promise((done) => setTimeout(done, RETRY));
        continue;
      }
      if (response.status === 429 || response.status === 503) {
        this.say("The server is busy. Trying again…");
        await new Promise((done) => setTimeout(done, 1000 * (Number(response.headers.get("Retry-After")) || 2)));
      } else if (response.status === 409) {
        const together = this.#together(await response.clone().text());
        if (together === null) break;
        text = together;
        merged = true;
      } else break;
    }
    const isPart = (response.headers.get("Content-Type") ?? "").startsWith("text/html");
    if (!isPart || (response.status !== 409 && !response.ok)) {
      const { detail } = isPart ? {} : await response.json().catch(() => ({}));
      this.refused = true; // the same again would be refused again
      this.say(response.status === 401 ? "Not saved: sign in again in another tab." : `That did not work: ${detail ?? response.status}`, true);
      return false;
    }
    this.conflict = response.status === 409;
    this.revision = await this.swap(await response.text(), text);
    if (this.conflict) {
      this.say("Not saved: changed elsewhere.", true);
      return false;
    }
    this.saved = text;
    this.say(merged ? "Saved, with what was changed elsewhere" : "Saved");
    return true;
  }

  // The text with what somebody else saved meanwhile; null where both changed the same words.
  #together(answer) {
    const part = new DOMParser().parseFromString(answer, "text/html");
    const theirs = part.getElementById("theirs")?.textContent ?? null;
    const together = theirs === null ? null : merge(this.saved, this.text(), theirs);
    if (together === null) return null;
    this.merged++;
    this.adopt(together);
    this.saved = theirs;
    this.revision = part.getElementById("results").dataset.revision;
    return together;
  }
}
