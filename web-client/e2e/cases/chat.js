import assert from 'node:assert/strict';
import { barriers } from '../support/axe.js';
import { FIELD, choose, log, openChat, reads, write } from '../support/chatting.js';
import { eventually } from '../support/person.js';
import { browserCase } from '../support/world.js';

/** @typedef {import('../support/person.js').Person} Person */

const BOTH = /** @type {const} */ (['chromium', 'firefox']);

/** The socket breaks under the page, as when a network goes. @param {Person} person */
const cut = person => person.page.evaluate(() => /** @type {any} */ (window).sockets.at(-1).close());

/** No socket comes up until it is let. @param {Person} person @param {boolean} on */
const away = (person, on) =>
  person.page.evaluate(gone => {
    const w = /** @type {any} */ (window);
    w.unreachable = gone;
  }, on);

/** Sockets that are dead from the beginning when the test wants it, and no data channels beside them. */
function breakable() {
  const w = /** @type {any} */ (window);
  w.RTCPeerConnection.prototype.createDataChannel = undefined;
  const Socket = w.WebSocket;
  w.WebSocket = class {
    constructor(/** @type {any[]} */ ...args) {
      return w.unreachable ? Object.assign(new EventTarget(), { readyState: 3, close() {} }) : new Socket(...args);
    }
  };
}

/** @param {string} room @param {(how?: any) => Promise<Person>} person @param {() => void} [before] */
async function two(room, person, before) {
  const people = [];
  for (const [i, on] of BOTH.entries()) {
    const one = await person({ on, width: 1280, height: 800, before });
    people.push(await one.join(room, ['alice', 'bob'][i]));
  }
  return people;
}

browserCase('two browsers write: at once, in order, with answers, edits and deletions', async ({ room, person }) => {
  const [alice, bob] = await two(room, person);
  const before = await alice.page.$eval('.stage', s => s.clientWidth);
  await openChat(alice);
  await alice.reads('Messages to everyone in this call.');
  await alice.until(width => (document.querySelector('.stage')?.clientWidth ?? 0) < width - 300, { args: [before] });
  await write(alice, 'hello');
  await alice.page.type(FIELD, 'two');
  await alice.page.keyboard.down('Shift');
  await alice.page.keyboard.press('Enter');
  await alice.page.keyboard.up('Shift');
  await write(alice, 'lines https://example.org/a.');
  await reads(alice, ['hello', 'two\nlines https://example.org/a.']);
  await bob.until(() => document.querySelector('.bar .badge')?.textContent === '2');
  assert.match(await bob.page.title(), /^\(2\) /);
  await openChat(bob);
  await reads(bob, ['hello', 'two\nlines https://example.org/a.']);
  const link = await bob.page.$eval('.chat .msg a', a => [a.href, a.target, a.rel, a.textContent].join(' '));
  assert.equal(link, 'https://example.org/a _blank noopener noreferrer https://example.org/a');
  await bob.until(() => document.querySelector('.bar .badge') === null);
  await bob.page.type(FIELD, 'a');
  await alice.reads('bob writes');
  await bob.page.keyboard.press('Backspace');
  await choose(bob, 0, 'Reply');
  await write(bob, 'answer');
  await reads(alice, ['hello', 'two\nlines https://example.org/a.', 'answer']);
  assert.equal(await alice.page.$eval('.chat .quote .cut', q => q.textContent), 'hello');
  await choose(alice, 0, 'Edit');
  await alice.page.keyboard.press('End');
  await write(alice, ' all');
  await reads(bob, ['hello all', 'two\nlines https://example.org/a.', 'answer']);
  await bob.reads('edited');
  await choose(bob, 2, 'Delete');
  await bob.reads('Undo');
  await reads(alice, ['hello all', 'two\nlines https://example.org/a.', 'Message deleted']);
  await alice.picture('chat-chromium');
  await bob.picture('chat-firefox');
});

browserCase(
  'sockets break and come back: the same list on both, each message once, in order',
  async ({ room, person }) => {
    const [alice, bob] = await two(room, person, breakable);
    await Promise.all([openChat(alice), openChat(bob)]);
    const said = [];
    for (const [i, round] of ['a', 'b', 'c'].entries()) {
      const [out, here] = i % 2 ? [alice, bob] : [bob, alice];
      await away(out, true);
      await cut(out);
      for (const n of [1, 2]) await write(here, `${round} ${n}`);
      await reads(here, [...said, `${round} 1`, `${round} 2`]);
      await write(out, `${round} later`);
      assert.equal((await log(out)).at(-1), `${round} later (waits)`);
      await away(out, false);
      said.push(`${round} 1`, `${round} 2`, `${round} later`);
      await Promise.all([reads(alice, said), reads(bob, said)]);
    }
    await Promise.all([cut(alice), cut(bob)]);
    await Promise.all([write(alice, 'x'), write(bob, 'y')]);
    await eventually(
      () => log(bob),
      all => all.length === said.length + 2 && !all.at(-1)?.includes('waits'),
    );
    const both = await log(bob);
    assert.deepEqual([...both].sort(), [...said, 'x', 'y'].sort());
    await reads(alice, both);
  },
);

browserCase("a reload keeps the chat, and what is one's own stays so", async ({ room, person }) => {
  const [alice] = await two(room, person);
  await openChat(alice);
  await write(alice, 'before');
  await reads(alice, ['before']);
  await alice.page.reload();
  await alice.inCall();
  await openChat(alice);
  await reads(alice, ['before']);
  assert.equal(await alice.page.$$eval('.chat .msg.own', all => all.length), 1);
});

browserCase('scrolled up, nothing jumps: a button says how many are new', async ({ room, person }) => {
  const [alice, bob] = await two(room, person);
  await Promise.all([openChat(alice), openChat(bob)]);
  for (let i = 0; i < 25; i++) await write(alice, `message ${i}`);
  await bob.until(() => document.querySelectorAll('.chat .msg').length === 25);
  await bob.page.$eval('.chat .log', l => (l.scrollTop = 0));
  await bob.until(() => (document.querySelector('.chat .log')?.scrollTop ?? 1) === 0);
  await write(alice, 'one more');
  await bob.until(
    () =>
      document.querySelector('.newer')?.textContent === '1 new' && document.querySelector('.newer')?.checkVisibility(),
  );
  assert.equal(await bob.page.$eval('.chat .log', l => l.scrollTop), 0);
  await bob.picture('chat-scrolled');
  await bob.press('.newer');
  await bob.until(() => document.querySelector('.newer')?.checkVisibility() === false);
  await bob.until(() => document.querySelector('.unread')?.textContent === '1 new');
});

browserCase('chat with the keyboard alone; hands and reactions on tiles', async ({ room, person }) => {
  const [alice, bob] = await two(room, person);
  const { keyboard } = alice.page;
  const focus = () => alice.page.evaluate(() => document.activeElement?.className || document.activeElement?.tagName);
  await alice.page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement)?.blur());
  await keyboard.press('c');
  assert.equal(await focus(), 'TEXTAREA');
  for (const text of ['helo', 'two']) (await keyboard.type(text), await keyboard.press('Enter'));
  await reads(alice, ['helo', 'two']);
  await keyboard.down('Shift');
  await keyboard.press('Tab');
  await keyboard.press('Tab');
  await keyboard.press('Tab');
  await keyboard.up('Shift');
  await keyboard.press('ArrowUp');
  assert.match((await focus()) ?? '', /^msg own first/);
  await keyboard.press('Enter');
  await alice.page.waitForSelector('.menu', { visible: true });
  for (let i = 0; i < 2; i++) await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await keyboard.press('End');
  await keyboard.press('ArrowLeft');
  await keyboard.type('l');
  await keyboard.press('Enter');
  await reads(alice, ['hello', 'two']);
  await keyboard.press('ArrowUp');
  await alice.reads('You edit a message');
  await keyboard.press('Escape');
  await keyboard.press('Escape');
  assert.match((await focus()) ?? '', /^ctl/);
  await keyboard.press('h');
  await bob.until(() => document.querySelector('.tile:not(.self) .hand')?.textContent === '1');
  await keyboard.press('r');
  await alice.page.waitForSelector('.pictures button:focus', { visible: true });
  await keyboard.press('ArrowRight');
  await keyboard.press('Enter');
  await bob.until(() => document.querySelector('.tile:not(.self) .burst') !== null, { timeout: 5000 });
  await bob.picture('hand-and-reaction');
  assert.equal(await bob.page.evaluate(() => document.documentElement.scrollHeight > innerHeight), false);
  await bob.press('.bar .ctl[aria-label^="People"]');
  assert.equal(
    await bob.page.$eval('.people .hand', e => e.closest('.person')?.querySelector('b')?.textContent),
    'alice',
  );
});

for (const theme of ['light', 'dark']) {
  browserCase(`chat: nothing sticks out and axe finds nothing, ${theme}`, async ({ room, person }) => {
    const alice = await person({ theme, width: 1280, height: 800 });
    const bob = await person({ theme, width: 1280, height: 800 });
    await alice.join(room, 'alice');
    await bob.join(room, 'bob');
    await openChat(alice);
    await alice.picture(`chat-empty-${theme}`);
    await write(alice, 'Does Thursday include the tanker?');
    await bob.page.keyboard.press('c');
    await bob.page.waitForSelector(FIELD, { visible: true });
    await reads(bob, ['Does Thursday include the tanker?']);
    await choose(bob, 0, 'Reply');
    await write(bob, 'Yes, berth 4 until 16:00. That is why it is full.');
    await write(bob, `${'long'.repeat(40)} https://example.org/${'a'.repeat(80)}`);
    await bob.page.keyboard.press('ArrowUp');
    await bob.page.keyboard.press('Escape');
    await bob.page.keyboard.press('Escape');
    await bob.press('.bar .ctl[aria-label^="Raise hand"]');
    await choose(alice, 2, 'Reply');
    for (const [width, height] of [
      [1280, 800],
      [844, 390],
      [768, 1024],
      [390, 844],
      [360, 740],
      [320, 480],
    ]) {
      await alice.page.setViewport({ width, height });
      const wide = await alice.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.equal(wide, false, `${width}x${height}`);
      const tall = await alice.page.evaluate(() => document.documentElement.scrollHeight > innerHeight);
      assert.equal(tall, false, `${width}x${height}`);
      if (width === 1280 || width === 360) assert.deepEqual(await barriers(alice), [], `at ${width}`);
      await alice.picture(`chat-${theme}-${width}x${height}`);
    }
  });
}
