import { Emitter } from './emitter.js';
import { CLOSE } from './messages.js';
import { Refused } from './signal.js';

/** @typedef {import('./signal.js').Signal} Signal */
/** @typedef {import('./messages.js').Join} Join */
/** @typedef {import('./messages.js').Joined} Joined */
/** @typedef {import('./messages.js').Request} Request */
/** @typedef {import('./messages.js').ServerEvent} ServerEvent */

/** Growing pauses, half of each left to chance, so that pages that lost the same server do not return as one. */
export class Backoff {
  #tries = 0;

  constructor({ firstMs = 250, maxMs = 5000, random = Math.random } = {}) {
    this.firstMs = firstMs;
    this.maxMs = maxMs;
    this.random = random;
  }

  /** @returns {number} milliseconds until the next attempt */
  next() {
    const pause = Math.min(this.maxMs, this.firstMs * 2 ** this.#tries++);
    return pause / 2 + (this.random() * pause) / 2;
  }

  reset() {
    this.#tries = 0;
  }
}

/** Refusals after which trying again with the same words is useless. */
const FINAL = new Set(['gone', 'unauthorized', 'forbidden', 'upgrade_required', 'bad_message']);

/**
 * A place in a room, kept through lost sockets: media runs on beside it, and a new socket takes the place up again with
 * the resume token. `lost` says that the place itself cannot be had any more by resuming.
 * @extends {Emitter<{ event: ServerEvent, resumed: Joined, online: boolean, moved: import('./messages.js').MoveReason,
 *   lost: string }>}
 */
export class Place extends Emitter {
  /** @type {Signal | null} */
  #signal = null;
  /** @type {Join | null} */
  #join = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #open;
  #backoff;
  #over = false;
  /** How long a stopping server wants to be left alone, so that not all come back to it at once. */
  #awayMs = 0;

  /** @param {() => Signal} open opens a socket @param {Backoff} [backoff] */
  constructor(open, backoff = new Backoff()) {
    super();
    this.#open = open;
    this.#backoff = backoff;
  }

  /** The token that proves this place to be ours. @returns {string | null} */
  get resumeToken() {
    return this.#join?.resume ?? null;
  }

  get online() {
    return this.#signal !== null;
  }

  /**
   * @param {Join} join
   * @returns {Promise<Joined>}
   */
  async enter(join) {
    const signal = this.#open();
    try {
      const joined = await signal.request(join);
      this.#join = { ...join, offer: undefined, tracks: undefined, replace: undefined, resume: joined.resume };
      this.#adopt(signal);
      return joined;
    } catch (cause) {
      signal.close();
      throw cause;
    }
  }

  /**
   * @template {Request} R
   * @param {R} request
   * @returns {Promise<import('./answers.js').ReplyTo<R['type']>>}
   */
  request(request) {
    if (this.#signal) return this.#signal.request(request);
    return Promise.reject(new Refused('closed', 'no connection at the moment'));
  }

  /** Says goodbye: the one way to leave at once. */
  async leave() {
    this.#over = true;
    clearTimeout(this.#timer);
    const signal = this.#signal;
    this.#signal = null;
    await signal?.request({ type: 'leave' }).catch(() => {});
    signal?.close();
  }

  /** Lets go of the socket without leaving: another place takes over with the token. */
  abandon() {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#signal?.close();
    this.#signal = null;
  }

  /** Takes the place up again on another socket: `joined` says everything anew, tokens too. */
  renew() {
    this.#signal?.close();
  }

  /** Tries now what would have been tried later: the network came back. */
  hurry() {
    if (this.#signal || this.#over || !this.#join) return;
    clearTimeout(this.#timer);
    this.#resume();
  }

  /** @param {Signal} signal */
  #adopt(signal) {
    this.#signal = signal;
    this.#backoff.reset();
    signal.keepAlive();
    signal.on('event', event => this.#hear(event));
    signal.on('closed', ({ code }) => this.#signal === signal && this.#dropped(code));
    if (signal.closed) this.#dropped(1006);
    else this.emit('online', true);
  }

  /** @param {ServerEvent} event */
  #hear(event) {
    if (event.type !== 'moved') return this.emit('event', event);
    if (event.reason === 'draining') {
      this.#awayMs = event.comeBackMs ?? 0;
      return this.emit('event', event);
    }
    this.#over = event.reason !== 'resumed';
    if (this.#over) this.emit('moved', event.reason);
  }

  /** @param {number} code */
  #dropped(code) {
    this.#signal = null;
    if (this.#over || code === CLOSE.moved) return;
    this.emit('online', false);
    if (code === CLOSE.ended) return this.#lose('gone');
    this.#timer = setTimeout(() => this.#resume(), Math.max(this.#awayMs, this.#backoff.next()));
    this.#awayMs = 0;
  }

  async #resume() {
    if (!this.#join || this.#over) return;
    try {
      const joined = await this.enter(this.#join);
      this.emit('resumed', joined);
    } catch (cause) {
      const code = cause instanceof Refused ? cause.code : 'closed';
      if (FINAL.has(code)) this.#lose(code);
      else if (!this.#over) this.#timer = setTimeout(() => this.#resume(), this.#backoff.next());
    }
  }

  /** @param {string} code */
  #lose(code) {
    this.#over = true;
    this.emit('lost', code);
  }
}
