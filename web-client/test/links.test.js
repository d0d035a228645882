import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parts } from '../static/chat/links.js';

test('links are found in a text, without the sentence around them', () => {
  const links = (/** @type {string} */ text) =>
    parts(text)
      .filter(p => p.href)
      .map(p => `${p.text} ${p.href}`);
  assert.deepEqual(links('see https://example.org/a?b=1, and (https://example.org/x_(y)).'), [
    'https://example.org/a?b=1 https://example.org/a?b=1',
    'https://example.org/x_(y) https://example.org/x_(y)',
  ]);
  assert.deepEqual(links('www.example.org'), ['www.example.org https://www.example.org/']);
  assert.deepEqual(links('javascript:alert(1) ftp://example.org http:// https://a@example.org data:text/html,x'), []);
  const text = 'one http://example.org two';
  assert.equal(
    parts(text)
      .map(p => p.text)
      .join(''),
    text,
  );
});
