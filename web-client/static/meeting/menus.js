import { themes } from '../theme-button.js';
import { openMenu } from '../ui/menu.js';

/** @typedef {import('../texts/en.js').Texts} Texts */
/** @typedef {import('../call/devices.js').Devices} Devices */
/** @typedef {import('../ui/playback.js').Playback} Playback */
/** @typedef {import('../settings.js').Settings} Settings */
/** @typedef {{ texts: Texts, devices: Devices, playback: Playback, settings: Settings }} Parts */

/** @param {MediaDeviceInfo[]} all @param {MediaDeviceKind} kind */
const named = (all, kind) => all.filter(d => d.kind === kind && d.label);

/** Microphones, and loudspeakers where they can be chosen. @param {HTMLElement} anchor @param {Parts} parts */
export async function microphoneMenu(anchor, { texts, devices, playback, settings }) {
  const all = await devices.list();
  const microphones = named(all, 'audioinput').map(d => ({
    label: d.label,
    checked: d.deviceId === devices.inputs.microphone.id,
    act: () => (settings.set({ microphoneId: d.deviceId }), void devices.choose('microphone', d.deviceId)),
  }));
  const speakers = 'setSinkId' in HTMLMediaElement.prototype ? named(all, 'audiooutput') : [];
  const outputs = speakers.map(d => ({
    label: d.label,
    checked: (playback.speaker || 'default') === d.deviceId,
    act: () => (settings.set({ speakerId: d.deviceId }), playback.useSpeaker(d.deviceId)),
  }));
  const second = outputs.length ? [/** @type {const} */ ('line'), { heading: texts.call.speaker }, ...outputs] : [];
  openMenu(anchor, [{ heading: texts.call.microphone }, ...microphones, ...second], texts.call.chooseMicrophone);
}

/** @param {HTMLElement} anchor @param {Parts} parts */
export async function cameraMenu(anchor, { texts, devices, settings }) {
  const cameras = named(await devices.list(), 'videoinput').map(d => ({
    label: d.label,
    checked: d.deviceId === devices.inputs.camera.id,
    act: () => (settings.set({ cameraId: d.deviceId }), void devices.choose('camera', d.deviceId)),
  }));
  openMenu(anchor, [{ heading: texts.call.camera }, ...cameras], texts.call.chooseCamera);
}

/**
 * @param {HTMLElement} anchor
 * @param {Parts} parts
 * @param {{ share: () => void, sharing: boolean, canShare: boolean, people: () => void, invite: () => void, keys: () => void,
 *   fullScreen: () => void, saveData: (on: boolean) => void, statistics: () => void, pictures: import('../ui/menu.js').Item, chooseTheme: (theme: 'system' | 'light' | 'dark') => void }} act
 */
export function moreMenu(anchor, { texts, settings }, act) {
  const narrow = innerWidth <= 640;
  const middle = innerWidth <= 1023;
  const theme = settings.get('theme');
  /** @type {import('../ui/menu.js').Item[]} */
  const items = [];
  const share = {
    icon: 'monitor-up',
    label: act.sharing ? texts.call.stopSharing : texts.call.share.replace(/ \(.*/, ''),
    act: act.share,
  };
  if (narrow) items.push(act.pictures, 'line');
  if (narrow && act.canShare) items.push(share);
  if (narrow) items.push({ icon: 'users', label: texts.people.heading, act: act.people });
  if (middle) items.push({ icon: 'link', label: texts.call.inviteTip, act: act.invite }, 'line');
  const full = Boolean(document.fullscreenElement);
  if (document.fullscreenEnabled) {
    items.push({
      icon: full ? 'minimize' : 'maximize',
      label: full ? texts.call.endFullScreen : texts.call.fullScreen,
      act: act.fullScreen,
    });
  }
  const saving = settings.get('dataSaver');
  items.push({
    icon: 'gauge',
    label: texts.call.dataSaver,
    note: texts.call.dataSaverNote,
    checked: saving,
    switches: true,
    act: () => act.saveData(!saving),
  });
  items.push({ icon: 'chart-no-axes-column', label: texts.call.statistics, act: act.statistics });
  if (!narrow) items.push({ icon: 'keyboard', label: texts.call.shortcuts, act: act.keys });
  items.push('line', { heading: texts.theme.title }, ...themes(texts, theme, act.chooseTheme));
  openMenu(anchor, items, texts.call.more);
}
