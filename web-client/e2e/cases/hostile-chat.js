// What others write stays what they wrote: text, whatever is in it.
import assert from 'node:assert/strict';
import { FIELD, choose, log, openChat, reads, write } from '../support/chatting.js';
import { pause } from '../support/person.js';
import { browserCase, theServer } from '../support/world.js';

/** @typedef {import('../support/person.js').Person} Person */

const ROOM = '<img src=x onerror=boom()>';
const NAMES = ['"><svg onload=boom()>', "<script>boom()</script>'${boom()}"];
const SCRIPTS = [
  '<script>boom()</script>',
  '<img src=x onerror=boom()>',
  '<svg/onload=boom()>',
  '"><iframe srcdoc="<script>parent.boom()</script>"></iframe>',
  '<details open ontoggle=boom()>',
  '<style>*{background:url(/boom)}</style><link rel=stylesheet href=/boom>',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=boom()>',
  '</span></article></div><base href="https://198.51.100.7/">',
  '<a href="javascript:boom()">here</a>',
  '[here](javascript:boom())',
  '{{constructor.constructor("boom()")()}} ${boom()} #{boom()}',
  '&lt;img src=x onerror=boom()&gt; &#x6a;avascript:boom()',
];
const LINKS = [
  'javascript:boom()',
  'JaVaScRiPt:boom()//https://example.org/',
  'java\tscript:boom()',
  'data:text/html,<script>boom()</script>',
  'vbscript:boom() file:///etc/passwd blob:https://example.org/1',
  'https://example.org/"onmouseover="boom()',
  "https://example.org/'onfocus='boom()'autofocus='",
  'https://example.org/<script>boom()</script>',
  'https://example.org@198.51.100.7/ https://example.org:pass@198.51.100.7/',
  'https://example.org/javascript:boom() www.example.org/?q=javascript:boom()',
];
const BIDI = [
  '\u202eevil\u2066 \u200f\u202b',
  'cod.exe\u202egpj.',
  '\u061c\u2067https://example.org/\u202egro.elpmaxe',
];

/** Whether anything of a corpus ran. */
function trap() {
  const w = /** @type {any} */ (window);
  w.boomed = 0;
  w.boom = () => ++w.boomed;
}

/** As a client would send it that is none of ours. @param {Person} person @param {string[]} texts */
async function sends(person, texts) {
  await person.page.evaluate(all => {
    const socket = /** @type {any} */ (window).sockets.at(-1);
    all.forEach((text, i) => {
      const message = `${crypto.randomUUID()}`;
      socket.send(JSON.stringify({ type: 'chat', id: 1_000_000 + i, message, text }));
    });
  }, texts);
  await pause((texts.length * 1000) / 10); // the rate that the server lets pass
}

/** What a page must not be made to have, as sentences. @param {Person} person */
const strange = person =>
  person.page.evaluate(() => {
    const found = [];
    for (const e of document.querySelectorAll('body, body *')) {
      for (const { name, value } of e.attributes) {
        const leads = ['src', 'href', 'srcset', 'action', 'data', 'poster', 'xlink:href'].includes(name) && value;
        const url = leads && URL.canParse(value, location.href) ? new URL(value, location.href) : null;
        const own = url !== null && (url.origin === location.origin || /^(blob|data):/.test(url.protocol));
        const link = url !== null && e.matches('.chat .says > a[target=_blank][rel="noopener noreferrer"]');
        if (name.startsWith('on') || name === 'srcdoc' || (name === 'style' && e.closest('.msg')))
          found.push(`${e.tagName} ${name}=${value}`);
        else if (leads && !own && !(link && /^https?:$/.test(url.protocol)))
          found.push(`${e.tagName} ${name}=${value}`);
      }
      if (e.matches('script, iframe, object, embed, base, style, link, math, details, .msg form, .msg img'))
        found.push(e.outerHTML);
    }
    for (const e of document.querySelectorAll('.msg .says, .quote .cut, .who b')) {
      const { unicodeBidi } = getComputedStyle(e);
      if (!/isolate|plaintext/.test(unicodeBidi)) found.push(`${e.className} lets its direction out: ${unicodeBidi}`);
    }
    const { boomed } = /** @type {any} */ (window);
    return boomed ? [...found, `ran ${boomed} times`] : found;
  });

/** @param {(how?: any) => Promise<Person>} person @param {string} room @param {string[]} names */
async function two(person, room, names) {
  const people = [];
  for (const [i, on] of /** @type {const} */ (['chromium', 'firefox']).entries()) {
    const one = await person({ on, width: 1280, height: 800, before: trap });
    people.push(await one.join(room, names[i]));
  }
  return people;
}

browserCase('hostile F05 what would run in a name or a message is text', async ({ room, person }) => {
  const people = await two(person, room, NAMES);
  const [alice, bob] = people;
  for (const [i, one] of people.entries()) {
    await one.until(name => document.querySelector('.tile:not(.self) .name')?.textContent === name, {
      args: [NAMES[1 - i]],
    });
    await one.press('.bar .ctl[aria-label^="People"]');
    await one.until(name => document.querySelector('.people')?.textContent?.includes(name), { args: [NAMES[1 - i]] });
  }
  await Promise.all(people.map(openChat));
  const said = [...SCRIPTS, ...LINKS];
  await sends(alice, said);
  await Promise.all(people.map(p => reads(p, said)));
  await bob.page.type(FIELD, '<');
  await alice.reads(`${NAMES[1]} writes`);
  await bob.page.keyboard.press('Backspace');
  await choose(bob, 1, 'Reply');
  await write(bob, SCRIPTS[1]);
  await alice.until(text => document.querySelector('.chat .quote .cut')?.textContent === text, { args: [SCRIPTS[1]] });
  assert.deepEqual((await log(alice)).at(-1), SCRIPTS[1]);
  assert.deepEqual(await Promise.all(people.map(strange)), [[], []]);
  await Promise.all([alice.picture('hostile-F05-chromium'), bob.picture('hostile-F05-firefox')]);
});

browserCase('hostile F05 no room is called what would run, nobody what turns text around', async ({ person }) => {
  const alice = await person({ width: 1280, height: 800, before: trap });
  await alice.open(`/r/${encodeURIComponent(ROOM)}`);
  await alice.fill(ROOM, 'alice');
  await alice.press('.btn.primary');
  await alice.reads('can be in a room name');
  const answer = await alice.page.evaluate(async room => {
    const socket = new WebSocket(`ws://${location.host}/ws`, 'parley.v1');
    await new Promise(resolve => (socket.onopen = resolve));
    socket.send(JSON.stringify({ type: 'join', id: 1, v: 1, room, name: 'alice', offer: 'v=0', tracks: [] }));
    const { data } = await new Promise(resolve => (socket.onmessage = resolve));
    return JSON.parse(data);
  }, ROOM);
  assert.deepEqual([answer.type, answer.code, /^room/.test(answer.detail)], ['error', 'bad_message', true]);
  await alice.open('/');
  await alice.fill('demo', 'alice\u202e');
  await alice.press('.btn.primary');
  await alice.reads('This name has invisible characters.');
  assert.deepEqual(await strange(alice), []);
});

browserCase('hostile F05 control characters turn no text but their own around', async ({ room, person }) => {
  const people = await two(person, room, ['alice', 'bob']);
  const [alice, bob] = people;
  await Promise.all(people.map(openChat));
  await sends(alice, BIDI);
  await Promise.all(people.map(p => reads(p, BIDI)));
  await write(bob, 'after');
  await Promise.all(people.map(p => reads(p, [...BIDI, 'after'])));
  assert.deepEqual(await Promise.all(people.map(strange)), [[], []]);
  const order = () =>
    [...document.querySelectorAll('.msg.first .who')].map(who =>
      [...who.querySelectorAll(':scope > :not(.vh)')]
        .map(e => e.getBoundingClientRect().left)
        .every((x, i, all) => i === 0 || x >= all[i - 1]),
    );
  for (const one of people) assert.deepEqual(await one.page.evaluate(order), [true, true]);
  await alice.picture('hostile-F05-bidi');
});

browserCase('hostile F05 what got into a page all the same would not run', async ({ room, person }) => {
  const { http } = await theServer();
  const policy = (await fetch(http)).headers.get('content-security-policy') ?? '';
  assert.match(policy, /script-src 'self'( 'sha256-\S+')*;/);
  assert.doesNotMatch(policy, /unsafe|\*/);
  for (const one of await two(person, room, ['alice', 'bob'])) {
    await one.page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'boom()';
      const picture = document.createElement('img');
      picture.setAttribute('onerror', 'boom()');
      picture.src = 'data:image/png,none';
      const link = document.createElement('a');
      link.href = 'javascript:boom()';
      document.body.append(script, picture, link);
      link.click();
    });
    await pause(500);
    assert.equal(await one.page.evaluate(() => /** @type {any} */ (window).boomed), 0);
    assert.ok(
      one.faults.every(fault => /Content.Security.Policy/i.test(fault)),
      `${one.faults}`,
    );
    one.faults = [];
  }
});

browserCase('hostile F06 nothing of elsewhere is fetched for a message', async ({ room, person }) => {
  const { http } = await theServer();
  const elsewhere = 'https://198.51.100.7/';
  const said = [
    `${elsewhere}a.png`,
    `![picture](${elsewhere}b.png)`,
    `<img src="${elsewhere}c.png"><video src=${elsewhere}d.mp4 poster=${elsewhere}e.png>`,
    `//198.51.100.7/f.png url(${elsewhere}g.png) @import "${elsewhere}h.css"`,
    `<link rel="prefetch dns-prefetch preconnect" href="${elsewhere}">`,
    `http://198.51.100.7/i.gif www.example.org/j.webp ${elsewhere}k.svg#onload`,
  ];
  const people = await two(person, room, [`${elsewhere}n.png`, 'www.example.org/n.gif']);
  /** @type {string[]} */
  const asked = [];
  people.forEach(p => p.page.on('request', request => void asked.push(request.url())));
  await Promise.all(people.map(openChat));
  await sends(people[0], said);
  await Promise.all(people.map(p => reads(p, said)));
  for (const { page } of people) {
    const links = await page.$$('.chat .msg .says a');
    assert.equal(links.length, 11);
    for (const link of links) await link.hover();
    await links[0].focus();
    await page.reload();
  }
  await Promise.all(people.map(p => p.inCall()));
  await Promise.all(people.map(openChat));
  await Promise.all(people.map(p => reads(p, said)));
  await pause(1000);
  const loaded = await Promise.all(
    people.map(p => p.page.evaluate(() => performance.getEntriesByType('resource').map(e => e.name))),
  );
  const foreign = [...asked, ...loaded.flat()].filter(
    url => !/^(data|blob):/.test(url) && new URL(url).host !== new URL(http).host,
  );
  assert.deepEqual(foreign, []);
  assert.ok(
    asked.some(url => url.endsWith('.js')),
    'the reload was seen',
  );
  const names = (/** @type {HTMLMetaElement} */ meta) => meta.content;
  for (const { page } of people)
    assert.equal(await page.$eval('meta[http-equiv="x-dns-prefetch-control"]', names), 'off');
});
