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

/** Rows of docs/hostile.md whose cases were run, and whether all of them passed. @type {Map<string, boolean>} */
const rows = new Map();

/** @typedef {NonNullable<Parameters<typeof Person.at>[1]>} How */

export const theServer = () => (server ??= startServer());

/**
 * A case gets a room of its own and people who are cleaned up, whose pages must not have complained. One whose name
 * begins with `hostile F05` belongs to that row.
 * @param {string} name
 * @param {(at: { room: string, person: (how?: How & { base?: string }) => Promise<Person> }) => Promise<void>} body
 * @param {number} [limitMs]
 */
export function browserCase(name, body, limitMs = CASE_MS) {
  const row = /^hostile ([A-Z]\d{2})\b/.exec(name)?.[1];
  test(name, { timeout: limitMs }, async () => {
    const { http } = await theServer();
    /** @type {Person[]} */
    const people = [];
    const person = async (/** @type {How & { base?: string }} */ how = {}) => {
      const one = await Person.at(how.base ?? http, how);
      people.push(one);
      return one;
    };
    try {
      await body({ room: `room ${++rooms}`, person });
      assert.deepEqual(
        people.flatMap(p => p.faults),
        [],
      );
      if (row) rows.set(row, rows.get(row) ?? true);
    } catch (cause) {
      if (row) rows.set(row, false);
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
  rows.forEach((passed, row) => console.log(`HOSTILE ${row} ${passed ? 'ok' : 'failed'}`));
});
