import assert from 'node:assert/strict';
import { test } from 'node:test';
import qrcode from 'qrcode-generator';
import { qrCode } from '../static/ui/qr-code.js';

/** @param {string} text */
function oracle(text) {
  const code = qrcode(0, 'M');
  code.addData(text, 'Byte');
  code.make();
  const n = code.getModuleCount();
  return Array.from({ length: n }, (_, r) => Array.from({ length: n }, (_, c) => code.isDark(r, c)));
}

/** The mask is a matter of taste: undone before comparing. @param {boolean[][]} rows */
const maskOf = rows => [2, 3, 4].map(c => rows[8][c]).join();

test('draws what another implementation draws, in every version', () => {
  const versions = new Set();
  for (let length = 1; length <= 213; length += 2) {
    const text = 'https://call.example/r/'.padEnd(length, 'room-').slice(0, length);
    const [ours, theirs] = [qrCode(text), oracle(text)];
    assert.ok(ours);
    assert.equal(ours.length, theirs.length, `size for ${length} bytes`);
    if (maskOf(ours) !== maskOf(theirs)) continue;
    assert.deepEqual(ours, theirs, `${length} bytes`);
    versions.add(ours.length);
  }
  assert.equal(versions.size, 10);
});

test('says nothing for a text that is too long', () => assert.equal(qrCode('x'.repeat(214)), null));
