const SVG = 'http://www.w3.org/2000/svg';

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * An element with its attributes, properties and children. `class`, `aria-…` and `data-…` become attributes, names that
 * begin with `on` listeners, a `style` object custom properties and styles (by CSSOM, so that a strict policy holds).
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {Record<string, any>} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) set(element, key, value);
  element.append(...children.filter(c => c !== null && c !== undefined && c !== false));
  return element;
}

/** @param {HTMLElement} element @param {string} key @param {any} value */
function set(element, key, value) {
  if (value === null || value === undefined) return;
  if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
  else if (key === 'style') Object.entries(value).forEach(([k, v]) => element.style.setProperty(k, String(v)));
  else if (key === 'class' || key === 'role' || key.includes('-')) element.setAttribute(key, String(value));
  else /** @type {any} */ (element)[key] = value;
}

/**
 * An icon of /icons.svg. Whatever says the same in words stands beside it, or in the button's label.
 * @param {string} name
 * @param {string} [more] further classes
 */
export function icon(name, more = '') {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', `i ${more}`.trim());
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/** Draws another icon in the same place. @param {Element} svg @param {string} name */
export function redraw(svg, name) {
  const use = svg.querySelector('use');
  if (use?.getAttribute('href') !== `/icons.svg#${name}`) use?.setAttribute('href', `/icons.svg#${name}`);
}

/** @param {string} viewBox @param {string} path */
export function drawing(viewBox, path) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', viewBox);
  svg.setAttribute('aria-hidden', 'true');
  const shape = document.createElementNS(SVG, 'path');
  shape.setAttribute('fill', 'currentColor');
  shape.setAttribute('fill-rule', 'evenodd');
  shape.setAttribute('d', path);
  svg.append(shape);
  return svg;
}

/** The wordmark: the one drawing of our own. @param {string} name @param {(e: Event) => void} go */
export function brand(name, go) {
  const mark = drawing(
    '2.5 1.5 20 22',
    'M8 2h8a6 6 0 0 1 6 6v3a6 6 0 0 1-6 6h-5.2L4.7 22.3A1 1 0 0 1 3 21.6V7a5 5 0 0 1 5-5Zm1.8 5.5a2 2 0 0 0-2 2v.6a2 2 0 0 0 2 2h5a2 2 0 0 0 2-2v-.6a2 2 0 0 0-2-2Z',
  );
  return h('a', { class: 'brand', href: '/', onclick: go }, mark, name);
}
