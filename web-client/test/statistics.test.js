import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { CLOSE_LOOK_MS, Gauge, LOOK_MS } from '../static/call/gauge.js';
import { measured, rates } from '../static/call/measures.js';
import { connection, receiving, report, sending } from '../static/meeting/statistics.js';
import { texts } from '../static/texts/en.js';
import { settle } from './fakes.js';

const words = texts.statistics;

/** What a browser tells, after so many seconds of a call. @param {number} s @param {object} [video] */
const told = (s, video = {}) => [
  { id: 'T', type: 'transport', timestamp: 1000 * s, selectedCandidatePairId: 'P' },
  {
    ...{ id: 'P', type: 'candidate-pair', timestamp: 1000 * s, localCandidateId: 'L', remoteCandidateId: 'R' },
    ...{ bytesReceived: 100_000 * s, bytesSent: 50_000 * s, currentRoundTripTime: 0.02, availableOutgoingBitrate: 2e6 },
  },
  {
    ...{ id: 'L', type: 'local-candidate', timestamp: 1000 * s, address: '192.0.2.9', port: 50_000 },
    ...{ candidateType: 'host', networkType: 'wifi', usernameFragment: 'secret' },
  },
  { id: 'R', type: 'remote-candidate', timestamp: 1000 * s, address: '2001:db8::1', port: 8443, protocol: 'udp' },
  { id: 'V', type: 'codec', timestamp: 1000 * s, mimeType: 'video/VP8' },
  { id: 'A', type: 'codec', timestamp: 1000 * s, mimeType: 'audio/opus' },
  {
    ...{ id: 'i5', type: 'inbound-rtp', kind: 'video', mid: '5', codecId: 'V', timestamp: 1000 * s },
    ...{ bytesReceived: 62_500 * s, packetsReceived: 90 * s, packetsLost: 10 * s, jitter: 0.012 },
    ...{ retransmittedPacketsReceived: 9 * s, jitterBufferDelay: 1.5 * s, jitterBufferEmittedCount: 30 * s },
    ...{
      framesDecoded: 30 * s,
      framesPerSecond: 30,
      frameWidth: 640,
      frameHeight: 360,
      totalFreezesDuration: 0.25 * s,
    },
    ...video,
  },
  {
    ...{ id: 'i4', type: 'inbound-rtp', kind: 'audio', mid: '4', codecId: 'A', timestamp: 1000 * s },
    ...{ bytesReceived: 4000 * s, packetsReceived: 50 * s, packetsLost: 0, concealedSamples: 6000 * s },
    ...{ silentConcealedSamples: 1200 * s, totalSamplesReceived: 48_000 * s },
  },
  {
    ...{ id: 'o1', type: 'outbound-rtp', kind: 'video', mid: '1', rid: 'q', codecId: 'V', timestamp: 1000 * s },
    ...{ bytesSent: 18_750 * s, packetsSent: 20 * s, frameWidth: 320, frameHeight: 180, framesPerSecond: 15 },
    ...{ qualityLimitationReason: 'bandwidth', scalabilityMode: 'L1T3', remoteId: 'r1' },
  },
  {
    id: 'o2',
    type: 'outbound-rtp',
    kind: 'video',
    mid: '1',
    rid: 'f',
    timestamp: 1000 * s,
    bytesSent: 0,
    packetsSent: 0,
  },
  { id: 'r1', type: 'remote-inbound-rtp', timestamp: 1000 * s, fractionLost: 0.025, roundTripTime: 0.03 },
];
const between = (/** @type {number} */ a, /** @type {number} */ b) => rates(measured(told(a)), measured(told(b)));

test('what happened between two looks', () => {
  const { seconds, received, sent, downBps, upBps } = between(10, 12);
  assert.deepEqual([seconds, downBps, upBps], [2, 800_000, 400_000]);
  const [video, audio] = received;
  assert.deepEqual(
    [video.bps, video.packets, video.lost, video.loss, video.repaired, video.bufferMs, video.frames, video.frozen],
    [500_000, 180, 20, 0.1, 18, 50, 60, 0.25],
  );
  assert.deepEqual([video.codec, video.jitterMs, audio.codec, audio.concealed], ['VP8', 12, 'Opus', 0.1]);
  assert.deepEqual([audio.repaired, audio.bufferMs], [null, null]);
  assert.deepEqual(
    sent.map(s => [s.rid, s.bps, s.loss, s.limited, s.layers]),
    [['q', 150_000, 0.025, 'bandwidth', 'L1T3']],
  );
});

test('what came out: pictures, and sound that was not made up, silence in gaps included', () => {
  const [video, audio] = measured(told(10)).incoming;
  assert.deepEqual([video.out, audio.out], [300, 480_000 - 60_000]);
  const older = [{ type: 'inbound-rtp', kind: 'audio', mid: '4', packetsReceived: 7 }];
  assert.equal(measured(older).incoming[0].out, 7);
});

test('a stream that was not there before, and one that began anew, count from nothing', () => {
  const now = measured(told(12));
  const first = rates({ ...measured(told(10)), incoming: [] }, now).received[0];
  assert.equal(first.packets, 90 * 12);
  const anew = rates(now, measured(told(14, { bytesReceived: 10, packetsReceived: 1, packetsLost: 0 }))).received[0];
  assert.deepEqual([anew.bps, anew.packets, anew.loss], [0, 0, 0]);
});

test('the same figures as tables', () => {
  const now = between(10, 12);
  assert.deepEqual(Object.fromEntries(connection(now, words).facts), {
    ...{ Receiving: '800 kbit/s', Sending: '400 kbit/s', 'Round trip': '30 ms', 'Lost on the way out': '2.5 %' },
    ...{ 'Room to send': '2.0 Mbit/s', Way: 'UDP, host, wifi', Server: '[2001:db8::1]:8443' },
  });
  const up = sending(now.sent, mid => (mid === '1' ? 'camera' : null), words);
  const more = 'L1T3, smaller for the line';
  assert.deepEqual(up.rows, [{ name: 'Camera (q)', cells: ['320 × 180, 15 fps', '150 kbit/s', '2.5 %', 'VP8', more] }]);
  const down = receiving(
    now.received,
    mid => ({ name: mid === '5' ? 'carol' : 'bob', source: mid === '5' ? 'camera' : 'microphone' }),
    words,
  );
  assert.deepEqual(down.rows, [
    { name: 'bob, microphone', cells: ['', '32 kbit/s', '0 %', 'Opus', ''] },
    { name: 'carol, camera', cells: ['640 × 360, 30 fps', '500 kbit/s', '10 %', 'VP8', '50 ms'] },
  ]);
  assert.ok([up, down].every(part => part.rows.every(r => r.cells.length === part.columns.length - 1)));
});

test('the report says as text what is seen, and nothing that is secret', () => {
  const now = between(10, 12);
  const text = report(
    [connection(now, words), receiving(now.received, () => ({ name: 'bob', source: 'camera' }), words)],
    ['head'],
  );
  assert.match(text, /^head\n\nConnection\n {2}Receiving: 800 kbit\/s\n/);
  assert.match(
    text,
    /\n {2}bob, camera: picture 640 × 360, 30 fps, rate 500 kbit\/s, lost 10 %, codec VP8, buffer 50 ms/,
  );
  assert.doesNotMatch(text, /secret|192\.0\.2\.9|candidate/);
});

test('a browser that tells nothing yet', () => {
  const nothing = rates(measured([]), measured([]));
  assert.deepEqual([nothing.received, nothing.sent, nothing.path, nothing.downBps], [[], [], null, 0]);
  assert.equal(Object.fromEntries(connection(nothing, words).facts)['Round trip'], 'not known');
});

beforeEach(() => mock.timers.enable({ apis: ['setInterval'] }));
afterEach(() => mock.timers.reset());

test('one looks each two seconds, each second when somebody reads along, and not when it has ended', async () => {
  let at = 0;
  const source = { statistics: async () => new Map(told((at += 1)).map(s => [s.id, s])) };
  const gauge = new Gauge(() => /** @type {any} */ (source));
  let [heard, anew] = [0, 0];
  gauge.on('rates', () => heard++);
  gauge.on('anew', () => anew++);
  gauge.start();
  const after = async (/** @type {number} */ ms) => {
    for (let i = 0; i < ms; i += 500) {
      mock.timers.tick(500);
      await settle();
    }
  };
  await after(2 * LOOK_MS);
  assert.deepEqual([heard, anew], [2, 1]);
  gauge.closely(true);
  await settle();
  await after(3 * CLOSE_LOOK_MS);
  assert.equal(heard, 6);
  gauge.stop();
  gauge.closely(false);
  await after(10_000);
  assert.equal(heard, 6);
  gauge.start();
  await settle();
  assert.deepEqual([heard, anew], [6, 2]);
  gauge.stop();
  await after(10_000);
  assert.equal(heard, 6);
});

test('another transport begins anew, and one that is closed says nothing', async () => {
  let at = 0;
  const make = () => ({ statistics: async () => new Map(told((at += 1)).map(s => [s.id, s])) });
  let source = make();
  const gauge = new Gauge(() => /** @type {any} */ (source));
  /** @type {string[]} */
  const heard = [];
  gauge.on('rates', () => heard.push('rates'));
  gauge.on('anew', () => heard.push('anew'));
  gauge.on('seen', ({ incoming }) => heard.push(`${incoming[0].out} pictures`));
  gauge.start();
  await settle();
  source = make();
  mock.timers.tick(LOOK_MS);
  await settle();
  source = { statistics: () => Promise.reject(new Error('closed')) };
  mock.timers.tick(LOOK_MS);
  await settle();
  assert.deepEqual(heard, ['anew', '30 pictures', 'anew', '60 pictures']);
  gauge.stop();
});
