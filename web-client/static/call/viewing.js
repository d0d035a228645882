/** @typedef {import('../protocol/messages.js').View} View */
/** @typedef {import('../protocol/messages.js').ViewedTile} ViewedTile */

/** The most tiles that a server takes. */
const TILES_MAX = 64;
/** So often at most is anything told, and so long is waited when the server finds even that too much. */
export const GAP_MS = 250;
export const SLOW_MS = 1000;

/**
 * What this page looks at, as the server is told: at once when it changes, at most four times a second while it goes on
 * changing, never twice the same. A new socket or another transport hears it again.
 */
export class Viewing {
  /** @type {ViewedTile[] | null} */
  #tiles = null;
  #hidden = false;
  /** @type {number | null} */
  #cap = null;
  #told = '';
  #notBefore = -Infinity;
  #waits = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #request;
  #now;

  /** @param {(view: View) => Promise<unknown>} request @param {() => number} [now] milliseconds */
  constructor(request, now = () => performance.now()) {
    this.#request = request;
    this.#now = now;
  }

  /** @param {ViewedTile[]} tiles most wanted first */
  show(tiles) {
    this.#tiles = tiles.slice(0, TILES_MAX);
    this.#soon();
  }

  /** The whole page is out of sight, whatever is on it; or back. @param {boolean} hidden */
  hide(hidden) {
    this.#hidden = hidden;
    this.#soon();
  }

  /** Whether somebody can see this now, as far as anybody has said what they look at. @param {string} participant @param {string} source */
  sees(participant, source) {
    if (this.#hidden) return false;
    return !this.#tiles || this.#tiles.some(t => t.participant === participant && t.source === source && !t.hidden);
  }

  /** The most that this client wants to be sent, in bits per second; null for no such limit. @param {number | null} bps */
  cap(bps) {
    this.#cap = bps;
    this.#soon();
  }

  /** Whoever listens now may not know. */
  again() {
    this.#told = '';
    this.#notBefore = -Infinity;
    clearTimeout(this.#timer);
    this.#waits = false;
    this.#soon();
  }

  stop() {
    this.#tiles = null;
    clearTimeout(this.#timer);
  }

  /** What changes in one go is told in one. */
  #soon() {
    if (this.#waits) return;
    this.#waits = true;
    const waitMs = this.#notBefore - this.#now();
    if (waitMs > 0) this.#timer = setTimeout(() => this.#tell(), waitMs);
    else queueMicrotask(() => this.#tell());
  }

  #tell() {
    this.#waits = false;
    if (!this.#tiles) return;
    const tiles = this.#hidden ? this.#tiles.map(t => ({ ...t, hidden: true })) : this.#tiles;
    /** @type {View} */
    const view = { type: 'view', tiles, ...(this.#cap === null ? {} : { cap: this.#cap }) };
    const words = JSON.stringify(view);
    if (words === this.#told) return;
    this.#told = words;
    this.#notBefore = this.#now() + GAP_MS;
    this.#request(view).catch(cause => cause.code === 'slow_down' && this.#refused(words));
  }

  /** What was not heard is told later, as it is then. @param {string} words */
  #refused(words) {
    if (this.#told === words) this.#told = '';
    this.#notBefore = this.#now() + SLOW_MS;
    this.#soon();
  }
}
