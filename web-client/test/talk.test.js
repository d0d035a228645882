import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataChannels } from '../static/call/data-channel.js';
import { Talk } from '../static/call/talk.js';
import { pictureOf, reactions } from '../static/meeting/reactions.js';
import { Refused } from '../static/protocol/signal.js';
import { texts } from '../static/texts/en.js';
import { FakeChannel, joined } from './fakes.js';

/** @param {() => Promise<any>} answer */
function talking(answer = async () => ({})) {
  /** @type {any[]} */
  const sent = [];
  const request = (/** @type {any} */ asked) => (sent.push(asked), answer());
  const talk = new Talk({ open: true, request });
  talk.adopt(/** @type {any} */ (joined(1, { hands: ['p_b'] })));
  return { talk, sent };
}

test('a hand is up at once, behind those that were up', async () => {
  const { talk, sent } = talking();
  const raising = talk.raise(true);
  assert.deepEqual([talk.hands, talk.handUp], [['p_b', 'p_me'], true]);
  await raising;
  assert.deepEqual(sent, [{ type: 'hand', up: true }]);
  talk.hear({ type: 'hands', hands: ['p_me'], count: 1 });
  assert.deepEqual(talk.hands, ['p_me']);
});

test('a hand that the server does not take springs back', async () => {
  const { talk } = talking(() => Promise.reject(new Refused('slow_down', '')));
  await assert.rejects(talk.raise(true));
  assert.deepEqual([talk.hands, talk.handUp], [['p_b'], false]);
});

test('your reaction is shown at once and once, those of others as they come', async () => {
  const { talk } = talking();
  /** @type {any[]} */
  const shown = [];
  talk.on('reactions', all => shown.push(...all.map(r => r.participant)));
  await talk.react('👍');
  const [mine, bobs] = ['p_me', 'p_b'].map(participant => ({ participant, reaction: '👍' }));
  talk.hear({ type: 'reactions', reactions: [mine, bobs] });
  assert.deepEqual(shown, ['p_me', 'p_b']);
});

test('who writes is known without you, until the message or another socket comes', () => {
  const { talk } = talking();
  talk.hear({ type: 'typing', typing: ['p_me', 'p_b'] });
  assert.deepEqual(talk.typing, ['p_b']);
  const message = { n: 1, v: 1, id: 'a', at: '2026-01-01T12:00:00Z', from: 'p_b', name: 'bob', text: 'x' };
  talk.hear({ type: 'chat', after: 0, message });
  assert.deepEqual(talk.typing, []);
  talk.hear({ type: 'typing', typing: ['p_b'] });
  talk.adopt(/** @type {any} */ (joined()));
  assert.deepEqual(talk.typing, []);
});

test('each of the six reactions has its picture again when it comes back', () => {
  /** @type {string[]} */
  const picked = [];
  const six = reactions(texts.chat.reactions, emoji => picked.push(emoji));
  six.forEach(r => r.act());
  assert.deepEqual(
    picked.map(pictureOf),
    six.map(r => r.image),
  );
  assert.deepEqual([picked.length, pictureOf('❤'), pictureOf('🦊')], [6, '/reactions/red-heart.svg', null]);
  assert.ok(six.every(r => r.label));
});

test('another way carries talk: hands as they are there, typing anew, and whether something was missed', () => {
  const { talk } = talking();
  const chat = new FakeChannel();
  talk.over(new DataChannels(label => /** @type {any} */ (label === 'chat' ? chat : null)));
  chat.accept();
  /** @type {any[]} */
  const heard = [];
  talk.on('here', last => heard.push(last));
  talk.on('place', head => heard.push(head.history));
  talk.hear({ type: 'typing', typing: ['p_b'] });
  chat.hear({ type: 'chat-here', turn: 1, history: 'h1', last: 4, hands: ['p_me'] });
  assert.deepEqual([talk.hands, talk.typing, heard], [['p_me'], [], [4]]);
  talk.adopt(/** @type {any} */ (joined(1, { hands: ['p_b'] })));
  assert.deepEqual(talk.hands, ['p_me'], 'a socket that came back knows less than the channel');
  chat.drop();
  talk.adopt(/** @type {any} */ (joined(1, { hands: ['p_b'] })));
  assert.deepEqual(talk.hands, ['p_b']);
  talk.hear({ type: 'chat-here', turn: 2, history: 'h2', last: 0, hands: [] });
  assert.deepEqual(heard, [4, 'h1', 'h1', 'h2']);
});
