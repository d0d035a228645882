import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { ChannelLine, DataChannels } from '../static/call/data-channel.js';
import { FakeChannel, settle } from './fakes.js';

beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
afterEach(() => mock.timers.reset());

const SAY = /** @type {const} */ ({ type: 'chat', message: 'message-1', text: 'hello' });

function line() {
  const channel = new FakeChannel();
  return { channel, line: new ChannelLine(/** @type {any} */ (channel)) };
}

/** @type {FakeChannel[]} */
let made = [];

function channels() {
  made = [];
  const how = /** @type {any[]} */ ([]);
  const data = new DataChannels((label, options) => {
    how.push([label, options]);
    made.push(new FakeChannel(label));
    return /** @type {any} */ (made.at(-1));
  });
  return { data, how };
}

test('answers find their requests, events are told, what is no text is nothing', async () => {
  const { channel, line: one } = line();
  /** @type {any[]} */
  const heard = [];
  one.on('event', event => heard.push(event.type));
  await assert.rejects(one.request(SAY), { code: 'closed' });
  channel.accept();
  const [a, b] = [one.request(SAY), one.request({ type: 'history' })];
  channel.hear({ type: 'history', re: 2, messages: [], last: 0, more: false });
  channel.hear({ type: 'error', re: 1, code: 'unavailable', detail: '' });
  channel.hear({ type: 'done', re: 0 });
  channel.hear({ type: 'hands', hands: [], count: 0 });
  channel.dispatchEvent(new MessageEvent('message', { data: new ArrayBuffer(3) }));
  assert.equal((await b).last, 0);
  await assert.rejects(a, { code: 'unavailable' });
  assert.deepEqual(heard, ['hands']);
});

test('a channel that ends, or that takes nothing, refuses what waits', async () => {
  for (const end of [(/** @type {FakeChannel} */ c) => c.drop(), (/** @type {FakeChannel} */ c) => (c.send = fails)]) {
    const { channel, line: one } = line();
    channel.accept();
    const asked = one.request(SAY);
    end(channel);
    one.tell({ type: 'typing', typing: true });
    await assert.rejects(asked, { code: 'closed' });
    assert.equal(one.open, false);
  }
});

const fails = () => {
  throw new DOMException('full', 'OperationError');
};

test('there are two: one that loses nothing, one that waits for nothing', () => {
  assert.deepEqual(channels().how, [
    ['chat', {}],
    ['live', { ordered: false, maxRetransmits: 0 }],
  ]);
});

test('a channel that closes is opened again after a while, one that never opened is not', () => {
  const { data } = channels();
  const [chat, live] = made;
  chat.accept();
  chat.drop();
  live.drop();
  assert.equal(data.chat?.open, false);
  mock.timers.tick(499);
  assert.equal(made.length, 2);
  mock.timers.tick(501);
  assert.deepEqual(
    made.map(c => c.label),
    ['chat', 'live', 'chat'],
  );
  made[2].accept();
  assert.equal(data.chat?.open, true);
});

test('one that closes again and again is opened ever more seldom', () => {
  channels();
  for (let i = 0; i < 40; i++) {
    const chat = made.findLast(c => c.label === 'chat');
    if (chat?.readyState === 'connecting') chat.accept();
    chat?.drop();
    mock.timers.tick(3000);
  }
  assert.ok(made.length <= 12, `${made.length} in two minutes`);
});

test('after the end none is opened', async () => {
  const { data } = channels();
  made.forEach(c => c.accept());
  data.close();
  await settle();
  mock.timers.tick(100_000);
  assert.deepEqual([made.length, data.chat?.open, made[0].readyState], [2, false, 'closed']);
});
