import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { PATIENCE } from '../static/call/recovery.js';
import { answerLast, inside, peers } from './fake-call.js';
import { FakeSocket, joined, person, settle } from './fakes.js';

/** @returns {any[]} */
const reports = () => FakeSocket.last.sent.filter((/** @type {any} */ m) => m.type === 'report');
const SLOTS = { slots: [{ slot: 0, audio: '4', video: '5' }], participants: [person('bob')] };
const BOB = { slot: 0, participant: 'bob', video: 'bob-c', audio: 'bob-m' };

/** @param {number} ms */
const after = async ms => {
  mock.timers.tick(ms);
  await settle();
};

test('what came out of the slots is told while media and socket are there, in the background too', async () => {
  const frozen = mock.method(performance, 'now', () => Date.now());
  const { call } = await inside(SLOTS);
  FakeSocket.last.say({ type: 'slots', map: [BOB] });
  peers[0].counts = [{ kind: 'video', mid: '5', framesDecoded: 30 }];
  await after(2000);
  call.viewing.show([{ participant: 'bob', source: 'camera', width: 640, height: 360, pinned: false }]);
  call.viewing.hide(true);
  await after(2000);
  const seen = (/** @type {string} */ state) => ({
    ...{ slot: 0, video: { decoded: 30, state }, audio: { decoded: 0, state: 'playing' } },
  });
  assert.deepEqual(
    reports().map(m => m.slots),
    [[seen('playing')], [seen('hidden')]],
  );
  peers[0].to('interrupted');
  await after(2000);
  assert.equal(reports().length, 2);
  peers[0].to('connected');
  FakeSocket.last.drop();
  await after(100);
  peers[0].to('connected');
  await after(2000);
  assert.equal(FakeSocket.opened[0].sent.filter((/** @type {any} */ m) => m.type === 'report').length, 2);
  await call.leave();
  frozen.mock.restore();
});

const heal = (/** @type {string} */ rung, track = 'bob-c') =>
  FakeSocket.last.say({ type: 'heal', slot: 0, track, rung });

test('a restart that the server asks for is made once, and not beside one that is under way', async () => {
  await inside(SLOTS);
  heal('restart');
  await settle();
  assert.deepEqual(FakeSocket.last.sent.at(-1).type, 'offer');
  await answerLast({ type: 'answer', answer: 'new path' });
  assert.deepEqual(peers[0].did.at(-1), ['renegotiate', { iceRestart: true }, 'new path']);
  await after(60_000);
  assert.equal(peers.length, 1, 'nobody waits for a path that was never lost');
  peers[0].to('interrupted');
  const offers = () => FakeSocket.last.sent.filter((/** @type {any} */ m) => m.type === 'offer').length;
  heal('restart');
  heal('transport');
  await settle();
  assert.deepEqual([offers(), peers.length], [1, 1]);
});

test('another transport is made when the server asks; the next time in a minute it is said instead', async () => {
  const { call } = await inside(SLOTS);
  FakeSocket.last.say({ type: 'slots', map: [BOB] });
  heal('transport');
  await settle();
  FakeSocket.last.accept();
  await settle();
  assert.deepEqual([FakeSocket.last.sent[0].resume, peers.length], ['token-1', 2]);
  await answerLast(joined(1, SLOTS));
  FakeSocket.last.say({ type: 'slots', map: [BOB] });
  peers[1].to('connected');
  assert.equal(call.healing.why('bob-c'), null);
  heal('transport');
  await settle();
  assert.deepEqual([peers.length, call.healing.why('bob-c')], [2, 'lost']);
});

test('a transport that is there before its answer is taken in is not made anew', async () => {
  const { call } = await inside(SLOTS);
  FakeSocket.last.say({ type: 'transport-closed', reason: 'lost' });
  await settle();
  FakeSocket.last.accept();
  await settle();
  peers[1].answer = async () => void peers[1].to('connected');
  await answerLast(joined(1, SLOTS));
  await after(PATIENCE.firstMs);
  assert.deepEqual([peers.length, call.state], [2, 'connected']);
});
