import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { QUIET_MS, Refused, Signal } from '../static/protocol/signal.js';
import { FakeSocket, settle } from './fakes.js';

const open = () => new Signal('ws://host/ws', /** @type {any} */ (FakeSocket));

beforeEach(() => {
  FakeSocket.opened = [];
  mock.timers.enable({ apis: ['setTimeout'] });
});
afterEach(() => mock.timers.reset());

test('speaks the subprotocol and sends what was asked before the socket opened', async () => {
  const signal = open();
  signal.request({ type: 'ping' });
  assert.deepEqual([FakeSocket.last.protocol, FakeSocket.last.sent], ['parley.v1', []]);
  FakeSocket.last.accept();
  await settle();
  assert.deepEqual(FakeSocket.last.sent, [{ type: 'ping', id: 1 }]);
});

test('answers find their requests in any order', async () => {
  const signal = open();
  FakeSocket.last.accept();
  const [a, b] = [signal.request({ type: 'offer', offer: 'one' }), signal.request({ type: 'offer', offer: 'two' })];
  FakeSocket.last.say({ type: 'answer', re: 2, answer: 'second' });
  FakeSocket.last.say({ type: 'answer', re: 1, answer: 'first' });
  assert.deepEqual([(await a).answer, (await b).answer], ['first', 'second']);
});

test('a refusal is an error with its code', async () => {
  const signal = open();
  FakeSocket.last.accept();
  const asked = signal.request({ type: 'mute', source: 'camera', muted: true });
  FakeSocket.last.say({ type: 'error', re: 1, code: 'slow_down', detail: 'too many' });
  await assert.rejects(asked, cause => cause instanceof Refused && cause.code === 'slow_down');
});

test('what waits when the socket closes is refused, and nothing is sent after', async () => {
  const signal = open();
  FakeSocket.last.accept();
  let closes = 0;
  signal.on('closed', () => closes++);
  const asked = signal.request({ type: 'ping' });
  FakeSocket.last.drop();
  await assert.rejects(asked, { code: 'closed' });
  await assert.rejects(signal.request({ type: 'ping' }), { code: 'closed' });
  assert.equal(closes, 1);
});

test('events are told, unknown answers are not', () => {
  const signal = open();
  /** @type {any[]} */
  const heard = [];
  signal.on('event', event => heard.push(event));
  FakeSocket.last.say({ type: 'speakers', speaking: [] });
  FakeSocket.last.say({ type: 'done', re: 99 });
  assert.deepEqual(heard, [{ type: 'speakers', speaking: [] }]);
});

test('pings when nothing came, and takes a silent socket for dead', () => {
  const signal = open();
  FakeSocket.last.accept();
  signal.keepAlive();
  let closed = 0;
  signal.on('closed', ({ code }) => (closed = code));
  mock.timers.tick(QUIET_MS);
  assert.equal(FakeSocket.last.sent.at(-1).type, 'ping');
  FakeSocket.last.say({ type: 'done', re: 1 });
  mock.timers.tick(QUIET_MS);
  assert.equal(closed, 0);
  mock.timers.tick(QUIET_MS);
  assert.equal(closed, 1006);
});
