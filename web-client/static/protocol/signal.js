import { Emitter } from './emitter.js';
import { SUBPROTOCOL } from './messages.js';

/** @typedef {import('./messages.js').Request} Request */
/** @typedef {import('./messages.js').Reply} Reply */
/** @typedef {import('./messages.js').ServerEvent} ServerEvent */
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

/** How long nothing may come from the server before a ping, and after a ping before the socket counts as dead. */
export const QUIET_MS = 5000;

/**
 * One WebSocket to the server: requests with their answers, events as they come. It lives once; who wants another
 * connection makes another one (reconnect.js).
 * @extends {Emitter<{ event: ServerEvent, closed: { code: number } }>}
 */
export class Signal extends Emitter {
  #socket;
  #opened;
  #id = 0;
  #ended = false;
  /** @type {Map<number, { resolve: (reply: any) => void, reject: (cause: Refused) => void }>} */
  #waiting = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #quiet;

  /** @param {string} url @param {typeof WebSocket} [Socket] */
  constructor(url, Socket = WebSocket) {
    super();
    this.#socket = new Socket(url, SUBPROTOCOL);
    this.#opened = new Promise(resolve => this.#socket.addEventListener('open', () => resolve(undefined)));
    this.#socket.addEventListener('message', e => this.#receive(JSON.parse(e.data)));
    this.#socket.addEventListener('close', e => this.#end(e.code));
  }

  get closed() {
    return this.#ended || this.#socket.readyState >= 2;
  }

  /**
   * Sends a request, as soon as the socket is open.
   * @template {Request} R
   * @param {R} request
   * @returns {Promise<ReplyTo<R['type']>>} rejected with `Refused`
   */
  request(request) {
    const id = ++this.#id;
    return new Promise((resolve, reject) => {
      if (this.closed) return reject(new Refused('closed', 'the socket is closed'));
      this.#waiting.set(id, { resolve, reject });
      const text = JSON.stringify({ ...request, id });
      if (this.#socket.readyState === 1) this.#socket.send(text);
      else this.#opened.then(() => this.#waiting.has(id) && this.#socket.send(text));
    });
  }

  close() {
    this.#socket.close(1000);
    this.#end(1000);
  }

  /** A page cannot see the server's pings: it asks itself when nothing came for a while. */
  keepAlive() {
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => {
      this.request({ type: 'ping' }).catch(() => {});
      this.#quiet = setTimeout(() => this.#die(), QUIET_MS);
    }, QUIET_MS);
  }

  #die() {
    this.#end(1006);
    this.#socket.close();
  }

  /** @param {Reply | ServerEvent} message */
  #receive(message) {
    if (this.#quiet) this.keepAlive();
    if (!('re' in message)) return this.emit('event', message);
    const waiting = this.#waiting.get(message.re);
    this.#waiting.delete(message.re);
    if (message.type === 'error') waiting?.reject(new Refused(message.code, message.detail));
    else waiting?.resolve(message);
  }

  /** @param {number} code */
  #end(code) {
    clearTimeout(this.#quiet);
    this.#quiet = undefined;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    waiting.forEach(w => w.reject(new Refused('closed', `the socket closed with ${code}`)));
    if (this.#ended) return;
    this.#ended = true;
    this.emit('closed', { code });
  }
}
