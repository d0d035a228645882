import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hue, initials } from '../static/ui/avatar.js';

test('a name has one hue everywhere', () => {
  const named = ['Mira Osei', 'Jonas Brandt', 'Samir Khan', 'Aiko Mori'].map(hue);
  assert.deepEqual(named, [8, 96, 338, 214]);
});

test('names that compare equal have the same hue', () => {
  assert.equal(hue('  MIRA osei '), hue('Mira Osei'));
  assert.equal(hue('Ｍira Osei'), hue('Mira Osei'));
  assert.equal(hue('Straße'), hue('STRASSE'));
});

test('initials are the first letters of the first and last word', () => {
  const names = ['Mira Osei', 'kim', 'Ana Maria Duarte', '  ', '🦊', '42', 'é́lan vital', '李 明'];
  assert.deepEqual(names.map(initials), ['MO', 'K', 'AD', '', '', '', 'É́V', '李明']);
});
