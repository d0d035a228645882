import assert from 'node:assert/strict';
import { eventually, pause } from '../support/person.js';
import { startProxy } from '../support/server.js';
import { browserCase, theServer } from '../support/world.js';

/** @typedef {import('../support/person.js').Person} Person */

/** Who the server says is in a room. @param {string} room @returns {Promise<{ id: string, path: string }[]>} */
async function participants(room) {
  const { http } = await theServer();
  return (await (await fetch(`${http}/api/v1/rooms/${encodeURIComponent(room)}/participants`)).json()).participants;
}

/**
 * A case with alice in Chromium and bob in Firefox, all of whose media goes through a network that can be made bad.
 * @param {string} name
 * @param {(at: { room: string, alice: Person, bob: Person, proxy: Awaited<ReturnType<typeof startProxy>> }) =>
 *   Promise<void>} body
 */
function proxiedCase(name, body) {
  browserCase(name, async ({ room, person }) => {
    const { udp } = await theServer();
    const proxy = await startProxy(udp);
    try {
      const [alice, bob] = [await person({ through: proxy }), await person({ on: 'firefox', through: proxy })];
      await alice.join(room, 'alice');
      await bob.join(room, 'bob');
      await body({ room, alice, bob, proxy });
    } finally {
      proxy.stop();
    }
  });
}

/** Frames that each has decoded. @param {Person[]} people */
const frames = async people => (await Promise.all(people.map(one => one.received()))).map(r => r.frames);

browserCase('Chromium and Firefox see and hear each other within five seconds', async ({ room, person }) => {
  const [alice, bob] = [await person(), await person({ on: 'firefox' })];
  await alice.join(room, 'alice');
  await bob.join(room, 'bob');
  const before = await Promise.all([alice.received(), bob.received()]);
  await pause(5000);
  for (const [i, one] of [alice, bob].entries()) {
    const now = await one.received();
    const who = `${i ? 'firefox' : 'chromium'}: ${JSON.stringify(now)}`;
    assert.ok(now.frames - before[i].frames >= 25, who);
    assert.ok(now.audioPackets - before[i].audioPackets >= 50, who);
    assert.ok(now.energy > before[i].energy, who);
    assert.match(now.cipher ?? '', /GCM/, who);
  }
  await Promise.all([alice.picture('call-chromium'), bob.picture('call-firefox')]);
});

browserCase('a third person joins and leaves without any renegotiation', async ({ room, person }) => {
  const [alice, bob, carol] = [await person(), await person({ on: 'firefox' }), await person()];
  await alice.join(room, 'alice');
  await bob.join(room, 'bob');
  const before = [await alice.negotiated(), await bob.negotiated()];
  await carol.join(room, 'carol');
  await alice.until(() => document.querySelectorAll('.tile:not(.off)').length === 3);
  await bob.until(() => document.querySelectorAll('.tile:not(.off)').length === 3);
  await bob.picture('three-firefox');
  await carol.press('.ctl.leave');
  await carol.reads('You left');
  await alice.until(() => document.querySelectorAll('.tile').length === 2);
  await bob.until(() => document.querySelectorAll('.tile').length === 2);
  assert.deepEqual([await alice.negotiated(), await bob.negotiated()], before);
  assert.deepEqual(
    before.map(n => [n.localDescriptions, n.remoteDescriptions, n.iceRestarts]),
    [
      [1, 1, 0],
      [1, 1, 0],
    ],
  );
});

browserCase('a reload comes back by itself, as the same person', async ({ room, person }) => {
  const [alice, bob] = [await person(), await person()];
  await alice.join(room, 'alice');
  await bob.join(room, 'bob');
  await alice.until(() => document.querySelectorAll('.tile:not(.off)').length === 2);
  await bob.page.reload();
  await bob.inCall();
  await bob.until(() => document.querySelectorAll('.tile:not(.off)').length === 2);
  await alice.until(() => document.querySelectorAll('.tile:not(.off)').length === 2);
  assert.deepEqual(await alice.tiles(), ['bob', 'You']);
});

browserCase('microphone and camera off and on, as the others see it', async ({ room, person }) => {
  const [alice, bob] = [await person(), await person({ on: 'firefox' })];
  await alice.join(room, 'alice');
  await bob.join(room, 'bob');
  await bob.until(() => document.querySelectorAll('.tile:not(.off)').length === 2);
  const before = await alice.negotiated();
  await alice.press('.ctl[aria-label="Microphone"]');
  await bob.until(() => document.querySelector('.tile [href$="#mic-off"]') !== null);
  await alice.press('.ctl[aria-label="Camera"]');
  await bob.until(() => document.querySelector('.tile:not(.self)')?.classList.contains('off'));
  await bob.picture('muted-firefox');
  await alice.press('.ctl[aria-label="Camera"]');
  await alice.press('.ctl[aria-label="Microphone"]');
  await bob.until(() => !document.querySelector('.tile:not(.self)')?.classList.contains('off'));
  await bob.until(() => document.querySelector('.tile:not(.self) [href$="#mic-off"]') === null);
  const { frames, audioPackets } = await bob.received();
  const later = await eventually(
    () => bob.received(),
    r => r.frames > frames + 10 && r.audioPackets > audioPackets + 25,
    5000,
  );
  assert.ok(later.frames > frames + 10 && later.audioPackets > audioPackets + 25, JSON.stringify(later));
  assert.deepEqual(await alice.negotiated(), before);
});

browserCase('a screen shared from Chromium is seen in Firefox', async ({ room, person }) => {
  const [alice, bob] = [await person(), await person({ on: 'firefox' })];
  await alice.join(room, 'alice');
  await bob.join(room, 'bob');
  const before = await alice.negotiated();
  await alice.press('.ctl[aria-label^="Share"]');
  await alice.reads('You share your screen with everyone');
  await bob.reads('alice is sharing');
  const shown = () => /** @type {HTMLVideoElement} */ (document.querySelector('.share video')).videoWidth > 100;
  await bob.until(shown);
  await Promise.all([alice.picture('share-own-chromium'), bob.picture('share-firefox')]);
  await alice.press('.tile.card .btn');
  await bob.until(() => /** @type {HTMLElement} */ (document.querySelector('.share')).hidden);
  assert.deepEqual(await alice.negotiated(), before);
});

proxiedCase('after five dark seconds, pictures are back within three', async ({ alice, bob, proxy }) => {
  const both = () => frames([alice, bob]);
  await eventually(both, now => now.every(f => f > 20));
  await proxy.tell({ blackoutMs: 5000 });
  await pause(4500);
  const dark = await both();
  await pause(500);
  const back = await eventually(both, now => now.every((f, i) => f > dark[i] + 2), 3000);
  assert.ok(
    back.every((f, i) => f > dark[i] + 2),
    `${dark} in the dark, ${back} three seconds later`,
  );
});

proxiedCase('whose address changes in mid-call goes on in the same place', async ({ room, alice, bob, proxy }) => {
  const people = async () => (await participants(room)).map(p => p.id).sort();
  const both = () => frames([alice, bob]);
  await eventually(both, now => now.every(f => f > 20));
  const known = await people();
  await proxy.tell({ changeAddress: true });
  await pause(100);
  const moved = await both();
  const now = await eventually(both, all => all.every((f, i) => f > moved[i] + 10), 8000);
  assert.ok(
    now.every((f, i) => f > moved[i] + 10),
    `${moved} frames when the address changed, ${now} at last`,
  );
  assert.deepEqual(await people(), known);
});

proxiedCase('what gets lost on the way to a viewer is repaired, not frozen', async ({ alice, bob, proxy }) => {
  await proxy.tell({ direction: 'down', loss: 0.1 });
  const both = () => Promise.all([alice.received(), bob.received()]);
  await eventually(both, all => all.every(r => r.lost > 0));
  const before = await both();
  await pause(5000);
  for (const [i, now] of (await both()).entries()) {
    const who = `${i ? 'firefox' : 'chromium'}: ${JSON.stringify([before[i], now])}`;
    assert.ok(now.lost > before[i].lost && now.frames - before[i].frames >= 25, who);
  }
});

browserCase('where no UDP passes, a call goes over TCP', async ({ room, person }) => {
  const people = [await person({ udp: false }), await person({ on: 'firefox', udp: false }), await person()];
  const [alice, bob, carol] = people;
  await alice.join(room, 'alice');
  await bob.join(room, 'bob');
  await carol.join(room, 'carol');
  for (const one of people) {
    const now = await eventually(
      () => one.received(),
      r => r.frames >= 50 && r.audioPackets >= 100 && r.energy > 0,
      20_000,
    );
    assert.ok(now.frames >= 50 && now.audioPackets >= 100 && now.energy > 0, JSON.stringify(now));
    assert.equal(now.protocol, one === carol ? 'udp' : 'tcp');
  }
  assert.deepEqual((await participants(room)).map(p => p.path).sort(), ['tcp', 'tcp', 'udp']);
  await Promise.all([alice.picture('tcp-chromium'), bob.picture('tcp-firefox')]);
});

browserCase('a lost socket is resumed, and media does not notice', async ({ room, person }) => {
  const [alice, bob] = [await person(), await person()];
  await alice.join(room, 'alice');
  await bob.join(room, 'bob');
  await bob.until(() => document.querySelectorAll('.tile:not(.off)').length === 2);
  const before = await alice.received();
  await alice.page.evaluate(() => /** @type {any} */ (window).sockets.at(-1).close());
  await alice.until(
    () => /** @type {any} */ (window).sockets.length > 1 && /** @type {any} */ (window).sockets.at(-1).readyState === 1,
  );
  await alice.press('.ctl[aria-label="Microphone"]');
  await bob.until(() => document.querySelector('.tile:not(.self) [href$="#mic-off"]') !== null);
  const now = await alice.received();
  assert.ok(now.frames > before.frames);
  assert.deepEqual((await alice.negotiated()).localDescriptions, 1);
});
