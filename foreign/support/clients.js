// The programs in clients/, as processes.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../clients/', import.meta.url));
/** The Python that has aiortc. */
const PYTHON = process.env.FOREIGN_PYTHON ?? fileURLToPath(new URL('../.venv/bin/python', import.meta.url));
const GOODBYE_MS = 5_000;
const require = createRequire(import.meta.url);

/** @type {Record<string, { command: string[], lacks: () => string | false }>} */
const PROGRAMS = {
  aiortc: {
    command: [PYTHON, `${FOLDER}aiortc_client.py`],
    lacks: () => !existsSync(PYTHON) && 'no Python with aiortc',
  },
  werift: node('werift'),
  wrtc: node('wrtc', '@roamhq/wrtc'),
  datachannel: node('datachannel', 'node-datachannel'),
};

export const CLIENTS = Object.keys(PROGRAMS);

/** @param {string} name @param {string} [module] */
function node(name, module = name) {
  return { command: [process.execPath, `${FOLDER}${name}.js`], lacks: () => unloadable(module) };
}

/** @param {string} module @returns {string | false} */
function unloadable(module) {
  try {
    require.resolve(module);
    return false;
  } catch {
    return `no ${module} here`;
  }
}

/** Why a client cannot run, or false. @param {string} name */
export const whyNot = name => PROGRAMS[name].lacks();

/** @typedef {{ audio: number, video: number, connected?: boolean, failed?: string, done?: boolean, passed: string[] }} Seen */

/** @param {string} name @param {'publish' | 'watch' | 'data'} verb @param {string} resource @param {Record<string, string>} env */
export function start(name, verb, resource, env) {
  const [program, ...args] = PROGRAMS[name].command;
  const child = spawn(program, [...args, verb, resource], { env: { ...process.env, ...env } });
  /** @type {Seen} */
  const seen = { audio: 0, video: 0, passed: [] };
  let said = '';
  let look = () => {};
  const ended = new Promise(resolve => child.on('exit', code => resolve(code ?? 'killed')));
  ended.then(code => ((seen.failed ??= `ended with ${code}`), look()));
  child.stderr.on('data', text => (said += text));
  createInterface(child.stdout).on('line', line => {
    if (line.startsWith('{')) note(JSON.parse(line));
    look();
  });
  /** @param {{ passed?: string }} line */
  function note({ passed, ...more }) {
    if (passed) seen.passed.push(passed);
    Object.assign(seen, more);
  }
  return {
    seen,

    /** @param {(seen: Seen) => boolean} enough @param {number} patienceMs @returns {Promise<void>} */
    until: (enough, patienceMs) =>
      new Promise((resolve, reject) => {
        const why = () => new Error(`${name} (${verb}) has ${JSON.stringify(seen)}\n${said}`);
        const late = setTimeout(() => reject(why()), patienceMs);
        look = () => {
          if (!enough(seen) && !seen.failed) return;
          clearTimeout(late);
          if (enough(seen)) resolve();
          else reject(why());
        };
        look();
      }),

    async leave() {
      child.stdin.end();
      const late = setTimeout(() => child.kill('SIGKILL'), GOODBYE_MS);
      await ended;
      clearTimeout(late);
    },
  };
}
