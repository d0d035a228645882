import { Emitter } from '../protocol/emitter.js';
import { shown } from './names.js';
import { Pace } from './pace.js';
import { Upload } from './upload.js';

/** @typedef {import('./api.js').FilesApi} FilesApi */
/** @typedef {import('./api.js').Grant} Grant */
/** @typedef {import('./upload.js').Whom} Whom */
/** @typedef {{ to?: Whom | null, reply?: number | null }} Aim */
/**
 * `line`: how the call's own media fares now. `announce`: the server has the file, it may be said.
 * @typedef {{ api: FilesApi, grant: () => Grant | null, renew: () => void, line: () => Promise<import('../call/line.js').Line>,
 *   announce: (upload: Upload) => void, id: () => string, now?: () => number }} Parts
 */

/** How often the line is looked at while something goes over it. */
const LOOK_MS = 1000;

/**
 * The files that somebody sends: one after the other, at the pace that the call leaves. No DOM.
 * @extends {Emitter<{ change: void, sent: Upload, failed: Upload }>}
 */
export class Uploads extends Emitter {
  /** @type {Upload[]} what is not in the chat yet, in order */
  list = [];
  #parts;
  #now;
  #pace = new Pace();
  /** @type {Upload | null} */
  #running = null;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #looking;

  /** @param {Parts} parts */
  constructor(parts) {
    super();
    this.#parts = parts;
    this.#now = parts.now ?? (() => performance.now());
  }

  /** Whether the server takes files. */
  get possible() {
    return this.#parts.grant() !== null;
  }

  /** The most that a file may have. */
  get max() {
    return this.#parts.grant()?.max ?? 0;
  }

  /** Whether something would be lost now. */
  get active() {
    return this.list.some(u => u.state !== 'failed');
  }

  /** @param {File[]} files @param {Aim} [aim] */
  add(files, { to = null, reply = null } = {}) {
    const { api, grant, renew, id } = this.#parts;
    const parts = { api, grant, renew, pace: this.#pace, changed: () => this.#changed(), now: this.#now };
    for (const file of files) {
      const head = { id: id(), name: shown(file.name.normalize()) || 'file', size: file.size, type: file.type };
      const upload = new Upload(file, head, { to, reply }, parts);
      this.list.push(upload);
      this.#check(upload);
    }
    this.#changed();
    this.#go();
  }

  /** Takes one away; what the server has of it goes too. @param {string} key */
  cancel(key) {
    const upload = this.list.find(u => u.key === key);
    if (!upload) return;
    this.list = this.list.filter(u => u !== upload);
    upload.stop();
    this.#changed();
  }

  /** What the server has will be no message. @param {string} key */
  discard(key) {
    this.#parts.api.drop(key).catch(() => {});
  }

  /** Another try of what failed. @param {string} key */
  again(key) {
    const upload = this.list.find(u => u.key === key && u.state === 'failed');
    if (!upload) return;
    this.list = [...this.list.filter(u => u !== upload), upload];
    upload.again();
    this.#check(upload);
    this.#go();
  }

  /** There is a network, or a token, again. */
  hurry() {
    this.#running?.hurry();
    this.#changed();
  }

  /** The call is over, and with it everything that was under way. */
  close() {
    const all = this.list;
    this.list = [];
    all.forEach(u => u.stop());
    clearInterval(this.#looking);
  }

  /** What the server would not take is not sent at all. @param {Upload} upload */
  #check(upload) {
    const grant = this.#parts.grant();
    if (!grant) this.#failed(upload, 'not_found');
    else if (upload.head.size === 0) this.#failed(upload, 'empty');
    else if (upload.head.size > grant.max) this.#failed(upload, 'too_large');
  }

  async #go() {
    if (this.#running) return;
    const upload = this.list.find(u => u.state === 'waiting');
    if (!upload) return clearInterval(this.#looking);
    this.#running = upload;
    clearInterval(this.#looking);
    this.#looking = setInterval(() => this.#look(), LOOK_MS);
    await this.#look();
    const whole = this.list.includes(upload) && (await upload.run());
    this.#running = null;
    if (this.list.includes(upload)) this.#over(upload, whole);
    this.#go();
  }

  /** @param {Upload} upload @param {boolean} whole */
  #over(upload, whole) {
    if (!whole) return this.emit('failed', upload);
    this.list = this.list.filter(u => u !== upload);
    this.#parts.announce(upload);
    this.emit('sent', upload);
    this.#changed();
  }

  /** @param {Upload} upload @param {string} problem */
  #failed(upload, problem) {
    upload.fail(problem);
    this.emit('failed', upload);
  }

  async #look() {
    const line = await this.#parts.line().catch(() => null);
    if (line) this.#pace.hear(line, this.#now());
  }

  #changed() {
    this.emit('change', undefined);
  }
}
