// A call whose transport and socket are in the hands of a test.
import { afterEach, beforeEach, mock } from 'node:test';
import { Call } from '../static/call/call.js';
import { DataChannels } from '../static/call/data-channel.js';
import { Emitter } from '../static/protocol/emitter.js';
import { Signal } from '../static/protocol/signal.js';
import { FakeSocket, joined, settle } from './fakes.js';

/** A transport that says what the test wants. @extends {Emitter<any>} */
export class FakePeer extends Emitter {
  state = 'new';
  data = new DataChannels(() => null);
  /** @type {any[]} */
  did = [];
  prepare = async () => 'offer';
  midOf = (/** @type {string} */ source) => source;
  received = () => null;
  /** @type {any[]} what the browser counts */
  counts = [];
  statistics = async () =>
    new Map(this.counts.map((s, i) => [String(i), { id: String(i), type: 'inbound-rtp', ...s }]));
  answer = async (/** @type {string} */ sdp) => void this.did.push(['answer', sdp]);
  saveData = async (/** @type {boolean} */ saver) => void this.did.push(['save', saver]);
  useCodec = async (/** @type {string} */ source, /** @type {string} */ codec) =>
    void this.did.push(['codec', source, codec]);
  send = async (/** @type {string} */ source, /** @type {any} */ track) => void this.did.push(['send', source, track]);
  setLayers = async (/** @type {string} */ source, /** @type {boolean[]} */ active) =>
    void this.did.push(['layers', source, active]);
  renegotiate = async (/** @type {object} */ what, /** @type {(o: string) => Promise<string>} */ ask) => {
    this.did.push(['renegotiate', what, await ask('again')]);
    return [];
  };
  close = () => void this.did.push(['close']);

  /** @param {string} state */
  to(state) {
    this.state = state;
    this.emit('state', state);
  }
}

export const ENTRY = {
  url: 'ws://host/ws',
  room: 'demo',
  name: 'alice',
  token: null,
  device: 'd',
  resume: null,
  replace: false,
};
export const answerLast = async (/** @type {object} */ message) => {
  FakeSocket.last.say({ ...message, re: FakeSocket.last.sent.at(-1).id });
  await settle();
};

/** @type {FakePeer[]} */
export let peers = [];

beforeEach(() => {
  FakeSocket.opened = [];
  peers = [];
  globalThis.MediaStream ??= /** @type {any} */ (class {});
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'] });
});
afterEach(() => mock.timers.reset());

export async function inside(more = {}) {
  const makePeer = () => {
    peers.push(new FakePeer());
    return /** @type {any} */ (peers[peers.length - 1]);
  };
  const open = (/** @type {string} */ url) => new Signal(url, /** @type {any} */ (FakeSocket));
  const call = new Call(ENTRY, { makePeer, open });
  call.send('camera', /** @type {any} */ ('a track'), false);
  /** @type {any[]} */
  const heard = [];
  call.on('state', state => heard.push(state));
  call.on('ended', end => heard.push(end));
  const joining = call.join();
  await settle();
  FakeSocket.last.accept();
  await settle();
  await answerLast(joined(1, more));
  await joining;
  peers[0].to('connected');
  return { call, heard };
}
