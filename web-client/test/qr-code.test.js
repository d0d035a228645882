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

/** Which mask a code says it has: bits 10 to 12 of its format, which are masked themselves. @param {boolean[][]} rows */
const maskOf = rows => [2, 3, 4].reduce((mask, c) => mask * 2 + Number(rows[8][c]), 0) ^ 0b101;

test('draws what another implementation draws, in every version', () => {
  const sizes = new Set();
  for (let length = 1; length <= 213; length += 4) {
    const text = 'https://call.example/r/'.padEnd(length, 'room-').slice(0, length);
    const theirs = oracle(text);
    assert.deepEqual(qrCode(text, maskOf(theirs)), theirs, `${length} bytes`);
    sizes.add(theirs.length);
  }
  assert.equal(sizes.size, 10);
});

test('says nothing for a text that is too long', () => assert.equal(qrCode('x'.repeat(214)), null));
