import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { ChatServer, Line, inside } from './chat-server.js';

beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
afterEach(() => mock.timers.reset());

/** @param {import('../static/chat/model.js').Chat} chat */
const texts = chat => chat.entries().map(e => e.text);

test('where talk goes another way it asks for what was lost of the former, and for nothing when nothing was', async () => {
  const server = new ChatServer();
  const [alice, bob] = [await inside(server, 'alice'), await inside(server, 'bob')];
  alice.chat.say('1');
  await alice.flow();
  bob.events = [];
  const before = bob.asked.length;
  bob.chat.here(server.last);
  await bob.flow();
  assert.deepEqual([texts(bob.chat), bob.asked.slice(before)], [['1'], [{ type: 'history', since: 0 }]]);
  bob.chat.here(server.last);
  await bob.flow();
  assert.equal(bob.asked.length, before + 1);
});

test('a page that was asked for before is not the last word on what another way knows', async () => {
  const server = new ChatServer();
  const [alice, bob] = [await inside(server, 'alice'), await inside(server, 'bob')];
  bob.chat.check();
  bob.serve();
  alice.chat.say('1');
  await alice.flow();
  bob.events = [];
  bob.chat.here(server.last);
  await bob.flow();
  assert.deepEqual(texts(bob.chat), ['1']);
});

test('what was heard before the first page leaves no gap above it', async () => {
  const server = new ChatServer();
  const [alice, bob] = [await inside(server, 'alice'), new Line(server, 'bob')];
  bob.join();
  for (let i = 1; i <= 2 * ChatServer.PAGE; i++) alice.chat.say(`${i}`);
  await alice.flow();
  bob.chat.hear(bob.events[0]);
  bob.events = [];
  await bob.flow();
  await Promise.all([bob.chat.older(), bob.flow()]);
  assert.deepEqual(texts(bob.chat), texts(alice.chat));
});
