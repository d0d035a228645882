// What people do in the chat panel, and what they read there.
import assert from 'node:assert/strict';
import { eventually } from './person.js';

/** @typedef {import('./person.js').Person} Person */

export const FIELD = '.chat textarea';

/** Texts in the log from the top, what is not confirmed marked. @param {Person} person @returns {Promise<string[]>} */
export const log = person =>
  person.page.$$eval('.chat .msg', all =>
    all.map(m => {
      const says = m.querySelector('.says')?.textContent ?? m.querySelector('.gone')?.textContent ?? '';
      return m.querySelector('.clock, .unsent') ? `${says} (waits)` : says;
    }),
  );

/** @param {Person} person @param {string[]} expected */
export async function reads(person, expected) {
  const same = (/** @type {string[]} */ shown) => JSON.stringify(shown) === JSON.stringify(expected);
  assert.deepEqual(await eventually(() => log(person), same), expected);
}

/** @param {Person} person @param {string} text */
export async function write(person, text) {
  await person.page.type(FIELD, text);
  await person.page.keyboard.press('Enter');
}

/** @param {Person} person */
export async function openChat(person) {
  await person.press('.bar .ctl[aria-label^="Chat"]:not(.only-s)');
  await person.page.waitForSelector(FIELD, { visible: true });
}

/** The menu of the nth message, and a choice in it. @param {Person} person @param {number} nth @param {string} choice */
export async function choose(person, nth, choice) {
  const messages = await person.page.$$('.chat .msg');
  await messages[nth].focus();
  await person.page.keyboard.press('Enter');
  await person.page.waitForSelector('.menu [role=menuitem]', { visible: true });
  for (const item of await person.page.$$('.menu [role=menuitem]')) {
    if ((await item.evaluate(i => i.textContent)) === choice) return item.click();
  }
  assert.fail(`no ${choice} in the menu`);
}
