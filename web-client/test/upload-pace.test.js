import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineOf } from '../static/call/line.js';
import { Pace } from '../static/upload/pace.js';

const MIB = 1024 * 1024;
const QUIET = { rttMs: 40, loss: 0, limited: false, spareBps: 3_000_000 };
const UNKNOWN = { rttMs: null, loss: null, limited: false, spareBps: null };

/** Some seconds of one line, asked about once a second. @param {Pace} pace @param {object} line @param {number} fromS @param {number} toS */
function seconds(pace, line, fromS, toS) {
  for (let s = fromS; s < toS; s++) pace.hear({ ...QUIET, ...line }, s * 1000);
}

test('while the call does well an upload takes all of the line, in whole parts', () => {
  const pace = new Pace();
  seconds(pace, {}, 0, 60);
  assert.deepEqual([pace.share, pace.sent(MIB, 200), pace.part(MIB)], [1, 0, MIB]);
});

test('where a browser tells nothing nothing is held back', () => {
  const pace = new Pace();
  seconds(pace, UNKNOWN, 0, 60);
  assert.equal(pace.share, 1);
});

for (const [what, least, line] of /** @type {[string, number, object][]} */ ([
  ['a round trip that grew', 1 / 16, { rttMs: 130 }],
  ['heavy losses', 1 / 16, { loss: 0.12 }],
  ['a falling estimate', 1 / 16, { spareBps: 1_500_000 }],
  ['pictures made smaller', 1 / 4, { limited: true }],
])) {
  test(`${what}: it takes less and less, and all again when that is over`, () => {
    const pace = new Pace();
    seconds(pace, {}, 0, 5);
    pace.hear({ ...QUIET, ...line }, 5000);
    assert.equal(pace.share, 1 / 2);
    seconds(pace, line, 6, 8);
    assert.equal(pace.share, 1 / 2, 'a step needs time to be felt');
    seconds(pace, line, 8, 30);
    assert.equal(pace.share, least, 'it never stops');
    assert.equal(pace.sent(MIB, 200), 200 / least - 200);
    assert.equal(pace.sent(MIB, 60_000), 4000);
    seconds(pace, { limited: true }, 30, 34);
    assert.equal(pace.share, least, 'nothing to grow on');
    seconds(pace, {}, 34, 55);
    assert.equal(pace.share, 1);
  });
}

test('a little more delay and a few losses are no sign, but nothing to grow on either', () => {
  const pace = new Pace();
  seconds(pace, { rttMs: 115, loss: 0.05 }, 0, 20);
  assert.equal(pace.share, 1);
  seconds(pace, { loss: 0.2 }, 20, 21);
  seconds(pace, { loss: 0.05 }, 21, 60);
  assert.equal(pace.share, 1 / 2);
  seconds(pace, { loss: 0.01 }, 60, 61);
  assert.equal(pace.share, 5 / 8);
});

test('a line that is another one now is the measure after a minute', () => {
  const pace = new Pace();
  seconds(pace, {}, 0, 10);
  seconds(pace, { rttMs: 300, spareBps: 500_000 }, 10, 65);
  assert.equal(pace.share, 1 / 16);
  seconds(pace, { rttMs: 300, spareBps: 500_000 }, 75, 100);
  assert.equal(pace.share, 1);
});

test('parts are as large as what goes in a second, and smaller where the call suffers', () => {
  const pace = new Pace();
  assert.equal(pace.part(MIB), 256 * 1024, 'a first one, to know the line');
  pace.sent(MIB, 8000);
  assert.equal(pace.part(MIB), 128 * 1024);
  pace.hear({ ...QUIET, limited: true }, 0);
  pace.hear({ ...QUIET, limited: true }, 4000);
  assert.equal(pace.part(MIB), 64 * 1024);
  pace.sent(64 * 1024, 20_000);
  assert.equal(pace.part(MIB), 64 * 1024);
  pace.sent(MIB, 0);
  assert.equal(pace.part(MIB), MIB);
  assert.equal(pace.part(1000), 1000);
  pace.lost();
  assert.equal(pace.part(MIB), 64 * 1024);
});

/** @param {string} type @param {object} more */
const stat = (type, more) => ({ type, id: type, timestamp: 100_000, ...more });

test('what a browser counts, read', () => {
  const chromium = [
    stat('transport', { selectedCandidatePairId: 'p2' }),
    stat('candidate-pair', { id: 'p1', nominated: true, state: 'succeeded', currentRoundTripTime: 9 }),
    stat('candidate-pair', { id: 'p2', currentRoundTripTime: 0.02, availableOutgoingBitrate: 900_000 }),
    stat('outbound-rtp', { qualityLimitationReason: 'none', framesPerSecond: 30 }),
    stat('remote-inbound-rtp', { roundTripTime: 0.05, fractionLost: 0.01 }),
    stat('remote-inbound-rtp', { roundTripTime: 0.04, fractionLost: 0.125 }),
    stat('remote-inbound-rtp', { roundTripTime: 7, fractionLost: 1, timestamp: 90_000 }),
  ];
  assert.deepEqual(lineOf(chromium), { rttMs: 50, loss: 0.125, limited: false, spareBps: 900_000 });
  const firefox = [
    stat('candidate-pair', { nominated: false, state: 'succeeded', currentRoundTripTime: 9 }),
    stat('candidate-pair', { nominated: true, state: 'succeeded', currentRoundTripTime: 0.03 }),
    stat('outbound-rtp', { framesPerSecond: 30 }),
  ];
  assert.deepEqual(lineOf(firefox), { rttMs: 30, loss: null, limited: false, spareBps: null });
  assert.deepEqual(lineOf([]), UNKNOWN);
});

test('only pictures that are sent are made smaller', () => {
  const video = (/** @type {number} */ framesPerSecond) =>
    lineOf([stat('outbound-rtp', { qualityLimitationReason: 'bandwidth', framesPerSecond })]).limited;
  assert.deepEqual([video(20), video(0)], [true, false]);
});
