import { Refused } from '../protocol/signal.js';

/** @typedef {import('../call/talk.js').Ask} Ask */
/** @typedef {import('../protocol/messages.js').Said} Said */
/** @typedef {import('../upload/api.js').FileHead} FileHead */
/** @typedef {import('../upload/upload.js').Whom} Whom */
/**
 * Something you did that the server has not confirmed yet.
 * @typedef {{ kind: 'say', id: string, text: string, to: Whom | null, reply: number | null, at: string, failed: boolean,
 *   file: FileHead | null }} SayJob
 */
/** @typedef {SayJob | { kind: 'edit', n: number, text: string } | { kind: 'delete', n: number }} Job */

/** Refusals that pass: the same request will be taken later. */
const PASSING = new Set(['slow_down', 'unavailable', 'draining', 'full']);
const PAUSE_MS = 1000;
const PAUSE_MAX_MS = 10_000;

/** Sends what you do one after the other, so that it stays in order, and again until the server has answered. */
export class Outbox {
  /** @type {Job[]} */
  jobs = [];
  /** The server cannot store at the moment. */
  stuck = false;
  /** @type {Job | null} */
  #sending = null;
  #pauseMs = PAUSE_MS;
  #connections = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {Ask} ask
   * @param {{ said: (job: Job, said: Said) => void, refused: (job: Job) => void, changed: () => void }} events
   */
  constructor(ask, events) {
    this.ask = ask;
    this.events = events;
  }

  /** @param {Job} job */
  add(job) {
    this.jobs.push(job);
    this.go();
  }

  /** Another try of what failed. @param {string} id */
  again(id) {
    const at = this.jobs.findIndex(j => j.kind === 'say' && j.id === id);
    if (at < 0) return;
    const [job] = this.jobs.splice(at, 1);
    this.add({ .../** @type {SayJob} */ (job), failed: false });
  }

  /** @param {string} id */
  drop(id) {
    this.jobs = this.jobs.filter(j => j.kind !== 'say' || j.id !== id);
    this.events.changed();
  }

  /** Numbers of the former history mean nothing any more. */
  forgetNumbers() {
    this.jobs = this.jobs.flatMap(j => (j.kind === 'say' ? [{ ...j, reply: null }] : []));
  }

  stop() {
    clearTimeout(this.#timer);
    this.jobs = [];
  }

  /** Sends what waits; called again when there is a connection. */
  async go() {
    clearTimeout(this.#timer);
    const job = this.#next();
    if (this.#sending || !job) return;
    this.#sending = job;
    const connection = this.#connections;
    let on = true;
    try {
      const said = await this.ask(requestOf(job));
      this.#done(job, said);
    } catch (cause) {
      const code = cause instanceof Refused ? cause.code : 'closed';
      on = code === 'closed' ? connection !== this.#connections : this.#refused(job, code);
    }
    this.#sending = null;
    this.events.changed();
    if (on) this.go();
  }

  /** @returns {Job | null} */
  #next() {
    return this.jobs.find(j => j.kind !== 'say' || !j.failed) ?? null;
  }

  /** @param {Job} job @param {Said} said */
  #done(job, said) {
    this.#pauseMs = PAUSE_MS;
    this.stuck = false;
    this.#remove(job);
    this.events.said(job, said);
  }

  /** @param {Job} job @param {string} code @returns {boolean} whether the next one may go at once */
  #refused(job, code) {
    if (PASSING.has(code)) {
      this.stuck = code === 'unavailable';
      this.#timer = setTimeout(() => this.go(), this.#pauseMs);
      this.#pauseMs = Math.min(PAUSE_MAX_MS, this.#pauseMs * 2);
      return false;
    }
    this.stuck = false;
    if (job.kind === 'say') this.jobs = this.jobs.map(j => (same(j, job) ? { ...job, failed: true } : j));
    else this.#remove(job);
    this.events.refused(job);
    return true;
  }

  /** @param {Job} job */
  #remove(job) {
    this.jobs = this.jobs.filter(j => !same(j, job));
  }

  /** The page goes: everything is sent at once, in order, and nobody waits for an answer. */
  hurry() {
    for (const job of this.jobs) {
      if (job !== this.#sending && (job.kind !== 'say' || !job.failed)) this.ask(requestOf(job)).catch(() => {});
    }
  }

  /** There is a connection again. */
  connected() {
    this.#connections++;
    this.#pauseMs = PAUSE_MS;
    this.go();
  }
}

/** @param {Job} a @param {Job} b */
const same = (a, b) => a === b || (a.kind === 'say' && b.kind === 'say' && a.id === b.id);

/** @param {Job} job */
function requestOf(job) {
  if (job.kind === 'edit') return /** @type {const} */ ({ type: 'chat-edit', n: job.n, text: job.text });
  if (job.kind === 'delete') return /** @type {const} */ ({ type: 'chat-delete', n: job.n });
  const { id, text, to, reply, file } = job;
  const more = { ...(to && { to: to.id }), ...(reply !== null && { reply }), ...(file && { file: file.id }) };
  return { type: /** @type {const} */ ('chat'), message: id, text, ...more };
}
