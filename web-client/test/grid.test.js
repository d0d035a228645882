import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grid, pageSize, place, split } from '../static/ui/grid.js';
import { layout } from '../static/ui/layout.js';

/** Stage, gap, then [people, columns x rows, tile]. */
const WINDOWS = /** @type {const} */ ([
  [
    '1440x900',
    1416,
    808,
    10,
    [
      [2, '2x1', '703x527'],
      [4, '2x2', '703x399'],
      [5, '3x2', '465x349'],
      [7, '3x3', '465x262'],
      [10, '4x3', '346x259'],
      [16, '4x4', '345x194'],
      [25, '5x5', '273x153'],
      [49, '7x7', '189x106'],
    ],
  ],
  [
    'chat open',
    1044,
    808,
    10,
    [
      [2, '1x2', '709x399'],
      [5, '2x3', '466x262'],
      [9, '3x3', '341x256'],
      [25, '5x5', '200x150'],
    ],
  ],
  [
    'phone',
    374,
    708,
    6,
    [
      [2, '1x2', '373x351'],
      [4, '2x2', '184x245'],
      [6, '2x3', '184x232'],
      [8, '2x4', '184x172'],
    ],
  ],
  [
    'phone lying',
    828,
    322,
    8,
    [
      [4, '2x2', '279x157'],
      [6, '3x2', '270x157'],
    ],
  ],
]);

for (const [name, w, h, gap, figures] of WINDOWS) {
  for (const [n, shape, tile] of figures) {
    test(`${name}: ${n} people are ${shape} tiles of ${tile}`, () => {
      const g = grid(n, w, h, gap);
      assert.deepEqual([`${g.cols}x${g.rows}`, `${g.tw}x${g.th}`], [shape, tile]);
    });
  }
}

test('tiles are whole pixels inside the stage and never overlap, for every count', () => {
  for (const [w, h] of [
    [1416, 808],
    [374, 708],
    [320, 396],
    [828, 322],
    [1896, 988],
  ]) {
    for (let n = 1; n <= 49; n++) {
      const boxes = place(n, w, h, 6);
      assert.equal(boxes.length, n);
      boxes.forEach((a, i) => {
        assert.ok([a.x, a.y, a.w, a.h].every(Number.isInteger), `whole: ${JSON.stringify(a)}`);
        assert.ok(a.x >= 0 && a.y >= 0 && a.x + a.w <= w && a.y + a.h <= h, `inside: ${n} in ${w}x${h}`);
        const meets = boxes
          .slice(i + 1)
          .some(b => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h);
        assert.ok(!meets, `${n} in ${w}x${h}`);
      });
    }
  }
});

test('rows differ by at most one tile, longer rows first', () => {
  for (let n = 1; n <= 49; n++) {
    const rows = new Map();
    place(n, 1416, 808, 10).forEach(b => rows.set(b.y, (rows.get(b.y) ?? 0) + 1));
    const lengths = [...rows.values()];
    assert.deepEqual(
      lengths,
      [...lengths].sort((a, b) => b - a),
      `${n}`,
    );
    assert.ok(lengths[0] - lengths[lengths.length - 1] <= 1, `${n}: ${lengths}`);
  }
});

test('a page holds what stays large enough', () => {
  assert.equal(pageSize(1416, 808, 10), 49);
  const phone = pageSize(344, 604, 6);
  const { tw, th } = grid(phone, 344, 604, 6);
  assert.ok(tw >= 140 && th >= 104 && phone >= 8, `${phone}`);
  assert.equal(pageSize(100, 80, 6), 1);
});

test('the strip stands where it leaves the share larger', () => {
  assert.equal(split(1416, 808, 16 / 9, 10).side, false);
  assert.equal(split(1416, 600, 16 / 9, 10).side, true);
});

/** @type {import('../static/ui/layout.js').Scene} */
const scene = {
  ...{ w: 1416, h: 808, gap: 10, phone: false, tiles: 2, floats: false, otherShape: null, share: null, alone: null },
  corner: { right: true, bottom: true },
};

test('two: the other fills the stage, the own picture floats in its corner', () => {
  const { tiles, floating } = layout({ ...scene, floats: true, otherShape: 16 / 9 });
  assert.deepEqual(tiles[0], { x: 0, y: 0, w: 1416, h: 808 });
  assert.deepEqual(tiles[1], { x: 1416 - 240 - 12, y: 808 - 135 - 12, w: 240, h: 135 });
  assert.equal(floating, 1);
});

test('two on an upright phone: at most a quarter of the picture is cut off', () => {
  const [other] = layout({ ...scene, w: 374, h: 708, floats: true, otherShape: 16 / 9 }).tiles;
  const shown = other.w / other.h / (16 / 9);
  assert.ok(shown >= 0.745 && shown <= 0.755, `${shown}`);
  assert.ok(Math.abs(other.y + other.h / 2 - 354) <= 1);
});

test('alone: tile and card side by side, stacked where it is narrow', () => {
  const wide = layout({ ...scene, tiles: 1, alone: 200 });
  assert.equal(wide.tiles[0].w, 720);
  assert.ok(wide.card && wide.card.x === wide.tiles[0].x + 720 + 40);
  const narrow = layout({ ...scene, w: 344, h: 604, tiles: 1, alone: 200 });
  assert.ok(narrow.card && narrow.card.y >= narrow.tiles[0].y + narrow.tiles[0].h);
});

test('a share is never cropped, and with room below the others get a grid', () => {
  const below = layout({ ...scene, tiles: 5, share: 16 / 9 });
  assert.ok(below.share && below.strip);
  assert.ok(Math.abs(below.share.w / below.share.h - 16 / 9) < 0.01);
  const phone = layout({ ...scene, w: 374, h: 708, gap: 6, tiles: 9, share: 16 / 9 });
  assert.deepEqual([phone.share, phone.strip, phone.tiles.length], [{ x: 0, y: 0, w: 374, h: 210 }, null, 8]);
});
