import { h, icon } from './ui/dom.js';
import { openMenu } from './ui/menu.js';

/** @typedef {'system' | 'light' | 'dark'} Theme */
const SIGNS = { system: 'sun-moon', light: 'sun', dark: 'moon' };

/**
 * The choices of a theme, as lines of a menu.
 * @param {import('./texts/en.js').Texts} texts
 * @param {Theme} now
 * @param {(theme: Theme) => void} choose
 */
export const themes = (texts, now, choose) =>
  /** @type {Theme[]} */ (['system', 'light', 'dark']).map(theme => ({
    icon: SIGNS[theme],
    label: texts.theme[theme],
    checked: now === theme,
    act: () => choose(theme),
  }));

/** @param {import('./texts/en.js').Texts} texts @param {() => Theme} now @param {(theme: Theme) => void} choose */
export function themeButton(texts, now, choose) {
  const label = texts.theme.change;
  const open = () => openMenu(button, [{ heading: texts.theme.title }, ...themes(texts, now(), choose)], label);
  const look = {
    class: 'btn quiet icon',
    type: 'button',
    'aria-label': label,
    title: label,
    'aria-haspopup': 'menu',
    onclick: open,
  };
  const button = h('button', look, icon('sun-moon'));
  return button;
}
