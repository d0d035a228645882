import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GROUP_MS, rows } from '../static/chat/rows.js';

/** @param {object} more @returns {any} */
const entry = more => ({
  ...{ key: String(Math.random()), n: 1, at: '2026-01-01T12:00:00Z', from: 'p_b', name: 'bob', own: false },
  ...{ to: null, text: 'x', edited: false, deleted: false, reply: null, file: null, state: '', ...more },
});
const kinds = (/** @type {any[]} */ list, /** @type {number | null} */ newAfter = null) =>
  rows(list, newAfter).map(r => (r.kind === 'message' ? (r.first ? 'first' : 'next') : r.kind));

test('one person who goes on is one group, until another speaks or time passes', () => {
  const later = new Date(Date.parse('2026-01-01T12:00:00Z') + GROUP_MS).toISOString();
  assert.deepEqual(kinds([entry({}), entry({}), entry({ from: 'p_c', name: 'carol' }), entry({})]), [
    ...['day', 'first', 'next', 'first', 'first'],
  ]);
  assert.deepEqual(kinds([entry({}), entry({ at: later })]), ['day', 'first', 'first']);
  assert.deepEqual(kinds([entry({}), entry({ to: { id: 'p_me', name: 'alice' } })]), ['day', 'first', 'first']);
  assert.deepEqual(kinds([entry({ own: true, from: 'p_1' }), entry({ own: true, from: 'p_2' })]), [
    ...['day', 'first', 'next'],
  ]);
});

test('a line for each day, and one where reading stopped', () => {
  const tomorrow = '2026-01-03T12:00:00Z';
  assert.deepEqual(kinds([entry({}), entry({ at: tomorrow })]), ['day', 'first', 'day', 'first']);
  const list = [entry({ n: 1 }), entry({ n: 2 }), entry({ n: 3, own: true }), entry({ n: 4 })];
  assert.deepEqual(kinds(list, 1), ['day', 'first', 'new', 'first', 'first', 'first']);
  const line = rows(list, 1).find(r => r.kind === 'new');
  assert.equal(line?.kind === 'new' && line.count, 2);
  assert.deepEqual(
    rows(list, 1, 2).flatMap(r => (r.kind === 'new' ? [r.count] : [])),
    [1],
  );
  assert.deepEqual(kinds(list, 4), ['day', 'first', 'next', 'first', 'first']);
});
