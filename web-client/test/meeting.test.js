import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AWAY_MS, Meeting, VOICE_HOLD_MS, unseen } from '../static/meeting/model.js';
import { Order, PROMOTE_MS } from '../static/meeting/order.js';
import { person } from './fakes.js';

/** @param {string} id @param {object} [more] @returns {any} */
const member = (id, more) => ({ ...person(id, more), awaySince: null });
/** @param {number} slot @param {string} id @param {object} [more] @returns {any} */
const slotOf = (slot, id, more) => ({
  ...{
    slot,
    participant: id,
    stream: `stream ${slot}`,
    hasVideo: true,
    video: `${id}-c`,
    audio: `${id}-m`,
    undecodable: null,
    paused: null,
    ...more,
  },
});
/** @type {any} */
const self = {
  id: 'me',
  name: 'alice',
  muted: false,
  camera: { id: 'mine' },
  stream: 'own',
  sharing: false,
  reconnecting: false,
};
const people = (/** @type {number} */ n) => Array.from({ length: n }, (_, i) => member(`p${i}`));
const keys = (/** @type {any} */ shown) => shown.tiles.map((/** @type {any} */ t) => t.key);

test('others by joining, the own tile last', () => {
  const shown = new Meeting().show({ people: people(3), slots: [], self, capacity: 9, nowMs: 0 });
  assert.deepEqual(keys(shown), ['p0', 'p1', 'p2', 'self']);
});

test('a tile shows the picture of its slot, and an avatar when there is none', () => {
  const two = [member('bob'), member('carol')];
  const slots = [slotOf(0, 'bob'), slotOf(1, 'carol', { video: null })];
  const { tiles } = new Meeting().show({ people: two, slots, self, capacity: 9, nowMs: 0 });
  assert.deepEqual(
    tiles.map(t => t.shows),
    ['0:bob-c', null, 'mine'],
  );
  assert.deepEqual(
    tiles.map(t => t.stream),
    ['stream 0', 'stream 1', 'own'],
  );
});

test('a video that cannot be decoded says so', () => {
  const slots = [slotOf(0, 'bob', { undecodable: 'AV1' })];
  const [tile] = new Meeting().show({ people: [member('bob')], slots, self, capacity: 9, nowMs: 0 }).tiles;
  assert.deepEqual([tile.state, tile.shows], ['undecodable', null]);
});

test('the ring stays a moment after the last sound', () => {
  const meeting = new Meeting();
  meeting.hear(['bob'], 1000);
  assert.ok(meeting.heard('bob', 60_000));
  meeting.hear([], 5000);
  assert.ok(meeting.heard('bob', 5000 + VOICE_HOLD_MS - 1));
  assert.ok(!meeting.heard('bob', 5000 + VOICE_HOLD_MS));
  assert.ok(!meeting.heard('carol', 0));
});

test('who is away is grey at once and gone after a while', () => {
  const away = { ...member('bob', { state: 'away' }), awaySince: 1000 };
  const meeting = new Meeting();
  const at = (/** @type {number} */ nowMs) =>
    meeting.show({ people: [away], slots: [], self, capacity: 9, nowMs }).tiles;
  assert.equal(at(1000)[0].state, 'reconnecting');
  assert.ok(meeting.restless([away], 1000));
  assert.deepEqual(
    at(1000 + AWAY_MS).map(t => t.key),
    ['self'],
  );
});

test('a share is shown by its own slot', () => {
  const bob = member('bob');
  bob.tracks.push({ id: 'bob-s', kind: 'video', source: 'screen', codec: 'VP8', muted: false });
  const slots = [slotOf(12, 'bob', { video: 'bob-s' }), slotOf(0, 'bob')];
  const { tiles, shares } = new Meeting().show({ people: [bob], slots, self, capacity: 9, nowMs: 0 });
  assert.deepEqual([tiles[0].stream, shares[0].stream], ['stream 0', 'stream 12']);
  bob.tracks[2].muted = true;
  assert.deepEqual(new Meeting().show({ people: [bob], slots, self, capacity: 9, nowMs: 0 }).shares, []);
});

test('pages: the own tile is on each', () => {
  const meeting = new Meeting();
  const scene = { people: people(10), slots: [], self, capacity: 6, nowMs: 0 };
  assert.deepEqual(keys(meeting.show(scene)), ['p0', 'p1', 'p2', 'p3', 'p4', 'self']);
  meeting.turn(1);
  assert.deepEqual(keys(meeting.show(scene)), ['p5', 'p6', 'p7', 'p8', 'p9', 'self']);
  meeting.turn(5);
  assert.deepEqual([meeting.page, meeting.pages], [1, 2]);
  meeting.show({ ...scene, people: people(3) });
  assert.equal(meeting.page, 0);
});

test('who is heard for long on a later page takes the place of the longest silent', () => {
  const order = new Order();
  const ids = ['a', 'b', 'c', 'd', 'e'];
  order.arrange(ids);
  order.hear(['a'], 3, 0);
  order.hear(['c'], 3, 100);
  assert.equal(order.hear(['e'], 3, 1000), false);
  assert.equal(order.hear(['e'], 3, 1000 + PROMOTE_MS), true);
  assert.deepEqual(order.arrange(ids), ['a', 'e', 'c', 'd', 'b']);
});

test('nobody on the first page moves because of speaking', () => {
  const order = new Order();
  order.arrange(['a', 'b', 'c']);
  for (let t = 0; t < 10_000; t += 500) order.hear(['c'], 3, t);
  assert.deepEqual(order.arrange(['a', 'b', 'c']), ['a', 'b', 'c']);
});

test('leaving closes the gap, coming is at the end', () => {
  const order = new Order();
  order.arrange(['a', 'b', 'c']);
  assert.deepEqual(order.arrange(['a', 'c', 'd']), ['a', 'c', 'd']);
});

test('voices without a tile are played elsewhere', () => {
  const slots = [
    slotOf(0, 'bob'),
    slotOf(14, 'carol', { hasVideo: false, video: null }),
    slotOf(1, 'dave', { audio: null }),
  ];
  const playing = /** @type {any} */ (new Set(['stream 0']));
  assert.deepEqual(
    unseen(slots, playing).map(s => s.slot),
    [14],
  );
});

test('the people panel: you first, then by name, each with a note', () => {
  const words = {
    you: (/** @type {string} */ n) => `${n} (you)`,
    away: 'away',
    sharing: 'shares',
    watching: 'watches',
  };
  const carol = member('carol', { state: 'away' });
  const rows = new Meeting().rows([carol, member('bob', { role: 'viewer' })], self, words, 0);
  assert.deepEqual(
    rows.map(r => [r.label, r.note]),
    [
      ['alice (you)', ''],
      ['bob', 'watches'],
      ['carol', 'away'],
    ],
  );
});

test('raised hands have their place on the tile and in the panel', () => {
  const meeting = new Meeting();
  const two = [member('bob'), member('carol')];
  const { tiles } = meeting.show({ people: two, slots: [], self, hands: ['carol', 'me'], capacity: 9, nowMs: 0 });
  assert.deepEqual(
    tiles.map(t => [t.key, t.hand]),
    [
      ['bob', 0],
      ['carol', 1],
      ['self', 2],
    ],
  );
});

test('a paused video says so and why, over the last picture', () => {
  const why = (/** @type {string} */ reason, /** @type {string} */ name) => `${reason} of ${name}`;
  const show = (/** @type {object} */ more, who = member('bob')) =>
    new Meeting().show({ people: [who], slots: [slotOf(0, 'bob', more)], self, capacity: 9, nowMs: 0, why }).tiles[0];
  const tile = show({ paused: 'your_line' });
  assert.deepEqual([tile.state, tile.note, tile.shows], ['paused', 'your_line of bob', '0:bob-c']);
  assert.deepEqual([show({ paused: null }).state, show({ paused: null }).note], ['', '']);
  const away = { ...member('bob', { state: 'away' }), awaySince: 0 };
  assert.deepEqual(
    [show({ paused: 'your_line' }, away).state, show({ paused: 'your_line' }, away).note],
    [...['reconnecting', '']],
  );
  assert.equal(show({ paused: 'your_line', undecodable: 'AV1' }).state, 'undecodable');
});

test('a paused share says so', () => {
  const bob = member('bob');
  bob.tracks.push({ id: 'bob-s', kind: 'video', source: 'screen', codec: 'VP8', muted: false });
  const slots = [slotOf(12, 'bob', { video: 'bob-s', paused: 'your_line' })];
  const scene = { people: [bob], slots, self, capacity: 9, nowMs: 0, why: () => 'weak' };
  assert.equal(new Meeting().show(scene).shares[0].paused, 'weak');
  slots[0].paused = null;
  assert.equal(new Meeting().show(scene).shares[0].paused, null);
});

test('weak lines have a mark, but not on a tile that is grey anyway', () => {
  /** @type {any} */
  const bad = { level: 'bad', says: 'weak' };
  const away = { ...member('carol', { state: 'away' }), awaySince: 0 };
  const scene = { people: [member('bob'), away], slots: [], self, capacity: 9, nowMs: 0, mark: () => bad };
  const marks = (/** @type {any} */ now) => new Meeting().show(now).tiles.map(t => t.mark);
  assert.deepEqual(marks(scene), [bad, null, bad]);
  assert.deepEqual(marks({ ...scene, self: { ...self, reconnecting: true } }), [null, null, null]);
});

test('who is on another page is known, the next ones first', () => {
  const meeting = new Meeting();
  const scene = { people: people(6), slots: [], self, capacity: 3, nowMs: 0 };
  assert.deepEqual(meeting.show(scene).elsewhere, ['p2', 'p3', 'p4', 'p5']);
  meeting.turn(1);
  assert.deepEqual(meeting.show(scene).elsewhere, ['p4', 'p5', 'p0', 'p1']);
});

test('what nothing helped is said in words, sound before picture', () => {
  const bad = new Set(['bob-c', 'bob-m']);
  const failing = (/** @type {string} */ what, /** @type {string} */ track) =>
    bad.has(track) ? `${what} because` : null;
  const show = (more = {}, who = member('bob')) => {
    const scene = { people: [who], slots: [slotOf(0, 'bob', more)], self, capacity: 9, nowMs: 0, failing };
    const [{ state, note, shows }] = new Meeting().show(scene).tiles;
    return [state, note, shows];
  };
  assert.deepEqual(show(), ['unheard', 'unheard because', '0:bob-c']);
  bad.delete('bob-m');
  assert.deepEqual(show(), ['unseen', 'unseen because', '0:bob-c']);
  assert.deepEqual(show({ undecodable: 'AV1' }), ['undecodable', '', null]);
  assert.equal(show({ paused: 'your_line' })[0], 'paused');
  bad.clear();
  assert.equal(show()[0], '');
});

test('a screen that does not come says so', () => {
  const bob = member('bob');
  bob.tracks.push({ id: 'bob-s', kind: 'video', source: 'screen', codec: 'VP8', muted: false });
  const scene = { people: [bob], slots: [slotOf(12, 'bob', { video: 'bob-s' })], self, capacity: 9, nowMs: 0 };
  assert.equal(new Meeting().show(scene).shares[0].unseen, null);
  assert.equal(new Meeting().show({ ...scene, failing: () => 'because' }).shares[0].unseen, 'because');
});
