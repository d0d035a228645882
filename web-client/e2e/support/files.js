// Files: made on the disk, given to a page, and looked at in its chat.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { openChat } from './chatting.js';
import { eventually } from './person.js';

/** @typedef {import('./person.js').Person} Person */

export const folder = mkdtempSync(join(tmpdir(), 'parley-files-'));
after(() => rmSync(folder, { recursive: true }));

export const hashOf = (/** @type {Uint8Array} */ bytes) => createHash('sha256').update(bytes).digest('hex');

/** A file on this machine's disk. @param {string} name @param {number | string} content so many random bytes, or a text */
export function made(name, content) {
  const path = join(mkdtempSync(join(folder, 'f-')), name);
  const bytes = typeof content === 'number' ? randomBytes(content) : Buffer.from(content);
  writeFileSync(path, bytes);
  return { path, name, hash: hashOf(bytes) };
}

/** Chooses files as the system's dialog would. @param {Person} person @param {{ path: string }[]} files */
export async function attach(person, ...files) {
  const input = /** @type {import('puppeteer-core').ElementHandle<HTMLInputElement>} */ (
    await person.page.$('.chat input[type=file]')
  );
  await input.uploadFile(...files.map(f => f.path));
}

/**
 * Files as they are made on a page, for what no disk would keep, pasted or dropped.
 * @param {Person} person
 * @param {'paste' | 'drop' | 'dragover'} how
 * @param {{ name: string, size?: number }[]} files
 * @returns {Promise<boolean>} whether the page took it
 */
export const give = (person, how, files) =>
  person.page.evaluate(
    (event, list) => {
      const data = new DataTransfer();
      for (const { name, size = 1 } of list) data.items.add(new File([new Uint8Array(size)], name));
      const about = { bubbles: true, cancelable: true };
      const made =
        event === 'paste'
          ? new ClipboardEvent('paste', { ...about, clipboardData: data })
          : new DragEvent(event, { ...about, dataTransfer: data });
      const at = event === 'paste' ? '.chat textarea' : '.chat .log';
      return !document.querySelector(at)?.dispatchEvent(made);
    },
    how,
    files,
  );

/** What the cards in the log say, from the top. @param {Person} person */
export const cards = person =>
  person.page.$$eval('.chat .msg', all =>
    all.map(m => {
      const says = (/** @type {string} */ part) => m.querySelector(part)?.textContent ?? '';
      return [says('.fname') || says('.says') || says('.gone'), says('.file .size'), says('.unsent')]
        .filter(Boolean)
        .join(' | ');
    }),
  );

/** @param {Person} person @param {string[]} expected */
export async function shows(person, expected, timeoutMs = 20_000) {
  const same = (/** @type {string[]} */ shown) => JSON.stringify(shown) === JSON.stringify(expected);
  assert.deepEqual(await eventually(() => cards(person), same, timeoutMs), expected);
}

/** What the nth card's download gives. @param {Person} person @param {number} [nth] */
export async function downloaded(person, nth = 0) {
  await person.until(n => document.querySelectorAll('.chat .msg')[n]?.querySelector('.file a'), { args: [nth] });
  return person.page.$$eval(
    '.chat .msg',
    async (all, n) => {
      const link = /** @type {HTMLAnchorElement} */ (all[n].querySelector('.file a'));
      const response = await fetch(link.href);
      const hash = [...new Uint8Array(await crypto.subtle.digest('SHA-256', await response.arrayBuffer()))];
      const header = (/** @type {string} */ name) => response.headers.get(name);
      return {
        hash: hash.map(b => b.toString(16).padStart(2, '0')).join(''),
        name: link.download,
        how: [response.status, header('content-disposition'), header('x-content-type-options')].join(' '),
        href: link.href,
      };
    },
    nth,
  );
}

/**
 * How media fares, as the test wants it and not as the machine does that runs it: by `line` of the window, and nothing is told
 * as long as there is none.
 */
export function fares() {
  RTCPeerConnection.prototype.getStats = async () => {
    const { line } = /** @type {any} */ (window);
    return new Map(line ? [['l', { id: 'l', type: 'remote-inbound-rtp', timestamp: 0, ...line }]] : []);
  };
}

/** alice in Chromium and bob in Firefox, both with the chat open. @param {string} room @param {(how?: any) => Promise<Person>} person @param {object} [how] of alice */
export async function two(room, person, how = {}) {
  const people = [];
  for (const [i, on] of ['chromium', 'firefox'].entries()) {
    const one = await person({ on, width: 1280, height: 800, before: fares, ...(i === 0 && how) });
    people.push(await one.join(room, ['alice', 'bob'][i]));
    await openChat(one);
  }
  return people;
}
