/** @typedef {import('./texts/en.js').Texts} Texts */
/** @typedef {import('./ui/state-page.js').Says} Says */
/** @typedef {'none' | 'denied' | 'busy' | 'insecure'} Trouble */

/**
 * Pages about devices: what is in the way, and that one can watch all the same.
 * @param {Texts} texts
 * @param {Trouble} trouble
 * @param {{ watch: () => void, again: () => void, secure: () => void, host: string }} act
 * @returns {Says & { title: string }}
 */
export function deviceTrouble(texts, trouble, { watch, again, secure, host }) {
  const main = { label: texts.ready.watch, act: watch };
  switch (trouble) {
    case 'none':
      return {
        ...texts.none,
        icon: 'video-off',
        main,
        other: { label: texts.none.again, icon: 'refresh-cw', act: again },
      };
    case 'denied': {
      const other = { label: texts.ready.watch, act: watch };
      return { ...texts.denied, icon: 'shield-alert', main: { label: texts.denied.again, act: again }, other };
    }
    case 'busy':
      return { ...texts.busy, icon: 'app-window', main: { label: texts.busy.again, act: again }, other: main };
    case 'insecure':
      return {
        ...texts.insecure,
        icon: 'shield-alert',
        main: { label: texts.insecure.open(host), act: secure },
        other: main,
      };
  }
}

/**
 * Pages after a call, or instead of one.
 * @param {Texts} texts
 * @param {{ reason: string, code: string, room: string, minutes: number, people: number }} end
 * @param {{ again: () => void, warm: () => void, rooms: () => void, move: () => void, reload: () => void }} act
 * @returns {Says & { title: string }}
 */
export function endPage(texts, { reason, code, room, minutes, people }, act) {
  const words = texts.ended;
  const rooms = { label: words.rooms, act: act.rooms };
  const again = { label: words.again, act: act.again, warm: act.warm };
  const retry = { label: words.retry, icon: 'refresh-cw', act: act.again, warm: act.warm };
  const title = `${room} · ${texts.product}`;
  const page = { title, caption: room, other: rooms };
  if (reason === 'left') {
    return { ...page, icon: 'phone-off', heading: words.left(room), text: words.facts(minutes, people), main: again };
  }
  if (reason === 'moved') {
    const main = { label: words.moveBack, act: act.move };
    return { ...page, icon: 'app-window', heading: words.movedHeading, text: words.movedText, main };
  }
  if (reason === 'removed')
    return { ...page, icon: 'log-out', heading: words.removedHeading, main: rooms, other: undefined };
  const details = { details: code, detailsLabel: words.details };
  /** @type {Record<string, [string, string, string]>} */
  const known = {
    full: ['users', words.fullHeading, words.fullText],
    draining: ['refresh-cw', words.drainingHeading, words.drainingText],
    unauthorized: ['shield-alert', words.noEntryHeading, words.noEntryText],
    forbidden: ['shield-alert', words.noEntryHeading, words.noEntryText],
    no_common_codec: ['video-off', words.noCodecHeading, words.noCodecText],
    upgrade_required: ['refresh-cw', words.oldHeading, words.oldText],
  };
  const [icon, heading, text] = known[code] ?? ['wifi-off', words.failedHeading, words.failedText];
  const main = code === 'upgrade_required' ? { label: words.reload, icon: 'refresh-cw', act: act.reload } : retry;
  return { ...page, ...details, icon, heading, text, main };
}
