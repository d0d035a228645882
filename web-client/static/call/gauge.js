import { Emitter } from '../protocol/emitter.js';
import { measured, rates } from './measures.js';

/** How often one looks. */
export const LOOK_MS = 2000;
export const CLOSE_LOOK_MS = 1000;

/** @typedef {import('./measures.js').Rates} Rates */
/** What statistics are asked from. @typedef {{ statistics: () => Promise<RTCStatsReport> }} Source */

/**
 * Looks at what the browser counts, and says what happened since the look before; one look for all who want to know.
 * @extends {Emitter<{ anew: void, rates: Rates, seen: import('./measures.js').Measured }>} `anew`: another transport
 */
export class Gauge extends Emitter {
  /** @type {{ source: Source, seen: import('./measures.js').Measured } | null} */
  #before = null;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;
  #looking = false;
  #everyMs = LOOK_MS;
  #running = false;
  #source;

  /** @param {() => Source} source the transport as it is now */
  constructor(source) {
    super();
    this.#source = source;
  }

  start() {
    if (this.#running) return;
    this.#running = true;
    this.#before = null;
    this.#restart();
  }

  /** Somebody reads the figures: they come more often. @param {boolean} closely */
  closely(closely) {
    this.#everyMs = closely ? CLOSE_LOOK_MS : LOOK_MS;
    this.#restart();
  }

  stop() {
    clearInterval(this.#timer);
    this.#running = false;
  }

  #restart() {
    clearInterval(this.#timer);
    if (!this.#running) return;
    this.#timer = setInterval(() => this.#look(), this.#everyMs);
    this.#look();
  }

  async #look() {
    if (this.#looking) return;
    this.#looking = true;
    const source = this.#source();
    try {
      const seen = measured((await source.statistics()).values());
      const before = this.#before;
      if (!this.#running || source !== this.#source()) return;
      this.#before = { source, seen };
      if (before?.source !== source) this.emit('anew', undefined);
      else if (seen.atMs > before.seen.atMs) this.emit('rates', rates(before.seen, seen));
      this.emit('seen', seen);
    } catch {
      // a transport that was just closed
    } finally {
      this.#looking = false;
    }
  }
}
