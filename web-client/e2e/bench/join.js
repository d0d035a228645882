// ./parley bench join: from the press on Join to the first remote picture, in a browser that was in the room before.
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { PLACES, browser, closeBrowsers } from '../support/browsers.js';
import { inOwnNetwork } from '../support/network.js';
import { Person, pause } from '../support/person.js';
import { startServer } from '../support/server.js';
import { machine, Neighbours } from './machine.js';
import { stopwatch } from './stopwatch.js';

/** @typedef {import('../support/browsers.js').Name} Name */
/** @typedef {Record<string, number>} Times milliseconds after the press */

const RESULTS = new URL('../../../bench/results.jsonl', import.meta.url);
const PHASES = ['ws', 'answer', 'ice', 'dtls', 'first_packet', 'first_frame'];
const FRAME_MS = 20_000;
/** In which the page makes its next offer, and encoders and estimators come to rest. */
const REST_MS = 1500;

const { values } = parseArgs({
  options: {
    browser: { type: 'string', multiple: true, default: ['chromium', 'firefox'] },
    joins: { type: 'string', default: '10' },
    'warm-up': { type: 'string', default: '10' },
    camera: { type: 'string', default: '640x360' },
  },
});

/** By nearest rank. @param {number[]} numbers @param {number} share */
const quantile = (numbers, share) =>
  numbers.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(numbers.length * share) - 1)];

/** @param {Person} person @returns {Promise<Times>} */
async function times(person) {
  await person.until(() => 'first_frame' in /** @type {any} */ (window).joinTimes(), { timeout: FRAME_MS });
  return person.page.evaluate(() => /** @type {any} */ (window).joinTimes());
}

/** Out, and in again. @param {Person} person */
async function rejoin(person) {
  await pause(REST_MS);
  await person.press('.ctl.leave');
  await person.page.waitForSelector('.says .btn.primary');
  await pause(REST_MS);
  await person.press('.says .btn.primary');
  return times(person);
}

/** @param {string} base @param {Name} on */
async function measure(base, on) {
  const camera = size(values.camera);
  const alice = await Person.at(base, { on, camera });
  await alice.join(`bench ${on}`, 'alice');
  const bob = await Person.at(base, { on, camera, before: stopwatch });
  await bob.join(`bench ${on}`, 'bob');
  const called = `${await name(on)}, cameras ${values.camera}`;
  console.log(`${called}, first join: ${line(await times(bob))}`);
  for (let i = 0; i < Number(values['warm-up']); i++) await rejoin(bob);
  const neighbours = new Neighbours();
  const runs = [];
  for (let i = 0; i < Number(values.joins); i++) {
    runs.push(await rejoin(bob));
    console.log(`${called}, join ${i + 1}: ${line(runs[i])}`);
  }
  report(await name(on), runs, neighbours);
  for (const person of [alice, bob]) await person.close();
}

/**
 * Two encoders of 1280x720 in software take most of two cores, and then a join shows how long it waits for them.
 * @param {string} text
 */
function size(text) {
  const [, width, height] = /^(\d+)x(\d+)$/.exec(text) ?? [];
  if (!width || !height) throw new Error(`--camera ${text}: WIDTHxHEIGHT, for example 640x360`);
  return { width: Number(width), height: Number(height) };
}

/** "chromium 156" @param {Name} on */
async function name(on) {
  const version = await (await browser(on)).version();
  return `${on} ${/\/(\d+)/.exec(version)?.[1] ?? ''}`.trim();
}

/** @param {Times} run */
const line = run =>
  Object.entries(run)
    .sort((a, b) => a[1] - b[1])
    .map(([what, ms]) => `${what} ${ms.toFixed(0)}`)
    .join(' · ');

/** @param {string} called @param {Times[]} runs @param {Neighbours} neighbours */
function report(called, runs, neighbours) {
  const at = (/** @type {string} */ phase, /** @type {number} */ share) => {
    const known = runs.map(run => run[phase]).filter(ms => ms !== undefined);
    return known.length ? Math.round(quantile(known, share)) : null;
  };
  const result = {
    bench: 'join',
    schema: 1,
    ...machine(),
    seconds: Math.round(neighbours.seconds),
    disturbed: neighbours.disturbed,
    browser: called,
    n: runs.length,
    ms: { median: at('first_frame', 0.5), p95: at('first_frame', 0.95) },
    phases_ms: Object.fromEntries(PHASES.map(phase => [phase, at(phase, 0.5)])),
  };
  const text = JSON.stringify(result);
  console.log(`RESULT ${text}`);
  appendFileSync(RESULTS, `${text}\n`);
}

if (!process.env.PARLEY_OWN_NETWORK) {
  const [program, ...args] = inOwnNetwork(process.argv);
  const env = { ...process.env, PARLEY_OWN_NETWORK: 'tried' };
  process.exit(spawnSync(program, args, { stdio: 'inherit', env }).status ?? 1);
}
const server = await startServer();
try {
  for (const on of /** @type {Name[]} */ (values.browser)) {
    if (existsSync(PLACES[on])) await measure(server.http, on);
    else console.log(`${on} is not installed: skipped`);
  }
} finally {
  await closeBrowsers();
  await server.stop();
}
