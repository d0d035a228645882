import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { DataChannels, WAITING_MAX } from '../static/call/data-channel.js';
import { PATIENCE_MS, Ways } from '../static/call/ways.js';
import { Refused } from '../static/protocol/answers.js';
import { FakeChannel, settle } from './fakes.js';

beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
afterEach(() => mock.timers.reset());

const SAY = /** @type {const} */ ({ type: 'chat', message: 'message-1', text: 'hello' });
const EDIT = /** @type {const} */ ({ type: 'chat-edit', n: 1, text: 'a' });
const HANDS = { type: /** @type {const} */ ('hands'), hands: ['p_b'], count: 1 };

/** A socket that notes what it is asked, and answers when the test wants it. */
class FakeWay {
  open = true;
  /** @type {{ request: any, resolve: (reply: any) => void, reject: (cause: Refused) => void }[]} */
  asked = [];
  request = (/** @type {any} */ request) =>
    new Promise((resolve, reject) => this.asked.push({ request, resolve, reject }));

  get types() {
    return this.asked.map(a => a.request.type);
  }

  drop() {
    this.open = false;
    this.asked.forEach(a => a.reject(new Refused('closed', '')));
  }
}

function transport() {
  const chat = new FakeChannel('chat');
  const live = new FakeChannel('live');
  const data = new DataChannels(label => /** @type {any} */ (label === 'chat' ? chat : live));
  return { chat, live, data };
}

/** @param {{ here?: boolean }} [how] whether the server has said that it uses the channel */
function start({ here = true } = {}) {
  const socket = new FakeWay();
  const ways = new Ways(socket);
  const { chat, live, data } = transport();
  ways.over(data);
  [chat, live].forEach(channel => channel.accept());
  /** @type {any[]} */
  const heard = [];
  ways.on('event', event => heard.push(event.type));
  ways.on('here', ({ last }) => heard.push(`here ${last}`));
  ways.on('missing', () => heard.push('missing'));
  const turn = (/** @type {number} */ n, /** @type {'channel' | 'socket'} */ from, last = 0) => {
    const event = { type: /** @type {const} */ ('chat-here'), turn: n, history: 'h1', last, hands: [] };
    return from === 'channel' ? chat.hear(event) : ways.hear(event, 'socket');
  };
  if (here) turn(1, 'channel');
  heard.length = 0;
  return { ways, socket, chat, live, data, heard, turn };
}

/** @param {FakeChannel} channel */
const types = channel => channel.sent.map(m => m.type);

test('requests take the way that the server named last', async () => {
  const { ways, socket, chat, turn } = start({ here: false });
  ways.request(SAY);
  assert.deepEqual([socket.types, types(chat)], [['chat'], []]);
  turn(1, 'channel');
  const asked = ways.request(SAY);
  chat.hear({ type: 'said', re: chat.sent[0].id, n: 5, v: 5, at: '' });
  assert.equal((await asked).n, 5);
  turn(2, 'socket');
  ways.request(SAY);
  assert.deepEqual([socket.types, types(chat)], [['chat', 'chat'], ['chat']]);
});

test('of two turns the higher one is right, whichever comes first', () => {
  const { ways, chat, heard, turn } = start({ here: false });
  turn(3, 'socket', 9);
  turn(2, 'channel', 8);
  turn(3, 'channel', 9);
  ways.request(SAY);
  assert.deepEqual([heard, types(chat)], [['here 9'], []]);
});

test('what comes another way than named is old; messages and what came by the lossy channel count always', () => {
  const { ways, chat, live, heard } = start();
  ways.hear(HANDS, 'socket');
  ways.hear({ type: 'typing', typing: ['p_b'] }, 'socket');
  assert.deepEqual(heard, []);
  ways.hear(/** @type {any} */ ({ type: 'chat', after: 0, message: {} }), 'socket');
  chat.hear(HANDS);
  live.hear({ type: 'reactions', reactions: [] });
  assert.deepEqual(heard, ['chat', 'hands', 'reactions']);
});

test('what a channel does not answer is asked by socket too; the first answer counts', async () => {
  const { ways, socket, chat, heard } = start();
  const said = ways.request(SAY);
  mock.timers.tick(PATIENCE_MS - 1);
  assert.deepEqual(socket.types, []);
  mock.timers.tick(1);
  assert.deepEqual([socket.types, heard], [['chat'], ['missing']]);
  socket.asked[0].resolve({ type: 'said', n: 7 });
  chat.hear({ type: 'said', re: chat.sent[0].id, n: 7 });
  assert.equal((await said).n, 7);
});

test('a channel that answers is not doubted', async () => {
  const { ways, socket, chat, heard } = start();
  for (let i = 0; i < 5; i++) {
    const asked = ways.request(SAY);
    mock.timers.tick(PATIENCE_MS - 1);
    chat.hear({ type: 'said', re: chat.sent.at(-1).id, n: i });
    await asked;
  }
  mock.timers.tick(5 * PATIENCE_MS);
  assert.deepEqual([socket.types, heard], [[], []]);
});

test('while nothing is heard by channel one asks again and again what one misses, and says nothing there', () => {
  const { ways, socket, chat, heard } = start();
  ways.path(false);
  for (let i = 0; i < 2; i++) mock.timers.tick(PATIENCE_MS);
  ways.request(SAY);
  assert.deepEqual([heard, socket.types, types(chat)], [['missing', 'missing', 'missing'], ['chat'], []]);
  chat.hear(HANDS);
  mock.timers.tick(2 * PATIENCE_MS);
  ways.request(SAY);
  assert.deepEqual([heard.length, types(chat)], [4, ['chat']]);
});

test('a path that works again is believed', () => {
  const { ways, chat, heard } = start();
  ways.path(false);
  ways.path(true);
  ways.request(SAY);
  assert.deepEqual([heard, types(chat)], [['missing'], ['chat']]);
});

test('an edit is not asked twice while its channel lives, and a later one stays behind it', async () => {
  const { ways, socket, chat } = start();
  ways.request(EDIT);
  mock.timers.tick(2 * PATIENCE_MS);
  ways.request({ ...EDIT, text: 'b' });
  ways.request(SAY);
  assert.deepEqual([types(chat), socket.types], [['chat-edit', 'chat-edit'], ['chat']]);
  chat.drop();
  await settle();
  assert.deepEqual(
    socket.asked.map(a => a.request.text),
    ['hello', 'a', 'b'],
  );
});

test('when a channel was full, its answers are asked for again on it', () => {
  const { ways, socket, chat, turn } = start();
  ways.request(EDIT);
  ways.request(SAY);
  turn(2, 'socket');
  assert.deepEqual(socket.types, ['chat']);
  turn(3, 'channel');
  assert.deepEqual(types(chat), ['chat-edit', 'chat', 'chat-edit']);
});

test('a channel that ends takes nothing with it, a socket neither', async () => {
  const { ways, socket, chat, turn } = start();
  ways.request(SAY);
  chat.drop();
  await settle();
  assert.deepEqual(socket.types, ['chat']);
  const other = start({ here: false });
  other.ways.request(SAY);
  turn(1, 'channel');
  other.socket.drop();
  await settle();
  assert.deepEqual(types(other.chat), ['chat']);
});

test('a reaction whose way ends is not said twice', async () => {
  const { ways, live, chat, socket } = start();
  live.drop();
  const reaction = assert.rejects(ways.tell({ type: 'react', reaction: '👍' }), { code: 'closed' });
  assert.deepEqual(types(chat), ['react']);
  chat.drop();
  await reaction;
  assert.deepEqual(socket.types, []);
});

test('without any way a request is refused, with the channel alone it is not', async () => {
  const { ways, socket, chat } = start();
  socket.drop();
  ways.path(false);
  const said = ways.request(SAY);
  mock.timers.tick(5 * PATIENCE_MS);
  assert.deepEqual(types(chat), ['chat']);
  chat.drop();
  await assert.rejects(said, { code: 'closed' });
  await assert.rejects(ways.request(SAY), { code: 'closed' });
});

test('a refusal is a refusal on either way', async () => {
  const { ways, chat, socket } = start();
  const said = ways.request(SAY);
  chat.hear({ type: 'error', re: chat.sent[0].id, code: 'slow_down', detail: '' });
  await assert.rejects(said, { code: 'slow_down' });
  assert.deepEqual(socket.types, []);
});

test('a channel in which too much waits gets no more', () => {
  const { ways, socket, chat } = start();
  chat.bufferedAmount = WAITING_MAX;
  ways.request(SAY);
  chat.bufferedAmount = WAITING_MAX - 1;
  ways.request(SAY);
  assert.deepEqual([socket.types, types(chat)], [['chat'], ['chat']]);
});

test('what is worth nothing late goes by the lossy channel, unless that is stuck', async () => {
  const { ways, socket, live, chat } = start();
  await ways.tell({ type: 'typing', typing: true });
  assert.deepEqual(live.sent, [{ type: 'typing', typing: true, id: 0 }]);
  live.bufferedAmount = 1;
  ways.tell({ type: 'react', reaction: '👍' });
  assert.deepEqual(types(chat), ['react']);
  live.bufferedAmount = 0;
  ways.path(false);
  ways.tell({ type: 'react', reaction: '👍' });
  assert.deepEqual([socket.types, live.sent.length], [['react'], 1]);
});

test('the server cuts the channels: all goes by socket, and none is opened again', async () => {
  const { ways, socket, chat, live, data } = start();
  ways.request(SAY);
  ways.hear({ type: 'data-ended', reason: 'slow_consumer' }, 'socket');
  await settle();
  mock.timers.tick(100_000);
  ways.request(EDIT);
  assert.deepEqual([socket.types, chat.readyState, live.readyState], [['chat', 'chat-edit'], 'closed', 'closed']);
  assert.equal(data.chat?.open, false);
});

test('with a new transport turns begin anew, and its former channels say nothing any more', () => {
  const { ways, socket, chat, heard, turn } = start();
  turn(4, 'channel');
  const next = transport();
  ways.over(next.data);
  next.chat.accept();
  ways.request(SAY);
  chat.hear(HANDS);
  next.chat.hear({ type: 'chat-here', turn: 1, history: 'h1', last: 2, hands: [] });
  ways.request(SAY);
  assert.deepEqual([socket.types, types(next.chat), chat.readyState], [['chat'], ['chat'], 'closed']);
  assert.deepEqual(heard, ['here 0', 'here 2']);
});

test('where there are no channels all goes by socket', async () => {
  const socket = new FakeWay();
  const ways = new Ways(socket);
  ways.over(new DataChannels(() => null));
  ways.request(SAY);
  ways.tell({ type: 'typing', typing: true });
  ways.path(false);
  mock.timers.tick(5 * PATIENCE_MS);
  assert.deepEqual([socket.types, ways.byChannel], [['chat', 'typing'], false]);
});
