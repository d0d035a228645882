import { Chat } from '../chat/model.js';
import { ChatPanel } from '../chat/view.js';
import { shown } from '../upload/names.js';
import { copyText } from './cards.js';
import { pictureOf } from './reactions.js';
import { Sending } from './sending.js';

/** @typedef {import('./view.js').Parts} Parts */

/** What people do in a call beside being seen and heard: chat and its panel, who writes, hands and reactions. */
export class Talking {
  /** @type {(() => void)[]} */
  #ends = [];

  /**
   * @param {Parts} parts
   * @param {{ changed: () => void, close: () => void, burst: (id: string, image: string) => void }} page
   */
  constructor(parts, page) {
    const { call, texts, toasts, live } = parts;
    const { talk, roster } = call;
    this.chat = new Chat(request => talk.ask(request));
    const copy = async (/** @type {string} */ text) => void ((await copyText(text)) && toasts.show(texts.chat.copied));
    this.sending = new Sending(parts, {
      announce: upload => this.chat.sayFile(upload.head, upload),
      watched: () => this.panel.open,
    });
    this.panel = new ChatPanel(this.chat, this.sending.uploads, texts.chat, {
      close: page.close,
      copy,
      toast: (text, more) => toasts.show(text, more),
      writes: typing => talk.write(typing),
      present: id => roster.get(id) !== null,
    });
    const { chat, panel } = this;
    const typing = () => panel.typing(talk.typing.flatMap(id => roster.get(id)?.name ?? []));
    this.#ends = [
      talk.on('place', head => chat.enter(head)),
      talk.on('here', last => chat.here(last)),
      talk.on('missing', () => chat.check()),
      talk.on('chat', event => chat.hear(event)),
      talk.on('hands', page.changed),
      talk.on('typing', typing),
      talk.on('reactions', all => all.forEach(r => this.#burst(r, page.burst))),
      chat.on('change', page.changed),
      chat.on('arrived', m => panel.open || live.merge('chat', `${m.name}: ${inShort(m)}`, texts.said.wrote)),
      chat.on('refused', kind => kind !== 'say' && toasts.show(texts.chat.refused)),
    ];
    const seen = () => panel.draw();
    const going = () => {
      talk.hurry();
      chat.flush();
    };
    document.addEventListener('visibilitychange', seen);
    addEventListener('pagehide', going);
    this.#ends.push(() => document.removeEventListener('visibilitychange', seen));
    this.#ends.push(() => removeEventListener('pagehide', going));
    if (talk.head) chat.enter(talk.head);
  }

  /** The page's title, with what nobody has read. @param {string} title */
  titled(title) {
    const { unread } = this.chat;
    return unread ? `(${unread}) ${title}` : title;
  }

  /** Leaving ends what is under way, while the server still knows who asks; what waits for second thoughts is done. */
  leave() {
    this.sending.close();
    this.chat.flush();
  }

  close() {
    this.#ends.forEach(end => end());
    this.sending.close();
    this.chat.close();
  }

  /** @param {import('../protocol/messages.js').Reacted} reacted @param {(id: string, image: string) => void} burst */
  #burst({ participant, reaction }, burst) {
    const picture = pictureOf(reaction);
    if (picture) burst(participant, picture);
  }
}

/** @param {import('../protocol/messages.js').Message} message */
const inShort = ({ text, file }) => text || (file ? shown(file.name) : '');
