// Writes static/icons.svg: one <symbol> for each name in icons.txt, drawn by Lucide (npm lucide-static, ISC and MIT).
import { readFileSync, writeFileSync } from 'node:fs';

const here = new URL('..', import.meta.url);
const names = readFileSync(new URL('icons.txt', here), 'utf8').split('\n').filter(Boolean);

/** @param {string} name */
const symbol = name => {
  const svg = readFileSync(new URL(`node_modules/lucide-static/icons/${name}.svg`, here), 'utf8');
  const shapes = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>'));
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.replace(/\s*\n\s*/g, '')}</symbol>`;
};

const sheet = [
  '<!-- Lucide icons (lucide.dev), ISC License, some from Feather, MIT License. Made by tools/icons.js. -->',
  '<svg xmlns="http://www.w3.org/2000/svg">',
  ...names.map(symbol),
  '</svg>',
  '',
].join('\n');
writeFileSync(new URL('static/icons.svg', here), sheet);
