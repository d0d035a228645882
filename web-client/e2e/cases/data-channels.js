// Both browsers' own data channels against the engine's SCTP, with an echo behind its message port: what the clients of
// others do in foreign/data.js, and what only a browser shows.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after } from 'node:test';
import { startEcho } from '../support/echo.js';
import { address, startProxy } from '../support/server.js';
import { browserCase } from '../support/world.js';

/** @typedef {import('../support/person.js').Person} Person */

const CHECKS = readFileSync(new URL('../support/channels.js', import.meta.url), 'utf8');
const NAMES = '{ Asker, Incoming, browserChannel, checkChannels, checkOverLoss }';

/** @type {ReturnType<typeof startEcho> | null} */
let echo = null;
const theEcho = () => (echo ??= startEcho(address() ?? undefined));
after(async () => (await echo)?.stop());

/** Brings the checks into the page, and `connect`, which comes back when the server has answered. @param {Person} person */
async function ready(person) {
  await person.page.goto(`${(await theEcho()).http}/`);
  await person.page.addScriptTag({ type: 'module', content: `${CHECKS}\nwindow.checks = ${NAMES};` });
  await person.until(() => 'checks' in window);
  await person.page.evaluate(() => {
    const w = /** @type {any} */ (window);
    w.connect = async () => {
      const pc = new RTCPeerConnection();
      pc.addTransceiver('audio', { direction: 'recvonly' });
      const open = (/** @type {string} */ label, /** @type {RTCDataChannelInit} */ options) =>
        w.checks.browserChannel(pc.createDataChannel(label, options));
      const peer = { open, incoming: new w.checks.Incoming(), emptyToo: true };
      pc.ondatachannel = ({ channel }) => peer.incoming.add(w.checks.browserChannel(channel));
      const control = open('control', {});
      await pc.setLocalDescription();
      const answer = await (await fetch('/', { method: 'POST', body: pc.localDescription?.sdp })).text();
      await pc.setRemoteDescription({ type: 'answer', sdp: answer });
      return { pc, peer, control, answer };
    };
  });
}

for (const on of /** @type {const} */ (['chromium', 'firefox'])) {
  browserCase(
    `data channels of ${on}: every kind, every length, a thousand, opened and closed by either side`,
    async ({ person }) => {
      const alice = await person({ on });
      await ready(alice);
      const passed = await alice.page.evaluate(async () => {
        const w = /** @type {any} */ (window);
        const { peer, control, answer } = await w.connect();
        /** @type {string[]} */
        const all = [];
        await w.checks.checkChannels(peer, control, answer, (/** @type {string} */ what) => all.push(what));
        return all;
      });
      assert.equal(passed.at(-1), 'many');
    },
  );

  browserCase(
    `data channels of ${on}: what is too long is not sent, and who sends much is told when to go on`,
    async ({ person }) => {
      const alice = await person({ on });
      await ready(alice);
      const seen = await alice.page.evaluate(async () => {
        const w = /** @type {any} */ (window);
        const { pc, control } = await w.connect();
        await control.opened;
        const dc = pc.createDataChannel('bulk');
        const channel = w.checks.browserChannel(dc);
        await channel.opened;
        const asker = new w.checks.Asker(channel, 'bulk');
        const most = pc.sctp.maxMessageSize;
        await asker.echoes(most, false);
        let refused = '';
        try {
          dc.send(new Uint8Array(most + 1));
        } catch (cause) {
          refused = /** @type {Error} */ (cause).name;
        }
        await asker.echoes(1, true);
        dc.bufferedAmountLowThreshold = 50_000;
        const low = new Promise(resolve => dc.addEventListener('bufferedamountlow', () => resolve(dc.bufferedAmount)));
        let back = 0;
        const all = new Promise(resolve => channel.onMessage(() => ++back === 10 && resolve(back)));
        for (let i = 0; i < 10; i++) dc.send(new Uint8Array(60_000));
        const waiting = dc.bufferedAmount;
        return { most, refused, waiting, low: await low, back: await all, state: dc.readyState };
      });
      assert.equal(seen.most, 262_144);
      assert.equal(seen.refused, 'TypeError');
      assert.ok(seen.waiting > 50_000 && seen.low <= 50_000, JSON.stringify(seen));
      assert.deepEqual([seen.back, seen.state], [10, 'open']);
    },
  );

  browserCase(
    `data channels of ${on}: over a network that loses a twentieth they keep what they promise`,
    async ({ person }) => {
      const proxy = await startProxy((await theEcho()).udp);
      try {
        await proxy.tell({ delayMs: 10, jitterMs: 2, loss: 0.05, duplicate: 0.01, reorder: 0.01, reorderMs: 10 });
        const alice = await person({ on, through: proxy });
        await ready(alice);
        await alice.page.evaluate(async () => {
          const w = /** @type {any} */ (window);
          const { peer, control } = await w.connect();
          await w.checks.checkOverLoss(peer, control);
        });
      } finally {
        proxy.stop();
      }
    },
  );
}
