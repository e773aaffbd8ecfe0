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
    this.waiting = []; // each with the text as it was left by that decision
    this.edited = 0;
    this.since = 0;
  }

  get pending() {
    return this.waiting.length > 0 || this.text() !== this.saved;
  }

  // The text has changed: check it at once after a rest, in a short pause while somebody types.
  changed() {
    this.refused = false;
    const now = performance.now();
    const rested = now - this.edited > IDLE;
    this.edited = now;
    this.since ||= now;
    clearTimeout(this.timer);
    if (this.waiting.length) return; // the answer will see that there is more
    const wait = rested ? 0 : Math.max(0, Math.min(PAUSE, this.since + LONGEST - now));
    this.timer = setTimeout(() => this.post(""), wait);
  }

  // Send the text, and a decision if `path` says so, with the text as that decision left it: the server records a
  // decision only where its finding still stands in the text before. Resolves to whether it was taken.
  post(path, fields = {}) {
    clearTimeout(this.timer);
    const request = { path, fields, text: this.text() };
    this.waiting.push(request);
    const sent = this.queue.then(() => this.#send(request));
    this.queue = sent.catch(() => {}).then(() => {
      this.waiting.shift();
      if (!this.waiting.length && this.text() !== this.saved && !this.refused) this.changed();
    });
    return sent;
  }

  async #send(request) {
    this.since = 0;
    this.say("Checking…");
    if (!request.path && this.waiting.length === 1) request.text = this.text();
    let response, merged = false;
    for (;;) {
      const body = new URLSearchParams({ ...request.fields, text: request.text, revision: this.revision });
      try {
        response = await fetch(this.address + request.path, { method: "POST", body, headers: { "HX-Request": "true" } });
      } catch {
        this.say("Not saved: no connection. Trying again…", true);
        await new Promise((done) => setTimeout(done, RETRY));
        continue;
      }
      if (response.status === 429 || response.status === 503) {
        this.say("The server is busy. Trying again…");
        await new Promise((done) => setTimeout(done, 1000 * (Number(response.headers.get("Retry-After")) || 2)));
      } else if (response.status === 409) {
        const settled = await this.#settle(await response.clone().text());
        if (settled === null) break;
        merged = settled;
      } else break;
    }
    const isPart = (response.headers.get("Content-Type") ?? "").startsWith("text/html");
    if (!isPart || !response.ok) {
      const { detail } = isPart ? {} : await response.json().catch(() => ({}));
      this.refused = true; // the same again would be refused again
      this.say(response.status === 401 ? "Not saved: sign in again in another tab." : `That did not work: ${detail ?? response.status}`, true);
      return false;
    }
    this.revision = await this.swap(await response.text(), request.text);
    this.saved = request.text;
    this.say(merged ? "Saved, with what was changed elsewhere" : "Saved");
    return true;
  }

  // Put what waits together with what somebody else saved meanwhile, each as it was left by its decision; where both
  // changed the same words, ask which text to keep. Resolves to whether it went together, null where there is no such text.
  async #settle(answer) {
    const part = new DOMParser().parseFromString(answer, "text/html");
    const theirs = part.getElementById("theirs")?.textContent ?? null;
    if (theirs === null) return null;
    const texts = [...this.waiting.map((request) => request.text), this.text()];
    const together = texts.map((mine) => merge(this.saved, mine, theirs));
    const merged = !together.includes(null);
    if (merged) {
      this.waiting.forEach((request, i) => (request.text = together[i]));
      this.adopt(together.at(-1));
      this.revision = part.getElementById("results").dataset.revision;
    } else {
      this.revision = await this.swap(answer, this.text());
      this.say("Not saved: changed elsewhere.", true);
      if ((await new Promise((choose) => (this.choose = choose))) === "theirs") this.#giveUp(theirs);
      this.say("Checking…");
    }
    this.saved = theirs;
    return merged;
  }

  // The other text instead of ours; what was accepted in ours is not.
  #giveUp(theirs) {
    this.adopt(theirs);
    for (const request of this.waiting) {
      request.text = theirs;
      if (request.fields.verdict === "accepted") Object.assign(request, { path: "", fields: {} });
    }
  }
}
