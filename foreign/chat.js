// Chat as two people have it while their WebSocket, then their data channel, then both are cut and come back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from '../web-client/e2e/support/server.js';
import { whyNot } from './support/clients.js';

const skip = whyNot('datachannel');

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
