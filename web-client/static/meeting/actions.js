import { copyLink, keySheet } from './cards.js';
import { cameraMenu, microphoneMenu, moreMenu } from './menus.js';

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
  const invite = () => void copyLink(link, texts, text => toasts.show(text));
  const people = () => page.togglePeople();
  const fullScreen = () =>
    void (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
  const keySheetAct = () => keySheet(texts, settings.get('letters'), letters => settings.set({ letters }));
  return {
    microphone: () => toggle('microphone'),
    camera: () => toggle('camera'),
    microphones: (/** @type {HTMLElement} */ anchor) => void microphoneMenu(anchor, menuParts()),
    cameras: (/** @type {HTMLElement} */ anchor) => void cameraMenu(anchor, menuParts()),
    more: (/** @type {HTMLElement} */ anchor) => {
      const now = { sharing: screen.stream !== null, canShare: screen.possible };
      moreMenu(anchor, menuParts(), { share, people, invite, keys: keySheetAct, fullScreen, chooseTheme, ...now });
    },
    leave: () => void call.leave(),
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
 * @returns {import('../ui/keys.js').KeyMap}
 */
export function keys(act, devices, turn) {
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
