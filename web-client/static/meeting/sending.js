import { lineOf } from '../call/line.js';
import { catchMissed } from '../chat/attach.js';
import { randomId } from '../chat/words.js';
import { FilesApi } from '../upload/api.js';
import { shown } from '../upload/names.js';
import { Uploads } from '../upload/uploads.js';

/** @typedef {import('../upload/upload.js').Upload} Upload */

/** Files that somebody sends in a call: they go on whatever panel is open, and end with the call. */
export class Sending {
  /** @type {(() => void)[]} */
  #ends = [];

  /**
   * @param {import('./view.js').Parts} parts
   * @param {{ announce: (upload: Upload) => void, watched: () => boolean }} page `watched`: what happens to them is seen
   */
  constructor({ call, texts, toasts, live }, { announce, watched }) {
    const grant = () => call.files;
    this.uploads = new Uploads({
      api: new FilesApi(call.entry.room, grant),
      grant,
      renew: () => call.place.renew(),
      line: async () => lineOf((await call.peer.statistics()).values()),
      announce,
      id: randomId,
    });
    const { uploads } = this;
    const words = texts.chat.files;
    const nameOf = (/** @type {Upload} */ { head }) => shown(head.name);
    const hurry = () => uploads.hurry();
    const going = () => uploads.close();
    const ask = (/** @type {BeforeUnloadEvent} */ event) => uploads.active && event.preventDefault();
    addEventListener('online', hurry);
    addEventListener('beforeunload', ask);
    addEventListener('pagehide', going);
    this.#ends = [
      call.talk.on('place', hurry),
      uploads.on('sent', upload => live.say(words.sent(nameOf(upload)))),
      uploads.on('failed', upload => {
        live.say(words.notSent(nameOf(upload)));
        if (!watched()) toasts.show(words.notSent(nameOf(upload)));
      }),
      catchMissed(),
      () => removeEventListener('online', hurry),
      () => removeEventListener('beforeunload', ask),
      () => removeEventListener('pagehide', going),
      going,
    ];
  }

  close() {
    this.#ends.forEach(end => end());
  }
}
