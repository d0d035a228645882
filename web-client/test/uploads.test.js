import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { FilesApi } from '../static/upload/api.js';
import { Uploads } from '../static/upload/uploads.js';
import { settle } from './fakes.js';
import { FilesServer, problem } from './upload-server.js';

beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'setInterval'] }));
afterEach(() => mock.timers.reset());

const PART = 1000;
const QUIET = { rttMs: 40, loss: 0, limited: false, spareBps: null };

/** Somebody who sends files to a server. */
class Sender {
  server = new FilesServer();
  /** @type {import('../static/upload/api.js').Grant | null} */
  grant = { token: 't1', max: 100_000, part: PART };
  line = QUIET;
  nowMs = 0;
  renewed = 0;
  /** @type {import('../static/upload/upload.js').Upload[]} */
  said = [];
  #ids = 0;

  constructor() {
    this.uploads = new Uploads({
      api: new FilesApi('a room', () => this.grant, { request: this.server.fetch }),
      grant: () => this.grant,
      renew: () => this.renewed++,
      line: async () => this.line,
      announce: upload => this.said.push(upload),
      id: () => `file${++this.#ids}`,
      now: () => this.nowMs,
    });
  }

  /** Lets time pass, and what waits for promises happen. @param {number} [ms] @param {number} [step] */
  async pass(ms = 0, step = 100) {
    await this.#calm();
    for (let t = 0; t < ms; t += step) {
      this.nowMs += step;
      mock.timers.tick(step);
      await this.#calm();
    }
  }

  async #calm() {
    for (let i = 0; i < 12; i++) await settle();
  }

  get states() {
    return this.uploads.list.map(u => u.state);
  }
}

/** @param {number} size @param {string} [name] */
const fileOf = (size, name = 'plan.pdf') =>
  new File([Uint8Array.from({ length: size }, (_, i) => i % 251)], name, { type: 'application/pdf' });
const whole = (/** @type {number} */ size) => Array.from({ length: size }, (_, i) => i % 251);

test('a file goes in parts, one after the other, and is said when it is there', async () => {
  const alice = new Sender();
  alice.uploads.add([fileOf(2500)], { to: { id: 'p_b', name: 'bob' }, reply: 7 });
  assert.deepEqual(alice.states, ['waiting']);
  await alice.pass();
  const { log, files } = alice.server;
  assert.deepEqual(log, [
    'POST',
    'PUT /file1?offset=0 1000',
    'PUT /file1?offset=1000 1000',
    'PUT /file1?offset=2000 500',
  ]);
  const { bytes, ...head } = /** @type {any} */ (files.get('file1'));
  assert.deepEqual(bytes, whole(2500));
  assert.deepEqual(head, { name: 'plan.pdf', size: 2500, type: 'application/pdf', announced: false });
  assert.deepEqual(
    alice.said.map(u => [u.key, u.to?.id, u.reply]),
    [['file1', 'p_b', 7]],
  );
  assert.deepEqual([alice.uploads.list, alice.uploads.active], [[], false]);
});

test('several go one after the other, whatever happens to each', async () => {
  const alice = new Sender();
  alice.server.fates = [undefined, () => problem(507, 'quota_room')];
  alice.uploads.add([fileOf(10, 'a'), fileOf(10, 'b')]);
  alice.uploads.add([fileOf(10, 'c')]);
  await alice.pass();
  assert.deepEqual(
    alice.said.map(u => u.head.name),
    ['b', 'c'],
  );
  assert.deepEqual(
    alice.uploads.list.map(u => [u.head.name, u.state, u.problem]),
    [['a', 'failed', 'quota_room']],
  );
  assert.equal(alice.uploads.active, false);
});

for (const fate of /** @type {const} */ (['cut', 'lost'])) {
  test(`a network that is ${fate === 'cut' ? 'cut' : 'cut before the answer'}: it goes on where the server is`, async () => {
    const alice = new Sender();
    alice.server.fates = [undefined, undefined, fate, 'cut', 'cut', 'cut'];
    alice.uploads.add([fileOf(2500)]);
    await alice.pass();
    assert.deepEqual(alice.states, ['offline']);
    await alice.pass(10_000);
    assert.deepEqual(alice.server.files.get('file1')?.bytes, whole(2500));
    assert.equal(alice.said.length, 1);
    const from = alice.server.log.filter(l => l.startsWith('PUT')).map(l => /offset=(\d+)/.exec(l)?.[1]);
    assert.deepEqual(from.slice(0, 3), ['0', '1000', fate === 'cut' ? '1000' : '2000']);
  });
}

test('pauses grow while nothing answers, and a network that is back ends them', async () => {
  const alice = new Sender();
  alice.server.fates = Array(1000).fill('cut');
  alice.uploads.add([fileOf(10)]);
  await alice.pass(600_000, 500);
  const tries = alice.server.log.length;
  assert.ok(tries > 35 && tries < 95, `${tries} tries in 10 minutes`);
  assert.deepEqual(alice.states, ['offline']);
  alice.server.fates = [];
  alice.uploads.hurry();
  await alice.pass();
  assert.equal(alice.said.length, 1);
});

test('a connection that is dead without a word is given up after 30 s', async () => {
  const alice = new Sender();
  alice.uploads.add([fileOf(1000)]);
  alice.server.held = new Promise(() => {});
  await alice.pass(29_000, 1000);
  assert.deepEqual(alice.states, ['sending']);
  alice.server.held = null;
  await alice.pass(3000);
  assert.equal(alice.said.length, 1);
});

test('a busy server is left alone for as long as it wants', async () => {
  const alice = new Sender();
  alice.server.fates = [() => problem(429, 'slow_down', {}, { 'retry-after': '7' }), () => problem(503, 'unavailable')];
  alice.uploads.add([fileOf(10)]);
  await alice.pass(6900);
  assert.deepEqual([alice.states, alice.server.log.length], [['busy'], 1]);
  await alice.pass(2000);
  assert.equal(alice.said.length, 1);
});

test('a token that is no good any more is changed for another one', async () => {
  const alice = new Sender();
  alice.uploads.add([fileOf(2500)]);
  alice.server.tokens = ['t2'];
  await alice.pass();
  assert.deepEqual([alice.renewed, alice.states], [1, ['sending']]);
  alice.grant = { token: 't2', max: 100_000, part: PART };
  alice.uploads.hurry();
  await alice.pass();
  assert.equal(alice.said.length, 1);
  alice.server.tokens = [];
  alice.uploads.add([fileOf(10)]);
  await alice.pass(600_000, 500);
  assert.deepEqual(
    alice.uploads.list.map(u => [u.state, u.problem]),
    [['failed', 'unauthorized']],
  );
});

test('another token may take its time', async () => {
  const alice = new Sender();
  alice.server.tokens = ['t2'];
  alice.uploads.add([fileOf(10)]);
  await alice.pass(20_000, 500);
  assert.deepEqual([alice.renewed, alice.states], [1, ['sending']]);
  alice.grant = { token: 't2', max: 100_000, part: PART };
  await alice.pass(60_000, 500);
  assert.equal(alice.said.length, 1);
});

test('an upload that the server has forgotten begins anew; a gap is filled', async () => {
  const alice = new Sender();
  alice.server.fates = [undefined, undefined, () => (alice.server.files.clear(), problem(404, 'not_found'))];
  alice.uploads.add([fileOf(2500)]);
  await alice.pass(2000);
  assert.deepEqual(alice.server.files.get('file1')?.bytes, whole(2500));
  const bob = new Sender();
  bob.server.fates = [
    undefined,
    undefined,
    () => (bob.server.files.get('file1')?.bytes.splice(500), problem(409, 'wrong_offset')),
  ];
  bob.uploads.add([fileOf(2500)]);
  await bob.pass(2000);
  assert.deepEqual(bob.server.files.get('file1')?.bytes, whole(2500));
});

test('a server that never goes on is not asked without end at once', async () => {
  const alice = new Sender();
  const stuck = () => new Response(JSON.stringify({ offset: 0, complete: false, name: 'a', type: '' }));
  alice.server.fates = Array(1000).fill(stuck);
  alice.uploads.add([fileOf(10)]);
  await alice.pass(60_000, 500);
  assert.ok(alice.server.log.length < 40, `${alice.server.log.length}`);
});

for (const code of ['too_large', 'quota_person', 'disk_full', 'wrong_media_type', 'file_taken']) {
  test(`refused with ${code}: it says so, and can be tried again where that helps`, async () => {
    const alice = new Sender();
    alice.server.fates = [() => problem(400, code)];
    alice.uploads.add([fileOf(10)]);
    await alice.pass();
    const [upload] = alice.uploads.list;
    assert.deepEqual([upload.state, upload.problem, upload.hopeless], ['failed', code, code === 'too_large']);
    alice.uploads.again(upload.key);
    assert.equal(upload.problem, '');
    await alice.pass();
    assert.equal(alice.said.length, 1);
  });
}

test('what the server would not take is not sent at all', async () => {
  const alice = new Sender();
  alice.uploads.add([fileOf(0), fileOf(100_001)]);
  await alice.pass();
  alice.grant = null;
  assert.equal(alice.uploads.possible, false);
  alice.uploads.add([fileOf(1)]);
  await alice.pass();
  assert.deepEqual(
    alice.uploads.list.map(u => u.problem),
    ['empty', 'too_large', 'not_found'],
  );
  assert.deepEqual(alice.server.log, []);
});

test('a file that changed on the disk meanwhile is no file any more', async () => {
  const alice = new Sender();
  const file = fileOf(2500);
  file.slice = () => /** @type {any} */ ({ arrayBuffer: () => Promise.reject(new Error('NotReadableError')) });
  alice.uploads.add([file]);
  await alice.pass();
  assert.deepEqual([alice.uploads.list[0].problem, alice.uploads.list[0].hopeless], ['unreadable', true]);
});

test('one that is cancelled ends here and at the server, and the next one goes on', async () => {
  const alice = new Sender();
  alice.uploads.add([fileOf(10, 'a'), fileOf(10, 'b'), fileOf(10, 'c')]);
  alice.server.held = new Promise(() => {});
  await alice.pass();
  alice.server.held = null;
  alice.uploads.cancel('file1');
  alice.uploads.cancel('file3');
  await alice.pass();
  assert.deepEqual(
    alice.said.map(u => u.key),
    ['file2'],
  );
  assert.deepEqual(alice.server.log.slice(0, 2), ['POST', 'DELETE /file1']);
  assert.deepEqual([...alice.server.files.keys()], ['file2']);
  assert.equal(alice.server.log.includes('DELETE /file3'), false, 'of which the server never knew');
});

test('the end of the call is the end of what is under way', async () => {
  const alice = new Sender();
  alice.uploads.add([fileOf(2500), fileOf(10)]);
  alice.server.fates = [undefined, undefined, 'cut'];
  await alice.pass();
  alice.uploads.close();
  await alice.pass(60_000, 1000);
  assert.deepEqual([alice.said, alice.uploads.list, alice.server.files.size], [[], [], 0]);
  assert.equal(alice.server.log.at(-1), 'DELETE /file1');
});

test('while the call suffers an upload makes way, and says so; after that it hurries', async () => {
  const [quiet, alice] = [new Sender(), new Sender()];
  quiet.uploads.add([fileOf(30_000)]);
  await quiet.pass();
  assert.equal(quiet.said.length, 1);
  alice.line = { ...QUIET, loss: 0.2 };
  alice.server.arrived = () => (alice.nowMs += 200);
  alice.uploads.add([fileOf(30_000)]);
  await alice.pass(10_000);
  assert.equal(alice.uploads.list[0].slowed, true);
  const slow = alice.server.log.length;
  assert.ok(slow > 5 && slow < 25, `${slow} requests in 10 s`);
  alice.line = QUIET;
  await alice.pass(15_000);
  assert.equal(alice.said.length, 1);
});

test('a name goes out as it may be shown', async () => {
  const alice = new Sender();
  alice.uploads.add([fileOf(10, 'gnp\u202etxt.exe'), fileOf(10, '\u202e'), fileOf(10, 'e\u0301.txt')]);
  await alice.pass();
  assert.deepEqual(
    alice.said.map(u => u.head.name),
    ['gnptxt.exe', 'file', '\u00e9.txt'],
  );
});
