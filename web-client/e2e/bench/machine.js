import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { java } from '../support/server.js';

/** The kernel's unit of processor time in /proc. */
const TICK_S = 0.01;

/** @param {string} command @param {string[]} words */
const said = (command, words) => {
  const { stdout, stderr } = spawnSync(command, words, { encoding: 'utf8' });
  return `${stdout ?? ''}${stderr ?? ''}`.trim();
};

/** What every result says of where it was measured. */
export const machine = () => ({
  commit: said('git', ['rev-parse', '--short=12', 'HEAD']) || null,
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  jdk: /"([^"]+)"/.exec(said(java(), ['-version']))?.[1] ?? 'unknown',
});

/** How much of a core others used while we measured; nothing where the system does not say it. */
export class Neighbours {
  #startedMs = performance.now();
  #others = others();

  get seconds() {
    return (performance.now() - this.#startedMs) / 1000;
  }

  /** Over a twentieth of a core: the figures are not ours alone. */
  get disturbed() {
    const now = others();
    return now !== null && this.#others !== null && (now - this.#others) / this.seconds > 0.05;
  }
}

/** Processor seconds of everything but this process and its descendants. */
function others() {
  try {
    const [, user, nice, system, , , irq, softirq] = readFileSync('/proc/stat', 'utf8').split(/\s+/).map(Number);
    return (user + nice + system + irq + softirq) * TICK_S - own();
  } catch {
    return null;
  }
}

function own() {
  /** @type {Map<number, { parent: number, ticks: number }>} */
  const processes = new Map();
  for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      const ticks = fields.slice(11, 15).reduce((sum, t) => sum + Number(t), 0);
      processes.set(Number(pid), { parent: Number(fields[1]), ticks });
    } catch {
      // it ended while we looked
    }
  }
  const ours = (/** @type {number} */ pid) => {
    for (let p = pid; p > 0; p = processes.get(p)?.parent ?? 0) if (p === process.pid) return true;
    return false;
  };
  return [...processes].reduce((sum, [pid, { ticks }]) => (ours(pid) ? sum + ticks : sum), 0) * TICK_S;
}
