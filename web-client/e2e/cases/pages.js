import assert from 'node:assert/strict';
import { barriers } from '../support/axe.js';
import { browserCase } from '../support/world.js';

/** @typedef {import('../support/person.js').Person} Person */

/** Whether anything makes the page scroll sideways. @param {Person} person */
const sideways = person => person.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);

browserCase('alone: the link, and copying it', async ({ room, person }) => {
  const alice = await person();
  await alice.join(room, 'alice');
  await alice.reads('You are alone here');
  assert.equal(await alice.page.title(), `${room} (1) · Parley`);
  await alice.picture('alone');
  await alice.press('.alone .btn.primary');
  await alice.reads('Link copied');
  const link = await alice.page.$eval('.alone input', i => /** @type {HTMLInputElement} */ (i).value);
  assert.equal(link, `${alice.base.replace('http://', '')}/r/${encodeURIComponent(room)}`);
});

browserCase('a name that is taken is said beside its field', async ({ room, person }) => {
  const [alice, bob] = [await person(), await person({ on: 'firefox' })];
  await alice.join(room, 'alice');
  await bob.open('/');
  await bob.fill(room, ' ALICE ');
  await bob.press('.btn.primary');
  await bob.reads('Someone here is already called ALICE.');
  await bob.picture('name-taken');
  assert.equal(await bob.page.evaluate(() => document.activeElement?.id), 'field-name');
  await bob.page.type('#field-name', 'x');
  await bob.press('.btn.primary');
  await bob.inCall();
});

browserCase('a second tab is asked, and the first lets go', async ({ room, person }) => {
  const first = await person();
  await first.join(room, 'alice');
  const second = await person({ context: first.context });
  await second.open('/');
  await second.fill(room, 'alice');
  await second.press('.btn.primary');
  await second.reads('You are in this call in another tab');
  await second.picture('already-here');
  await second.press('dialog .btn:not(.primary)');
  await first.until(() => document.querySelector('.call') !== null);
  await second.press('.btn.primary');
  await second.press('dialog .btn.primary');
  await second.inCall();
  await first.reads('The call goes on in another tab');
  await first.picture('moved');
  await second.reads('You are alone here');
});

browserCase('leaving: the others see it at once, and one can come back', async ({ room, person }) => {
  const [alice, bob] = [await person(), await person()];
  await alice.join(room, 'alice');
  await bob.join(room, 'bob');
  await alice.until(() => document.querySelectorAll('.tile').length === 2);
  await bob.press('.ctl.leave');
  await bob.reads(`You left ${room}.`);
  await bob.picture('left');
  await alice.reads('You are alone here', 2000);
  await bob.press('.btn.primary');
  await bob.inCall();
  await alice.until(() => document.querySelectorAll('.tile').length === 2);
});

browserCase('a closed tab is a lost connection: gone from the grid soon', async ({ room, person }) => {
  const [alice, bob] = [await person(), await person()];
  await alice.join(room, 'alice');
  await bob.join(room, 'bob');
  await alice.until(() => document.querySelectorAll('.tile').length === 2);
  await bob.page.close();
  await alice.until(() => document.querySelectorAll('.tile').length === 1);
});

browserCase(
  'blocked camera and microphone: a page that says so, and watching all the same',
  async ({ room, person }) => {
    const denied = () => {
      navigator.mediaDevices.getUserMedia = () =>
        Promise.reject(Object.assign(new Error('no'), { name: 'NotAllowedError' }));
    };
    const [alice, bob] = [await person(), await person({ before: denied, deny: true })];
    await alice.join(room, 'alice');
    await bob.open('/');
    await bob.fill(room, 'bob');
    await bob.press('.btn.primary');
    await bob.reads('Camera and microphone are blocked');
    await bob.picture('denied');
    await bob.press('.acts-col .btn:not(.primary)');
    await bob.inCall();
    await bob.until(() => document.querySelector('.tile:not(.self):not(.off)') !== null);
    await alice.until(() => document.querySelector('.tile:not(.self).off [href$="#mic-off"]') !== null);
    await bob.picture('watching');
  },
);

browserCase('no camera and no microphone: said in the preview, until one is there', async ({ room, person }) => {
  const none = () => {
    const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    const missing = () => Promise.reject(Object.assign(new Error('no'), { name: 'NotFoundError' }));
    navigator.mediaDevices.getUserMedia = missing;
    /** @type {any} */ (window).plugIn = () => (navigator.mediaDevices.getUserMedia = real);
  };
  const alice = await person({ before: none });
  await alice.open(`/r/${encodeURIComponent(room)}`);
  await alice.reads('We found no camera or microphone');
  await alice.picture('no-devices');
  await alice.page.evaluate(() => /** @type {any} */ (window).plugIn());
  await alice.press('.acts-col .btn:not(.primary)');
  await alice.until(() => document.querySelector('.preview video')?.checkVisibility() ?? false);
  await alice.picture('preview');
  await alice.until(() => /** @type {any} */ (window).peers.at(-1).signalingState === 'have-remote-pranswer');
});

browserCase('a server that does not answer: said, with a way on', async ({ room, person }) => {
  const deaf = () => {
    const w = /** @type {any} */ (window);
    w.WebSocket = class extends EventTarget {
      readyState = 3;
      close() {}
    };
  };
  const alice = await person({ before: deaf });
  await alice.open('/');
  await alice.fill(room, 'alice');
  await alice.press('.btn.primary');
  await alice.reads('We cannot reach the server');
  await alice.picture('failed');
});

browserCase('with the keyboard alone: in, muted, people, out of the panel', async ({ room, person }) => {
  const alice = await person();
  const { keyboard } = alice.page;
  await alice.open('/');
  await keyboard.type(room);
  await keyboard.press('Tab');
  await keyboard.type('alice');
  await keyboard.press('Enter');
  await alice.inCall();
  await keyboard.press('m');
  await alice.until(
    () => document.querySelector('.ctl[aria-label="Microphone"]')?.getAttribute('aria-pressed') === 'false',
  );
  await keyboard.press('p');
  await alice.reads('alice (you)');
  await keyboard.press('Escape');
  await alice.until(() => document.querySelector('.panel')?.hasAttribute('hidden'));
  assert.match(await alice.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? ''), /^People/);
  await keyboard.press('?');
  await alice.reads('Keyboard shortcuts');
  await alice.picture('keys');
});

for (const theme of ['light', 'dark']) {
  browserCase(`nothing sticks out and axe finds nothing, ${theme}`, async ({ room, person }) => {
    const alice = await person({ theme });
    const bob = await person({ theme });
    await bob.join(room, 'bob');
    for (const [name, path] of [
      ['start', '/'],
      ['ready', `/r/${encodeURIComponent(room)}`],
    ]) {
      await alice.open(path);
      await look(alice, `${name}-${theme}`);
    }
    await alice.page.type('#field-name', 'alice');
    await alice.press('.btn.primary.big');
    await alice.inCall();
    await alice.until(() => document.querySelectorAll('.tile:not(.off)').length === 2);
    await look(alice, `call-${theme}`);
    await alice.page.keyboard.press('p');
    await alice.reads('alice (you)');
    await look(alice, `people-${theme}`);
  });
}

const WINDOWS = [
  [1920, 1080],
  [1280, 800],
  [844, 390],
  [768, 1024],
  [390, 844],
  [360, 740],
  [320, 480],
];

/** @param {Person} person @param {string} name */
async function look(person, name) {
  for (const [width, height] of WINDOWS) {
    await person.page.setViewport({ width, height });
    assert.equal(await sideways(person), false, `${name} at ${width}x${height}`);
    if (width === 1280 || width === 360) assert.deepEqual(await barriers(person), [], `${name} at ${width}`);
    await person.picture(`${name}-${width}x${height}`);
  }
}
