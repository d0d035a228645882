import { h, icon } from './dom.js';

const HUES = [8, 32, 62, 96, 136, 162, 188, 214, 240, 268, 300, 338];

/** The form in which names are compared: NFKC, case-folded, trimmed. @param {string} name */
export const compareForm = name => name.normalize('NFKC').toUpperCase().toLowerCase().replaceAll('ς', 'σ').trim();

/** The hue that a name always has: FNV-1a over its UTF-8, folded to twelve. @param {string} name */
export function hue(name) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(compareForm(name))) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return HUES[((hash >>> 16) ^ (hash & 0xffff)) % HUES.length];
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** First grapheme of the first and last word; nothing where there is no letter. @param {string} name */
export function initials(name) {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const firsts = [...new Set([0, words.length - 1])].map(i => [...graphemes.segment(words[i] ?? '')][0]?.segment ?? '');
  const letters = firsts.filter(g => /\p{L}/u.test(g)).map(g => g.toLocaleUpperCase());
  return letters.join('');
}

/** @param {string} name */
export function avatar(name) {
  const text = initials(name);
  return h('span', { class: 'avatar', 'aria-hidden': 'true', style: { '--h': hue(name) } }, text || icon('user'));
}
