// A network of our own: loopback and 10.77.0.1, nothing else.
import { spawnSync } from 'node:child_process';

const NETWORK = `ip link set lo up && ip link add p0 type veth peer name p1 && ip link set p0 up && ip link set p1 up &&
  ip addr add 10.77.0.1/24 dev p0 && ip route add default via 10.77.0.254 dev p0`;

/** @param {string[]} flags of unshare @param {string[]} command */
const inside = (flags, command) => ['unshare', ...flags, 'sh', '-c', `${NETWORK} && exec "$@"`, 'sh', ...command];

/** @type {string[] | null | undefined} */
let known;

/** How such a network is made here, as flags of unshare; nothing where it cannot be made. */
export function network() {
  known ??= [['-n'], ['-rn']].find(works) ?? null;
  return known;
}

/** @param {string[]} flags */
function works(flags) {
  const [program, ...args] = inside(flags, ['true']);
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

/** The command as it runs in a network of its own, or as it is where there can be none. @param {string[]} command */
export function inOwnNetwork(command) {
  const flags = network();
  return flags ? inside(flags, command) : command;
}
