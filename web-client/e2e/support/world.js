// What all cases share: one server, both browsers, and a clean end of each case.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { closeBrowsers } from './browsers.js';
import { Person } from './person.js';
import { startServer } from './server.js';

/** @type {Promise<import('./server.js').Server> | null} */
let server = null;
let rooms = 0;

const CASE_MS = 150_000;

export const theServer = () => (server ??= startServer());

/**
 * A case gets a room of its own and people who are cleaned up, whose pages must not have complained.
 * @param {string} name
 * @param {(at: { room: string, person: (how?: Parameters<typeof Person.at>[1]) => Promise<Person> }) => Promise<void>} body
 */
export function browserCase(name, body) {
  test(name, { timeout: CASE_MS }, async () => {
    const { http } = await theServer();
    /** @type {Person[]} */
    const people = [];
    const person = async (/** @type {Parameters<typeof Person.at>[1]} */ how) => {
      const one = await Person.at(http, how);
      people.push(one);
      return one;
    };
    try {
      await body({ room: `room ${++rooms}`, person });
      assert.deepEqual(
        people.flatMap(p => p.faults),
        [],
      );
      const row = /^hostile (\w+)/.exec(name)?.[1];
      if (row) console.log(`HOSTILE ${row} ok`);
    } catch (cause) {
      await Promise.all(people.map((p, i) => p.picture(`failed-${rooms}-${i}`).catch(() => {})));
      throw Object.assign(/** @type {Error} */ (cause), { faults: people.flatMap(p => p.faults) });
    } finally {
      for (const context of new Set(people.map(p => p.context))) await context.close().catch(() => {});
    }
  });
}

after(async () => {
  await closeBrowsers();
  await (await server)?.stop();
});
