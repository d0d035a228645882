// What data channels must do with an echo behind them, whoever wrote the client; Echo.java is the other end. It imports
// nothing: browsers load it as it is.

const PATIENCE_MS = 20_000;
/** Channels opened and closed. */
const MANY = 1_000;
/** With `control` as many as the server takes. */
const AT_ONCE = 399;
/** No side gives this id to a channel of its own so soon. */
const AGREED_ID = 701;
/** For each kind, over a network that loses some. */
const NUMBERED = 200;
const SETTLE_MS = 2_000;

/** The W3C's names. @type {Record<string, RTCDataChannelInit>} */
const KINDS = {
  ordered: {},
  unordered: { ordered: false },
  'retransmits-0': { ordered: false, maxRetransmits: 0 },
  'retransmits-3': { maxRetransmits: 3 },
  lifetime: { maxPacketLifeTime: 500 },
};

/**
 * A channel of any library. Text is a string, everything else bytes.
 * @typedef {{ label?: string, send: (data: string | Uint8Array<ArrayBuffer>) => void, close: () => void,
 *   opened: Promise<unknown>, closed: Promise<unknown>,
 *   onMessage: (listener: (data: string | Uint8Array) => void) => void }} Channel
 * @typedef {{ open: (label: string, options: RTCDataChannelInit) => Channel, incoming: Incoming,
 *   emptyToo: boolean, atOnce?: number }} Peer
 */

/** Channels that the other side opens, in the order in which they come. */
export class Incoming {
  /** @type {Channel[]} */
  #come = [];
  /** @type {((channel: Channel) => void)[]} */
  #wanted = [];

  /** @param {Channel} channel */
  add(channel) {
    const wanted = this.#wanted.shift();
    if (wanted) wanted(channel);
    else this.#come.push(channel);
  }

  /** @returns {Promise<Channel>} */
  next() {
    const come = this.#come.shift();
    return come ? Promise.resolve(come) : new Promise(resolve => this.#wanted.push(resolve));
  }
}

/** Of a library that speaks as browsers do. @param {RTCDataChannel} dc @returns {Channel} */
export function browserChannel(dc) {
  dc.binaryType = 'arraybuffer';
  const event = (/** @type {string} */ type) => new Promise(resolve => dc.addEventListener(type, resolve));
  return {
    label: dc.label,
    opened: dc.readyState === 'open' ? Promise.resolve() : event('open'),
    closed: event('close'),
    onMessage: listener =>
      dc.addEventListener('message', ({ data }) => listener(typeof data === 'string' ? data : new Uint8Array(data))),
    send: data => dc.send(/** @type {any} */ (data)),
    close: () => dc.close(),
  };
}

/** @param {boolean} holds @param {string} what */
function must(holds, what) {
  if (!holds) throw new Error(what);
}

/** @param {number} ms */
const pause = ms => new Promise(resolve => setTimeout(resolve, ms));

/** @template T @param {Promise<T>} promise @param {string} what @returns {Promise<T>} */
function soon(promise, what) {
  /** @type {ReturnType<typeof setTimeout>} */
  let late;
  const timeout = new Promise((_, reject) => {
    late = setTimeout(() => reject(new Error(`no ${what} in ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  return /** @type {Promise<T>} */ (Promise.race([promise, timeout])).finally(() => clearTimeout(late));
}

/** @param {number} length @param {boolean} text */
function sample(length, text) {
  const pattern = text ? new TextEncoder().encode('parley ') : Uint8Array.from({ length: 251 }, (_, i) => i);
  return Uint8Array.from({ length }, (_, i) => pattern[i % pattern.length]);
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function digest(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return `${bytes.length} ${Array.from(hash, b => b.toString(16).padStart(2, '0')).join('')}`;
}

/** Asks one thing after the other. */
export class Asker {
  /** @param {Channel} channel @param {string} label */
  constructor(channel, label) {
    this.channel = channel;
    this.label = label;
    /** @type {(data: string | Uint8Array) => void} */
    this.heard = () => {};
    channel.onMessage(data => this.heard(data));
  }

  /** @param {string | Uint8Array<ArrayBuffer>} data */
  async ask(data) {
    const answer = new Promise(resolve => (this.heard = resolve));
    this.channel.send(data);
    return soon(answer, `answer to ${data.length} on ${this.label}`);
  }

  /** The server says a command again when it has done it. @param {string} command */
  async tell(command) {
    const answer = await this.ask(command);
    must(answer === command, `the answer to ${command} is ${answer}`);
  }

  /** @param {number} length @param {boolean} text */
  async echoes(length, text) {
    const bytes = sample(length, text);
    const name = `${length} bytes of ${text ? 'text' : 'binary'} on ${this.label}`;
    const back = await this.ask(text ? new TextDecoder().decode(bytes) : bytes);
    if (typeof back === 'string' && back === (await digest(bytes))) return; // longer than this client says that it takes
    must((typeof back === 'string') === text, `${name}: of the wrong kind`);
    /** @type {Uint8Array} */
    const got = typeof back === 'string' ? new TextEncoder().encode(back) : back;
    must(got.length === length && got.every((b, i) => b === bytes[i]), `${name}: came back as something else`);
  }
}

/** @param {Channel} channel @param {string} label @param {number[]} lengths */
async function talk(channel, label, lengths) {
  await soon(channel.opened, `opening of ${label}`);
  const asker = new Asker(channel, label);
  for (const length of lengths) {
    await asker.echoes(length, true);
    await asker.echoes(length, false);
  }
}

/** @param {Channel} channel @param {string} label @param {number[]} lengths */
async function talks(channel, label, lengths) {
  await talk(channel, label, lengths);
  channel.close();
  await soon(channel.closed, `closing of ${label}`);
}

/** Opens the next as soon as one is closed. @param {Peer} peer */
async function many(peer) {
  let next = 0;
  const one = async () => {
    while (next < MANY) {
      const label = `many-${next++}`;
      await talks(peer.open(label, {}), label, [1]);
    }
  };
  await Promise.all(Array.from({ length: peer.atOnce ?? AT_ONCE }, one));
}

/** Until the server has seen each open and close: some libraries say that a channel is closed when they have said it.
 * @param {Asker} control @param {number} closed */
async function counted(control, closed) {
  const wanted = `count ${closed + 1} ${closed}`;
  const untilMs = Date.now() + PATIENCE_MS;
  for (let seen = await control.ask('count'); seen !== wanted; seen = await control.ask('count')) {
    must(Date.now() < untilMs, `the server has seen ${seen}, not ${wanted}`);
    await pause(100);
  }
}

/** The server opens two channels; this side closes one, the server the other. @param {Peer} peer @param {Asker} control */
async function fromServer(peer, control) {
  for (const closer of ['client', 'server']) {
    const label = `closed-by-${closer}`;
    await control.tell(`open ${label}`);
    const channel = await soon(peer.incoming.next(), `channel ${label}`);
    must(channel.label === label, `${channel.label} instead of ${label}`);
    await talk(channel, label, [1, 5_000]);
    if (closer === 'client') channel.close();
    else await control.tell(`close ${label}`);
    await soon(channel.closed, `closing of ${label}`);
  }
}

/**
 * Everything that channels do, over a network that loses nothing.
 * @param {Peer} peer @param {Channel} channel the one called `control`
 * @param {string} answer the server's
 * @param {(what: string) => void} passed
 */
export async function checkChannels(peer, channel, answer, passed) {
  await soon(channel.opened, 'opening of control');
  const control = new Asker(channel, 'control');
  const most = Number(/a=max-message-size:(\d+)/.exec(answer)?.[1]);
  must(most >= 65_536, 'the server announces what it takes');
  for (const [label, options] of Object.entries(KINDS)) {
    await talks(peer.open(label, options), label, [...(peer.emptyToo ? [0] : []), 1, 1_200, 16_384, 65_535]);
    passed(label);
  }
  await talks(peer.open('long', {}), 'long', [65_536, most - 1, most]);
  passed('long');
  await control.tell(`agreed ${AGREED_ID} agreed`);
  await talks(peer.open('agreed', { negotiated: true, id: AGREED_ID }), 'agreed', [1, 5_000]);
  passed('agreed');
  await fromServer(peer, control);
  passed('from-server');
  await many(peer);
  await counted(control, Object.keys(KINDS).length + 4 + MANY);
  passed('many');
}

/** Numbers on a channel: those that came back. @param {Channel} channel @param {boolean} reliable */
async function numbers(channel, reliable) {
  await soon(channel.opened, 'opening');
  /** @type {number[]} */
  const back = [];
  channel.onMessage(data => back.push(Number(data)));
  for (let i = 0; i < NUMBERED; i++) {
    channel.send(String(i));
    await pause(5);
  }
  const untilMs = Date.now() + (reliable ? PATIENCE_MS : SETTLE_MS);
  while (back.length < NUMBERED && Date.now() < untilMs) await pause(50);
  return back;
}

/** @param {Peer} peer @param {string} label */
async function keepsItsPromise(peer, label) {
  const options = KINDS[label];
  const reliable = options.maxRetransmits === undefined && options.maxPacketLifeTime === undefined;
  const back = await numbers(peer.open(label, options), reliable);
  const sorted = back.toSorted((a, b) => a - b);
  must(new Set(back).size === back.length, `${label}: something came twice`);
  must(options.ordered === false || back.every((n, i) => n === sorted[i]), `${label}: out of order`);
  must(back.length >= (reliable ? NUMBERED : NUMBERED / 2), `${label}: ${back.length} of ${NUMBERED} came back`);
}

/**
 * What channels promise over a network that loses some packets, and many of them come and go.
 * @param {Peer} peer @param {Channel} channel the one called `control`
 */
export async function checkOverLoss(peer, channel) {
  await soon(channel.opened, 'opening of control');
  const kinds = Object.keys(KINDS);
  await Promise.all(kinds.map(label => keepsItsPromise(peer, label)));
  await many({ ...peer, atOnce: AT_ONCE - kinds.length });
}
