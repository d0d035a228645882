// One Chromium and one Firefox for all cases; a fresh context for each person.
import puppeteer from 'puppeteer-core';

/** @typedef {'chromium' | 'firefox'} Name */

const CHROMIUM = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync', '--disable-dev-shm-usage', '--mute-audio'],
  ...[
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    '--autoplay-policy=no-user-gesture-required',
  ],
  ...['--auto-select-desktop-capture-source=Entire screen', '--disable-features=WebRtcHideLocalIpsWithMdns'],
  ...[
    '--disable-background-timer-throttling',
    '--disable-renderer-backgrounding',
    '--disable-backgrounding-occluded-windows',
  ],
];
const FIREFOX = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.autoplay.default': 0,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  'media.cubeb.backend': '',
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'app.update.enabled': false,
};

/** Where they are installed, if they are. @type {Record<Name, string>} */
export const PLACES = {
  chromium: process.env.CHROMIUM ?? '/usr/bin/chromium',
  firefox: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
};

/** @type {Map<Name, Promise<import('puppeteer-core').Browser>>} */
const running = new Map();

/** @param {Name} name */
export function browser(name) {
  const launched = running.get(name) ?? launch(name);
  running.set(name, launched);
  return launched;
}

/** @param {Name} name */
const launch = name =>
  name === 'firefox'
    ? puppeteer.launch({
        browser: 'firefox',
        executablePath: PLACES.firefox,
        headless: true,
        extraPrefsFirefox: FIREFOX,
        protocolTimeout: 60_000,
      })
    : puppeteer.launch({ executablePath: PLACES.chromium, headless: true, args: CHROMIUM });

export async function closeBrowsers() {
  for (const launched of running.values()) await (await launched).close().catch(() => {});
}
