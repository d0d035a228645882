// Rules of the whole client that no other tool looks after.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { trimmed } from '../static/call/codecs.js';
import { meaning } from '../static/call/devices.js';
import { loudness } from '../static/call/level.js';
import { asking, untouched, verdict } from '../static/ready/model.js';
import { nameFault, roomFault, roomOf, roomPath } from '../static/rooms/model.js';
import { texts } from '../static/texts/en.js';
import { preloads, written } from '../tools/preload.js';

const ROOT = new URL('..', import.meta.url);
const read = (/** @type {string} */ path) => readFileSync(new URL(path, ROOT), 'utf8');
const files = readdirSync(new URL('static/', ROOT), { recursive: true, encoding: 'utf8' }).filter(f =>
  /\.\w+$/.test(f),
);

test('the page preloads exactly the modules that it imports', () => {
  const html = read('static/index.html');
  assert.equal(html, written(html, preloads()), 'run npm run preload');
});

test('every icon that is used is in the sheet, and none that is not', () => {
  const sheet = read('static/icons.svg');
  const listed = read('icons.txt').split('\n').filter(Boolean);
  const inSheet = [...sheet.matchAll(/<symbol id="([\w-]+)"/g)].map(m => m[1]);
  assert.deepEqual(inSheet, listed, 'run npm run icons');
  const source = files
    .filter(f => f.endsWith('.js'))
    .map(f => read(join('static', f)))
    .join('\n');
  assert.deepEqual(
    listed.filter(name => !new RegExp(`['"\`]${name}['"\`]`).test(source) && !/^(mic|video)-off$/.test(name)),
    [],
  );
});

test('a call is under 200 KB over the wire', () => {
  const bytes = files.reduce((sum, f) => sum + gzipSync(readFileSync(new URL(`static/${f}`, ROOT))).length, 0);
  assert.ok(bytes < 200_000, `${bytes}`);
});

test('nothing inline, nothing from elsewhere', () => {
  const html = read('static/index.html');
  assert.doesNotMatch(html, /<script(?![^>]* src=)|<style|\son\w+=|\sstyle=/);
  for (const f of files.filter(name => /\.(js|html|css)$/.test(name))) {
    const urls = [...read(join('static', f)).matchAll(/https?:\/\/[\w.-]+/g)].map(m => m[0]);
    assert.deepEqual(
      urls.filter(u => u !== 'http://www.w3.org'),
      [],
      f,
    );
  }
});

test('texts are calm', () => {
  const words = JSON.stringify(texts, (_, v) => (typeof v === 'function' ? String(v) : v));
  assert.doesNotMatch(words.replace(/!==?/g, ''), /\w!|\bplease\b|\boops|successfully|\binvalid\b|\busers?\b/i);
});

test('rooms and names are checked as the server does', () => {
  assert.deepEqual(['demo', 'Straße 5', '日本', '💡', 'a-b_c.d~e'].map(roomFault), [null, null, null, null, null]);
  assert.deepEqual(['', '  ', '.x', 'a/b', 'x'.repeat(65), 'a\u0000'].map(roomFault), [
    ...['roomEmpty', 'roomEmpty', 'roomDot', 'roomCharacters', 'roomLong', 'roomCharacters'],
  ]);
  assert.deepEqual(['a+b', '<b>', '10 €', '½', '＜b＞'].map(roomFault), Array(5).fill('roomCharacters'));
  assert.deepEqual(['②', '℃', 'ｗｉｄｅ', 'a\u00a0b'].map(roomFault), Array(4).fill(null));
  assert.deepEqual(['alice', '🦊', ' '.repeat(3), 'a\u202eb', 'x'.repeat(65)].map(nameFault), [
    ...[null, null, 'nameEmpty', 'nameCharacters', 'nameLong'],
  ]);
});

test('a link leads back to its room', () => {
  for (const room of ['demo', 'Weekly planning', '日本 💡', '50% off'.replace('%', '~')])
    assert.equal(roomOf(roomPath(room)), room);
  assert.deepEqual(['/', '/r/', '/r/.x', '/r/%ff', '/r/a/b', '/r/a%2Fb'].map(roomOf), Array(6).fill(null));
});

test('slots offer one form of each codec', () => {
  const h264 = (/** @type {string} */ profile, mode = 1) =>
    `level-asymmetry-allowed=1;packetization-mode=${mode};profile-level-id=${profile}`;
  const codec = (/** @type {string} */ mimeType, sdpFmtpLine = '') => ({ mimeType, sdpFmtpLine, clockRate: 90000 });
  const chromium = [
    ...[codec('video/VP8'), codec('video/rtx'), codec('video/VP9', 'profile-id=0'), codec('video/VP9', 'profile-id=2')],
    ...[
      codec('video/H264', h264('42001f')),
      codec('video/H264', h264('42e01f', 0)),
      codec('video/H264', h264('42e01f')),
    ],
    ...[
      codec('video/AV1', 'level-idx=5;profile=0;tier=0'),
      codec('video/AV1', 'level-idx=5;profile=1;tier=0'),
      codec('video/red'),
    ],
  ];
  const kept = trimmed('video', chromium).map(c => `${c.mimeType} ${c.sdpFmtpLine}`.trim());
  assert.deepEqual(kept, [
    ...[
      'video/VP8',
      `video/H264 ${h264('42e01f')}`,
      'video/VP9 profile-id=0',
      'video/AV1 level-idx=5;profile=0;tier=0',
      'video/rtx',
    ],
  ]);
  assert.deepEqual(
    trimmed('audio', [codec('audio/opus'), codec('audio/red'), codec('audio/PCMU')]).map(c => c.mimeType),
    ['audio/opus', 'audio/red'],
  );
  assert.deepEqual(trimmed('video', [codec('video/unheard')]), []);
});

test('what devices refuse has a meaning', () => {
  const named = (/** @type {string} */ name) => Object.assign(new Error(), { name });
  const names = ['NotFoundError', 'OverconstrainedError', 'NotAllowedError', 'NotReadableError', 'AbortError'];
  assert.deepEqual(
    names.map(n => meaning(named(n))),
    ['missing', 'missing', 'denied', 'busy', 'busy'],
  );
});

/** @param {any} microphone @param {any} camera @returns {any} */
const inputs = (microphone, camera) => ({
  microphone: { wanted: microphone !== null, state: microphone ?? 'off' },
  camera: { wanted: camera !== null, state: camera ?? 'off' },
});

test('a page of its own only when nothing that is wanted works', () => {
  assert.deepEqual(verdict(inputs('missing', 'missing')), { page: 'none', line: null });
  assert.deepEqual(verdict(inputs('missing', 'denied')), { page: 'denied', line: null });
  assert.deepEqual(verdict(inputs('insecure', 'insecure')), { page: 'insecure', line: null });
  assert.deepEqual(verdict(inputs('on', 'missing')), { page: null, line: 'noCamera' });
  assert.deepEqual(verdict(inputs('busy', 'on')), { page: null, line: 'microphoneBusy' });
  assert.deepEqual(verdict(inputs(null, null)), { page: null, line: null });
  assert.deepEqual(verdict(inputs('opening', 'missing')), { page: null, line: 'noCamera' });
  assert.deepEqual(
    [asking(inputs('opening', 'off')), untouched(inputs('off', 'off')), untouched(inputs(null, null))],
    [true, true, false],
  );
});

test('loudness is nothing for silence and everything for shouting', () => {
  const wave = (/** @type {number} */ amplitude) =>
    Float32Array.from({ length: 1024 }, (_, i) => amplitude * Math.sin(i / 5));
  assert.equal(loudness(wave(0)), 0);
  assert.equal(loudness(wave(1)), 1);
  assert.ok(loudness(wave(0.05)) > 0.4 && loudness(wave(0.05)) < 0.8);
});
