import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { UNDO_MS } from '../static/chat/model.js';
import { clean } from '../static/chat/words.js';
import { ChatServer, inside } from './chat-server.js';
import { settle } from './fakes.js';

beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
afterEach(() => mock.timers.reset());

/** @param {import('../static/chat/model.js').Chat} chat */
const texts = chat => chat.entries().map(e => (e.deleted ? '(gone)' : e.text));

test('what is said is there at once, and once', async () => {
  const server = new ChatServer();
  const [alice, bob] = [await inside(server, 'alice'), await inside(server, 'bob')];
  alice.chat.say('hello');
  assert.deepEqual(
    alice.chat.entries().map(e => [e.text, e.n, e.state]),
    [['hello', null, 'sending']],
  );
  await Promise.all([alice.flow(), bob.flow()]);
  await bob.flow();
  assert.deepEqual(
    alice.chat.entries().map(e => [e.text, e.n, e.state, e.own]),
    [['hello', 1, '', true]],
  );
  assert.deepEqual(
    bob.chat.entries().map(e => [e.text, e.n, e.own, e.name]),
    [['hello', 1, false, 'alice']],
  );
  assert.equal(bob.chat.unread, 1);
  assert.equal(alice.chat.unread, 0);
  bob.chat.read();
  assert.equal(bob.chat.unread, 0);
});

test('a key of its own stays with a message, so that its place on the page does', async () => {
  const alice = await inside(new ChatServer(), 'alice');
  alice.chat.say('one');
  const [{ key }] = alice.chat.entries();
  await alice.flow();
  assert.equal(alice.chat.entries()[0].key, key);
});

test('after a gap it asks for what is missing, and shows the order of the room', async () => {
  const server = new ChatServer();
  const [alice, bob] = [await inside(server, 'alice'), await inside(server, 'bob')];
  for (const text of ['1', '2', '3']) alice.chat.say(text);
  await alice.flow();
  bob.events.splice(0, 2);
  await bob.flow();
  assert.deepEqual(texts(bob.chat), ['1', '2', '3']);
  assert.deepEqual(bob.asked.at(-1), { type: 'history', since: 0 });
});

test('who was away for longer than a page gets all of it', async () => {
  const server = new ChatServer();
  const [alice, bob] = [await inside(server, 'alice'), await inside(server, 'bob')];
  bob.cut({ answers: false });
  for (let i = 0; i < 3 * ChatServer.PAGE; i++) alice.chat.say(String(i));
  await alice.flow();
  bob.join();
  await bob.flow();
  assert.equal(bob.chat.entries().length, 3 * ChatServer.PAGE);
  assert.equal(bob.chat.unread, 3 * ChatServer.PAGE);
});

test('nothing is asked for when nothing is missing', async () => {
  const server = new ChatServer();
  const [alice, bob] = [await inside(server, 'alice'), await inside(server, 'bob')];
  const before = bob.asked.length;
  for (const text of ['1', '2', '3']) alice.chat.say(text);
  await alice.flow();
  bob.events.splice(2, 0, bob.events[0]);
  await bob.flow();
  assert.equal(bob.asked.length, before);
});

test('what was not answered is sent again with the same id after a reconnect, and stored once', async () => {
  const server = new ChatServer();
  const alice = await inside(server, 'alice');
  alice.chat.say('hello');
  alice.chat.say('again');
  await settle();
  alice.serve();
  alice.cut({ answers: false });
  await settle();
  assert.deepEqual(
    alice.chat.entries().map(e => e.state),
    ['sending', 'sending'],
  );
  alice.join();
  await alice.flow();
  assert.deepEqual(
    server.log.map(m => m.text),
    ['hello', 'again'],
  );
  assert.deepEqual(
    alice.chat.entries().map(e => [e.text, e.n, e.state]),
    [
      ['hello', 1, ''],
      ['again', 2, ''],
    ],
  );
});

test('a refusal that passes is waited out, one that stays is shown and can be tried again', async () => {
  const server = new ChatServer();
  const alice = await inside(server, 'alice');
  alice.refuse = ['unavailable', 'bad_message'];
  alice.chat.say('hello');
  alice.chat.say('second');
  await alice.flow();
  assert.equal(alice.chat.stuck, true);
  mock.timers.tick(1000);
  await alice.flow();
  assert.equal(alice.chat.stuck, false);
  assert.deepEqual(
    alice.chat.entries().map(e => [e.text, e.state]),
    [
      ['second', ''],
      ['hello', 'failed'],
    ],
  );
  alice.chat.again(alice.chat.entries()[1].key);
  await alice.flow();
  assert.deepEqual(texts(alice.chat), ['second', 'hello']);
  assert.deepEqual(
    server.log.map(m => m.text),
    ['second', 'hello'],
  );
});

test('edits are shown at once and spring back when they are refused', async () => {
  const server = new ChatServer();
  const alice = await inside(server, 'alice');
  alice.chat.say('helo');
  await alice.flow();
  alice.refuse = ['bad_message'];
  let refused = '';
  alice.chat.on('refused', kind => (refused = kind));
  alice.chat.edit(1, 'hello');
  assert.deepEqual(
    alice.chat.entries().map(e => [e.text, e.edited]),
    [['hello', true]],
  );
  await alice.flow();
  assert.deepEqual([texts(alice.chat), refused], [['helo'], 'edit']);
  alice.chat.edit(1, 'hello');
  await alice.flow();
  assert.deepEqual([server.log[0].text, server.log[0].edited], ['hello', true]);
});

test('a deletion can be taken back for a while; leaving makes it true', async () => {
  const server = new ChatServer();
  const alice = await inside(server, 'alice');
  for (const text of ['a', 'b', 'c']) alice.chat.say(text);
  await alice.flow();
  [1, 2, 3].forEach(n => alice.chat.remove(n));
  assert.deepEqual(texts(alice.chat), ['(gone)', '(gone)', '(gone)']);
  alice.chat.bringBack(1);
  alice.chat.flush();
  await alice.flow();
  mock.timers.tick(UNDO_MS);
  await alice.flow();
  assert.deepEqual(texts(alice.chat), ['a', '(gone)', '(gone)']);
  assert.deepEqual(
    server.log.map(m => m.deleted ?? false),
    [false, true, true],
  );
});

test('whoever leaves leaves nothing unsent', async () => {
  const alice = await inside(new ChatServer(), 'alice');
  ['a', 'b', 'c'].forEach(text => alice.chat.say(text));
  alice.chat.flush();
  assert.deepEqual(
    alice.asked.flatMap(r => r.text ?? []),
    ['a', 'b', 'c'],
  );
  await alice.flow();
  assert.deepEqual(texts(alice.chat), ['a', 'b', 'c']);
});

test('another history: the old one is gone, what was not sent is said in the new one', async () => {
  const server = new ChatServer();
  const alice = await inside(server, 'alice');
  alice.chat.say('old');
  await alice.flow();
  alice.cut({ answers: false });
  alice.chat.say('answer', { reply: 1 });
  alice.chat.edit(1, 'older');
  const next = new ChatServer('h2');
  alice.server = next;
  alice.join();
  await alice.flow();
  assert.deepEqual(texts(alice.chat), ['answer']);
  assert.deepEqual([next.log[0].reply, next.log.length], [undefined, 1]);
});

test('who comes later sees the last page, and what was before it when asked', async () => {
  const server = new ChatServer();
  const alice = await inside(server, 'alice');
  for (let i = 1; i <= 20; i++) alice.chat.say(String(i));
  await alice.flow();
  const bob = await inside(server, 'bob');
  assert.equal(bob.chat.entries().length, ChatServer.PAGE);
  assert.equal(bob.chat.unread, 0);
  assert.equal(bob.chat.hasOlder, true);
  for (let i = 0; i < 5; i++) (bob.chat.older(), await bob.flow());
  assert.equal(bob.chat.hasOlder, false);
  assert.deepEqual(
    texts(bob.chat),
    Array.from({ length: 20 }, (_, i) => String(i + 1)),
  );
});

test('a change of what is not here is no message', async () => {
  const server = new ChatServer();
  const alice = await inside(server, 'alice');
  for (let i = 1; i <= 20; i++) alice.chat.say(String(i));
  await alice.flow();
  const bob = await inside(server, 'bob');
  alice.chat.edit(2, 'two');
  await alice.flow();
  await bob.flow();
  assert.equal(bob.chat.entries().length, ChatServer.PAGE);
  for (let i = 0; i < 5; i++) (bob.chat.older(), await bob.flow());
  assert.equal(texts(bob.chat)[1], 'two');
});

test('a reply quotes what it answers, as it is now', async () => {
  const alice = await inside(new ChatServer(), 'alice');
  alice.chat.say('question');
  await alice.flow();
  alice.chat.say('answer', { reply: 1 });
  assert.equal(alice.chat.entries()[1].reply?.text, 'question');
  await alice.flow();
  alice.chat.remove(1);
  assert.deepEqual([alice.chat.entries()[1].reply?.text, alice.chat.entries()[1].reply?.deleted], ['', true]);
});

test('a file is a message: it may be had when the server has said by what key, and goes with its message', async () => {
  const server = new ChatServer();
  const [alice, bob] = [await inside(server, 'alice'), await inside(server, 'bob')];
  const files = (/** @type {import('./chat-server.js').Line} */ line) =>
    line.chat.entries().map(e => [e.key, e.file?.name, e.file?.key, e.state]);
  const head = { id: 'file-1', name: 'plan\u202e.pdf', size: 10, type: 'application/pdf' };
  const aim = { to: null, reply: null, at: '2026-01-01T12:00:00Z' };
  const pending = alice.chat.pending(head, aim);
  assert.deepEqual([pending.key, pending.n, pending.state, pending.own], ['file-1', null, 'uploading', true]);
  alice.chat.sayFile(head, aim);
  assert.deepEqual(files(alice), [['file-1', 'plan.pdf', '', 'sending']]);
  await settle();
  alice.serve();
  alice.answer();
  await settle();
  assert.deepEqual(files(alice), [['file-1', 'plan.pdf', '', '']]);
  await Promise.all([alice.flow(), bob.flow()]);
  for (const one of [alice, bob]) assert.deepEqual(files(one), [['file-1', 'plan.pdf', 'key of file-1', '']]);
  bob.chat.say('thanks', { reply: 1 });
  await Promise.all([alice.flow(), bob.flow()]);
  assert.equal(alice.chat.entries()[1].reply?.text, 'plan.pdf');
  alice.chat.remove(1);
  assert.equal(alice.chat.entries()[0].file, null);
  alice.chat.flush();
  await Promise.all([alice.flow(), bob.flow()]);
  assert.deepEqual([bob.chat.entries()[0].file, bob.chat.entries()[0].deleted], [null, true]);
  assert.deepEqual(
    alice.asked.map(r => r.file).filter(f => f !== undefined),
    ['file-1'],
  );
});

test('too long, blank and control characters', async () => {
  const alice = await inside(new ChatServer(), 'alice');
  assert.deepEqual(
    ['', ' \n ', 'x'.repeat(4001), '🎉'.repeat(4001)].map(t => alice.chat.say(t)),
    [false, false, false, false],
  );
  assert.equal(alice.chat.say('🎉'.repeat(4000)), true);
  assert.equal(clean(' a\r\nb\tc\u0000\u009f\ud800 '), 'a\nb\tc\ufffd');
});
