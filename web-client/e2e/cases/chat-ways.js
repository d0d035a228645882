// Chat on its two ways, each of which breaks: real sockets over a wire that is cut, real packets through a bad network.
import assert from 'node:assert/strict';
import { FIELD, log, openChat, reads, write } from '../support/chatting.js';
import { eventually, pause } from '../support/person.js';
import { startProxy } from '../support/server.js';
import { startWire } from '../support/wire.js';
import { browserCase, theServer } from '../support/world.js';

/** @typedef {import('../support/person.js').Person} Person */

const BOTH = /** @type {const} */ (['chromium', 'firefox']);
/** Longer than SCTP, ICE and the page's own patience take for a hiccup; shorter than any of them gives up after. */
const DARK_MS = 6000;
/** Three outages take their time. */
const LONG_MS = 300_000;
/** What a browser says of a socket that breaks or that it does not get. */
const BROKEN = /WebSocket|ws:\/\/|net::ERR_/;

/** Notes by which way each message is sent and heard: `sent channel`, `heard socket`. Keeps hold of the channels. */
function note() {
  const w = /** @type {any} */ (window);
  w.notes = [];
  w.channels = [];
  const add = (/** @type {string} */ what, /** @type {unknown} */ data) =>
    typeof data === 'string' && /"type":"chat"/.test(data) && w.notes.push(what);
  const create = RTCPeerConnection.prototype.createDataChannel;
  RTCPeerConnection.prototype.createDataChannel = function (...how) {
    const channel = create.apply(this, how);
    w.channels.push(channel);
    channel.addEventListener('message', e => add('heard channel', e.data));
    const send = channel.send.bind(channel);
    channel.send = (/** @type {any} */ data) => (add('sent channel', data), send(data));
    return channel;
  };
  w.WebSocket = class extends WebSocket {
    constructor(/** @type {[string, string]} */ ...at) {
      super(...at);
      this.addEventListener('message', e => add('heard socket', e.data));
    }
    /** @param {any} data @override */
    send(data) {
      add('sent socket', data);
      super.send(data);
    }
  };
}

/** How messages went since one looked last. @param {Person} person @returns {Promise<string[]>} */
const notes = person => person.page.evaluate(() => /** @type {any} */ (window).notes.splice(0));

/** Says one thing, and how it went and came. @param {Person} from @param {Person} to @param {string} text @param {string[]} said */
async function passes(from, to, text, said) {
  await Promise.all([notes(from), notes(to)]);
  await write(from, text);
  said.push(text);
  await Promise.all([reads(from, said), reads(to, said)]);
  const [out, into] = await Promise.all([notes(from), notes(to)]);
  return [out.find(n => n.startsWith('sent')), into.find(n => n.startsWith('heard'))];
}

/** Both ways by channel: soon, or when what was broken is mended. @param {Person[]} people @param {string[]} said */
async function byChannel(people, said) {
  for (const [from, to] of [people, people.toReversed()]) {
    const ways = await eventually(
      () => passes(from, to, `probe ${said.length}`, said),
      found => found.every(way => way?.endsWith('channel')),
    );
    assert.deepEqual(ways, ['sent channel', 'heard channel']);
  }
}

/** @param {string} room @param {(how?: any) => Promise<Person>} person @param {object} [how] */
async function two(room, person, how) {
  const people = [];
  for (const [i, on] of BOTH.entries()) {
    const one = await person({ on, width: 1280, height: 800, before: note, ...how });
    people.push(await one.join(room, ['alice', 'bob'][i]));
  }
  await Promise.all(people.map(openChat));
  return people;
}

browserCase(
  'the socket, the data channel, then both break: the same list on both, once each',
  async ({ room, person }) => {
    const { http, udp } = await theServer();
    const [wire, proxy] = [await startWire(http), await startProxy(udp)];
    try {
      const people = await two(room, person, { wire, through: proxy });
      const [alice, bob] = people;
      /** @type {string[]} */
      const said = [];
      await byChannel(people, said);

      wire.cut();
      assert.deepEqual(await passes(alice, bob, 'no socket 1', said), ['sent channel', 'heard channel']);
      assert.deepEqual(await passes(bob, alice, 'no socket 2', said), ['sent channel', 'heard channel']);
      wire.mend();
      const back = () => /** @type {any} */ (window).sockets.at(-1).readyState === 1;
      await Promise.all(people.map(p => p.until(back)));

      await proxy.tell({ blackoutMs: DARK_MS });
      for (const [one, text] of /** @type {[Person, string][]} */ ([
        [alice, 'in the dark 1'],
        [bob, 'in the dark 2'],
      ])) {
        await write(one, text);
        said.push(text);
        await Promise.all(people.map(p => reads(p, said)));
      }
      await byChannel(people, said);

      wire.cut();
      await proxy.tell({ blackoutMs: DARK_MS });
      await write(alice, 'nowhere to go 1');
      await write(bob, 'nowhere to go 2');
      await pause(DARK_MS);
      const waits = (/** @type {string[]} */ all) => all.some(text => text.endsWith('(waits)'));
      wire.mend();
      const lists = () => Promise.all(people.map(log));
      const [hers, his] = await eventually(
        lists,
        ([a, b]) => a.length === said.length + 2 && !waits(a) && JSON.stringify(a) === JSON.stringify(b),
        60_000,
      );
      assert.deepEqual(hers, his);
      assert.deepEqual(hers.slice(0, said.length), said);
      assert.deepEqual(hers.slice(said.length).toSorted(), ['nowhere to go 1', 'nowhere to go 2']);
      await byChannel(people, hers);
      people.forEach(p => (p.faults = p.faults.filter(fault => !BROKEN.test(fault))));
      await Promise.all([alice.picture('chat-ways-chromium'), bob.picture('chat-ways-firefox')]);
    } finally {
      wire.stop();
      proxy.stop();
    }
  },
  LONG_MS,
);

browserCase('a channel that closes is missed by nobody, and there is another one soon', async ({ room, person }) => {
  const people = await two(room, person);
  /** @type {string[]} */
  const said = [];
  await byChannel(people, said);
  for (const [one, other] of [people, people.toReversed()]) {
    await Promise.all([notes(one), notes(other)]);
    said.push(`closed ${said.length}`);
    await one.page.type(FIELD, said.at(-1) ?? '');
    await one.page.evaluate(() => {
      const { channels } = /** @type {any} */ (window);
      channels.findLast((/** @type {any} */ c) => c.label === 'chat' && c.readyState === 'open').close();
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    });
    await Promise.all(people.map(p => reads(p, said)));
    assert.equal(
      (await notes(one)).find(n => n.startsWith('sent')),
      'sent socket',
    );
    await byChannel(people, said);
  }
});

/** A browser that knows no data channels. */
function without() {
  Object.assign(RTCPeerConnection.prototype, { createDataChannel: undefined });
}

/** A server that takes none: its answers refuse them, as a browser sees it. */
function refusing() {
  const connection = /** @type {any} */ (RTCPeerConnection.prototype);
  const set = connection.setRemoteDescription;
  connection.setRemoteDescription = function (/** @type {any} */ { type, sdp }) {
    if (type !== 'answer') return set.call(this, { type, sdp });
    const mid = /m=application[^]*?a=mid:(\S+)/.exec(sdp)?.[1];
    const bundled = new RegExp(`(a=group:BUNDLE.*) ${mid}(?= |\\r)`);
    return set.call(this, { type, sdp: sdp.replace(/m=application \d+/, 'm=application 0').replace(bundled, '$1') });
  };
}

for (const [name, before] of /** @type {[string, () => void][]} */ ([
  ['a browser without data channels chats', without],
  ['where a server takes no data channels, one chats', refusing],
])) {
  browserCase(`${name}, and nobody sees a difference`, async ({ room, person }) => {
    const people = /** @type {Person[]} */ ([]);
    for (const [i, on] of BOTH.entries()) {
      const one = await person({ on, width: 1280, height: 800, before });
      people.push(await one.join(room, ['alice', 'bob'][i]));
    }
    await Promise.all(people.map(openChat));
    const associations = () =>
      /** @type {any} */ (window).peers.map((/** @type {any} */ p) => p.sctp?.state === 'connected').includes(true);
    for (const { page } of people) assert.equal(await page.evaluate(associations), false);
    /** @type {string[]} */
    const said = [];
    for (const [i, one] of [...people, ...people].entries()) {
      await write(one, `message ${i}`);
      said.push(`message ${i}`);
      await Promise.all(people.map(p => reads(p, said)));
    }
    const received = await eventually(
      () => Promise.all(people.map(p => p.received())),
      all => all.every(r => r.frames > 10 && r.audioPackets > 25),
    );
    assert.ok(
      received.every(r => r.frames > 10 && r.audioPackets > 25),
      JSON.stringify(received),
    );
    assert.deepEqual((await people[0].negotiated()).localDescriptions, 1);
  });
}
