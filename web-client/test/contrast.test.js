// Recalculates from the style sheet the contrasts that the design promises (WCAG 2 formula).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const css = readFileSync(new URL('../static/parley.css', import.meta.url), 'utf8');

/** @typedef {[number, number, number]} Rgb */
/** @param {string} selector @returns {Record<string, Rgb>} */
function tokens(selector) {
  const from = css.indexOf(selector);
  const block = css.slice(css.indexOf('{', from), css.indexOf('}', from));
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6})\b/gi)].map(([, name, hex]) => [name, rgb(hex)]),
  );
}
/** @param {string} hex @returns {Rgb} */
const rgb = hex => /** @type {Rgb} */ ([1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16) / 255));
/** @param {number} c */
const linear = c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
/** @param {Rgb} c */
const luminance = c => 0.2126 * linear(c[0]) + 0.7152 * linear(c[1]) + 0.0722 * linear(c[2]);
/** @param {Rgb} a @param {Rgb} b */
const contrast = (a, b) => {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
};

const light = tokens("[data-theme='light']");
const dark = tokens("\n[data-theme='dark'] {");
const fixed = tokens(':root {');

/** Foreground, backgrounds, the least of light and of dark. */
const PROMISED = /** @type {[string, string[], number, number][]} */ ([
  ['text', ['bg'], 16.4, 16.4],
  ['text-2', ['bg', 'stage', 'raised'], 6.2, 7.7],
  ['text-3', ['bg', 'stage', 'raised'], 4.6, 5.4],
  ['on-accent', ['accent'], 5.8, 8.7],
  ['accent-text', ['bg', 'surface', 'accent-soft'], 5.6, 7.6],
  ['on-danger', ['danger'], 5.5, 4.7],
  ['danger-text', ['surface', 'danger-soft'], 5.5, 7.1],
  ['warn-text', ['warn-soft'], 6.1, 8.4],
  ['text-2', ['accent-soft', 'warn-soft', 'fill'], 6.0, 6.3],
  ['line-strong', ['bg', 'surface', 'raised'], 3.35, 3.93],
  ['voice', ['stage'], 4.0, 10.3],
  ['voice', ['tile'], 3.4, 8.4],
  ['focus', ['bg', 'surface', 'stage', 'fill', 'tile'], 4.0, 6.8],
  ['danger', ['stage'], 4.6, 4.1],
  ['danger', ['surface'], 5.5, 3.65],
]);

for (const [ink, papers, inLight, inDark] of PROMISED) {
  test(`${ink} on ${papers.join(', ')}`, () => {
    const least = (/** @type {Record<string, Rgb>} */ t) => Math.min(...papers.map(p => contrast(t[ink], t[p])));
    const [l, d] = [least(light), least(dark)];
    assert.ok(l >= inLight - 0.06, `light ${l.toFixed(2)}, promised ${inLight}`);
    assert.ok(d >= inDark - 0.06, `dark ${d.toFixed(2)}, promised ${inDark}`);
  });
}

test('words on a picture are readable on pure white', () => {
  const label = /** @type {Rgb} */ ([10, 14, 15].map(c => 0.72 * (c / 255) + 0.28));
  assert.match(css, /--video-label: rgb\(10 14 15 \/ 0?\.72\)/);
  assert.ok(contrast(fixed['video-ink'], label) >= 7.8);
});

test('toasts and the hand chip', () => {
  assert.ok(contrast(fixed['toast-ink'], fixed.toast) >= 14.6);
  assert.ok(contrast(fixed['toast-action'], fixed.toast) >= 9.7);
  assert.ok(contrast(fixed['on-warn'], light.warn) >= 8.5);
});

test('white on each of the twelve avatar colours', () => {
  for (const hue of [8, 32, 62, 96, 136, 162, 188, 214, 240, 268, 300, 338]) {
    assert.ok(contrast([1, 1, 1], oklch(0.52, 0.105, hue)) >= 5.0, `hue ${hue}`);
  }
});

test('no sheet but the first holds a raw colour', () => {
  for (const sheet of ['pages.css', 'call.css']) {
    const text = readFileSync(new URL(`../static/${sheet}`, import.meta.url), 'utf8');
    assert.doesNotMatch(text, /#[0-9a-f]{3,8}\b(?! >)|rgba?\(|oklch\(|hsl/i, sheet);
  }
});

/** @param {number} l @param {number} c @param {number} h @returns {Rgb} clipped to what a screen has */
function oklch(l, c, h) {
  const [a, b] = [c * Math.cos((h * Math.PI) / 180), c * Math.sin((h * Math.PI) / 180)];
  const [x, y, z] = [
    (l + 0.3963377774 * a + 0.2158037573 * b) ** 3,
    (l - 0.1055613458 * a - 0.0638541728 * b) ** 3,
    (l - 0.0894841775 * a - 1.291485548 * b) ** 3,
  ];
  const lin = [
    4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
    -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
    -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z,
  ];
  const gamma = (/** @type {number} */ v) => (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);
  return /** @type {Rgb} */ (lin.map(v => gamma(Math.min(1, Math.max(0, v)))));
}
