// Echo.java, as a process.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { JAR, java } from './server.js';

const PROGRAM = fileURLToPath(new URL('Echo.java', import.meta.url));
/** It is compiled when it starts, and lives for a minute. */
const FLAGS = [
  '-XX:TieredStopAtLevel=1',
  '-XX:+UseSerialGC',
  '--enable-native-access=ALL-UNNAMED',
  '--sun-misc-unsafe-memory-access=allow',
];
const START_MS = 120_000;

/** @param {string} [address] of media @returns {Promise<{ http: string, udp: number, stop: () => Promise<unknown> }>} */
export async function startEcho(address = '127.0.0.1') {
  if (!existsSync(JAR)) throw new Error(`${JAR} is not there: build it first`);
  const child = spawn(java(), [...FLAGS, '-cp', JAR, PROGRAM, address], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', text => (said += text));
  const ended = new Promise(resolve => child.on('exit', resolve));
  const ready = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`not ready after ${START_MS} ms\n${said}`)), START_MS);
    child.on('exit', code => reject(new Error(`the echo ended with ${code}\n${said}`)));
    createInterface(child.stdout).on('line', line => {
      if (!line.startsWith('READY ')) return;
      clearTimeout(late);
      resolve(JSON.parse(line.slice(6)));
    });
  });
  return {
    ...ready,
    stop: () => {
      child.kill();
      return ended;
    },
  };
}
