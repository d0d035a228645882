import { Emitter } from '../protocol/emitter.js';
import { CLOSE_LOOK_MS, LOOK_MS } from './gauge.js';
import { seenIn } from './report.js';

/** @typedef {import('./measures.js').Incoming} Incoming */
/** @typedef {import('./slots.js').Slot} Slot */
/** @typedef {import('../protocol/messages.js').Heal} Heal */
/** Why something is not to be seen or heard: it arrives and nothing comes out of it, or it does not arrive. @typedef {'stuck' | 'lost'} Why */
/**
 * `rejoin` says whether it began: not while something else is done for the path.
 * @typedef {{ taken: () => Slot[], sees: (slot: Slot) => boolean, report: (slots: import('../protocol/messages.js').SlotSeen[]) => unknown,
 *   restart: () => void, rejoin: () => boolean }} Steps
 */

/** Another transport that did not help does not become better by a third one. */
export const REJOIN_AGAIN_MS = 60_000;

/**
 * What is sent to us and does not come out: the server is told what does, and what it asks for is done. What nothing helps
 * is known by its track, until something comes out of it again or another track is in its place.
 * @extends {Emitter<{ change: void }>}
 */
export class Healing extends Emitter {
  /** Whether the browser waits for a press before it plays sound. */
  blocked = false;
  /** @type {Map<string, { mid: string, out: number, why: Why }>} */
  #failing = new Map();
  /** @type {Map<string, Incoming>} */
  #before = new Map();
  /** @type {Map<string, Incoming>} */
  #seen = new Map();
  #toldMs = -Infinity;
  #rejoinedMs = -Infinity;
  #steps;
  #now;

  /** @param {Steps} steps @param {() => number} [now] milliseconds */
  constructor(steps, now = () => performance.now()) {
    super();
    this.#steps = steps;
    this.#now = now;
  }

  /** @param {import('./gauge.js').Gauge} gauge */
  follow(gauge) {
    gauge.on('anew', () => this.anew());
    gauge.on('seen', ({ incoming }) => this.look(incoming));
  }

  /** Another look at what the browser counts. @param {Incoming[]} incoming */
  look(incoming) {
    this.#before = this.#seen;
    this.#seen = new Map(incoming.map(s => [s.mid, s]));
    this.#forgive();
    const nowMs = this.#now();
    if (nowMs - this.#toldMs < LOOK_MS - CLOSE_LOOK_MS / 2) return; // somebody looks closely
    this.#toldMs = nowMs;
    const { taken, sees, report } = this.#steps;
    const slots = seenIn(taken(), this.#seen, { sees, blocked: this.blocked });
    if (slots.length) report(slots);
  }

  /** Another transport counts from nothing. */
  anew() {
    this.#before = this.#seen = new Map();
    this.#failing.clear();
  }

  /** The server has done what it can. @param {Heal} heal */
  heal({ track, rung }) {
    if (rung === 'restart') return this.#steps.restart();
    if (rung === 'none') return this.#fails(track);
    if (rung !== 'transport') return;
    if (this.#now() - this.#rejoinedMs < REJOIN_AGAIN_MS) this.#fails(track);
    else if (this.#steps.rejoin()) this.#rejoinedMs = this.#now();
  }

  /** What is wrong with a track, after everything was tried. @param {string | null} track @returns {Why | null} */
  why(track) {
    return this.#failing.get(track ?? '')?.why ?? null;
  }

  /** @param {string} track */
  #fails(track) {
    const mid = this.#midOf(track);
    if (mid === null) return;
    const packets = (/** @type {Map<string, Incoming>} */ at) => at.get(mid)?.packets ?? 0;
    const why = packets(this.#seen) > packets(this.#before) ? 'stuck' : 'lost';
    this.#failing.set(track, { mid, out: this.#outOf(mid), why });
    this.emit('change', undefined);
  }

  /** What comes out again, or is not shown any more, is no trouble; what moved is looked at in its new place. */
  #forgive() {
    const failing = this.#failing.size;
    for (const [track, { mid, out, why }] of this.#failing) {
      const now = this.#midOf(track);
      if (now === null || (now === mid && this.#outOf(mid) !== out)) this.#failing.delete(track);
      else if (now !== mid) this.#failing.set(track, { mid: now, out: this.#outOf(now), why });
    }
    if (this.#failing.size < failing) this.emit('change', undefined);
  }

  /** @param {string} mid */
  #outOf(mid) {
    return this.#seen.get(mid)?.out ?? 0;
  }

  /** @param {string} track @returns {string | null} the section in which it comes */
  #midOf(track) {
    const slot = this.#steps.taken().find(s => s.video === track || s.audio === track);
    if (!slot) return null;
    return slot.video === track ? slot.videoMid : slot.audioMid;
  }
}
