// Somebody at a page: opens it, presses what a person presses, and reads what the browser knows about media.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { browser } from './browsers.js';

/** @typedef {import('./browsers.js').Name} Name */
/** @typedef {{ width: number, height: number }} Size */
/** @typedef {{ host: string, port: number }} Through media goes through this instead of directly */

const OUTPUT = fileURLToPath(new URL('../../../test-output/', import.meta.url));
mkdirSync(OUTPUT, { recursive: true });

/** What is awaited comes at once, or as late as a busy machine makes it: no test measures by this. */
const PATIENCE_MS = 30_000;

/** Keeps hold of connections and sockets for the test, and sends media where the test wants it. */
function spy(/** @type {{ through: Through | null, udp: boolean }} */ { through, udp }) {
  const w = /** @type {any} */ (window);
  w.peers = [];
  w.sockets = [];
  const [Peer, Socket] = [RTCPeerConnection, WebSocket];
  w.RTCPeerConnection = class extends Peer {
    constructor(/** @type {any[]} */ ...args) {
      super(...args);
      w.peers.push(this);
    }
    /** @override @param {any} description */
    setRemoteDescription(description) {
      if (!udp) {
        const sdp = description.sdp.replace(/a=candidate:\S+ \d+ udp [^\r\n]*\r\n/g, '');
        return super.setRemoteDescription({ type: description.type, sdp });
      }
      if (!through) return super.setRemoteDescription(description);
      const one = `a=candidate:1 1 udp 2130706431 ${through.host} ${through.port} typ host`;
      let first = true;
      const sdp = description.sdp.replace(/a=candidate:[^\r\n]*\r\n/g, () =>
        first ? ((first = false), `${one}\r\n`) : '',
      );
      return super.setRemoteDescription({ type: description.type, sdp });
    }
  };
  w.WebSocket = class extends Socket {
    constructor(/** @type {[string, string]} */ ...args) {
      super(...args);
      w.sockets.push(this);
    }
  };
}

/** The camera gives pictures of this size, whatever the page would like. @param {Size} size */
function ofSize({ width, height }) {
  if (!navigator.mediaDevices) return; // the empty page before the first
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = wanted => {
    const video = typeof wanted?.video === 'object' ? { ...wanted.video, width, height } : wanted?.video;
    return real(video ? { ...wanted, video } : wanted);
  };
}

export class Person {
  /** @type {string[]} what went wrong on the page */
  faults = [];

  /**
   * @param {import('puppeteer-core').Page} page
   * @param {import('puppeteer-core').BrowserContext} context
   * @param {string} base
   */
  constructor(page, context, base) {
    this.page = page;
    this.context = context;
    this.base = base;
    page.on('pageerror', cause => this.faults.push(String(/** @type {Error} */ (cause).stack ?? cause)));
    page.on('console', message => message.type() === 'error' && this.faults.push(message.text()));
  }

  /**
   * @param {string} base the server's address
   * @param {{ on?: Name, width?: number, height?: number, through?: Through | null, udp?: boolean, deny?: boolean,
   *   context?: import('puppeteer-core').BrowserContext, theme?: string, camera?: Size, before?: (() => void) | (() => void)[],
   *   wire?: { base: string } | null }} [how] `wire`: the way of everything but media
   */
  static async at(
    base,
    {
      on = 'chromium',
      width = 960,
      height = 640,
      through = null,
      udp = true,
      deny = false,
      context,
      theme,
      camera,
      before = [],
      wire = null,
    } = {},
  ) {
    const from = wire?.base ?? base;
    const where = context ?? (await (await browser(on)).createBrowserContext());
    if (on === 'chromium' && !context)
      await where.overridePermissions(
        from,
        deny ? ['geolocation'] : ['camera', 'microphone', 'clipboard-sanitized-write'],
      );
    const page = await where.newPage();
    await page.setViewport({ width, height });
    await page.evaluateOnNewDocument(spy, { through, udp });
    if (camera) await page.evaluateOnNewDocument(ofSize, camera);
    for (const run of [before].flat()) await page.evaluateOnNewDocument(run);
    if (theme)
      await page.evaluateOnNewDocument(
        t => void (localStorage['parley.settings'] ??= JSON.stringify({ theme: t })),
        theme,
      );
    return new Person(page, where, from);
  }

  /** @param {string} path */
  async open(path) {
    await this.page.goto(this.base + path);
    await this.page.waitForSelector('#page > main, #page > .call');
    return this;
  }

  /** From the start page into a room. @param {string} room @param {string} name */
  async join(room, name) {
    await this.open('/');
    await this.fill(room, name);
    await this.press('.btn.primary');
    await this.inCall();
    return this;
  }

  /** @param {string} room @param {string} name */
  async fill(room, name) {
    await this.page.type('#field-room', room);
    await this.page.type('#field-name', name);
  }

  /** @param {string} selector */
  async press(selector) {
    await this.page.waitForSelector(selector, { visible: true });
    await this.page.click(selector);
  }

  async inCall() {
    await this.page.waitForSelector('.call', { timeout: PATIENCE_MS });
    await this.until(() =>
      /** @type {any} */ (window).peers.some((/** @type {any} */ p) => p.connectionState === 'connected'),
    );
  }

  /**
   * Waits until something holds on the page.
   * @param {(...args: any[]) => any} holds
   * @param {{ timeout?: number, args?: any[] }} [how]
   */
  async until(holds, { timeout = PATIENCE_MS, args = [] } = {}) {
    await this.page.waitForFunction(holds, { timeout, polling: 100 }, ...args);
  }

  /** The sentence is somewhere on the page. @param {string} words @param {number} [timeout] ms */
  async reads(words, timeout = PATIENCE_MS) {
    await this.until(text => document.body.innerText.includes(text), { timeout, args: [words] });
  }

  /** Names on the tiles, the own one last. */
  async tiles() {
    return this.page.$$eval('.tile:not(.card) .name', all => all.map(n => n.textContent ?? ''));
  }

  /** What this browser has received so far, and how. @returns {Promise<Received>} */
  async received() {
    return this.page.evaluate(async () => {
      const { peers } = /** @type {any} */ (window);
      // Not the one that the page keeps ready for the next call.
      const peer = peers.findLast((/** @type {any} */ p) => p.iceConnectionState !== 'new') ?? peers.at(-1);
      /** @type {any[]} */
      const all = [...(await peer.getStats()).values()];
      const of = (/** @type {string} */ kind) => all.filter(s => s.type === 'inbound-rtp' && s.kind === kind);
      const sum = (/** @type {any[]} */ list, /** @type {string} */ key) => list.reduce((n, s) => n + (s[key] ?? 0), 0);
      const transport = all.find(s => s.type === 'transport');
      const pair = all.find(s => s.type === 'candidate-pair' && s.nominated && s.state === 'succeeded');
      return {
        frames: sum(of('video'), 'framesDecoded'),
        lost: sum(of('video'), 'packetsLost'),
        audioPackets: sum(of('audio'), 'packetsReceived'),
        energy: sum(of('audio'), 'totalAudioEnergy'),
        cipher: transport?.srtpCipher ?? null,
        protocol: all.find(s => s.id === pair?.remoteCandidateId)?.protocol ?? null,
      };
    });
  }

  /** How often something was negotiated. */
  async negotiated() {
    return this.page.evaluate(() => /** @type {any} */ (window).parleyStats());
  }

  /** @param {string} name */
  async picture(name) {
    await this.page.screenshot({ path: /** @type {`${string}.png`} */ (`${OUTPUT}${name}.png`) });
  }

  async close() {
    await this.context.close();
  }
}

/** @typedef {{ frames: number, lost: number, audioPackets: number, energy: number, cipher: string | null,
 *   protocol: string | null }} Received */

/** @param {number} ms */
export const pause = ms => new Promise(resolve => setTimeout(resolve, ms));

/**
 * Asks again until the answer is right.
 * @template T
 * @param {() => Promise<T>} ask
 * @param {(answer: T) => boolean} right
 * @param {number} [timeoutMs]
 * @returns {Promise<T>} the last answer, right or not
 */
export async function eventually(ask, right, timeoutMs = PATIENCE_MS) {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (right(answer) || Date.now() > end) return answer;
    await pause(100);
  }
}
