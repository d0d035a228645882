/** @typedef {import('../call/line.js').Line} Line */

/** The least part of the line's time that an upload takes: it always ends. */
const SHARE_MIN = 1 / 16;
/** The least while all there is to see are smaller pictures: they may have been that before, on a line that is just slow. */
const SHARE_LIMITED = 1 / 4;
/** How long after a step back its effect is waited for, before the next step in either direction. */
const SETTLE_MS = 3000;
/** What the line was like is forgotten after this: people move, networks change. */
const MEMORY_MS = 60_000;
/** Losses from which on, and up to which, browsers' own control takes back and raises what it sends. */
const LOSS_HIGH = 0.1;
const LOSS_LOW = 0.02;
/** A voice's wait that comes from a queue and not from the way. */
const QUEUE = { factor: 1.5, ms: 60 };
/** Of what the line gave before, this is still enough. */
const SPARE_PART = 0.6;
const PAUSE_MAX_MS = 4000;
/** How much goes in one request: what takes about so long, so that the line is looked at in between. */
const PART_MS = 1000;
const PART_MIN = 64 * 1024;
/** Of a line that nothing went over yet. */
const PART_FIRST = 256 * 1024;

/**
 * How an upload shares the line with a call: it takes all of its time while voices and pictures do well, half as much at
 * each sign that they do not, and more again when the signs are gone. No clock, no timers.
 */
export class Pace {
  /** The part of the line's time that the upload takes. */
  share = 1;
  /** @type {{ atMs: number, rttMs: number | null, spareBps: number | null }[]} */
  #memory = [];
  #settledAtMs = -Infinity;
  /** @type {number | null} bytes a second while a part goes */
  #rate = null;

  /** What the line was like at a moment; ask about once a second. @param {Line} line @param {number} nowMs */
  hear(line, nowMs) {
    this.#memory = this.#memory.filter(m => nowMs - m.atMs < MEMORY_MS);
    this.#memory.push({ atMs: nowMs, rttMs: line.rttMs, spareBps: line.spareBps });
    if (nowMs < this.#settledAtMs) return;
    const least = this.#suffers(line) ? SHARE_MIN : line.limited ? SHARE_LIMITED : null;
    if (least !== null) {
      this.share = Math.min(this.share, Math.max(least, this.share / 2));
      this.#settledAtMs = nowMs + SETTLE_MS;
    } else if ((line.loss ?? 0) < LOSS_LOW) {
      this.share = Math.min(1, this.share * 1.25);
    }
  }

  /** A part has gone. @param {number} bytes @param {number} tookMs @returns {number} milliseconds until the next one */
  sent(bytes, tookMs) {
    this.#rate = (1000 * bytes) / Math.max(1, tookMs);
    return Math.min(PAUSE_MAX_MS, Math.round(tookMs * (1 / this.share - 1)));
  }

  /** A part did not get through: the line is a bad one, or another one now. */
  lost() {
    this.#rate = 0;
  }

  /** Bytes of the next part: on a slow or burdened line it is a small one. @param {number} most */
  part(most) {
    if (this.#rate === null) return Math.min(most, PART_FIRST);
    const bytes = ((this.#rate * PART_MS) / 1000) * Math.sqrt(this.share);
    return Math.round(Math.min(most, Math.max(PART_MIN, bytes)));
  }

  /** @param {Line} line */
  #suffers({ rttMs, loss, spareBps }) {
    const rtts = this.#memory.flatMap(m => m.rttMs ?? []);
    const spares = this.#memory.flatMap(m => m.spareBps ?? []);
    const waits = rttMs !== null && rttMs > Math.min(...rtts) * QUEUE.factor + QUEUE.ms;
    const narrow = spareBps !== null && spareBps < Math.max(...spares) * SPARE_PART;
    return waits || narrow || (loss ?? 0) > LOSS_HIGH;
  }
}
