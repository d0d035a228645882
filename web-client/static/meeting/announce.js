import { live as sends } from '../call/roster.js';

/** Above so many people, coming and going is not said any more. */
const QUIET_FROM = 20;

/**
 * Says in toasts and to screen readers what happens in a call.
 * @param {import('../call/call.js').Call} call
 * @param {import('../texts/en.js').Texts} texts
 * @param {import('../ui/toast.js').Toasts} toasts
 * @param {import('../ui/live.js').Live} live
 * @returns {() => void} ends it
 */
export function announce(call, texts, toasts, live) {
  const { said } = texts;
  let wasBroken = false;
  const ends = [
    call.on('came', person => {
      if (call.people > QUIET_FROM) return;
      live.merge('joined', person.name, said.joined);
      toasts.merge('joined', person.name, said.joined);
    }),
    call.on('went', ({ member, reason }) => {
      if (call.people > QUIET_FROM || reason === 'replaced' || reason === 'unlisted') return;
      live.merge('left', member.name, said.left);
      toasts.merge('left', member.name, said.left);
    }),
    call.on('changed', ({ before, now }) => {
      const [was, is] = [sends(before, 'screen') !== null, sends(now, 'screen') !== null];
      if (was !== is) live.say(is ? said.shares(now.name) : said.stopped(now.name));
    }),
    call.on('state', state => {
      if (state === 'reconnecting') live.say(said.reconnecting);
      if (state === 'connected') live.say(wasBroken ? said.back : said.connected);
      wasBroken = state === 'reconnecting';
    }),
    call.on('draining', () => toasts.show(texts.call.draining)),
  ];
  return () => ends.forEach(end => end());
}
