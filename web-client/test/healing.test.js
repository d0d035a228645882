import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Healing, REJOIN_AGAIN_MS } from '../static/call/healing.js';
import { seenIn } from '../static/call/report.js';
import { Viewing } from '../static/call/viewing.js';

/** @param {object} [more] @returns {any} */
const slotOf = more => ({
  ...{ slot: 0, participant: 'bob', hasVideo: true, video: 'bob-c', audio: 'bob-m', audioMid: '4', videoMid: '5' },
  ...{ paused: null, undecodable: null, ...more },
});
/** @param {number} video @param {number} audio @param {number} [packets] @returns {any[]} */
const counts = (video, audio, packets = 100) => [
  { mid: '5', kind: 'video', out: video, packets },
  { mid: '4', kind: 'audio', out: audio, packets },
];
const byMid = (/** @type {any[]} */ list) => new Map(list.map(s => [s.mid, s]));
const SEEN = { sees: () => true, blocked: false };

test('each taken slot is named with what came out of it', () => {
  assert.deepEqual(seenIn([slotOf()], byMid(counts(30, 96_000)), SEEN), [
    { slot: 0, video: { decoded: 30, state: 'playing' }, audio: { decoded: 96_000, state: 'playing' } },
  ]);
  const [nothing] = seenIn([slotOf()], new Map(), SEEN);
  assert.deepEqual([nothing.video?.decoded, nothing.audio?.decoded], [0, 0]);
});

test('what nobody looks at, is paused or waits for a press is not expected', () => {
  const states = (/** @type {object} */ slot, how = SEEN) => {
    const [{ video, audio }] = seenIn([slotOf(slot)], new Map(), how);
    return [video?.state ?? null, audio?.state ?? null];
  };
  assert.deepEqual(states({}, { ...SEEN, sees: () => false }), ['hidden', 'playing']);
  assert.deepEqual(states({ paused: 'your_line' }), ['paused', 'playing']);
  assert.deepEqual(states({}, { ...SEEN, blocked: true }), ['playing', 'blocked']);
  assert.deepEqual(states({ video: null }), [null, 'playing']);
  assert.deepEqual(states({ undecodable: 'AV1' }), [null, 'playing']);
  assert.deepEqual(states({ audio: null, audioMid: null }), ['playing', null]);
});

test('no more slots than a server takes', () => {
  const many = Array.from({ length: 80 }, (_, slot) => slotOf({ slot }));
  assert.equal(seenIn(many, new Map(), SEEN).length, 64);
});

test('what is looked at is known from what was told of it', () => {
  const viewing = new Viewing(async () => {});
  assert.ok(viewing.sees('bob', 'camera'), 'nobody said what they look at: everything');
  const tile = { participant: 'bob', width: 1, height: 1, pinned: false };
  viewing.show([
    { ...tile, source: 'camera' },
    { ...tile, source: 'screen', hidden: true },
  ]);
  assert.deepEqual(
    [viewing.sees('bob', 'camera'), viewing.sees('bob', 'screen'), viewing.sees('carol', 'camera')],
    [true, false, false],
  );
  viewing.hide(true);
  assert.equal(viewing.sees('bob', 'camera'), false);
});

/** A page's healing with all that it reaches for. @param {any[]} [slots] */
function page(slots = [slotOf()]) {
  /** @type {any} */
  const at = { ms: 0, slots, did: /** @type {any[]} */ ([]), begins: true, changes: 0 };
  at.healing = new Healing(
    {
      taken: () => at.slots,
      sees: () => true,
      report: told => at.did.push(['report', told.length]),
      restart: () => at.did.push(['restart']),
      rejoin: () => (at.did.push(['rejoin']), at.begins),
    },
    () => at.ms,
  );
  at.healing.on('change', () => at.changes++);
  at.heal = (/** @type {string} */ rung, track = 'bob-c') => at.healing.heal({ type: 'heal', slot: 0, track, rung });
  at.look = (/** @type {any[]} */ seen, ms = 2000) => ((at.ms += ms), at.healing.look(seen));
  return at;
}

test('a report each two seconds, however closely somebody looks, and none of nothing', () => {
  const at = page();
  for (let i = 0; i < 6; i++) at.look(counts(i, i), 1000);
  assert.equal(at.did.length, 3);
  at.slots = [];
  at.look([], 2000);
  assert.equal(at.did.length, 3);
});

test('what nothing helps is said until something comes out again', () => {
  const at = page();
  at.look(counts(30, 96_000, 100));
  at.look(counts(30, 96_000, 200));
  at.heal('none');
  assert.deepEqual([at.healing.why('bob-c'), at.healing.why('bob-m'), at.healing.why(null)], ['stuck', null, null]);
  at.look(counts(30, 99_000, 300));
  assert.equal(at.healing.why('bob-c'), 'stuck');
  at.look(counts(31, 99_000, 400));
  assert.deepEqual([at.healing.why('bob-c'), at.changes], [null, 2]);
});

test('sound that does not arrive is told from sound that cannot be played', () => {
  const at = page();
  at.look(counts(30, 96_000, 100));
  at.look(counts(30, 96_000, 100));
  at.heal('none', 'bob-m');
  assert.equal(at.healing.why('bob-m'), 'lost');
});

test('another slot is another counter, another track another matter', () => {
  const at = page();
  at.look(counts(30, 0));
  at.heal('none');
  at.slots = [slotOf({ slot: 1, videoMid: '7', audioMid: '6' })];
  at.look([...counts(30, 0), { mid: '7', kind: 'video', out: 900, packets: 1 }]);
  assert.notEqual(at.healing.why('bob-c'), null, 'what was counted in the new place before says nothing');
  at.look([{ mid: '7', kind: 'video', out: 901, packets: 1 }]);
  assert.equal(at.healing.why('bob-c'), null);
  at.heal('none');
  at.slots = [slotOf({ video: 'carol-c' })];
  at.look(counts(30, 0));
  assert.equal(at.healing.why('bob-c'), null);
  at.heal('none', 'nobody');
  assert.equal(at.healing.why('nobody'), null);
});

test('the server asks for steps; a second transport in a minute is none', () => {
  const at = page();
  at.heal('restart');
  at.begins = false;
  at.heal('transport');
  at.begins = true;
  at.heal('transport');
  assert.deepEqual([at.did, at.healing.why('bob-c')], [[['restart'], ['rejoin'], ['rejoin']], null]);
  at.healing.anew();
  at.ms += REJOIN_AGAIN_MS - 1;
  at.heal('transport');
  assert.deepEqual([at.did.length, at.healing.why('bob-c')], [3, 'lost']);
  at.ms += 1;
  at.heal('transport');
  assert.equal(at.did.length, 4);
  at.heal('unheard of');
  at.healing.anew();
  assert.deepEqual([at.did.length, at.healing.why('bob-c')], [4, null]);
});
