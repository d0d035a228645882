// Data channels of every client here, with an echo behind the engine's message port.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CLIENTS, start, whyNot } from './support/clients.js';
import { startEcho } from '../web-client/e2e/support/echo.js';

const PATIENCE_MS = 120_000;
const ALL = [
  'ordered',
  'unordered',
  'retransmits-0',
  'retransmits-3',
  'lifetime',
  'long',
  'agreed',
  'from-server',
  'many',
];

/** werift numbers its channels by its role in ICE, where RFC 8832 section 6 has that in DTLS: as a DTLS server it is right.
 * @type {Record<string, Record<string, string>>} */
const SETUP = { werift: { FOREIGN_SETUP: 'passive' } };

/** @type {Awaited<ReturnType<typeof startEcho>>} */
let echo;
before(async () => (echo = await startEcho()));
after(() => echo?.stop());

for (const name of CLIENTS) {
  test(`every message of ${name} comes back as it was`, { skip: whyNot(name) }, async () => {
    const client = start(name, 'data', `${echo.http}/`, SETUP[name] ?? {});
    try {
      await client.until(seen => !!seen.done, PATIENCE_MS);
      assert.deepEqual(client.seen.passed, ALL);
    } finally {
      await client.leave();
    }
  });
}
