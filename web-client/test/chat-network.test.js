import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { ChatServer, Line } from './chat-server.js';
import { random, settle } from './fakes.js';

beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
afterEach(() => mock.timers.reset());

/** A while; in the long form of the tests 24 hours, of which two minutes pass at each tenth step. */
const { STEPS, PASSING_MS, SEEDS } =
  process.env.PARLEY_LONG === 'true'
    ? { STEPS: 7_200, PASSING_MS: 120_000, SEEDS: 3 }
    : { STEPS: 150, PASSING_MS: 1_500, SEEDS: 40 };

/** Of a bad day: events lost, doubled and out of order, answers late, connections cut. @param {number} seed */
async function badDay(seed) {
  const below = random(seed);
  const server = new ChatServer();
  const people = ['alice', 'bob', 'carol'].map(name => new Line(server, name));
  people.forEach(p => p.join());
  let said = 0;
  for (let step = 0; step < STEPS; step++) {
    const one = people[below(people.length)];
    const own = one.chat.entries().filter(e => e.own && e.n !== null && !e.deleted);
    const any = own[below(own.length || 1)];
    const happens = below(16);
    if (happens < 4) one.chat.say(`${one.name} ${++said}`, below(3) ? {} : { reply: any?.n ?? null });
    else if (happens === 4 && any) one.chat.edit(/** @type {number} */ (any.n), `${any.text}+`);
    else if (happens === 5 && any) (one.chat.remove(/** @type {number} */ (any.n)), one.chat.flush());
    else if (happens === 6) one.cut({ answers: below(2) === 0 });
    else if (happens === 7) one.refuse.push(['slow_down', 'unavailable'][below(2)]);
    else if (happens < 10) one.serve();
    else if (happens < 13) one.answer(below);
    else one.tell(below);
    if (!one.open && below(3) === 0) one.join();
    if (below(10) === 0) mock.timers.tick(PASSING_MS);
    await settle();
  }
  people.forEach(p => (p.refuse = []));
  if (seed % 2) {
    // everybody was away for longer than a page, and comes back
    people.forEach(p => p.cut({ answers: true }));
    const dave = new Line(server, 'dave');
    dave.join();
    for (let i = 0; i < 3 * ChatServer.PAGE; i++) dave.chat.say(`while they were away ${++said && i}`);
    await dave.flow();
    people.forEach(p => p.join());
  } else {
    // nobody reconnects: the next message tells each what is missing
    people.forEach(p => p.open || p.join());
    people[0].chat.say(`last ${++said}`);
  }
  for (let round = 0; round < 80; round++) {
    mock.timers.tick(20_000);
    for (const p of people) (await p.flow(), p.chat.older());
  }
  return { server, people, said };
}

for (let seed = 1; seed <= SEEDS; seed++) {
  test(`each message once, in order, none missed, whatever the network does: seed ${seed}`, async () => {
    const { server, people, said } = await badDay(seed);
    assert.equal(server.log.length, said, 'each was stored once');
    const expected = server.log.map(m => [m.n, m.id, m.deleted ? '' : m.text, m.deleted ?? false]);
    for (const { chat, name } of people) {
      const shown = chat.entries().map(e => [e.n, e.key, e.text, e.deleted]);
      assert.deepEqual(shown, expected, name);
      assert.deepEqual(
        chat.entries().map(e => e.own),
        server.log.map(m => m.name === name),
      );
    }
  });
}
