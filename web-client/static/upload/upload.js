import { Backoff } from '../protocol/reconnect.js';
import { FileProblem } from './api.js';

/** @typedef {import('./api.js').FilesApi} FilesApi */
/** @typedef {import('./api.js').FileHead} FileHead */
/** @typedef {import('./api.js').Progress} Progress */
/** @typedef {import('./api.js').Grant} Grant */
/** @typedef {'waiting' | 'sending' | 'offline' | 'busy' | 'failed'} UploadState */
/** @typedef {{ id: string, name: string }} Whom */
/**
 * What an upload needs of where it is. `renew`: a token is no good any more, another one is wanted.
 * @typedef {{ api: FilesApi, pace: import('./pace.js').Pace, grant: () => Grant | null, renew: () => void,
 *   changed: () => void, now: () => number }} Parts
 */

/** A part that takes longer is given up and goes on as smaller ones: its connection may be long dead. */
const LATE_MS = 30_000;
const PAUSES = { firstMs: 500, maxMs: 15_000 };
/** What passes by itself, and how the upload stands until then. @type {Map<string, UploadState>} */
const PASSING = new Map([
  ['closed', 'offline'],
  ['too_slow', 'offline'],
  ['unavailable', 'busy'],
  ['full', 'busy'],
  ['slow_down', 'busy'],
  ['draining', 'busy'],
]);
/** What the file itself is the reason of. */
const HOPELESS = new Set(['too_large', 'empty', 'unreadable']);
/** What asking the server anew may cure, so often in a row. */
const CURABLE = new Set(['unauthorized', 'not_found', 'wrong_offset', 'overtaken']);
const CURES_MAX = 3;
/** And so often while another token is awaited. */
const WAITS_MAX = 15;

/** One file on its way to the server: part after part, again after every cut, until it is there, refused or given up. */
export class Upload {
  /** @type {UploadState} */
  state = 'waiting';
  /** Bytes that the server has. */
  sent = 0;
  /** Why it failed. */
  problem = '';
  at = new Date().toISOString();
  #parts;
  #end = new AbortController();
  #backoff = new Backoff(PAUSES);
  #cures = 0;
  #waits = 0;
  /** @type {string | null} */
  #refusedToken = null;
  #begun = false;
  #wake = () => {};

  /**
   * @param {File} file
   * @param {FileHead} head
   * @param {{ to: Whom | null, reply: number | null }} aim of the message that it will be in
   * @param {Parts} parts
   */
  constructor(file, head, { to, reply }, parts) {
    this.file = file;
    this.head = head;
    this.to = to;
    this.reply = reply;
    this.#parts = parts;
  }

  get key() {
    return this.head.id;
  }

  /** It takes its time for the sake of the call. */
  get slowed() {
    return this.state === 'sending' && this.#parts.pace.share < 1;
  }

  /** Another try would be in vain. */
  get hopeless() {
    return HOPELESS.has(this.problem);
  }

  /** It failed, and waits for its turn once more. */
  again() {
    this.problem = '';
    this.#to('waiting');
  }

  /** @returns {Promise<boolean>} whether the server has all of it now */
  async run() {
    [this.#end, this.problem, this.#cures, this.#waits] = [new AbortController(), '', 0, 0];
    this.#to('sending');
    for (;;) {
      try {
        await this.#whole();
        return true;
      } catch (cause) {
        if (this.#end.signal.aborted) return false;
        const waitMs = this.#refused(cause);
        if (waitMs === null) return false;
        await this.#rest(waitMs, true);
        if (this.#end.signal.aborted) return false;
      }
    }
  }

  /** Tries now what would have been tried later. */
  hurry() {
    this.#wake();
  }

  /** Gives it up, here and at the server. */
  stop() {
    this.#end.abort();
    if (this.#begun) this.#parts.api.drop(this.head.id).catch(() => {});
  }

  /** @param {string} problem */
  fail(problem) {
    this.problem = problem;
    this.#to('failed');
  }

  async #whole() {
    const { api, pace, now } = this.#parts;
    const { id } = this.head;
    this.#begun = true;
    let has = await this.#soon(signal => api.begin(this.head, signal));
    this.#went(has);
    while (!has.complete) {
      const { offset } = has;
      const bytes = await this.#read(offset);
      const beganMs = now();
      has = await this.#soon(signal => api.put(id, offset, bytes, signal));
      if (has.offset <= offset) throw new FileProblem('unavailable', 'it does not go on');
      const pauseMs = pace.sent(bytes.byteLength, now() - beganMs);
      this.#cured();
      this.#went(has);
      if (!has.complete && pauseMs > 0) await this.#rest(pauseMs, false);
    }
  }

  /** @param {number} offset */
  async #read(offset) {
    const most = this.#parts.pace.part(this.#parts.grant()?.part ?? Infinity);
    const part = this.file.slice(offset, offset + most);
    return part.arrayBuffer().catch(cause => Promise.reject(new FileProblem('unreadable', String(cause))));
  }

  /** A request that ends: by an answer, by its time or with the upload. @template T @param {(signal: AbortSignal) => Promise<T>} ask */
  async #soon(ask) {
    this.#end.signal.throwIfAborted();
    const late = new AbortController();
    const stop = () => late.abort();
    const timer = setTimeout(stop, LATE_MS);
    this.#end.signal.addEventListener('abort', stop);
    try {
      return await ask(late.signal);
    } finally {
      clearTimeout(timer);
      this.#end.signal.removeEventListener('abort', stop);
    }
  }

  /** @param {Progress} has */
  #went({ offset }) {
    this.sent = offset;
    this.#to('sending');
  }

  #cured() {
    this.#cures = this.#waits = 0;
    this.#backoff.reset();
  }

  /** @param {unknown} cause @returns {number | null} milliseconds until the next try; null where there is none */
  #refused(cause) {
    const problem = cause instanceof FileProblem ? cause : new FileProblem('broken', String(cause));
    const { code, token, waitMs } = problem;
    const { pace, grant, renew } = this.#parts;
    // The place has no other token yet: that it takes its time is no further refusal.
    const awaited = code === 'unauthorized' && token === this.#refusedToken;
    const curable = CURABLE.has(code) && (awaited ? this.#waits++ < WAITS_MAX : this.#cures++ < CURES_MAX);
    if (!PASSING.has(code) && !curable) {
      this.fail(code);
      return null;
    }
    if (code === 'closed' || code === 'too_slow') pace.lost();
    if (code === 'unauthorized' && !awaited) {
      this.#refusedToken = token;
      if (token === grant()?.token) renew();
    }
    this.#to(PASSING.get(code) ?? 'sending');
    return Math.max(waitMs, this.#backoff.next());
  }

  /** @param {number} ms @param {boolean} wakes whether `hurry` ends it */
  #rest(ms, wakes) {
    const { signal } = this.#end;
    return new Promise(resolve => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.#wake = () => {};
        resolve(undefined);
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done);
      if (wakes) this.#wake = done;
    });
  }

  /** @param {UploadState} state */
  #to(state) {
    this.state = state;
    this.#parts.changed();
  }
}
