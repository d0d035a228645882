import { h } from './dom.js';

const SPIN_AFTER_MS = 400;

/**
 * Locks a button while what it began goes on: it keeps its size, and shows a spinner when that takes long.
 * @param {HTMLButtonElement} button
 * @param {() => Promise<void>} work
 */
export async function whileBusy(button, work) {
  if (button.getAttribute('aria-busy') === 'true') return;
  button.setAttribute('aria-busy', 'true');
  const spinner = h('span', { class: 'spin small' });
  const timer = setTimeout(() => button.append(spinner), SPIN_AFTER_MS);
  try {
    await work();
  } finally {
    clearTimeout(timer);
    spinner.remove();
    button.removeAttribute('aria-busy');
  }
}
