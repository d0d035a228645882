/** @typedef {import('../protocol/messages.js').Message} Message */
/** @typedef {import('../protocol/messages.js').HistoryPage} HistoryPage */
/** @typedef {import('../call/talk.js').ChatEvent} ChatEvent */

/**
 * What was said: each message once, in its newest form, in the room's order; and up to which number nothing is missing.
 * Messages come in any order and any number of times.
 */
export class History {
  /** Up to here everything is known; null before the first page. @type {number | null} */
  have = null;
  /** @type {Map<number, Message>} */
  #byNumber = new Map();
  /** @type {number[]} ascending */
  #order = [];
  /** Messages before this one were not asked for yet. */
  #floor = 0;
  /** Up to here something is known to have been said. */
  upTo = 0;
  /** @type {{ after: number, v: number }[]} what came while something before it was missing */
  #early = [];
  /** @type {Set<string>} places that are or were yours */
  #mine = new Set();
  #heard;

  /** @param {(message: Message) => void} heard a message that was not here before */
  constructor(heard = () => {}) {
    this.#heard = heard;
  }

  /** Another room's history begins: nothing of the former one counts. @param {number} last */
  begin(last) {
    this.have = null;
    this.#byNumber.clear();
    this.#order = [];
    this.#floor = last + 1;
    this.upTo = last;
    this.#early = [];
  }

  /** @param {string} participant */
  own(participant) {
    this.#mine.add(participant);
  }

  /** Whether there is something older than what is here. */
  get more() {
    return this.#floor > 0;
  }

  /** The oldest number that is here. @returns {number | null} */
  get oldest() {
    return this.#order[0] ?? null;
  }

  /** @returns {Message[]} in the room's order */
  list() {
    return this.#order.map(n => /** @type {Message} */ (this.#byNumber.get(n)));
  }

  /** @param {number} n @returns {Message | null} */
  get(n) {
    return this.#byNumber.get(n) ?? null;
  }

  /** Something was said up to this number, whoever told it. @param {number} last @returns {boolean} as `hear` */
  expect(last) {
    this.upTo = Math.max(this.upTo, last);
    return this.#settle();
  }

  /** @param {ChatEvent} event @returns {boolean} false when something before it is missing */
  hear({ after, message }) {
    this.put(message);
    this.#early.push({ after, v: message.v });
    return this.expect(message.v);
  }

  /** The newest messages of all: how one begins. @param {HistoryPage} page @returns {boolean} as `hear` */
  open(page) {
    this.#reach(page);
    this.#forget(this.#order.filter(n => n < this.#floor).length); // what was heard before this page may have gaps
    page.messages.forEach(m => this.put(m));
    this.have = page.last;
    return this.#settle();
  }

  /** What happened after `have`. @param {HistoryPage} page @returns {boolean} as `hear` */
  resume(page) {
    page.messages.forEach(m => this.put(m));
    this.have = Math.max(this.have ?? 0, page.last);
    return this.#settle() && !page.more;
  }

  /** @param {HistoryPage} page */
  prepend(page) {
    this.#reach(page);
    page.messages.forEach(m => this.put(m));
  }

  /** Forgets the oldest, which can be asked for again. @param {number} keep */
  trim(keep) {
    if (this.#forget(this.#order.length - keep)) this.#floor = this.#order[0];
  }

  /** @param {number} count of the oldest @returns {boolean} whether there was any */
  #forget(count) {
    const gone = this.#order.splice(0, Math.max(0, count));
    gone.forEach(n => this.#byNumber.delete(n));
    return gone.length > 0;
  }

  /** @param {Message} message */
  put(message) {
    const { n, v, from } = message;
    const before = this.#byNumber.get(n);
    if (n < this.#floor) return;
    const own = message.own || before?.own || this.#mine.has(from);
    if (before && before.v >= v) {
      const file = before.file?.key === '' && message.file; // one's own was here before its key
      this.#byNumber.set(n, { ...before, ...(own && { own }), ...(file && { file }) });
      return;
    }
    this.#byNumber.set(n, own ? { ...message, own } : message);
    if (before) return;
    const at = this.#order.findLastIndex(other => other < n) + 1;
    this.#order.splice(at, 0, n);
    this.#heard(/** @type {Message} */ (this.#byNumber.get(n)));
  }

  /** @param {HistoryPage} page */
  #reach({ messages, more }) {
    this.#floor = more && messages.length ? messages[0].n : 0;
  }

  /** Goes on over everything that joins what is known. */
  #settle() {
    if (this.have === null) return false;
    this.#early.sort((a, b) => a.after - b.after);
    while (this.#early.length && this.#early[0].after <= this.have) {
      const next = /** @type {{ after: number, v: number }} */ (this.#early.shift());
      this.have = Math.max(this.have, next.v);
    }
    return this.have >= this.upTo;
  }
}
