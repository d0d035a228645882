import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { Call } from '../static/call/call.js';
import { PATIENCE } from '../static/call/recovery.js';
import { Signal } from '../static/protocol/signal.js';
import { ENTRY, FakePeer, answerLast, inside, peers } from './fake-call.js';
import { FakeSocket, joined, person, settle } from './fakes.js';

test('announces what each sender carries, with what is off', async () => {
  await inside();
  const [join] = FakeSocket.last.sent;
  const told = join.tracks.map((/** @type {any} */ t) => [t.source, t.muted]);
  assert.deepEqual(told, [
    ['microphone', true],
    ['camera', false],
    ['screen', true],
    ['screen-audio', true],
  ]);
  assert.deepEqual([join.v, join.offer, peers[0].did.at(-1)], [1, 'offer', ['answer', 'v=0']]);
});

test('a sender that changed while the server answered is told afterwards', async () => {
  const open = (/** @type {string} */ url) => new Signal(url, /** @type {any} */ (FakeSocket));
  const call = new Call(ENTRY, { makePeer: () => /** @type {any} */ (new FakePeer()), open });
  const joining = call.join();
  await settle();
  FakeSocket.last.accept();
  await settle();
  call.send('microphone', /** @type {any} */ ('track'), false);
  await answerLast(joined());
  await joining;
  assert.deepEqual(FakeSocket.last.sent.at(-1), { type: 'mute', source: 'microphone', muted: false, id: 2 });
});

test('muting tells the server and negotiates nothing', async () => {
  const { call } = await inside();
  call.send('camera', null, true);
  await settle();
  assert.deepEqual(FakeSocket.last.sent.at(-1), { type: 'mute', source: 'camera', muted: true, id: 2 });
  assert.deepEqual(peers[0].did.at(-1), ['send', 'camera', null]);
});

test('a refused mute is told to who asked', async () => {
  const { call } = await inside();
  const refused = assert.rejects(call.send('camera', null, true), { code: 'forbidden' });
  await settle();
  await answerLast({ type: 'error', code: 'forbidden', detail: '' });
  await refused;
});

test('people come, change and go by events', async () => {
  const { call } = await inside({ participants: [person('bob')] });
  /** @type {any[]} */
  const heard = [];
  call.on('came', p => heard.push(['came', p.id]));
  call.on('changed', ({ now }) => heard.push(['changed', now.state]));
  call.on('went', ({ member, reason }) => heard.push(['went', member.id, reason]));
  FakeSocket.last.say({ type: 'participant-joined', participant: person('carol') });
  FakeSocket.last.say({ type: 'participant-changed', participant: person('bob', { state: 'away' }) });
  FakeSocket.last.say({ type: 'participant-left', participant: 'carol', reason: 'left' });
  assert.deepEqual(heard, [
    ['came', 'carol'],
    ['changed', 'away'],
    ['went', 'carol', 'left'],
  ]);
  assert.deepEqual([call.people, call.peopleMost], [2, 3]);
});

test('layers are set, never negotiated', async () => {
  await inside();
  FakeSocket.last.say({ type: 'layers', track: 't', source: 'camera', active: [true, false, false] });
  assert.deepEqual(peers[0].did.at(-1), ['layers', 'camera', [true, false, false]]);
});

test('a broken path gets time to mend, then a new one by an ICE restart', async () => {
  const { heard } = await inside();
  peers[0].to('disconnected');
  peers[0].to('interrupted');
  mock.timers.tick(PATIENCE.mendMs - 1);
  assert.equal(FakeSocket.last.sent.length, 1);
  mock.timers.tick(1);
  await settle();
  assert.deepEqual(FakeSocket.last.sent.at(-1), { type: 'offer', offer: 'again', id: 2 });
  await answerLast({ type: 'answer', answer: 'new path' });
  assert.deepEqual(peers[0].did.at(-1), ['renegotiate', { iceRestart: true }, 'new path']);
  peers[0].to('connected');
  assert.deepEqual(heard, ['connecting', 'connected', 'reconnecting', 'connected']);
});

test('a path that mends itself is left alone', async () => {
  await inside();
  peers[0].to('interrupted');
  mock.timers.tick(PATIENCE.mendMs - 1);
  peers[0].to('connected');
  mock.timers.tick(60_000);
  await settle();
  assert.ok(FakeSocket.last.sent.every((/** @type {any} */ m) => m.type !== 'offer'));
});

test('a transport that ended at the server is replaced, with the token and an offer', async () => {
  const { call } = await inside();
  FakeSocket.last.say({ type: 'transport-closed', reason: 'lost' });
  await settle();
  assert.equal(FakeSocket.opened.length, 2);
  FakeSocket.last.accept();
  await settle();
  const [again] = FakeSocket.last.sent;
  assert.deepEqual([again.resume, again.offer, again.replace], ['token-1', 'offer', true]);
  assert.deepEqual(
    peers[1].did.find(d => d[1] === 'camera'),
    ['send', 'camera', 'a track'],
  );
  assert.deepEqual(peers[0].did.at(-1), ['close']);
  await answerLast(joined(1, { participant: 'p_new' }));
  peers[1].to('connected');
  assert.deepEqual([call.self, call.state], ['p_new', 'connected']);
});

test('a resumed socket hears again what is muted', async () => {
  await inside();
  FakeSocket.last.drop();
  mock.timers.tick(5000);
  await settle();
  FakeSocket.last.accept();
  await settle();
  await answerLast(joined(1, { answer: null }));
  const told = FakeSocket.last.sent.filter((/** @type {any} */ m) => m.type === 'mute');
  assert.deepEqual(told.map((/** @type {any} */ m) => [m.source, m.muted]).slice(0, 2), [
    ['microphone', true],
    ['camera', false],
  ]);
});

test('a server that is never reached ends the call with its reason', async () => {
  const open = (/** @type {string} */ url) => new Signal(url, /** @type {any} */ (FakeSocket));
  const call = new Call(ENTRY, { makePeer: () => /** @type {any} */ (new FakePeer()), open });
  const ends = /** @type {any[]} */ ([]);
  call.on('ended', end => ends.push(end));
  const joining = call.join();
  await settle();
  FakeSocket.last.accept();
  await settle();
  await answerLast(joined());
  await joining;
  mock.timers.tick(PATIENCE.firstMs);
  assert.deepEqual(ends, [{ reason: 'failed', code: 'unreachable' }]);
});

test('moved to another tab: this page lets go', async () => {
  const { heard } = await inside();
  FakeSocket.last.say({ type: 'moved', reason: 'replaced' });
  assert.deepEqual(heard.slice(-2), ['ended', { reason: 'moved', code: 'replaced' }]);
  assert.deepEqual(peers[0].did.at(-1), ['close']);
});

const views = () => FakeSocket.last.sent.filter((/** @type {any} */ m) => m.type === 'view');

test('a resumed socket and a new transport hear again what is looked at, and the cap', async () => {
  const { call } = await inside();
  call.viewing.show([{ participant: 'bob', source: 'camera', width: 640, height: 360, pinned: false }]);
  call.saveData(300_000);
  await settle();
  assert.deepEqual(
    views().map((/** @type {any} */ v) => [v.tiles.length, v.cap]),
    [[1, 300_000]],
  );
  FakeSocket.last.drop();
  mock.timers.tick(5000);
  await settle();
  FakeSocket.last.accept();
  await settle();
  await answerLast(joined(1, { answer: null }));
  assert.deepEqual(
    views().map((/** @type {any} */ v) => [v.tiles.length, v.cap]),
    [[1, 300_000]],
  );
  FakeSocket.last.say({ type: 'transport-closed', reason: 'lost' });
  await settle();
  FakeSocket.last.accept();
  await settle();
  await answerLast(joined(1, { participant: 'p_new' }));
  assert.deepEqual(
    views().map((/** @type {any} */ v) => [v.tiles.length, v.cap]),
    [[1, 300_000]],
  );
  assert.deepEqual(
    peers[1].did.find(d => d[0] === 'save'),
    ['save', true],
  );
});

test('after a rejoin layers go to the transport that sends', async () => {
  await inside();
  FakeSocket.last.say({ type: 'transport-closed', reason: 'lost' });
  await settle();
  FakeSocket.last.accept();
  await settle();
  await answerLast(joined(1));
  FakeSocket.last.say({ type: 'layers', track: 't', source: 'camera', active: [true, true, false] });
  assert.deepEqual(peers[1].did.at(-1), ['layers', 'camera', [true, true, false]]);
  assert.ok(peers[0].did.every(d => d[0] !== 'layers'));
});

test('the codec that all can decode is sent', async () => {
  await inside();
  FakeSocket.last.say({ type: 'codec', source: 'camera', codec: 'VP8' });
  assert.deepEqual(peers[0].did.at(-1), ['codec', 'camera', 'VP8']);
});

test('a paused video is known by its slot', async () => {
  const received = /** @type {any} */ ({ slots: [{ slot: 0, audio: '4', video: '5' }] });
  const { call } = await inside(received);
  FakeSocket.last.say({ type: 'slots', map: [{ slot: 0, participant: 'bob', video: 't_3', audio: null }] });
  FakeSocket.last.say({ type: 'paused', slot: 0, track: 't_3', paused: true, reason: 'your_line' });
  assert.equal(call.slots.showing('t_3')?.paused, 'your_line');
  FakeSocket.last.say({ type: 'paused', slot: 0, track: 't_3', paused: false, reason: 'your_line' });
  assert.equal(call.slots.showing('t_3')?.paused, null);
});
