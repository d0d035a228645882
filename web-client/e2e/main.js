// Runs the browser cases in a network of their own: loopback and 10.77.0.1, nothing else. Where that cannot be made, in
// the machine's network, if it has an address that is not loopback. What cannot run at all is skipped with its reason.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PLACES } from './support/browsers.js';
import { inOwnNetwork, network } from './support/network.js';
import { JAR, address } from './support/server.js';

const CASES = fileURLToPath(new URL('all.js', import.meta.url));
const RUN = [process.execPath, '--test', ...process.argv.slice(2), CASES];

/** @param {string} reason @returns {never} */
function skip(reason) {
  console.log(`# SKIP browser tests: ${reason}`);
  process.exit(0);
}

if (!existsSync(JAR)) throw new Error(`${JAR} is not there: build the server first`);
const missing = Object.values(PLACES).filter(place => !existsSync(place));
if (missing.length) skip(`${missing.join(' and ')} not installed`);
if (!network() && !address()) skip('no network of its own can be made, and no address but loopback');
const [program, ...args] = inOwnNetwork(RUN);
process.exit(spawnSync(program, args, { stdio: 'inherit' }).status ?? 1);
