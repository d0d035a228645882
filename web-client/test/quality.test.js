import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Arrivals } from '../static/meeting/arrivals.js';
import { FALL_MS, Quality, RISE_MS } from '../static/meeting/quality.js';
import { person } from './fakes.js';

/** @type {any} */
const VIDEO = { loss: 0, frozen: 0, frames: 60, jitterMs: 5, lost: 0, repaired: 0, packets: 200 };
/** @type {any} */
const AUDIO = { concealed: 0, jitterMs: 5, packets: 100 };
/** @param {string} id @param {object} [video] @param {object} [audio] @returns {any} */
const from = (id, video, audio) => ({
  ...{ id, paused: null, video: { ...VIDEO, ...video }, audio: { ...AUDIO, ...audio } },
});
/** @type {import('../static/call/line.js').Line} */
const LINE = { rttMs: 30, loss: 0, limited: false, spareBps: 3e6 };

/** The same again and again, each second. @param {Quality} quality @param {any[]} arrivals @param {number} fromMs @param {number} forMs */
function during(quality, arrivals, fromMs, forMs, line = LINE) {
  for (let t = fromMs; t <= fromMs + forMs; t += 1000) quality.see('me', arrivals, line, t);
}

test('a good line has no mark', () => {
  const quality = new Quality();
  during(quality, [from('bob'), from('carol')], 0, 60_000);
  assert.deepEqual([quality.of('bob'), quality.of('me'), quality.of('nobody')], [null, null, null]);
});

test('a line is weak after a while, bad after another, and good again only when that lasts', () => {
  const quality = new Quality();
  const weak = [from('bob', { loss: 0.1 }), from('carol')];
  during(quality, weak, 0, RISE_MS - 1000);
  assert.equal(quality.of('bob'), null);
  during(quality, weak, RISE_MS, 0);
  assert.deepEqual(quality.of('bob'), { level: 'weak', whose: 'theirs' });
  during(quality, [from('bob', { loss: 0.3 }), from('carol')], 10_000, RISE_MS);
  assert.deepEqual(quality.of('bob'), { level: 'bad', whose: 'theirs' });
  const good = [from('bob'), from('carol')];
  during(quality, good, 20_000, FALL_MS - 1000);
  assert.deepEqual(quality.of('bob')?.level, 'bad');
  during(quality, good, 20_000 + FALL_MS, 0);
  assert.equal(quality.of('bob'), null);
});

test('moments of trouble and moments without do not make a mark come and go', () => {
  const quality = new Quality();
  for (let t = 0; t < 60_000; t += 1000) {
    quality.see('me', [from('bob', { loss: (t / 1000) % 2 ? 0.3 : 0 }), from('carol')], LINE, t);
    assert.equal(quality.of('bob'), null);
  }
  during(quality, [from('bob', { loss: 0.3 }), from('carol')], 60_000, RISE_MS);
  for (let t = 70_000; t < 130_000; t += 1000) {
    quality.see('me', [from('bob', { loss: (t / 1000) % 2 ? 0.3 : 0 }), from('carol')], LINE, t);
    assert.equal(quality.of('bob')?.level, 'bad');
  }
});

test('bad with weak moments in between is weak', () => {
  const quality = new Quality();
  for (let t = 0; t <= RISE_MS; t += 1000) {
    quality.see('me', [from('bob', { loss: t === 1000 ? 0.1 : 0.5 }), from('carol')], LINE, t);
  }
  assert.equal(quality.of('bob')?.level, 'weak');
});

test('one of several is troubled: theirs; most are: yours', () => {
  const quality = new Quality();
  const [bad, good] = [{ frozen: 0.5 }, {}];
  during(quality, [from('bob', bad), from('carol', good), from('dave', good)], 0, RISE_MS);
  assert.deepEqual([quality.of('bob')?.whose, quality.of('carol')], ['theirs', null]);
  during(quality, [from('bob', bad), from('carol', bad), from('dave', good)], 10_000, RISE_MS);
  assert.deepEqual([quality.of('bob')?.whose, quality.of('carol')?.whose], ['yours', 'yours']);
});

test('with one other person: what the server could send again was lost on the way here', () => {
  /** @param {object} video */
  const whose = video => {
    const quality = new Quality();
    during(quality, [from('bob', { loss: 0.3, ...video })], 0, RISE_MS);
    return quality.of('bob')?.whose;
  };
  assert.equal(whose({ lost: 40, repaired: 35 }), 'yours');
  assert.equal(whose({ lost: 40, repaired: 0 }), 'theirs');
  assert.equal(whose({ lost: 40, repaired: null }), 'between');
  assert.equal(whose({ lost: 3, repaired: 0 }), 'between');
});

test('one who loses on the way out has a weak line, and is said so on every tile that suffers', () => {
  const quality = new Quality();
  during(quality, [from('bob', { frozen: 0.2 })], 0, RISE_MS, { ...LINE, loss: 0.1 });
  assert.deepEqual(quality.of('me'), { level: 'weak', whose: 'yours' });
  assert.deepEqual(quality.of('bob'), { level: 'weak', whose: 'yours' });
});

test('a line on which own pictures become small is weak only when there is little room', () => {
  const [wide, narrow] = [new Quality(), new Quality()];
  during(wide, [], 0, RISE_MS, { ...LINE, limited: true, spareBps: 900_000 });
  during(narrow, [], 0, RISE_MS, { ...LINE, limited: true, spareBps: 100_000 });
  assert.deepEqual([wide.of('me'), narrow.of('me')?.level], [null, 'weak']);
});

test('voices with holes, long delays and pictures that do not come are troubles too', () => {
  for (const one of [
    from('bob', {}, { concealed: 0.3 }),
    from('bob', { jitterMs: 300 }),
    from('bob', { frames: 0 }),
    from('bob', {}, { jitterMs: 300 }),
  ]) {
    const quality = new Quality();
    during(quality, [one, from('carol')], 0, RISE_MS);
    assert.equal(quality.of('bob')?.level, 'bad', JSON.stringify(one));
  }
});

test('a pause for your line is bad at once, whatever else is seen', () => {
  const quality = new Quality();
  quality.see('me', [{ ...from('bob'), paused: 'your_line', video: null }], LINE, 0);
  assert.deepEqual(quality.of('bob'), { level: 'bad', whose: 'yours' });
});

test('who left is forgotten, and everyone with a new transport', () => {
  const quality = new Quality();
  during(quality, [from('bob', { loss: 1 })], 0, RISE_MS);
  quality.see('me', [], LINE, RISE_MS + 1000);
  assert.equal(quality.of('bob'), null);
  during(quality, [from('bob', { loss: 1 })], 10_000, RISE_MS);
  quality.forget();
  assert.equal(quality.of('bob'), null);
});

/** @param {object} [more] @returns {any} */
const slot = more => ({
  ...{ slot: 0, participant: 'bob', hasVideo: true, video: 'bob-c', audio: 'bob-m', audioMid: '4', videoMid: '5' },
  ...{ paused: null, undecodable: null, ...more },
});
/** @type {any} */
const RATES = {
  received: [
    { mid: '4', packets: 100 },
    { mid: '5', packets: 300 },
  ],
};

test('only what was there for the whole time and is shown is judged', () => {
  const arrivals = new Arrivals();
  const bob = { ...person('bob'), awaySince: null };
  const at = (/** @type {any[]} */ slots, shown = new Set(['bob']), who = bob) => {
    const [one] = arrivals.of(RATES, slots, id => (id === 'bob' ? who : null), shown);
    return one ? [one.video?.mid ?? null, one.audio?.mid ?? null, one.paused] : null;
  };
  assert.deepEqual(at([slot()]), [null, null, null]);
  assert.deepEqual(at([slot()]), ['5', '4', null]);
  assert.deepEqual(at([slot({ paused: 'your_line' })]), [null, null, 'your_line']);
  assert.deepEqual(at([slot({ paused: 'your_line' })]), [null, '4', 'your_line']);
  assert.deepEqual(at([slot()]), [null, null, null]);
  assert.deepEqual(at([slot()], new Set()), [null, null, null]);
  assert.deepEqual(at([slot()], new Set()), [null, '4', null]);
  assert.equal(at([slot()], new Set(['bob']), { ...bob, state: 'away' }), null);
});

test('a voice that begins or ends is not judged, a shared screen neither', () => {
  const arrivals = new Arrivals();
  const bob = { ...person('bob'), awaySince: null };
  bob.tracks.push({ id: 'bob-s', kind: 'video', source: 'screen', codec: 'VP8', muted: false });
  const quiet = /** @type {any} */ ({ received: [{ mid: '4', packets: 5 }] });
  const slots = [slot({ video: null }), slot({ slot: 12, video: 'bob-s', audio: null, videoMid: '7' })];
  const look = () => arrivals.of(quiet, slots, () => bob, new Set(['bob']));
  look();
  assert.deepEqual(look(), [{ id: 'bob', paused: null, video: null, audio: null }]);
});

test('somebody in two slots is one', () => {
  const arrivals = new Arrivals();
  const bob = { ...person('bob'), awaySince: null };
  const slots = [slot({ audio: null }), slot({ slot: 14, hasVideo: false, video: null, videoMid: null })];
  const look = () => arrivals.of(RATES, slots, () => bob, new Set(['bob']));
  look();
  assert.deepEqual(
    look().map(a => [a.id, a.video?.mid, a.audio?.mid]),
    [['bob', '5', '4']],
  );
});
