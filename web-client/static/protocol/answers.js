/** @typedef {import('./messages.js').Request} Request */
/** @typedef {import('./messages.js').Reply} Reply */
/**
 * What a request is answered with when it is not refused.
 * @template {Request['type']} T
 * @typedef {T extends 'join' ? import('./messages.js').Joined : T extends 'offer' ? import('./messages.js').Answer
 *   : T extends 'people' ? import('./messages.js').PeoplePage
 *   : T extends 'chat' | 'chat-edit' | 'chat-delete' ? import('./messages.js').Said
 *   : T extends 'history' ? import('./messages.js').HistoryPage : import('./messages.js').Done} ReplyTo
 */

/** A request that the server did not carry out; `code` is one of docs/protocol.md, or `closed`. */
export class Refused extends Error {
  /** @param {string} code @param {string} detail */
  constructor(code, detail) {
    super(detail || code);
    this.name = 'Refused';
    this.code = code;
  }
}

/** Requests that wait for their answers, found again by their numbers. One for each connection. */
export class Answers {
  #id = 0;
  /** @type {Map<number, { resolve: (reply: any) => void, reject: (cause: Refused) => void }>} */
  #waiting = new Map();

  /**
   * @template {Request} R
   * @param {R} request
   * @param {(text: string, id: number) => void} send
   * @returns {Promise<ReplyTo<R['type']>>} rejected with `Refused`
   */
  to(request, send) {
    const id = ++this.#id;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      send(JSON.stringify({ ...request, id }), id);
    });
  }

  /** Whether this request was not answered yet. @param {number} id */
  waits(id) {
    return this.#waiting.has(id);
  }

  /** An answer, which may be that of nobody. @param {Reply} reply */
  take(reply) {
    const waiting = this.#waiting.get(reply.re);
    this.#waiting.delete(reply.re);
    if (reply.type === 'error') waiting?.reject(new Refused(reply.code, reply.detail));
    else waiting?.resolve(reply);
  }

  /** No further answer comes. @param {string} why */
  end(why) {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    waiting.forEach(w => w.reject(new Refused('closed', why)));
  }
}
