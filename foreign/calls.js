// Who sends, and who sees it: every client of others publishes once, and all of them watch.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from '../web-client/e2e/support/server.js';
import { CLIENTS, start, whyNot } from './support/clients.js';

/** About half a second of each. */
const ENOUGH = 15;
const PATIENCE_MS = 40_000;

/** @type {import('../web-client/e2e/support/server.js').Server} */
let server;
before(async () => (server = await startServer()));
after(() => server?.stop());

/** @type {(room: string) => Promise<any[]>} */
const people = async room =>
  (await (await fetch(`${server.http}/api/v1/rooms/${room}/participants`)).json()).participants;

/** @param {string} publisher @param {string} room @param {Record<string, string>} [env] of the publisher */
async function call(publisher, room, env = {}) {
  const viewers = CLIENTS.filter(name => !whyNot(name));
  const all = [start(publisher, 'publish', `${server.http}/whip/${room}?name=${publisher}`, env)];
  try {
    for (const viewer of viewers) {
      all.push(start(viewer, 'watch', `${server.http}/whep/${room}/${publisher}?name=${viewer}`, env));
    }
    await Promise.all(
      all.slice(1).map(viewer => viewer.until(seen => seen.audio >= ENOUGH && seen.video >= ENOUGH, PATIENCE_MS)),
    );
    const here = await people(room);
    const alone = here.find(person => person.via === 'whip');
    assert.equal(alone.name, publisher);
    assert.deepEqual(alone.tracks.map((/** @type {any} */ track) => track.codec).sort(), ['VP8', 'opus']);
    assert.equal(here.filter(person => person.via === 'whep').length, viewers.length);
  } finally {
    await Promise.all(all.map(client => client.leave()));
  }
  assert.deepEqual(await people(room), [], 'whoever said goodbye is gone');
}

for (const publisher of CLIENTS) {
  test(`what ${publisher} publishes all clients see`, { skip: whyNot(publisher) }, () => call(publisher, publisher));
}

for (const setup of ['active', 'passive']) {
  test(`offers that say setup:${setup} connect, both ways`, { skip: whyNot('werift') }, () =>
    call('werift', `setup-${setup}`, { FOREIGN_SETUP: setup }),
  );
}
