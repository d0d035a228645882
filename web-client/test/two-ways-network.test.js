import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { random, settle } from './fakes.js';
import { Room, TwoWays } from './two-ways.js';

beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
afterEach(() => mock.timers.reset());

/** What people do. @param {TwoWays} one @param {(below: number) => number} below @param {{ said: number, texts: Map<number, string> }} done */
function act(one, below, done) {
  const own = one.chat.entries().filter(e => e.own && e.n !== null && !e.deleted);
  const any = own[below(own.length || 1)];
  const what = below(8);
  if (what < 5) one.chat.say(`${one.name} ${++done.said}`);
  else if (what === 5) one.talk.raise(!one.talk.handUp).catch(() => {});
  else if (what === 6 && any?.n) {
    const text = `${any.text}+`;
    done.texts.set(any.n, text);
    one.chat.edit(any.n, text);
  } else if (any?.n) {
    done.texts.delete(any.n);
    (one.chat.remove(any.n), one.chat.flush());
  }
}

/** What becomes of the ways. @param {TwoWays} one @param {(below: number) => number} below */
function spoil(one, below) {
  const what = below(9);
  if (what === 0) one.cut(below(2) === 0);
  else if (what === 1) one.close(below(2) === 0);
  else if (what === 2) one.cutOff();
  else if (what === 3) one.fill(below(2) === 0);
  else if (what === 4) one.dark = below(2) === 0;
  else if (what === 5 && below(4) === 0) one.join();
  else if (what === 6) one.echo(below);
  else if (what === 7) one.talk.path(below(2) === 0);
  else if (below(2)) one.talk.hurry();
  else one.bury();
}

/** Something moves. @param {TwoWays} one @param {number} which */
const step = (one, which) => [() => one.carryOut(), () => one.serve(), () => one.hear(), () => one.listen()][which]();

/** Everything works, until nothing happens any more. @param {TwoWays[]} people */
async function heal(people) {
  for (let round = 0; round < 60; round++) {
    mock.timers.tick(12_000);
    for (const p of people) {
      p.dark = false;
      p.fill(false);
      p.bury();
      p.talk.path(true);
      p.resume();
      p.connect();
      for (let i = 0; i < 12; i++) [0, 1, 2, 3].forEach(way => step(p, way));
      p.chat.older();
    }
    await settle();
  }
}

/** @param {number} seed */
async function badDay(seed) {
  const below = random(seed);
  const room = new Room();
  const people = ['alice', 'bob', 'carol'].map(name => new TwoWays(room, name));
  people.forEach(p => p.join());
  const done = { said: 0, texts: new Map() };
  for (let i = 0; i < 400; i++) {
    const one = people[below(people.length)];
    const what = below(12);
    if (what < 2) act(one, below, done);
    else if (what < 4) spoil(one, below);
    else if (what === 4) one.connect();
    else if (what === 5) one.resume();
    else for (let moves = below(3); moves >= 0; moves--) step(one, below(4));
    if (below(15) === 0) mock.timers.tick(1200);
    await settle();
  }
  await heal(people);
  return { room, people, done };
}

for (let seed = 1; seed <= 60; seed++) {
  test(`each message once, in order, none missed, whatever becomes of two ways: seed ${seed}`, async () => {
    const { room, people, done } = await badDay(seed);
    assert.equal(room.log.length, done.said, 'each was stored once');
    const expected = room.log.map(m => [m.n, m.id, m.deleted ? '' : m.text]);
    for (const { chat, name, talk, self } of people) {
      assert.deepEqual(
        chat.entries().map(e => [e.n, e.key, e.text]),
        expected,
        name,
      );
      assert.deepEqual([...talk.hands].map(id => (id === self ? name : id)).sort(), [...room.hands].sort(), name);
    }
    for (const m of room.log.filter(said => !said.deleted && done.texts.has(said.n))) {
      assert.equal(m.text, done.texts.get(m.n), 'no edit overtakes a later one');
    }
  });
}
