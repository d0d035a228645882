import { Answers, Refused } from './answers.js';
import { Emitter } from './emitter.js';
import { SUBPROTOCOL } from './messages.js';

/** @typedef {import('./messages.js').Request} Request */
/** @typedef {import('./messages.js').Reply} Reply */
/** @typedef {import('./messages.js').ServerEvent} ServerEvent */

export { Refused };

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
  #answers = new Answers();
  #ended = false;
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
   * @returns {Promise<import('./answers.js').ReplyTo<R['type']>>} rejected with `Refused`
   */
  request(request) {
    if (this.closed) return Promise.reject(new Refused('closed', 'the socket is closed'));
    return this.#answers.to(request, (text, id) => {
      if (this.#socket.readyState === 1) this.#socket.send(text);
      else this.#opened.then(() => this.#answers.waits(id) && this.#socket.send(text));
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
    if ('re' in message) this.#answers.take(message);
    else this.emit('event', message);
  }

  /** @param {number} code */
  #end(code) {
    clearTimeout(this.#quiet);
    this.#quiet = undefined;
    this.#answers.end(`the socket closed with ${code}`);
    if (this.#ended) return;
    this.#ended = true;
    this.emit('closed', { code });
  }
}
