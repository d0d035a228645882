// Chat as two people have it while their WebSocket, then their data channel, then both are cut and come back, and while
// one of them does not take what is sent.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startProxy, startServer } from '../web-client/e2e/support/server.js';
import { whyNot } from './support/clients.js';

const skip = whyNot('datachannel');
const pause = (/** @type {number} */ ms) => new Promise(resolve => setTimeout(resolve, ms));

/** @type {import('../web-client/e2e/support/server.js').Server} */
let server;
before(async () => (server = await startServer()));
after(async () => {
  await server?.stop();
  if (!skip) (await import('node-datachannel')).default.cleanup();
});

test('whichever way is cut, both have the same list, once each and in order', { skip, timeout: 120_000 }, async () => {
  const { Person } = await import('./support/person.js');
  const alice = new Person(server.http, 'chat', 'alice');
  const bob = new Person(server.http, 'chat', 'bob');
  /** @type {string[]} */
  const said = [];
  const both = async () => {
    for (const person of [alice, bob]) {
      await person.until(() => person.texts.size >= said.length);
      assert.deepEqual(
        [...person.texts].sort(([a], [b]) => a - b).map(([, text]) => text),
        said,
        person.name,
      );
    }
  };
  const say = async (/** @type {typeof alice} */ person, /** @type {any} */ way) => {
    const text = `message ${said.length + 1}`;
    said.push(text);
    assert.equal((await person.say(text, way)).type, 'said');
  };
  const ways = (/** @type {typeof alice} */ person) =>
    person.events.filter(({ message }) => message.type === 'chat').map(({ way }) => way);
  try {
    await Promise.all([alice.enter(), bob.enter()]);
    await say(alice, alice.byChannel);
    await say(bob, bob.bySocket);
    await both();
    assert.deepEqual(new Set(ways(alice)), new Set(['chat']), 'one way at a time');

    alice.socket?.cut();
    await say(alice, alice.byChannel);
    await say(bob, bob.byChannel);
    await both();

    alice.chat.close();
    await bob.ask(bob.byChannel, { type: 'hand', up: true });
    await say(bob, bob.byChannel);
    await alice.resume();
    const here = await alice.event('socket', 'chat-here');
    assert.ok(here.turn >= 2);
    await say(bob, bob.byChannel);
    await both();
    assert.equal(ways(alice).at(-1), 'socket');

    alice.chat = await alice.openChannel('chat');
    await alice.until(() => alice.events.at(-1)?.way === 'chat');
    assert.deepEqual((await alice.event('chat', 'chat-here')).hands.length, 1);
    await say(bob, bob.byChannel);
    await say(alice, alice.bySocket);
    await both();
    assert.equal(ways(alice).at(-1), 'chat');

    const [aliceSaw] = await Promise.all([
      alice.event('live', 'reactions'),
      bob.ask(message => void bob.live.sendMessage(JSON.stringify(message)), { type: 'react', reaction: '👍' }),
    ]);
    assert.equal(aliceSaw.reactions[0].reaction, '👍');
  } finally {
    alice.leave();
    bob.leave();
  }
});

test('whoever takes too little loses the channels, stays, and hears the rest by WebSocket', { skip }, async () => {
  const { Person } = await import('./support/person.js');
  const proxy = await startProxy(server.udp, '127.0.0.1');
  const alice = new Person(server.http, 'slow', 'alice', proxy);
  const bob = new Person(server.http, 'slow', 'bob');
  const sockets = (/** @type {string} */ type) =>
    alice.events.filter(({ way, message }) => way === 'socket' && message.type === type).map(({ message }) => message);
  try {
    await Promise.all([alice.enter(), bob.enter()]);
    await proxy.tell({ direction: 'down', rateKbps: 60, queueMs: 1_000 });
    const long = '\u{1f600}'.repeat(3_900);
    const deadline = Date.now() + 60_000;
    for (let i = 0; !sockets('data-ended').length; i++) {
      assert.ok(Date.now() < deadline, 'never cut off');
      if (sockets('chat-here').length || (await bob.say(`${i} ${long}`)).type !== 'said') await pause(100);
    }
    assert.deepEqual(
      sockets('data-ended').map(({ reason }) => reason),
      ['slow_consumer'],
    );
    assert.equal((await bob.say('do you hear me?')).type, 'said');
    assert.equal((await alice.say('by WebSocket I do', alice.bySocket)).type, 'said');
    const list = (/** @type {typeof alice} */ person) => [...person.texts].sort(([a], [b]) => a - b);
    for (const person of [alice, bob]) {
      await person.until(() => {
        const all = list(person);
        return all.at(-1)?.[1] === 'by WebSocket I do' && all.length === all.at(-1)?.[0];
      }, 30_000);
    }
    assert.deepEqual(list(alice), list(bob));
    assert.ok(list(bob).length > 60, `${list(bob).length} messages`);
  } finally {
    proxy.stop();
    alice.leave();
    bob.leave();
  }
});
