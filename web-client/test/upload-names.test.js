import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kindOf, parted, shown } from '../static/upload/names.js';

test('hostile F05 a name shows in the order in which it ends', () => {
  assert.equal(shown('report\u202egnp.exe'), 'reportgnp.exe');
  assert.equal(kindOf(shown('report\u202egnp.exe')), '');
  assert.equal(shown('\u2066a\u2069\u061c\u200e\u200fb\u00ad.pdf\ufeff'), 'ab.pdf');
  assert.equal(shown('a\u0000\u001b[31m\n\u2028\ud800.txt'), 'a[31m.txt');
});

test('nothing pushes an ending out of sight', () => {
  assert.equal(shown(`invoice.pdf${' '.repeat(200)}\u00a0\u2003\u3164.exe`), 'invoice.pdf .exe');
  assert.equal(shown(' \u2800 '), '');
});

test('what joins letters and emoji stays', () => {
  assert.equal(shown('می\u200cخواهم 👩\u200d🚀.pdf'), 'می\u200cخواهم 👩\u200d🚀.pdf');
});

test('a long name is cut before its ending, between characters', () => {
  assert.deepEqual(parted('notes.txt'), { stem: 'notes.txt', end: '' });
  assert.deepEqual(parted('arrivals-of-the-autumn.csv'), { stem: 'arrivals-of-the-au', end: 'tumn.csv' });
  assert.deepEqual(parted('backup-of-everything.tar.gz'), { stem: 'backup-of-everything', end: '.tar.gz' });
  assert.deepEqual(parted('a name without any type'), { stem: 'a name without any ', end: 'type' });
  const family = '👩\u200d👩\u200d👧';
  assert.deepEqual(parted(`${family.repeat(20)}.png`), { stem: family.repeat(16), end: `${family.repeat(4)}.png` });
  const odd = `x.${'y'.repeat(200)}`;
  assert.equal(parted(odd).end, 'yyyy');
});

test('a file is what its ending says', () => {
  const names = [
    'a.PNG',
    'a.png.exe',
    'a.tar.gz',
    'a.csv',
    'a.pdf',
    'a.mp3',
    'a.mp4',
    'a.svg.html',
    'README',
    '.png',
    '',
  ];
  assert.deepEqual(names.map(kindOf), [
    ...['image', '', 'archive', 'spreadsheet', 'text', 'music', 'play', 'code', '', 'image', ''],
  ]);
});
