/**
 * How the bar is to look now.
 * @param {import('./view.js').Parts} parts
 * @param {{ page: number, pages: number, hand: number, cameras: number, peopleOpen: boolean, chatOpen: boolean, unread: number }} now
 * @returns {import('../ui/bar.js').BarView}
 */
export function barView(
  { call, devices, screen, texts },
  { page, pages, hand, cameras, peopleOpen, chatOpen, unread },
) {
  const { microphone, camera } = devices.inputs;
  const [micOn, cameraOn] = [!devices.muted('microphone'), !devices.muted('camera')];
  const seconds = call.joinedAt ? (Date.now() - call.joinedAt) / 1000 : 0;
  const pager = pages > 1 ? ` · ${texts.call.page(page + 1, pages)}` : '';
  /** @param {import('../call/devices.js').Input} input */
  const flaw = input => input.wanted && !['on', 'opening'].includes(input.state);
  return {
    microphone: {
      on: micOn,
      flaw: flaw(microphone),
      tip: flaw(microphone) ? texts.call.microphoneMissing : texts.call.microphoneTip(micOn),
    },
    camera: {
      on: cameraOn,
      flaw: flaw(camera),
      tip: flaw(camera) ? texts.call.cameraMissing : texts.call.cameraTip(cameraOn),
    },
    share: {
      on: screen.stream !== null,
      possible: screen.possible,
      tip: !screen.possible ? texts.call.noShare : screen.stream ? texts.call.stopSharing : texts.call.share,
    },
    people: call.people,
    ...{ peopleOpen, chatOpen, unread, hand },
    facts: texts.call.facts(call.people, seconds) + pager,
    room: call.entry.room,
    canSwitchCamera: cameras > 1 && cameraOn,
  };
}
