import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { Backoff, Place } from '../static/protocol/reconnect.js';
import { Signal } from '../static/protocol/signal.js';
import { FakeSocket, joined, settle } from './fakes.js';

/** @type {any} */
const JOIN = {
  type: 'join',
  v: 1,
  room: 'demo',
  name: 'alice',
  token: null,
  device: 'd',
  resume: null,
  offer: 'v=0',
  tracks: [],
};

beforeEach(() => {
  FakeSocket.opened = [];
  mock.timers.enable({ apis: ['setTimeout'] });
});
afterEach(() => mock.timers.reset());

async function inside() {
  const place = new Place(
    () => new Signal('ws://host/ws', /** @type {any} */ (FakeSocket)),
    new Backoff({ random: () => 1 }),
  );
  /** @type {any[]} */
  const heard = [];
  for (const name of /** @type {const} */ (['resumed', 'online', 'moved', 'lost', 'event'])) {
    place.on(name, (/** @type {any} */ value) => heard.push([name, value?.type ?? value]));
  }
  const entering = place.enter(JOIN);
  FakeSocket.last.accept();
  await settle();
  FakeSocket.last.say(joined());
  await entering;
  heard.length = 0;
  return { place, heard };
}

/** @param {number} [ms] */
async function pass(ms = 0) {
  mock.timers.tick(ms);
  await settle();
}

test('pauses grow, stay below their limit, and half of each is chance', () => {
  const least = new Backoff({ firstMs: 100, maxMs: 1000, random: () => 0 });
  const most = new Backoff({ firstMs: 100, maxMs: 1000, random: () => 1 });
  const six = (/** @type {Backoff} */ b) => Array.from({ length: 6 }, () => b.next());
  assert.deepEqual(six(least), [50, 100, 200, 400, 500, 500]);
  assert.deepEqual(six(most), [100, 200, 400, 800, 1000, 1000]);
  most.reset();
  assert.equal(most.next(), 100);
});

test('a lost socket is resumed with the token and without an offer', async () => {
  const { heard } = await inside();
  FakeSocket.last.drop();
  assert.deepEqual(heard, [['online', false]]);
  await pass(250);
  assert.equal(FakeSocket.opened.length, 2);
  FakeSocket.last.accept();
  await settle();
  const [again] = FakeSocket.last.sent;
  assert.deepEqual([again.resume, 'offer' in again, 'tracks' in again], ['token-1', false, false]);
  FakeSocket.last.say(joined(1, { answer: null, resume: 'token-2' }));
  await settle();
  assert.deepEqual(heard.slice(1), [
    ['online', true],
    ['resumed', 'joined'],
  ]);
});

test('tries again and again, and at once when the network is back', async () => {
  const { place } = await inside();
  FakeSocket.last.drop();
  await pass(250);
  FakeSocket.last.drop();
  await pass(499);
  assert.equal(FakeSocket.opened.length, 2);
  place.hurry();
  assert.equal(FakeSocket.opened.length, 3);
});

test('a place that is gone is lost, not asked for again', async () => {
  const { heard } = await inside();
  FakeSocket.last.drop();
  await pass(250);
  FakeSocket.last.accept();
  await settle();
  FakeSocket.last.say({ type: 'error', re: 1, code: 'gone', detail: '' });
  await pass(60_000);
  assert.deepEqual(heard.at(-1), ['lost', 'gone']);
  assert.equal(FakeSocket.opened.length, 2);
});

test('moved elsewhere: nothing is resumed', async () => {
  const { heard } = await inside();
  FakeSocket.last.say({ type: 'moved', reason: 'replaced' });
  FakeSocket.last.drop(4001);
  await pass(60_000);
  assert.deepEqual(heard, [['moved', 'replaced']]);
  assert.equal(FakeSocket.opened.length, 1);
});

test('a restarting server is come back to', async () => {
  const { heard } = await inside();
  FakeSocket.last.say({ type: 'moved', reason: 'draining', comeBackMs: 3000 });
  FakeSocket.last.drop(1001);
  await pass(2990);
  assert.equal(FakeSocket.opened.length, 1);
  await pass(10);
  assert.deepEqual(heard, [
    ['event', 'moved'],
    ['online', false],
  ]);
  assert.equal(FakeSocket.opened.length, 2);
});

test('leaving says so once, and comes never back', async () => {
  const { place } = await inside();
  const leaving = place.leave();
  assert.equal(FakeSocket.last.sent.at(-1).type, 'leave');
  FakeSocket.last.say({ type: 'done', re: 2 });
  await leaving;
  await pass(60_000);
  assert.equal(FakeSocket.opened.length, 1);
  await assert.rejects(place.request({ type: 'ping' }), { code: 'closed' });
});
