import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { GAP_MS, SLOW_MS, Viewing } from '../static/call/viewing.js';
import { tilesOf } from '../static/meeting/looking.js';
import { settle } from './fakes.js';

/** @type {any[]} what was told */
let told = [];
/** @type {string | null} what the server answers with */
let refusal = null;

beforeEach(() => {
  told = [];
  refusal = null;
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
});
afterEach(() => mock.timers.reset());

const viewing = () =>
  new Viewing(
    async view => {
      told.push(view);
      if (refusal) throw Object.assign(new Error(), { code: refusal });
    },
    () => Date.now(),
  );
/** @param {number} width @returns {any} */
const bob = width => ({ participant: 'bob', source: 'camera', width, height: 90, pinned: false });
const widths = () => told.map(v => v.tiles[0].width);

test('a change is told at once, and what did not change is not told', async () => {
  const v = viewing();
  v.show([bob(100)]);
  await settle();
  assert.deepEqual(told, [{ type: 'view', tiles: [bob(100)] }]);
  v.show([bob(100)]);
  v.hide(false);
  mock.timers.tick(10_000);
  await settle();
  assert.equal(told.length, 1);
});

test('a window that is dragged for two seconds is told four times a second, and as it is at last', async () => {
  const v = viewing();
  for (let i = 0; i < 200; i++) {
    v.show([bob(100 + i)]);
    await settle();
    mock.timers.tick(10);
  }
  mock.timers.tick(GAP_MS);
  assert.ok(told.length >= 8 && told.length <= 9, `${told.length}`);
  assert.equal(widths().at(-1), 299);
});

test('what is back where it was when its time comes is not told', async () => {
  const v = viewing();
  v.show([bob(100)]);
  await settle();
  v.show([bob(200)]);
  v.show([bob(100)]);
  mock.timers.tick(GAP_MS);
  await settle();
  assert.deepEqual(widths(), [100]);
});

test('a page out of sight hides every tile, and is back at once', async () => {
  const v = viewing();
  v.show([bob(100)]);
  await settle();
  mock.timers.tick(GAP_MS);
  v.hide(true);
  await settle();
  assert.deepEqual(told[1].tiles, [{ ...bob(100), hidden: true }]);
  mock.timers.tick(60_000);
  v.hide(false);
  await settle();
  assert.deepEqual(told[2].tiles, [bob(100)]);
});

test('a cap goes with every view, until it ends', async () => {
  const v = viewing();
  v.cap(300_000);
  await settle();
  assert.deepEqual(told, [], 'nothing is known of the page yet');
  v.show([]);
  await settle();
  assert.deepEqual(told[0], { type: 'view', tiles: [], cap: 300_000 });
  v.cap(null);
  mock.timers.tick(GAP_MS);
  await settle();
  assert.equal('cap' in told[1], false);
});

test('a new socket hears it again, at once', async () => {
  const v = viewing();
  v.show([bob(100)]);
  await settle();
  v.again();
  await settle();
  assert.deepEqual(widths(), [100, 100]);
});

test('too much for the server: told later, as it is then', async () => {
  const v = viewing();
  refusal = 'slow_down';
  v.show([bob(100)]);
  await settle();
  refusal = null;
  v.show([bob(200)]);
  mock.timers.tick(SLOW_MS - 1);
  await settle();
  assert.equal(told.length, 1);
  mock.timers.tick(1);
  await settle();
  assert.deepEqual(widths(), [100, 200]);
});

test('without a socket nothing is tried again: the next one hears it', async () => {
  const v = viewing();
  refusal = 'closed';
  v.show([bob(100)]);
  await settle();
  mock.timers.tick(60_000);
  await settle();
  assert.equal(told.length, 1);
  refusal = null;
  v.again();
  await settle();
  assert.equal(told.length, 2);
});

test('nothing after the end', async () => {
  const v = viewing();
  v.show([bob(100)]);
  await settle();
  v.show([bob(200)]);
  v.stop();
  mock.timers.tick(60_000);
  await settle();
  assert.equal(told.length, 1);
});

test('what can be seen comes first, in device pixels; then what is hidden, then other pages', () => {
  /** @param {string} id @param {object} [more] @returns {any} */
  const seen = (id, more) => ({ id, source: 'camera', w: 200.4, h: 150, hidden: false, ...more });
  const tiles = tilesOf([seen('a', { hidden: true }), seen('b', { source: 'screen', w: 1e5 }), seen('c')], ['d'], 1.5);
  assert.deepEqual(
    tiles.map(t => [t.participant, t.width, t.height, t.hidden ?? false]),
    [
      ['b', 16384, 225, false],
      ['c', 301, 225, false],
      ['a', 301, 225, true],
      ['d', 301, 225, true],
    ],
  );
  assert.deepEqual(tilesOf([], ['d'], 1), [
    { participant: 'd', source: 'camera', width: 140, height: 104, pinned: false, hidden: true },
  ]);
});

test('a server takes 64 tiles', async () => {
  const v = viewing();
  v.show(Array.from({ length: 80 }, (_, i) => bob(i)));
  await settle();
  assert.equal(told[0].tiles.length, 64);
});
