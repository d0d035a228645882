// Who gets which picture, as browsers see it: what is shown, what is hidden, what is paused, and what that costs.
import assert from 'node:assert/strict';
import { barriers } from '../support/axe.js';
import { messages, overhear } from '../support/overhear.js';
import { eventually } from '../support/person.js';
import { browserCase } from '../support/world.js';

/** @typedef {import('../support/person.js').Person} Person */

const HD = { width: 1280, height: 720 };
/** Firefox sends the largest layer beside others when its estimate has room for all; that rises by itself, slowly. */
const RISE_MS = 90_000;

/** What this page has said it looks at, the newest last. @param {Person} one @returns {Promise<any[]>} */
const views = one => messages(one, 'said', 'view');

/** Waits until the newest view is as it should be. @param {Person} one @param {(view: any) => boolean} right */
async function view(one, right) {
  const last = await eventually(
    async () => (await views(one)).at(-1),
    v => v !== undefined && right(v),
  );
  assert.ok(last && right(last), JSON.stringify(last));
  return last;
}

/** An event as if the server had sent it. @param {Person} one @param {object} event */
const tell = (one, event) =>
  one.page.evaluate(data => {
    const { sockets } = /** @type {any} */ (window);
    sockets.at(-1).dispatchEvent(new MessageEvent('message', { data }));
  }, JSON.stringify(event));

/** The slot in which a picture comes, as the server said. @param {Person} one */
const slotOfPicture = one =>
  one.page.evaluate(() => {
    const maps = /** @type {any} */ (window).heard.flatMap((/** @type {any} */ m) => (m.type === 'slots' ? m.map : []));
    return maps.findLast((/** @type {any} */ s) => s.video !== null);
  });

/** Presses what "More" has under these words. @param {Person} one @param {string} words */
async function more(one, words) {
  await one.press('.ctl[aria-label="More"]');
  await one.page.waitForSelector('.menu button');
  await one.page.evaluate(text => {
    const buttons = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.menu button'))];
    buttons.find(b => b.textContent?.startsWith(text))?.click();
  }, words);
}

/** What goes out of this browser for its camera: which encodings, how large. @param {Person} one */
const sends = one =>
  one.page.evaluate(async () => {
    const peer = /** @type {any} */ (window).peers.findLast((/** @type {any} */ p) => p.iceConnectionState !== 'new');
    const sender = peer.getTransceivers()[1].sender;
    const stats = [...(await sender.getStats()).values()];
    return {
      active: sender.getParameters().encodings.map((/** @type {any} */ e) => e.active),
      codecs: sender.getParameters().encodings.map((/** @type {any} */ e) => e.codec?.mimeType ?? null),
      widths: Object.fromEntries(
        stats.filter(s => s.type === 'outbound-rtp' && s.rid).map(s => [s.rid, s.frameWidth ?? 0]),
      ),
      negotiated: /** @type {any} */ (window).parleyStats().localDescriptions,
    };
  });

browserCase('what can be seen is told in device pixels, and what is hidden as hidden', async ({ room, person }) => {
  const alice = await person({ before: overhear });
  const people = [await person(), await person()];
  await alice.join(room, 'alice');
  await people[0].join(room, 'bob');
  await people[1].join(room, 'carol');
  await view(alice, v => v.tiles.length === 2 && v.tiles.every((/** @type {any} */ t) => !t.hidden && t.width > 100));
  const [width, height] = await alice.page.$eval('.tile:not(.self)', e => {
    const tile = /** @type {HTMLElement} */ (e);
    return [tile.offsetWidth * devicePixelRatio, tile.offsetHeight * devicePixelRatio].map(Math.round);
  });
  await view(alice, v => v.tiles[0].width === width && v.tiles[0].height === height);

  const before = (await views(alice)).length;
  for (let w = 960; w > 760; w -= 10) await alice.page.setViewport({ width: w, height: 640 });
  await view(alice, v => v.tiles[0].width < width);
  const during = (await views(alice)).length - before;
  assert.ok(during >= 1 && during <= 20, `${during} while the window was dragged`);

  await alice.page.setViewport({ width: 390, height: 844 });
  await alice.press('.ctl.only-s');
  await view(alice, v => v.tiles.length === 2 && v.tiles.every((/** @type {any} */ t) => t.hidden));
  await alice.page.keyboard.press('Escape');
  await view(alice, v => v.tiles.every((/** @type {any} */ t) => !t.hidden));
});

browserCase('a page out of sight is sent nothing that it would not see', async ({ room, person }) => {
  const [alice, bob] = [await person({ before: overhear }), await person()];
  await alice.join(room, 'alice');
  await bob.join(room, 'bob');
  await view(alice, v => v.tiles.length === 1 && !v.tiles[0].hidden);
  const turn = (/** @type {string} */ state) =>
    alice.page.evaluate(s => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => s });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await turn('hidden');
  await view(alice, v => v.tiles[0].hidden === true);
  await turn('visible');
  await view(alice, v => v.tiles[0].hidden === undefined);
  await alice.page.evaluate(() => /** @type {any} */ (window).sockets.at(-1).close());
  const count = (await views(alice)).length;
  const again = await eventually(
    async () => (await views(alice)).length,
    n => n > count,
  );
  assert.ok(again > count, 'a resumed socket hears it again');
});

for (const theme of ['light', 'dark']) {
  browserCase(`a pause says why, data is saved, statistics are read and copied, ${theme}`, async ({ room, person }) => {
    const [alice, bob] = [await person({ theme, before: overhear }), await person({ theme })];
    await alice.join(room, 'alice');
    await bob.join(room, 'bob');
    await alice.until(() => document.querySelectorAll('.tile:not(.off)').length === 2);
    const { slot, video } = await slotOfPicture(alice);
    await tell(alice, { type: 'paused', slot, track: video, paused: true, reason: 'your_line' });
    await alice.reads('Video paused, voice goes on');
    await alice.reads('Your line is weak');
    assert.deepEqual(await barriers(alice), []);
    await alice.picture(`paused-${theme}`);

    await more(alice, 'Data saver');
    await view(alice, v => v.cap === 300_000);
    await alice.reads('Data saver is on');
    await alice.picture(`data-saver-${theme}`);
    await tell(alice, { type: 'paused', slot, track: video, paused: false, reason: 'your_line' });
    await alice.until(() => document.querySelector('.tile .state[data-state="paused"]') === null);

    await more(alice, 'Statistics');
    await alice.reads('bob, camera');
    assert.deepEqual(await barriers(alice), []);
    await alice.picture(`statistics-${theme}`);
    await alice.press('.statistics .btn:not(.icon)');
    await alice.reads('Statistics copied');
    await alice.page.focus('.statistics .btn.icon');
    await alice.page.keyboard.press('Escape');
    await alice.until(() => document.querySelector('.statistics')?.hasAttribute('hidden'));
    assert.equal(await alice.page.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'More');
    await more(alice, 'Data saver');
    await view(alice, v => v.cap === undefined);
  });
}

for (const on of /** @type {const} */ (['chromium', 'firefox'])) {
  browserCase(`layers and saving change what is sent and negotiate nothing, ${on}`, async ({ room, person }) => {
    const [alice, bob] = [await person({ on, camera: HD, before: overhear }), await person()];
    await alice.join(room, 'alice');
    await bob.join(room, 'bob');
    await bob.until(() => document.querySelectorAll('.tile:not(.off)').length === 2);
    const are = async (/** @type {boolean[]} */ active) => {
      const now = await eventually(
        () => sends(alice),
        s => String(s.active) === String(active),
      );
      assert.deepEqual([now.active, now.negotiated], [active, 1]);
    };
    await tell(alice, { type: 'layers', track: 't', source: 'camera', active: [true, true, true] });
    await are([true, true, true]);
    const { widths } = await eventually(
      () => sends(alice),
      s => s.widths.q > 0 && s.widths.h > 0 && s.widths.f > 0,
      RISE_MS,
    );
    assert.deepEqual([widths.h / widths.q, widths.f / widths.q], [2, 4], JSON.stringify(widths));
    await more(alice, 'Data saver');
    await are([true, true, false]);
    await more(alice, 'Data saver');
    await are([true, true, true]);
    await tell(alice, { type: 'layers', track: 't', source: 'camera', active: [true, false, false] });
    await are([true, false, false]);
  });
}

/** A browser whose encodings name no codec. */
function namesNoCodec() {
  const real = RTCRtpSender.prototype.setParameters;
  RTCRtpSender.prototype.setParameters = function (parameters, ...more) {
    parameters.encodings.forEach((/** @type {any} */ e) => delete e.codec);
    return real.call(this, parameters, ...more);
  };
}

/** In which codec the largest picture of the camera goes out. @param {Person} one @returns {Promise<string | null>} */
const codecOf = one =>
  one.page.evaluate(async () => {
    const peer = /** @type {any} */ (window).peers.findLast((/** @type {any} */ p) => p.iceConnectionState !== 'new');
    const stats = await peer.getTransceivers()[1].sender.getStats();
    const sent = [...stats.values()].find(s => s.type === 'outbound-rtp' && s.rid === 'f');
    return stats.get(sent?.codecId)?.mimeType ?? null;
  });

for (const [how, before, offers] of /** @type {[string, (() => void) | undefined, number][]} */ ([
  ['by parameters', undefined, 1],
  ['by one offer where parameters name none', namesNoCodec, 2],
])) {
  browserCase(`another codec from now on, ${how}`, async ({ room, person }) => {
    const people = [await person({ before }), await person({ on: 'firefox', before })];
    for (const [i, one] of people.entries()) await one.join(room, ['alice', 'bob'][i]);
    for (const one of people) await one.until(() => document.querySelectorAll('.tile:not(.off)').length === 2);
    for (const one of people) {
      await tell(one, { type: 'codec', source: 'camera', codec: 'AV1' });
      const codec = await eventually(
        () => codecOf(one),
        c => c === 'video/AV1',
      );
      const { negotiated } = await sends(one);
      assert.deepEqual([codec, negotiated], ['video/AV1', offers]);
    }
  });
}
