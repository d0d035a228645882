import { openMenu } from '../ui/menu.js';
import { copyText, keySheet } from './cards.js';
import { cameraMenu, microphoneMenu, moreMenu } from './menus.js';
import { reactions } from './reactions.js';

/** @typedef {import('./view.js').Parts} Parts */
/** @typedef {import('./view.js').MeetingPage} MeetingPage */

/** What the bar's buttons and the keys do. @param {Parts} parts @param {MeetingPage} page */
export function actions(parts, page) {
  const { call, devices, screen, settings, texts, toasts, live, link, chooseTheme } = parts;
  /** @param {'microphone' | 'camera'} device */
  const toggle = device => {
    const { wanted, state } = devices.inputs[device];
    const on = !wanted || !['on', 'opening'].includes(state);
    settings.set({ [device]: on });
    devices.want(device, on);
    if (device === 'microphone') live.say(on ? texts.call.microphoneOn : texts.call.microphoneOff);
  };
  const menuParts = () => ({ texts, devices, settings, playback: page.playback });
  const share = () => void (screen.stream ? screen.stop() : screen.possible && screen.start());
  const invite = async () => toasts.show((await copyText(link)) ? texts.call.copied : texts.call.notCopied);
  const people = () => page.toggle('people');
  const refused = () => toasts.show(texts.call.refused);
  const react = (/** @type {string} */ emoji) => void call.talk.react(emoji).catch(refused);
  const pictures = { row: reactions(texts.chat.reactions, react) };
  const fullScreen = () =>
    void (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
  const saveData = (/** @type {boolean} */ on) => {
    settings.set({ dataSaver: on });
    page.saveData();
    toasts.show(on ? texts.call.dataSaverOn : texts.call.dataSaverOff);
  };
  const keySheetAct = () => keySheet(texts, settings.get('letters'), letters => settings.set({ letters }));
  return {
    microphone: () => toggle('microphone'),
    camera: () => toggle('camera'),
    microphones: (/** @type {HTMLElement} */ anchor) => void microphoneMenu(anchor, menuParts()),
    cameras: (/** @type {HTMLElement} */ anchor) => void cameraMenu(anchor, menuParts()),
    more: (/** @type {HTMLElement} */ anchor) => {
      const now = { sharing: screen.stream !== null, canShare: screen.possible };
      const more = { saveData, statistics: () => page.figures.toggle(), fullScreen, chooseTheme, pictures };
      const act = { share, people, invite, keys: keySheetAct, ...more };
      moreMenu(anchor, menuParts(), { ...act, ...now });
    },
    leave: () => (page.talking.leave(), void call.leave()),
    hand: () => void call.talk.raise(!call.talk.handUp).catch(refused),
    react: (/** @type {HTMLElement} */ anchor) => openMenu(anchor, [pictures], texts.call.react),
    chat: () => (page.talking.panel.inLog() ? page.talking.panel.focus() : page.toggle('chat')),
    switchCamera: () => void page.switchCamera(),
    share,
    invite,
    people,
    fullScreen,
    keys: keySheetAct,
  };
}

/**
 * @param {ReturnType<typeof actions>} act
 * @param {import('../call/devices.js').Devices} devices
 * @param {(by: number) => void} turn
 * @param {() => HTMLElement} reactAt where reactions open
 * @returns {import('../ui/keys.js').KeyMap}
 */
export function keys(act, devices, turn, reactAt) {
  let talking = false;
  /** @param {boolean} on */
  const talk = on => {
    if (on ? devices.muted('microphone') : talking) devices.want('microphone', (talking = on));
  };
  return {
    single: {
      m: act.microphone,
      v: act.camera,
      s: act.share,
      h: act.hand,
      r: () => act.react(reactAt()),
      c: act.chat,
      p: act.people,
      f: act.fullScreen,
      '?': act.keys,
      PageDown: () => turn(1),
      PageUp: () => turn(-1),
    },
    modified: { d: act.microphone, e: act.camera },
    hold: { key: ' ', down: () => talk(true), up: () => talk(false) },
  };
}
