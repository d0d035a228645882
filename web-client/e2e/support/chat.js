// What people do in the chat panel.

/** @typedef {import('./person.js').Person} Person */

export const FIELD = '.chat textarea';

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
  throw new Error(`no ${choice} in the menu`);
}
