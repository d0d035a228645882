// Runs the browser cases in a network of their own: loopback and 10.77.0.1, nothing else. Where that cannot be made, in
// the machine's network, if it has an address that is not loopback. What cannot run at all is skipped with its reason.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { JAR, address } from './support/server.js';

const CASES = fileURLToPath(new URL('all.js', import.meta.url));
const RUN = [process.execPath, '--test', ...process.argv.slice(2), CASES];
const NETWORK = `ip link set lo up && ip link add p0 type veth peer name p1 && ip link set p0 up && ip link set p1 up &&
  ip addr add 10.77.0.1/24 dev p0 && ip route add default via 10.77.0.254 dev p0`;

/** @param {string[]} flags of unshare */
const inside = (flags, /** @type {string[]} */ command) => [
  'unshare',
  ...flags,
  'sh',
  '-c',
  `${NETWORK} && exec "$@"`,
  'sh',
  ...command,
];
const works = (/** @type {string[]} */ flags) => {
  const [program, ...args] = inside(flags, ['true']);
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
};

/** @param {string} reason @returns {never} */
function skip(reason) {
  console.log(`# SKIP browser tests: ${reason}`);
  process.exit(0);
}

if (!existsSync(JAR)) throw new Error(`${JAR} is not there: build the server first`);
const missing = [process.env.CHROMIUM ?? '/usr/bin/chromium', process.env.FIREFOX ?? '/usr/bin/firefox-esr'].filter(
  b => !existsSync(b),
);
if (missing.length) skip(`${missing.join(' and ')} not installed`);
const flags = [['-n'], ['-rn']].find(works);
if (!flags && !address()) skip('no network of its own can be made, and no address but loopback');
const [program, ...args] = flags ? inside(flags, RUN) : RUN;
process.exit(spawnSync(program, args, { stdio: 'inherit' }).status ?? 1);
