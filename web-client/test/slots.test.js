import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Roster, live } from '../static/call/roster.js';
import { Slots } from '../static/call/slots.js';
import { person } from './fakes.js';

class FakeStream {
  /** @param {any[]} tracks */
  constructor(tracks) {
    this.tracks = tracks;
  }
}

/** @param {Slots} slots */
const open = slots =>
  slots.open(
    [
      { slot: 0, audio: '4', video: '5' },
      { slot: 12, audio: '28', video: null },
    ],
    mid => /** @type {any} */ (`track ${mid}`),
    /** @type {any} */ (FakeStream),
  );
/** @type {any} */
const bob = { slot: 0, participant: 'bob', video: 'v', audio: 'a' };

test('audio and video of a slot lie in one stream', () => {
  const slots = new Slots();
  open(slots);
  slots.map([bob, { ...bob, slot: 12, participant: 'carol', video: null }]);
  const [first, voice] = slots.taken();
  assert.deepEqual(/** @type {any} */ (first.stream).tracks, ['track 4', 'track 5']);
  assert.deepEqual([/** @type {any} */ (voice.stream).tracks, voice.hasVideo], [['track 28'], false]);
});

test('what is said before the sections are known is kept', () => {
  const slots = new Slots();
  slots.map([bob]);
  open(slots);
  assert.equal(slots.showing('v')?.participant, 'bob');
});

test('an emptied slot shows nobody, and its stream stays', () => {
  const slots = new Slots();
  open(slots);
  slots.map([bob]);
  const [{ stream }] = slots.taken();
  slots.map([{ slot: 0, participant: null, video: null, audio: null }]);
  assert.deepEqual(slots.taken(), []);
  slots.map([{ ...bob, participant: 'carol' }]);
  assert.equal(slots.taken()[0].stream, stream);
});

test('undecodable holds for its track only', () => {
  const slots = new Slots();
  open(slots);
  slots.map([bob]);
  slots.undecodable(0, 'v', 'AV1');
  slots.map([{ ...bob, audio: 'other' }]);
  assert.equal(slots.taken()[0].undecodable, 'AV1');
  slots.map([{ ...bob, video: 'v2' }]);
  assert.equal(slots.taken()[0].undecodable, null);
});

test('new slots are numbered after the last', () => {
  const slots = new Slots();
  open(slots);
  const pairs = [
    { slot: 13, audio: '40', video: '41' },
    { slot: 14, audio: '42', video: null },
  ];
  assert.deepEqual(slots.next(['40', '42'], ['41']), pairs);
});

test('the roster is in the order people came, whatever the precision of their times', () => {
  const roster = new Roster(() => 7);
  roster.replace([
    person('carol', { joinedAt: '2026-01-01T12:00:00.5Z' }),
    person('bob', { joinedAt: '2026-01-01T12:00:00Z' }),
    person('alice', { joinedAt: '2026-01-01T11:59:59.999999Z' }),
  ]);
  assert.deepEqual(
    roster.list().map(p => p.id),
    ['alice', 'bob', 'carol'],
  );
});

test('who is away has been so since it was first told', () => {
  let now = 1000;
  const roster = new Roster(() => now);
  roster.put(person('bob', { state: 'away' }));
  now = 2000;
  roster.put(person('bob', { state: 'away' }));
  assert.equal(roster.get('bob')?.awaySince, 1000);
  roster.put(person('bob'));
  assert.equal(roster.get('bob')?.awaySince, null);
});

test('a muted track is no picture', () => {
  const bob = person('bob');
  assert.equal(live(bob, 'camera')?.id, 'bob-c');
  bob.tracks[1].muted = true;
  assert.equal(live(bob, 'camera'), null);
});

test('a pause holds until the server ends it, or another picture is there', () => {
  const slots = new Slots();
  open(slots);
  slots.map([bob]);
  slots.paused(0, 'v', true, 'your_line');
  assert.equal(slots.showing('v')?.paused, 'your_line');
  slots.map([{ ...bob, audio: 'other' }]);
  assert.equal(slots.showing('v')?.paused, 'your_line');
  slots.paused(0, 'v', false, 'your_line');
  assert.equal(slots.showing('v')?.paused, null);
  slots.paused(0, 'v', true, 'your_line');
  slots.map([{ ...bob, video: 'next' }]);
  assert.equal(slots.showing('next')?.paused, null);
  slots.paused(0, 'v', true, 'your_line');
  assert.equal(slots.showing('next')?.paused, null);
});

test('what is said of a picture before the sections are known is kept, in order', () => {
  const slots = new Slots();
  slots.map([bob]);
  slots.paused(0, 'v', true, 'your_line');
  slots.undecodable(0, 'v', 'AV1');
  open(slots);
  assert.deepEqual([slots.showing('v')?.paused, slots.showing('v')?.undecodable], ['your_line', 'AV1']);
});

test('a slot knows its sections', () => {
  const slots = new Slots();
  open(slots);
  slots.map([bob, { ...bob, slot: 12, participant: 'carol', video: null }]);
  assert.deepEqual(
    slots.taken().map(s => [s.audioMid, s.videoMid]),
    [
      ['4', '5'],
      ['28', null],
    ],
  );
});
