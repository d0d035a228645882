// What every client here is: a program that publishes, watches or uses data channels, says what it sees, and leaves when
// its input ends.
import { checkChannels } from '../../web-client/e2e/support/channels.js';

/** @param {object} line */
export const say = line => process.stdout.write(`${JSON.stringify(line)}\n`);

/** Runs the checks of data channels and says how far they are. @param {Parameters<typeof checkChannels>[0]} peer
 * @param {Parameters<typeof checkChannels>[1]} control @param {string} answer */
export async function checkData(peer, control, answer) {
  try {
    await checkChannels(peer, control, answer, passed => say({ passed }));
    say({ done: true });
  } catch (error) {
    say({ failed: String(error instanceof Error ? error.stack : error) });
  }
}

/** Counts what arrives and says so, a few times a second. */
export class Arrivals {
  constructor() {
    this.audio = 0;
    this.video = 0;
    setInterval(() => say({ audio: this.audio, video: this.video }), 200);
  }
}

/**
 * @typedef {{ publish: (resource: string) => Promise<() => Promise<void>>,
 *   watch: (resource: string) => Promise<() => Promise<void>>,
 *   data: (resource: string) => Promise<() => Promise<void>> }} Client each gives back how to leave
 * @param {Client} client
 */
export async function run(client) {
  const [verb, resource] = process.argv.slice(2);
  try {
    const leave = await client[/** @type {keyof Client} */ (verb)](resource);
    process.stdin.resume();
    process.stdin.on('end', () => leave().finally(() => process.exit(0)));
  } catch (error) {
    say({ failed: String(error instanceof Error ? error.stack : error) });
    process.exit(1);
  }
}
