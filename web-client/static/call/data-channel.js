import { Answers, Refused } from '../protocol/answers.js';
import { Emitter } from '../protocol/emitter.js';
import { Backoff } from '../protocol/reconnect.js';

/** @typedef {import('../protocol/messages.js').WayEvent} WayEvent */
/** @typedef {import('../protocol/messages.js').TalkRequest} TalkRequest */
/** @typedef {'chat' | 'live'} Label */
/** Makes a channel, or none where a browser has none. @typedef {(label: Label, how: RTCDataChannelInit) => RTCDataChannel | null} Make */

/** What may wait in a channel before it is given no more: the longest message, in the longest characters, four times. */
export const WAITING_MAX = 64 * 1024;

/** As docs/protocol.md has them: one for everything, one for what is worth nothing when it is late. */
const HOW = { chat: {}, live: { ordered: false, maxRetransmits: 0 } };

/**
 * One data channel: requests with their answers, events as they come. It lives once.
 * @extends {Emitter<{ event: WayEvent, heard: void, closed: void }>}
 */
export class ChannelLine extends Emitter {
  /** Whether it was open at any time. */
  served = false;
  #channel;
  #answers = new Answers();
  #over = false;

  /** @param {RTCDataChannel} channel */
  constructor(channel) {
    super();
    this.#channel = channel;
    channel.addEventListener('open', () => (this.served = true));
    channel.addEventListener('message', ({ data }) => this.#receive(data));
    channel.addEventListener('close', () => this.close());
  }

  get open() {
    return !this.#over && this.#channel.readyState === 'open';
  }

  /** Bytes that have not left yet. */
  get waiting() {
    return this.#channel.bufferedAmount;
  }

  /**
   * @template {TalkRequest} R
   * @param {R} request
   * @returns {Promise<import('../protocol/answers.js').ReplyTo<R['type']>>} rejected with `Refused`
   */
  request(request) {
    if (!this.open) return Promise.reject(new Refused('closed', 'the channel is closed'));
    return this.#answers.to(request, text => this.#send(text));
  }

  /** Says what nobody waits for an answer to. @param {TalkRequest} request */
  tell(request) {
    if (this.open) this.#send(JSON.stringify({ ...request, id: 0 }));
  }

  close() {
    if (this.#over) return;
    this.#over = true;
    this.#channel.close();
    this.#answers.end('the channel closed');
    this.emit('closed', undefined);
  }

  /** @param {string} text */
  #send(text) {
    try {
      this.#channel.send(text);
    } catch {
      queueMicrotask(() => this.close()); // it takes nothing: who waits is told
    }
  }

  /** @param {unknown} data */
  #receive(data) {
    if (this.#over || typeof data !== 'string') return;
    const message = JSON.parse(data);
    this.emit('heard', undefined);
    if ('re' in message) this.#answers.take(message);
    else this.emit('event', message);
  }
}

/**
 * The data channels of one connection. One that closes while the connection lives is opened again, after growing pauses.
 * @extends {Emitter<{ event: [WayEvent, Label], heard: void, closed: void }>}
 */
export class DataChannels extends Emitter {
  /** @type {ChannelLine | null} */
  chat = null;
  /** @type {ChannelLine | null} */
  live = null;
  #over = false;
  #make;

  /** @param {Make} make */
  constructor(make) {
    super();
    this.#make = make;
    for (const label of /** @type {const} */ (['chat', 'live'])) {
      this.#open(label, new Backoff({ firstMs: 1000, maxMs: 30_000 }));
    }
  }

  /** There are none any more, and will be none. */
  close() {
    this.#over = true;
    this.chat?.close();
    this.live?.close();
  }

  /** @param {Label} label @param {Backoff} backoff */
  #open(label, backoff) {
    const channel = this.#over ? null : this.#make(label, HOW[label]);
    const line = channel && new ChannelLine(channel);
    this[label] = line;
    line?.on('event', event => this.emit('event', [event, label]));
    line?.on('heard', () => {
      backoff.reset();
      this.emit('heard', undefined);
    });
    line?.on('closed', () => {
      if (label === 'chat') this.emit('closed', undefined);
      if (!this.#over && line.served) setTimeout(() => this.#open(label, backoff), backoff.next());
    });
  }
}
