// A server's side of a socket, and time, in the hands of a test.

/** A WebSocket whose other end is the test. */
export class FakeSocket extends EventTarget {
  /** @type {FakeSocket[]} every one that was opened, in order */
  static opened = [];
  readyState = 0;
  /** @type {any[]} */
  sent = [];

  /** @param {string} url @param {string} protocol */
  constructor(url, protocol) {
    super();
    this.url = url;
    this.protocol = protocol;
    FakeSocket.opened.push(this);
  }

  accept() {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }

  /** @param {string} text */
  send(text) {
    this.sent.push(JSON.parse(text));
  }

  /** @param {object} message */
  say(message) {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(message) }));
  }

  close(code = 1000) {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.dispatchEvent(Object.assign(new Event('close'), { code }));
  }

  /** The connection breaks. */
  drop(code = 1006) {
    this.close(code);
  }

  static get last() {
    return FakeSocket.opened[FakeSocket.opened.length - 1];
  }
}

/** A data channel whose other end is the test. */
export class FakeChannel extends EventTarget {
  readyState = 'connecting';
  bufferedAmount = 0;
  /** @type {any[]} */
  sent = [];
  /** @type {any[]} what is on its way to the page */
  down = [];

  /** @param {string} [label] */
  constructor(label = 'chat') {
    super();
    this.label = label;
  }

  accept() {
    this.readyState = 'open';
    this.dispatchEvent(new Event('open'));
  }

  /** @param {string} text */
  send(text) {
    if (this.readyState !== 'open') throw new Error('not open');
    this.sent.push(JSON.parse(text));
  }

  /** The next message arrives. @param {any} [message] */
  hear(message = this.down.shift()) {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(message) }));
  }

  /** The page closes it. */
  close() {
    this.drop();
  }

  /** It ends, and the page hears so. */
  drop() {
    if (this.readyState === 'closed') return;
    this.readyState = 'closed';
    this.dispatchEvent(new Event('close'));
  }
}

/** Lets everything that waits only for promises happen. */
export const settle = () => new Promise(resolve => setImmediate(resolve));

export const joined = (re = 1, more = {}) => ({
  ...{ type: 'joined', re, participant: 'p_me', answer: 'v=0', resume: 'token-1' },
  ...{ slots: [], participants: [], viewers: 0, people: 1, chat: { history: 'h1', last: 0 }, hands: [], ...more },
});

/** @param {string} id @param {object} [more] @returns {any} */
export const person = (id, more = {}) => ({
  ...{ id, name: id, role: 'speaker', state: 'connected', via: 'web', joinedAt: '2026-01-01T12:00:00Z' },
  tracks: [
    { id: `${id}-m`, kind: 'audio', source: 'microphone', codec: 'opus', muted: false },
    { id: `${id}-c`, kind: 'video', source: 'camera', codec: 'VP8', muted: false },
  ],
  ...more,
});

/** Numbers below what one asks for, the same for each seed. @param {number} seed @returns {(below: number) => number} */
export function random(seed) {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
