import { Backoff } from '../protocol/reconnect.js';
import { Refused } from '../protocol/signal.js';

/** @typedef {import('./peer.js').PeerState} PeerState */
/**
 * restart: asks for a new path for the same transport · rejoin: takes the place again with a new transport · failed: nothing
 * more will be tried. `rejoin` says how the new transport is when it is there.
 * @typedef {{ restart: () => Promise<unknown>, rejoin: () => Promise<PeerState>, failed: (code: string) => void }} Steps
 */

/** How long a broken path may mend itself, a new path may take, and everything together. */
export const PATIENCE = { mendMs: 3000, restartMs: 8000, firstMs: 15_000, allMs: 120_000 };

/** Refusals of a join that trying again does not cure. */
const FINAL = new Set([
  'name_taken',
  'already_here',
  'full',
  'unauthorized',
  'forbidden',
  'upgrade_required',
  'bad_sdp',
  'bad_message',
  'bundle_required',
  'no_common_codec',
]);

/** What is done when media does not flow, in steps from the cheapest: wait, a new path, a new transport, giving up. */
export class Recovery {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {number | null} */
  #brokenAt = null;
  #rejoining = false;
  #over = false;
  #everConnected = false;
  #steps;
  #backoff;

  /** @param {Steps} steps @param {Backoff} [backoff] */
  constructor(steps, backoff = new Backoff({ firstMs: 500, maxMs: 5000 })) {
    this.#steps = steps;
    this.#backoff = backoff;
    this.#in(PATIENCE.firstMs, () => this.#giveUp('unreachable'));
  }

  /** @param {PeerState} state */
  peer(state) {
    if (this.#over || this.#rejoining) return;
    if (state === 'connected') this.#mended();
    else if (state === 'interrupted') this.#broken(PATIENCE.mendMs);
    else if (state === 'failed') this.#broken(0);
  }

  /** The transport or the place has ended at the server: only a new one helps. */
  async gone() {
    if (this.#over || this.#rejoining) return;
    this.#rejoining = true;
    this.#brokenAt ??= Date.now();
    clearTimeout(this.#timer);
    await this.#rejoin();
  }

  /** A new path although this one looks well. Should it not come, the old one shows that by itself. */
  refresh() {
    if (this.#idle) this.#steps.restart().catch(() => {});
  }

  /** A new transport although this one looks well. @returns {boolean} whether it begins: not beside another step */
  renew() {
    const begins = this.#idle;
    if (begins) this.gone();
    return begins;
  }

  /** The socket is there again: what waited for it can be tried now. */
  online() {
    if (this.#brokenAt !== null && !this.#rejoining && !this.#over) this.#restart();
  }

  stop() {
    this.#over = true;
    clearTimeout(this.#timer);
  }

  get #idle() {
    return this.#everConnected && this.#brokenAt === null && !this.#over;
  }

  #mended() {
    this.#brokenAt = null;
    this.#everConnected = true;
    this.#backoff.reset();
    clearTimeout(this.#timer);
  }

  /** @param {number} waitMs */
  #broken(waitMs) {
    if (!this.#everConnected) return;
    if (this.#brokenAt !== null && waitMs > 0) return;
    this.#brokenAt ??= Date.now();
    this.#in(waitMs, () => this.#restart());
  }

  async #restart() {
    this.#in(PATIENCE.restartMs, () => this.gone());
    try {
      await this.#steps.restart();
    } catch (cause) {
      if (cause instanceof Refused && cause.code === 'closed')
        clearTimeout(this.#timer); // online() goes on
      else this.gone();
    }
  }

  async #rejoin() {
    try {
      const state = await this.#steps.rejoin();
      this.#rejoining = false;
      this.#in(PATIENCE.firstMs, () => this.gone());
      this.peer(state);
    } catch (cause) {
      const code = cause instanceof Refused ? cause.code : 'unreachable';
      if (FINAL.has(code)) this.#giveUp(code);
      else if (Date.now() - (this.#brokenAt ?? 0) > PATIENCE.allMs) this.#giveUp('unreachable');
      else this.#in(this.#backoff.next(), () => this.#rejoin());
    }
  }

  /** @param {string} code */
  #giveUp(code) {
    this.stop();
    this.#steps.failed(code);
  }

  /** @param {number} ms @param {() => void} then */
  #in(ms, then) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#over || then(), ms);
  }
}
