// What is sent and does not come out: pages say what does, and what the server does about the rest.
import assert from 'node:assert/strict';
import { messages, overhear } from '../support/overhear.js';
import { eventually, pause } from '../support/person.js';
import { browserCase, theServer } from '../support/world.js';

/** @typedef {import('../support/person.js').Person} Person */

/** How often each step has healed something. @returns {Promise<Record<string, number>>} */
async function healed() {
  const text = await (await fetch(`${(await theServer()).management}/metrics`)).text();
  const lines = [...text.matchAll(/^parley_heal_total\{.*rung="(\w+)".*\} (\S+)$/gm)];
  assert.ok(lines.length > 0, 'the metric is there');
  return Object.fromEntries(lines.map(([, rung, n]) => [rung, Number(n)]));
}

/** Two people who see and hear each other. @param {string} room @param {[Person, Person]} people */
async function meet(room, people) {
  for (const [i, one] of people.entries()) await one.join(room, ['alice', 'bob'][i]);
  for (const one of people) await one.until(() => document.querySelectorAll('.tile:not(.off)').length === 2);
}

browserCase('what comes out of the slots is reported, and nothing is healed that is well', async ({ room, person }) => {
  const people = /** @type {[Person, Person]} */ ([
    await person({ before: overhear }),
    await person({ on: 'firefox', before: overhear }),
  ]);
  const before = await healed();
  await meet(room, people);
  await pause(12_000);
  for (const one of people) {
    const done = new Set((await messages(one, 'heard', 'done')).map(m => m.re));
    const reports = (await messages(one, 'said', 'report')).filter(m => done.has(m.id));
    assert.ok(reports.length >= 5, `${reports.length} reports were answered`);
    const [first, last] = [reports.at(-4).slots[0], reports.at(-1).slots[0]];
    const words = JSON.stringify([first, last]);
    assert.ok(last.video.decoded > first.video.decoded && last.audio.decoded > first.audio.decoded, words);
    assert.deepEqual([last.video.state, last.audio.state], ['playing', 'playing'], words);
    assert.deepEqual(await messages(one, 'heard', 'heal'), []);
  }
  const { key_frame, remap } = await healed();
  assert.deepEqual([key_frame, remap], [before.key_frame, before.remap]);
});

/** Runs in the page before it does: the browser counts no more pictures while `blind` is set. */
function blinding() {
  const w = /** @type {any} */ (window);
  const real = RTCPeerConnection.prototype.getStats;
  /** @param {any[]} args */
  RTCPeerConnection.prototype.getStats = async function (...args) {
    const all = await real.apply(this, /** @type {any} */ (args));
    if (!w.blind) return all;
    /** @param {any} s */
    const dark = s => (s.type === 'inbound-rtp' && s.kind === 'video' ? { ...s, framesDecoded: 7 } : s);
    return new Map([...all].map(([id, s]) => [id, dark(s)]));
  };
}

/** @param {Person} one @param {boolean} blinded */
const blind = (one, blinded) => one.page.evaluate(on => void Object.assign(window, { blind: on }), blinded);

/** Pictures that really were decoded. @param {Person} one @returns {Promise<number>} */
const decoded = one =>
  one.page.evaluate(async () => {
    const peer = /** @type {any} */ (window).peers.findLast((/** @type {any} */ p) => p.iceConnectionState !== 'new');
    const reports = await Promise.all(peer.getReceivers().map((/** @type {any} */ r) => r.getStats()));
    const all = reports.flatMap(r => [...r.values()]).filter(s => s.type === 'inbound-rtp' && s.kind === 'video');
    return all.reduce((sum, s) => sum + (s.framesDecoded ?? 0), 0);
  });

/** Key frames that this one's camera was asked for. @param {Person} one @returns {Promise<number>} */
const asked = one =>
  one.page.evaluate(async () => {
    const peer = /** @type {any} */ (window).peers.findLast((/** @type {any} */ p) => p.iceConnectionState !== 'new');
    const sent = [...(await peer.getSenders()[1].getStats()).values()].filter(s => s.type === 'outbound-rtp');
    return sent.reduce((sum, s) => sum + (s.pliCount ?? 0) + (s.firCount ?? 0), 0);
  });

/** The slot in which a picture comes now. @param {Person} one @returns {Promise<number>} */
const slot = async one =>
  (await messages(one, 'heard', 'slots')).flatMap(m => m.map).findLast(s => s.video !== null)?.slot;

for (const on of /** @type {const} */ (['chromium', 'firefox'])) {
  browserCase(
    `a picture that does not come out is asked for, moved, and then said, ${on}`,
    async ({ room, person }) => {
      const [alice, bob] = [await person({ on, before: [overhear, blinding] }), await person({ before: overhear })];
      await meet(room, [alice, bob]);
      const [first, requests, before] = [await slot(alice), await asked(bob), await healed()];

      await blind(alice, true);
      const moved = await eventually(
        () => slot(alice),
        now => now !== first,
      );
      assert.notEqual(moved, first);
      assert.ok((await asked(bob)) > requests, 'a key frame came first');
      await blind(alice, false);
      const well = await eventually(healed, now => now.remap > before.remap);
      assert.equal(well.remap, before.remap + 1);
      assert.deepEqual(await messages(alice, 'heard', 'heal'), []);

      await blind(alice, true);
      await alice.reads('You cannot see bob');
      await alice.reads('The picture arrives and your browser cannot show it');
      await alice.picture(`unseen-${on}`);
      assert.deepEqual(
        (await messages(alice, 'heard', 'heal')).map(m => m.rung),
        ['none'],
      );
      await blind(alice, false);
      await alice.until(() => document.querySelector('.tile .state[data-state="unseen"]') === null);
      const frames = await decoded(alice);
      const later = await eventually(
        () => decoded(alice),
        n => n > frames + 20,
      );
      assert.ok(later > frames + 20, `${frames} pictures, then ${later}`);
      assert.equal((await alice.negotiated()).localDescriptions, 1);
    },
  );
}
