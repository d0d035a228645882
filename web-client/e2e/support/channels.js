// What data channels must do with an echo behind them, whoever wrote the client; Echo.java is the other end.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { say } from './program.js';

const PATIENCE_MS = 20_000;
/** Channels opened and closed, so many at once. */
const MANY = 200;
const AT_ONCE = 50;
/** No side gives this id to a channel of its own so soon. */
const AGREED_ID = 701;

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
 * @typedef {{ send: (data: string | Uint8Array) => void, close: () => void, opened: Promise<unknown>,
 *   closed: Promise<unknown>, onMessage: (listener: (data: string | Uint8Array) => void) => void }} Channel
 * @typedef {{ open: (label: string, options: RTCDataChannelInit) => Channel, incoming: Promise<Channel & { label: string }>,
 *   emptyToo: boolean }} Peer
 */

/** @template T @param {Promise<T>} promise @param {string} what @returns {Promise<T>} */
function soon(promise, what) {
  /** @type {NodeJS.Timeout} */
  let late;
  const timeout = new Promise((_, reject) => {
    late = setTimeout(() => reject(new Error(`no ${what} in ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  return Promise.race([promise, timeout]).finally(() => clearTimeout(late));
}

/** Asks one thing after the other. */
class Asker {
  /** @param {Channel} channel @param {string} label */
  constructor(channel, label) {
    this.channel = channel;
    this.label = label;
    /** @type {(data: string | Uint8Array) => void} */
    this.heard = () => {};
    channel.onMessage(data => this.heard(data));
  }

  /** @param {string | Uint8Array} data */
  async ask(data) {
    const answer = new Promise(resolve => (this.heard = resolve));
    this.channel.send(data);
    return soon(answer, `answer to ${data.length} on ${this.label}`);
  }

  /** @param {number} length @param {boolean} text */
  async echoes(length, text) {
    const bytes = Buffer.alloc(length, text ? 'parley ' : Uint8Array.from({ length: 251 }, (_, i) => i));
    const back = await this.ask(text ? bytes.toString() : bytes);
    const name = `${length} bytes of ${text ? 'text' : 'binary'} on ${this.label}`;
    const digest = `${length} ${createHash('sha256').update(bytes).digest('hex')}`;
    if (back === digest) return; // longer than this client says that it takes
    assert.equal(typeof back === 'string', text, name);
    assert.ok(Buffer.from(/** @type {any} */ (back)).equals(bytes), name);
  }
}

/** @param {Channel} channel @param {string} label @param {number[]} lengths */
async function talks(channel, label, lengths) {
  await soon(channel.opened, `opening of ${label}`);
  const asker = new Asker(channel, label);
  for (const length of lengths) {
    await asker.echoes(length, true);
    await asker.echoes(length, false);
  }
  channel.close();
  await soon(channel.closed, `closing of ${label}`);
}

/** @param {Peer} peer @param {number} round */
async function burst(peer, round) {
  await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, i) => {
      const label = `many-${round}-${i}`;
      await talks(peer.open(label, {}), label, [1]);
    }),
  );
}

/** Until the server has seen each open and close: some libraries say that a channel is closed when they have said it.
 * @param {Asker} control @param {string} wanted */
async function counted(control, wanted) {
  const untilMs = Date.now() + PATIENCE_MS;
  for (let seen = await control.ask('count'); seen !== wanted; seen = await control.ask('count')) {
    assert.ok(Date.now() < untilMs, `the server has seen ${seen}, not ${wanted}`);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

/**
 * Runs all, says what was done, and ends by saying so.
 * @param {Peer} peer @param {Channel} channel the one called `control`
 * @param {string} answer the server's
 */
export async function checkChannels(peer, channel, answer) {
  await soon(channel.opened, 'opening of control');
  const control = new Asker(channel, 'control');
  const most = Number(/a=max-message-size:(\d+)/.exec(answer)?.[1]);
  assert.ok(most >= 65_536, 'the server announces what it takes');
  for (const [label, options] of Object.entries(KINDS)) {
    await talks(peer.open(label, options), label, [...(peer.emptyToo ? [0] : []), 1, 1_200, 16_384, 65_535]);
    say({ passed: label });
  }
  await talks(peer.open('long', {}), 'long', [65_536, most - 1, most]);
  say({ passed: 'long' });

  assert.equal(await control.ask(`agreed ${AGREED_ID} agreed`), `agreed ${AGREED_ID} agreed`);
  await talks(peer.open('agreed', { negotiated: true, id: AGREED_ID }), 'agreed', [1, 5_000]);
  say({ passed: 'agreed' });

  assert.equal(await control.ask('open from-server'), 'open from-server');
  const incoming = await soon(peer.incoming, 'channel from the server');
  assert.equal(incoming.label, 'from-server');
  await talks(incoming, 'from-server', [1, 5_000]);
  say({ passed: 'from-server' });

  for (let round = 0; round < MANY / AT_ONCE; round++) await burst(peer, round);
  const all = Object.keys(KINDS).length + 3 + MANY;
  await counted(control, `count ${all + 1} ${all}`);
  say({ passed: 'many' });
  say({ done: true });
}
