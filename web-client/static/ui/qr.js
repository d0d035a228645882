import { drawing } from './dom.js';
import { qrCode } from './qr-code.js';

const QUIET = 4;

/** @param {string} text @param {string} look @returns {SVGElement | string} nothing where the text is too long for a code */
export function qr(text, look) {
  const rows = qrCode(text);
  if (!rows) return '';
  const size = rows.length + 2 * QUIET;
  const path = rows
    .flatMap((row, r) => row.map((dark, c) => (dark ? `M${c + QUIET} ${r + QUIET}h1v1h-1z` : '')))
    .join('');
  const svg = drawing(`0 0 ${size} ${size}`, path);
  svg.setAttribute('class', look);
  svg.setAttribute('shape-rendering', 'crispEdges');
  return svg;
}
