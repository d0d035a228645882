// Writes into static/index.html what app.js imports, directly or not, so that the browser fetches all modules at once
// instead of one level after another.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const STATIC = fileURLToPath(new URL('../static/', import.meta.url));

/** @param {string} file @param {Set<string>} [seen] @returns {Set<string>} */
export function graph(file, seen = new Set()) {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, from] of readFileSync(file, 'utf8').matchAll(/^(?:import|export)[^;]*? from '(\.[^']+)';/gms)) {
    graph(join(dirname(file), from), seen);
  }
  return seen;
}

export const preloads = () =>
  [...graph(join(STATIC, 'app.js'))]
    .map(f => `/${relative(STATIC, f)}`)
    .filter(f => f !== '/app.js')
    .sort();

/** @param {string} html @param {string[]} modules */
export function written(html, modules) {
  const lines = modules.map(m => `    <link rel="modulepreload" href="${m}" />\n`).join('');
  return html.replace(/( {4}<!-- modules -->\n)(?: {4}<link rel="modulepreload"[^\n]*\n)*/, `$1${lines}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const page = join(STATIC, 'index.html');
  writeFileSync(page, written(readFileSync(page, 'utf8'), preloads()));
}
