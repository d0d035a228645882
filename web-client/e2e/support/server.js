// The real server, as a process, and netsim's UDP proxy beside it.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
export const JAR = process.env.PARLEY_JAR ?? join(ROOT, 'signaling/target/parley.jar');
const NETSIM = process.env.PARLEY_NETSIM ?? join(ROOT, 'netsim/target/netsim-0.1.0.jar');
/** As the launcher starts it. */
const FLAGS = ['-XX:+UseZGC', '--enable-native-access=ALL-UNNAMED', '--sun-misc-unsafe-memory-access=allow'];
const START_MS = 60_000;
export const java = () => (process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin/java') : 'java');

/** An address of this machine that is not loopback: Firefox never tries a loopback candidate. */
export const address = () =>
  Object.values(networkInterfaces())
    .flat()
    .find(i => i && i.family === 'IPv4' && !i.internal)?.address ?? null;

/** @typedef {{ http: string, https: string, management: string, udp: number, stop: () => Promise<void> }} Server */

/** Starts a server and waits for its READY line. @param {string[]} [more] further flags @returns {Promise<Server>} */
export async function startServer(more = []) {
  if (!existsSync(JAR)) throw new Error(`${JAR} is not there: build it first`);
  const data = mkdtempSync(join(tmpdir(), 'parley-e2e-'));
  const free = ['--port', '0', '--http-port', '0', '--management-port', '0', '--data', data];
  const child = spawn(java(), [...FLAGS, '-jar', JAR, ...free, ...more], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', text => (said += text));
  const ended = new Promise(resolve => child.on('exit', resolve));
  const ready = await new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      child.kill();
      reject(new Error(`not ready after ${START_MS} ms\n${said}`));
    }, START_MS);
    child.on('exit', code => reject(new Error(`the server ended with ${code}\n${said}`)));
    createInterface(child.stdout).on('line', line => {
      said += `${line}\n`;
      if (!line.startsWith('READY ')) return;
      clearTimeout(late);
      resolve(JSON.parse(line.slice(6)));
    });
  });
  const stop = async () => {
    child.kill();
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
  return { ...ready, http: ready.http.replace('127.0.0.1', 'localhost'), stop };
}

/**
 * A bad network between browsers and a server: `tell({ blackoutMs: 5000 })`.
 * @param {number} port the server's media port
 * @param {string | null} [host] where it is
 */
export async function startProxy(port, host = address()) {
  const args = [
    '-cp',
    NETSIM,
    'dev.parley.netsim.UdpProxyMain',
    '--server',
    `${host}:${port}`,
    '--listen',
    `${host}:0`,
  ];
  const child = spawn(java(), args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const at = JSON.parse((await lines.next()).value);
  return {
    host: at.host,
    port: at.port,
    /** @param {object} command */
    async tell(command) {
      child.stdin.write(`${JSON.stringify(command)}\n`);
      const answer = JSON.parse((await lines.next()).value);
      if (answer.error) throw new Error(answer.error);
      return answer;
    },
    stop: () => void child.stdin.end(),
  };
}
