import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { steered, CAMERA, screen } from '../static/call/encodings.js';
import { Peer } from '../static/call/peer.js';
import { FakeConnection } from './fake-connection.js';

const CODECS = ['video/VP8', 'video/VP9', 'video/AV1', 'video/rtx'].map(mimeType => ({ mimeType, clockRate: 90000 }));
const before = { sender: globalThis.RTCRtpSender, receiver: globalThis.RTCRtpReceiver };

beforeEach(() => {
  FakeConnection.knows = { layers: true, codec: true };
  const side = /** @type {any} */ ({ getCapabilities: () => ({ codecs: CODECS }) });
  Object.assign(globalThis, { RTCRtpSender: side, RTCRtpReceiver: side });
});
afterEach(() => Object.assign(globalThis, { RTCRtpSender: before.sender, RTCRtpReceiver: before.receiver }));

async function answered() {
  const peer = new Peer({ Connection: /** @type {any} */ (FakeConnection) });
  await peer.prepare();
  await peer.answer('v=0');
  return peer;
}
/** @param {Peer} peer @param {import('../static/protocol/messages.js').Source} source @returns {any} */
const sectionOf = (peer, source) => FakeConnection.last.transceivers[Number(peer.midOf(source))];
/** @param {Peer} peer @param {import('../static/protocol/messages.js').Source} [source] */
const active = (peer, source = 'camera') =>
  sectionOf(peer, source).sender.encodings.map((/** @type {any} */ e) => e.active);
const ask = async () => 'v=0';

test('the largest picture alone, until the server says which are needed', async () => {
  const peer = await answered();
  assert.deepEqual(active(peer), [false, false, true]);
  await peer.setLayers('camera', [true, false, true]);
  assert.deepEqual(active(peer), [true, false, true]);
});

test('layers hold through another track, further answers and an ICE restart', async () => {
  const peer = await answered();
  await peer.setLayers('camera', [true, true, false]);
  await peer.send('camera', /** @type {any} */ ({ id: 'another camera' }));
  assert.deepEqual(active(peer), [true, true, false]);
  await peer.renegotiate({ iceRestart: true }, ask);
  assert.deepEqual(active(peer), [true, true, false]);
  await peer.grow({ audio: 1, video: 1 }, ask);
  assert.deepEqual(active(peer), [true, true, false]);
});

test('changes that come faster than a browser takes them are all taken, the last one last', async () => {
  const peer = await answered();
  await Promise.all([
    peer.setLayers('camera', [true, false, false]),
    peer.saveData(true),
    peer.setLayers('camera', [true, true, true]),
    peer.saveData(false),
  ]);
  assert.deepEqual(active(peer), [true, true, true]);
});

test('what changes nothing is not set again', async () => {
  const peer = await answered();
  const { sender } = sectionOf(peer, 'camera');
  const times = sender.took.length;
  await peer.setLayers('camera', [false, false, true]);
  await peer.saveData(false);
  assert.equal(sender.took.length, times);
});

test('who saves data sends no large picture: who needs one gets the next', async () => {
  const peer = await answered();
  await peer.saveData(true);
  const bps = () => sectionOf(peer, 'camera').sender.encodings.map((/** @type {any} */ e) => e.maxBitrate);
  assert.deepEqual(
    [active(peer), bps()],
    [
      [false, true, false],
      [150_000, 250_000, 250_000],
    ],
  );
  await peer.setLayers('camera', [true, false, false]);
  assert.deepEqual(active(peer), [true, false, false]);
  await peer.setLayers('camera', [false, false, true]);
  await peer.saveData(false);
  assert.deepEqual(
    [active(peer), bps()],
    [
      [false, false, true],
      [150_000, 500_000, 1_700_000],
    ],
  );
});

test('nothing that nobody needs is sent because of saving', () => {
  const off = [false, false, false];
  assert.deepEqual(
    steered(CAMERA, off, true).map(e => e.active),
    off,
  );
  assert.deepEqual(
    steered(screen(true), [true], true).map(e => [e.active, e.maxBitrate]),
    [[true, 500_000]],
  );
  assert.deepEqual(
    steered(screen(false), [true, true], true).map(e => e.active),
    [true, false],
  );
});

test('a screen has temporal layers where the browser makes them, and stays sharp', async () => {
  const { sender } = sectionOf(await answered(), 'screen');
  assert.deepEqual(
    sender.encodings.map((/** @type {any} */ e) => [e.scalabilityMode, e.maxBitrate]),
    [['L1T3', 2_500_000]],
  );
  assert.equal(sender.took[0].degradationPreference, 'maintain-resolution');
});

test('elsewhere a screen is sent twice in full size, slow and fast', async () => {
  FakeConnection.knows.layers = false;
  const peer = await answered();
  const { encodings } = sectionOf(peer, 'screen').sender;
  assert.deepEqual(
    encodings.map((/** @type {any} */ e) => [e.rid, e.scaleResolutionDownBy, e.maxFramerate, e.active]),
    [
      ['q', 1, 5, true],
      ['f', 1, 30, true],
    ],
  );
  await peer.setLayers('screen', [true, false]);
  assert.deepEqual(active(peer, 'screen'), [true, false]);
});

test('another codec needs no offer where an encoding can name it', async () => {
  const peer = await answered();
  FakeConnection.last.codecs.push({ mimeType: 'video/VP9', payloadType: 98 });
  await peer.useCodec('camera', 'VP9', ask);
  const { encodings } = sectionOf(peer, 'camera').sender;
  assert.deepEqual(
    encodings.map((/** @type {any} */ e) => [e.codec.mimeType, e.scalabilityMode]),
    [...Array(3).fill(['video/VP9', 'L1T1'])],
  );
  await peer.useCodec('camera', 'VP8', ask);
  assert.deepEqual(encodings.length, 3);
  const now = sectionOf(peer, 'camera').sender.encodings;
  assert.deepEqual(
    now.map((/** @type {any} */ e) => [e.codec.mimeType, e.scalabilityMode]),
    [...Array(3).fill(['video/VP8', undefined])],
  );
  assert.equal(peer.stats.localDescriptions, 1);
});

test('elsewhere another codec is offered alone, once, and layers stay as they are', async () => {
  FakeConnection.knows.codec = false;
  const peer = await answered();
  await peer.setLayers('camera', [true, false, false]);
  await peer.useCodec('camera', 'AV1', ask);
  const { preferred } = sectionOf(peer, 'camera');
  assert.deepEqual(
    preferred.map((/** @type {any} */ c) => c.mimeType),
    ['video/AV1', 'video/rtx'],
  );
  assert.deepEqual([peer.stats.localDescriptions, active(peer)], [2, [true, false, false]]);
});

test('a codec that this browser has not, or a source without one, changes nothing', async () => {
  const peer = await answered();
  await peer.useCodec('camera', 'H265', ask);
  await peer.useCodec('microphone', 'VP8', ask);
  assert.equal(peer.stats.localDescriptions, 1);
});
