import { Emitter } from '../protocol/emitter.js';
import { Refused } from '../protocol/signal.js';
import { entryOf, quoted, waiting } from './entries.js';
import { History } from './history.js';
import { Outbox } from './outbox.js';
import { TEXT_MAX, clean, lengthOf, randomId } from './words.js';

/** @typedef {import('../protocol/messages.js').Message} Message */
/** @typedef {import('../call/talk.js').ChatHead} ChatHead */
/** @typedef {import('../call/talk.js').ChatEvent} ChatEvent */
/** @typedef {import('./outbox.js').Whom} Whom */
/** @typedef {import('./outbox.js').Job} Job */
/** @typedef {import('./entries.js').Entry} Entry */
/** @typedef {import('../upload/api.js').FileHead} FileHead */

/** How long what was deleted can be brought back: until then nobody but this page knows of it. */
export const UNDO_MS = 5000;
const RETRY_MS = 1000;
/** More than this is forgotten from the top, and asked for again when somebody scrolls there. */
const KEPT_MAX = 1000;
const KEPT = 500;

/**
 * The chat of a room as this page knows it: complete, in order, with what you did shown at once. No DOM.
 * @extends {Emitter<{ change: void, arrived: Message, refused: 'edit' | 'delete' | 'say' }>}
 */
export class Chat extends Emitter {
  /** Nothing is known yet. */
  loading = true;
  #history = new History(message => this.#arrived(message));
  #outbox;
  #ask;
  #id;
  /** @type {ChatHead | null} */
  #head = null;
  /** Counts places and sockets: what an earlier one asked for counts no more. */
  #era = 0;
  #syncing = -1;
  #older = false;
  #read = 0;
  /** @type {Map<number, ReturnType<typeof setTimeout>>} */
  #undo = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #retry;

  /** @param {import('../call/talk.js').Ask} ask @param {() => string} [id] */
  constructor(ask, id = randomId) {
    super();
    this.#ask = ask;
    this.#id = id;
    this.#outbox = new Outbox(ask, {
      said: (job, said) => this.#said(job, said),
      refused: job => this.emit('refused', job.kind),
      changed: () => this.#changed(),
    });
  }

  /** A place in the room, the first one or one taken up again. @param {ChatHead} head */
  enter(head) {
    const former = this.#head;
    this.#era++;
    this.#head = head;
    this.#history.own(head.self);
    if (former?.history !== head.history) this.#begin(head, former === null);
    this.#sync();
    this.#outbox.connected();
    this.#changed();
  }

  /** Talk goes another way from here on: what is lost of the former way is asked for. @param {number} last */
  here(last) {
    if (!this.#history.expect(last)) this.#sync();
    this.#outbox.connected();
  }

  /** Events may be lost: asks for what one does not know. */
  check() {
    this.#sync();
  }

  /** @param {ChatEvent} event */
  hear(event) {
    if (!this.#history.hear(event)) this.#sync();
    this.#changed();
  }

  /** @param {string} text @param {{ to?: Whom | null, reply?: number | null }} [more] @returns {boolean} whether it can be said */
  say(text, { to = null, reply = null } = {}) {
    const cleaned = clean(text);
    if (!cleaned || lengthOf(cleaned) > TEXT_MAX) return false;
    const at = new Date().toISOString();
    this.#outbox.add({ kind: 'say', id: this.#id(), text: cleaned, to, reply, at, failed: false, file: null });
    this.#changed();
    return true;
  }

  /** A file that the server has becomes a message. @param {FileHead} file @param {{ to: Whom | null, reply: number | null, at: string }} more */
  sayFile(file, { to, reply, at }) {
    this.#outbox.add({ kind: 'say', id: file.id, text: '', to, reply, at, failed: false, file });
    this.#changed();
  }

  /** What will be a message, as it is shown until then. @param {FileHead} file @param {{ to: Whom | null, reply: number | null, at: string }} more @returns {Entry} */
  pending(file, { to, reply, at }) {
    const quote = quoted(reply === null ? null : this.#history.get(reply), this.#changes());
    const job = { id: file.id, text: '', to, reply, at, failed: false, file };
    return { ...waiting(job, this.#head?.self ?? '', quote), state: 'uploading' };
  }

  /** @param {number} n @param {string} text */
  edit(n, text) {
    const cleaned = clean(text);
    if (!cleaned || lengthOf(cleaned) > TEXT_MAX) return false;
    if (cleaned !== this.#history.get(n)?.text) this.#outbox.add({ kind: 'edit', n, text: cleaned });
    this.#changed();
    return true;
  }

  /** Takes away one's own message; a while long it can be brought back. @param {number} n */
  remove(n) {
    const late = setTimeout(() => this.#removeNow(n), UNDO_MS);
    this.#undo.set(n, late);
    this.#changed();
  }

  /** @param {number} n */
  bringBack(n) {
    clearTimeout(this.#undo.get(n));
    this.#undo.delete(n);
    this.#changed();
  }

  /** The page goes: what waits for second thoughts or its turn is sent now. */
  flush() {
    [...this.#undo.keys()].forEach(n => this.#removeNow(n));
    this.#outbox.hurry();
  }

  /** @param {string} key */
  again(key) {
    this.#outbox.again(key);
    this.#changed();
  }

  /** Gives up what could not be sent. @param {string} key */
  drop(key) {
    this.#outbox.drop(key);
  }

  /** Asks for what was said before, if there is anything. */
  async older() {
    const { oldest } = this.#history;
    if (this.#older || !this.#history.more || oldest === null) return;
    this.#older = true;
    const era = this.#era;
    const page = await this.#ask({ type: 'history', before: oldest }).catch(() => null);
    this.#older = false;
    if (!page || era !== this.#era) return;
    this.#history.prepend(page);
    this.#changed();
  }

  get hasOlder() {
    return this.#history.more && !this.loading;
  }

  /** Messages wait because the server cannot store them. */
  get stuck() {
    return this.#outbox.stuck;
  }

  /** Up to where somebody has read. */
  get readTo() {
    return this.#read;
  }

  /** What others said that nobody here has read. */
  get unread() {
    return this.#history.list().filter(m => m.n > this.#read && !m.own && !m.deleted).length;
  }

  /** All that is here has been seen; the oldest of very much is let go. */
  read() {
    const last = this.#history.list().at(-1);
    if (last && last.n > this.#read) {
      this.#read = last.n;
      this.#changed();
    }
    if (this.#history.list().length > KEPT_MAX) this.#history.trim(KEPT);
  }

  /** @param {number} n */
  get(n) {
    return this.#history.get(n);
  }

  /** @returns {Entry[]} everything as it is to be shown, what is not sent yet last */
  entries() {
    const changes = this.#changes();
    const quote = (/** @type {number | null | undefined} */ n) => quoted(n ? this.#history.get(n) : null, changes);
    const said = this.#history.list().map(m => entryOf(m, changes, quote(m.reply)));
    const known = new Set(said.map(e => e.key));
    const from = this.#head?.self ?? '';
    const sending = this.#outbox.jobs.flatMap(job =>
      job.kind === 'say' && !known.has(job.id) ? [waiting(job, from, quote(job.reply))] : [],
    );
    return [...said, ...sending];
  }

  close() {
    this.#era++;
    clearTimeout(this.#retry);
    this.#undo.forEach(late => clearTimeout(late));
    this.#outbox.stop();
  }

  /** @param {ChatHead} head @param {boolean} first */
  #begin(head, first) {
    this.#history.begin(head.last);
    this.#read = first ? head.last : 0;
    this.#outbox.forgetNumbers();
    this.#undo.forEach(late => clearTimeout(late));
    this.#undo.clear();
    this.loading = true;
  }

  /** Asks until nothing is missing. */
  async #sync() {
    const era = this.#era;
    if (this.#syncing === era) return;
    this.#syncing = era;
    clearTimeout(this.#retry);
    const again = await this.#fill(era).catch(cause => !(cause instanceof Refused && cause.code === 'closed'));
    if (this.#syncing === era) this.#syncing = -1;
    if (again && era === this.#era) this.#retry = setTimeout(() => this.#sync(), RETRY_MS);
  }

  /** @param {number} era @returns {Promise<boolean>} whether something is still missing */
  async #fill(era) {
    for (;;) {
      const { have, upTo } = this.#history;
      const page = await this.#ask(have === null ? { type: 'history' } : { type: 'history', since: have });
      if (era !== this.#era) return false;
      const complete = have === null ? this.#history.open(page) : this.#history.resume(page);
      this.loading = false;
      this.#changed();
      if (complete) return false;
      if (this.#history.have === have && this.#history.upTo === upTo) return true;
    }
  }

  /** @param {Job} job @param {import('../protocol/messages.js').Said} said */
  #said(job, { n, v, at }) {
    const from = this.#head?.self ?? '';
    if (job.kind === 'say') {
      const to = job.to && { to: job.to.id, toName: job.to.name };
      const reply = job.reply !== null && { reply: job.reply };
      const file = job.file && { file: { ...job.file, key: '' } };
      const words = { n, v, at, id: job.id, from, name: '', text: job.text, own: true };
      return this.#history.put({ ...words, ...to, ...reply, ...file });
    }
    const before = this.#history.get(n);
    if (!before) return;
    const gone = { text: '', deleted: true, file: undefined };
    const change = job.kind === 'edit' ? { text: job.text, edited: true } : gone;
    this.#history.put({ ...before, v, ...change });
  }

  /** @param {number} n */
  #removeNow(n) {
    clearTimeout(this.#undo.get(n));
    if (this.#undo.delete(n)) this.#outbox.add({ kind: 'delete', n });
    this.#changed();
  }

  /** What you changed and nobody has confirmed, by number: a new text, or null where it is gone. */
  #changes() {
    /** @type {import('./entries.js').Changes} */
    const changes = new Map();
    for (const job of this.#outbox.jobs) {
      if (job.kind !== 'say') changes.set(job.n, job.kind === 'edit' ? job.text : null);
    }
    for (const n of this.#undo.keys()) changes.set(n, null);
    return changes;
  }

  /** @param {Message} message */
  #arrived(message) {
    if (message.n > this.#read && !message.own && !message.deleted) this.emit('arrived', message);
  }

  #changed() {
    this.emit('change', undefined);
  }
}
