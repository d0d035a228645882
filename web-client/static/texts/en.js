// All words of the page. Short, calm, second person: first what is, then what can be done.

const plural = new Intl.PluralRules('en');
/** @param {number} n @param {string} one @param {string} other */
const count = (n, one, other) => `${n} ${plural.select(n) === 'one' ? one : other}`;

const two = new Intl.NumberFormat('en', { minimumIntegerDigits: 2 });
/** @param {number} seconds */
const clock = seconds => {
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60];
  return h ? `${h}:${two.format(m)}:${two.format(s)}` : `${m}:${two.format(s)}`;
};

const endings = new Intl.PluralRules('en', { type: 'ordinal' });
/** @param {number} n */
const ordinal = n => `${n}${{ one: 'st', two: 'nd', few: 'rd' }[/** @type {string} */ (endings.select(n))] ?? 'th'}`;
const longDay = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
/** @param {string[]} names */
const named = names => new Intl.ListFormat('en').format(names);

/** Of 1,024 each, as systems show files. @param {number} bytes */
const fileSize = bytes => {
  const step = bytes < 1024 ? 0 : Math.min(3, Math.floor(Math.log2(bytes) / 10));
  const size = bytes / 1024 ** step;
  const digits = new Intl.NumberFormat('en', { maximumFractionDigits: step > 1 && size < 100 ? 1 : 0 });
  return step ? `${digits.format(size)} ${['KB', 'MB', 'GB'][step - 1]}` : count(bytes, 'byte', 'bytes');
};

/** @type {Record<string, string>} */
const fileProblems = {
  empty: 'This file is empty.',
  unreadable: 'It was changed or moved. Choose it again.',
  quota_person: 'Your files have filled your space. Delete some of them first.',
  quota_room: 'Files have filled the space of this room. Delete some of them first.',
  quota_server: 'The server has no space for more files.',
  disk_full: 'The server has no space for more files.',
  wrong_media_type: 'The server takes no files of this kind.',
  unauthorized: 'The server does not know your place any more. Leave the call and join again.',
  not_found: 'This server takes no files.',
};

export const texts = {
  product: 'Parley',
  skip: 'Call controls',
  theme: {
    change: 'Change theme',
    title: 'Theme',
    system: 'As the system',
    light: 'Light',
    dark: 'Dark',
  },
  start: {
    title: 'Parley: name a room, meet there',
    heading: 'Name a room.\nMeet there.',
    lead: 'Everyone who enters the same room name is in the same call. No account, nothing to install.',
    room: 'Room',
    name: 'Your name',
    nameHint: 'Shown to the others',
    join: 'Join',
    /** @param {boolean} camera @param {boolean} microphone */
    devices: (camera, microphone) =>
      camera && microphone
        ? 'Camera and microphone will be on.'
        : camera
          ? 'The camera will be on, the microphone off.'
          : microphone
            ? 'The microphone will be on, the camera off.'
            : 'Camera and microphone will be off.',
    check: 'Check them first',
  },
  field: {
    roomEmpty: 'A room needs a name. Any word will do.',
    roomLong: 'A room name has at most 64 characters.',
    roomDot: 'A room name does not begin with a dot.',
    roomCharacters: 'Letters, digits, spaces and - _ . ~ can be in a room name.',
    nameEmpty: 'The others need to know who you are. A first name is enough.',
    nameLong: 'A name has at most 64 characters.',
    nameCharacters: 'This name has invisible characters. Type it anew.',
    /** @param {string} name */
    nameTaken: name => `Someone here is already called ${name}. Add a letter or a surname.`,
  },
  ready: {
    /** @param {string} room */
    title: room => `Ready? · ${room} · Parley`,
    over: 'You are about to join',
    you: 'You',
    picture: 'Your picture',
    name: 'Your name',
    microphone: 'Microphone',
    camera: 'Camera',
    speaker: 'Speaker',
    devices: 'Devices',
    test: 'Test',
    level: 'Microphone level',
    join: 'Join',
    watch: 'Join and only watch',
    back: 'All rooms',
    turnOn: 'Turn on camera and microphone',
    asking: 'Your browser asks: may Parley use camera and microphone?',
    cameraOff: 'Your camera is off',
    noCamera: 'No camera found. You join with sound.',
    noMicrophone: 'No microphone found. You join with your picture.',
    cameraBusy: 'Another program uses your camera.',
    microphoneBusy: 'Another program uses your microphone.',
    cameraDenied: 'The camera is blocked for this page. You join with sound.',
    microphoneDenied: 'The microphone is blocked for this page. You join with your picture.',
    retry: 'Try again',
    asksFirst: 'Your browser will ask. Nobody sees you before you join.',
  },
  none: {
    title: 'No camera or microphone · Parley',
    caption: 'No camera, no microphone',
    soon: 'As soon as you plug one in, it appears here.',
    heading: 'We found no camera or microphone',
    text: 'You can join anyway: you see and hear everyone, and write in the chat.',
    hints: [
      ['plug', 'Is it plugged in and switched on?', 'Some headsets have a switch on the cable.'],
      ['app-window', 'Does another program use it?', 'Close other calls and recording programs.'],
      ['settings', 'Does your system allow it?', 'Privacy settings, Camera and Microphone, your browser.'],
    ],
    again: 'Look again',
  },
  denied: {
    title: 'Camera and microphone are blocked · Parley',
    caption: 'Blocked by your browser',
    soon: 'Nothing is sent until you allow it.',
    heading: 'Camera and microphone are blocked',
    text: 'Allow them for this page, or join and only watch.',
    hints: [
      ['settings', 'Press the sign left of the address', 'It shows what this page may use.'],
      ['check', 'Allow camera and microphone', 'In Firefox: remove the crossed-out entries.'],
      ['refresh-cw', 'Then come back here', 'Some browsers want the page reloaded.'],
    ],
    again: 'I allowed it',
  },
  busy: {
    title: 'Camera in use · Parley',
    caption: 'In use elsewhere',
    soon: 'Only one program at a time can have it.',
    heading: 'Another program uses your camera and microphone',
    text: 'Close it there and try again, or join and only watch.',
    again: 'Try again',
  },
  insecure: {
    title: 'This page is not secure · Parley',
    caption: 'No secure connection',
    soon: 'The address begins with http.',
    heading: 'Browsers give camera and microphone only to secure pages',
    text: 'Open the secure address of this server, or join and only watch.',
    /** @param {string} host */
    open: host => `Open https://${host}`,
  },
  old: {
    title: 'Parley',
    caption: 'Too old for calls',
    soon: 'An update brings it back.',
    heading: 'This browser cannot hold calls',
    text: 'Chrome, Edge, Firefox or Safari of the last two years can.',
    copy: 'Copy link',
  },
  here: {
    heading: 'You are in this call in another tab',
    text: 'One browser has one place in a room.',
    move: 'Move it here',
    stay: 'Stay there',
  },
  ended: {
    /** @param {string} room */
    left: room => `You left ${room}.`,
    /** @param {number} minutes @param {number} people */
    facts: (minutes, people) => `${count(minutes, 'minute', 'minutes')}, ${count(people, 'person', 'people')}.`,
    again: 'Join again',
    rooms: 'All rooms',
    caption: 'See you',
    movedHeading: 'The call goes on in another tab',
    movedText: 'You moved your place there.',
    moveBack: 'Move it here',
    removedHeading: 'A host removed you from this call',
    failedHeading: 'We cannot reach the server',
    failedText: 'Your network, or the way to the server, does not let the call through.',
    retry: 'Try again',
    details: 'Details',
    fullHeading: 'This room is full',
    fullText: 'Someone has to leave before you can come in.',
    drainingHeading: 'This server is restarting',
    drainingText: 'Try again in a minute.',
    noEntryHeading: 'This room lets in invited people only',
    noEntryText: 'Ask whoever invited you for a new link.',
    noCodecHeading: 'This browser and the server have no codec in common',
    noCodecText: 'Another browser, or a newer one, can join.',
    oldHeading: 'This page is older than the server',
    oldText: 'Reload it to join.',
    reload: 'Reload',
  },
  call: {
    /** @param {string} room @param {number} people */
    title: (room, people) => `${room} (${people}) · Parley`,
    /** @param {number} people @param {number} seconds */
    facts: (people, seconds) => `${count(people, 'person', 'people')} · ${clock(seconds)}`,
    stage: 'Call',
    controls: 'Call controls',
    microphone: 'Microphone',
    camera: 'Camera',
    /** @param {boolean} on */
    microphoneTip: on => `Turn ${on ? 'off' : 'on'} microphone (M)`,
    /** @param {boolean} on */
    cameraTip: on => `Turn ${on ? 'off' : 'on'} camera (V)`,
    microphoneMissing: 'No microphone. Press to look again',
    cameraMissing: 'No camera. Press to look again',
    chooseMicrophone: 'Choose a microphone',
    chooseCamera: 'Choose a camera',
    speaker: 'Speaker',
    share: 'Share your screen (S)',
    stopSharing: 'Stop sharing',
    noShare: 'This browser cannot share a screen',
    more: 'More',
    leave: 'Leave',
    leaveTip: 'Leave the call',
    invite: 'Invite',
    inviteTip: 'Copy the invite link',
    /** @param {number} n */
    people: n => `People, ${n} in this call`,
    peopleTip: 'People (P)',
    /** @param {number} unread */
    chat: unread => (unread ? `Chat, ${unread} new` : 'Chat'),
    chatTip: 'Chat (C)',
    react: 'React (R)',
    /** @param {number} place */
    hand: place => (place ? `Lower hand (H). You are ${ordinal(place)} in line` : 'Raise hand (H)'),
    switchCamera: 'Switch camera',
    fullScreen: 'Full screen',
    endFullScreen: 'End full screen',
    shortcuts: 'Keyboard shortcuts',
    shortcutsOff: 'Single-letter shortcuts',
    copied: 'Link copied',
    notCopied: 'The link could not be copied. It is in the address bar.',
    close: 'Close',
    page: (/** @type {number} */ i, /** @type {number} */ n) => `${i} of ${n}`,
    nextPage: 'More people',
    previousPage: 'Back to the first people',
    microphoneOn: 'Your microphone is on',
    microphoneOff: 'Your microphone is off',
    youAreMuted: 'You are muted',
    unmute: 'Unmute',
    refused: 'The server did not take that. It is as it was before.',
    draining: 'This server restarts. You are brought back by yourself.',
    dataSaver: 'Data saver',
    dataSaverNote: 'Small pictures, at most 135 MB an hour',
    dataSaverOn: 'Data saver is on: pictures are small both ways, and pause before voices do.',
    dataSaverOff: 'Data saver is off',
    statistics: 'Statistics',
  },
  tile: {
    you: 'You',
    muted: 'microphone off',
    speaking: 'speaking',
    connecting: 'Connecting',
    reconnecting: 'Reconnecting',
    undecodable: 'Your browser cannot show this video',
    paused: 'Video paused, voice goes on',
    sharePaused: 'Screen paused, voice goes on',
    saves: 'Data saver is on',
    unseen: (/** @type {string} */ name) => `You cannot see ${name}`,
    unheard: (/** @type {string} */ name) => `You cannot hear ${name}`,
    shareUnseen: 'You cannot see this screen',
    failing: {
      unseen: { stuck: 'The picture arrives and your browser cannot show it', lost: 'The picture does not reach you' },
      unheard: { stuck: 'The sound arrives and your browser cannot play it', lost: 'The sound does not reach you' },
    },
    /** @type {Record<'yours' | 'theirs' | 'between', (name: string) => string>} */
    weak: {
      yours: () => 'Your line is weak',
      theirs: name => `The line of ${name} is weak`,
      between: name => `The line between you and ${name} is weak`,
    },
    play: 'Click to play',
    /** @param {number} place */
    hand: place => `hand raised, ${ordinal(place)} in line`,
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    fullScreen: 'Full screen',
    /** @param {string} name */
    sharing: name => `${name} is sharing`,
    /** @param {string} name */
    screenOf: name => `Screen of ${name}`,
    youShare: 'You share your screen with everyone',
  },
  alone: {
    heading: 'You are alone here',
    text: 'This is the link. Whoever opens it is in.',
    link: 'Link to this room',
    copy: 'Copy',
    qr: 'Show as QR code',
    qrHeading: 'Open on another device',
  },
  banner: {
    reconnecting: 'Reconnecting. Your place is kept.',
    /** @param {number} seconds */
    reconnectingFor: seconds => `Reconnecting for ${seconds} s. Your place is kept.`,
    sound: 'Sound waits for you.',
    play: 'Play sound',
  },
  people: {
    heading: 'People',
    close: 'Close people',
    inCall: 'In the call',
    hands: 'Hands',
    /** @param {string} name */
    you: name => `${name} (you)`,
    search: 'Search people',
    none: 'Nobody by this name.',
    away: 'Reconnecting',
    sharing: 'Shares the screen',
    watching: 'Only watches',
    copy: 'Copy invite link',
    /** @param {number} n */
    viewers: n => `${count(n, 'viewer', 'viewers')} outside the call`,
    micOn: 'microphone on',
    micOff: 'microphone off',
    cameraOn: 'camera on',
    cameraOff: 'camera off',
  },
  chat: {
    heading: 'Chat',
    close: 'Close chat',
    log: 'Messages',
    empty: 'Messages to everyone in this call. They go when the room ends.',
    label: 'Message to everyone',
    placeholder: 'Message everyone',
    /** @param {string} name */
    placeholderOnly: name => `Message only ${name}`,
    send: 'Send',
    you: 'You',
    edited: 'edited',
    deleted: 'Message deleted',
    undo: 'Undo',
    sending: 'Not sent yet',
    notSent: 'Not sent.',
    again: 'Try again',
    drop: 'Delete',
    stuck: 'Chat waits: messages are sent as soon as it is back. The call goes on.',
    refused: 'The server did not take that change. The message is as it was.',
    reply: 'Reply',
    more: 'More',
    copy: 'Copy',
    copied: 'Message copied',
    edit: 'Edit',
    delete: 'Delete',
    editing: 'You edit a message',
    cancel: 'Cancel',
    onlyToYou: 'only to you',
    /** @param {string} name */
    onlyTo: name => `only to ${name}`,
    /** @param {string} name */
    writeOnly: name => `Write only to ${name}`,
    /** @param {string} name */
    replying: name => `Reply to ${name}`,
    /** @param {string} name */
    answers: name => `Answers ${name}:`,
    /** @param {number} n */
    new: n => `${n} new`,
    /** @param {number} left */
    room: left => (left >= 0 ? `${count(left, 'character', 'characters')} left` : `${-left} too many`),
    /** @param {string[]} names */
    typing: names =>
      names.length > 3 ? `${names.length} people write` : `${named(names)} ${names.length > 1 ? 'write' : 'writes'}`,
    /** @param {Date} date @param {Date} now */
    day: (date, now) => {
      const days = Math.round((new Date(now).setHours(0, 0, 0, 0) - new Date(date).setHours(0, 0, 0, 0)) / 86_400_000);
      return days === 0 ? 'Today' : days === 1 ? 'Yesterday' : longDay.format(date);
    },
    files: {
      attach: 'Attach files',
      drop: 'Drop files to send them to everyone',
      /** @param {string} name */
      dropOnly: name => `Drop files to send them only to ${name}`,
      folder: 'A folder cannot be sent. Pack it into one file first.',
      unnamed: 'File',
      size: fileSize,
      /** @param {string} name */
      download: name => `Download ${name}`,
      downloadThis: 'Download',
      cancel: 'Cancel',
      /** @param {string} name */
      cancelName: name => `Cancel sending ${name}`,
      /** @param {number} part @param {number} size */
      progress: (part, size) => `${Math.floor(100 * part)}\u00a0% of ${fileSize(size)}`,
      states: {
        waiting: 'Waits for its turn',
        sending: 'Sending',
        slowed: 'Slower, for the call',
        offline: 'Waits for the network',
        busy: 'Waits for the server',
        failed: '',
      },
      /** @param {string} name */
      sent: name => `${name} is sent`,
      /** @param {string} name */
      notSent: name => `${name} was not sent`,
      remove: 'Remove',
      /** @param {string} code @param {number} size @param {number} max */
      problem: (code, size, max) =>
        code === 'too_large'
          ? `It has ${fileSize(size)}, a file may have ${fileSize(max)}.`
          : (fileProblems[code] ?? 'The server did not take it.'),
    },
    reactions: {
      'thumbs-up': 'Thumbs up',
      'red-heart': 'Heart',
      'face-with-tears-of-joy': 'Laughing',
      'face-with-open-mouth': 'Surprised',
      'clapping-hands': 'Applause',
      'party-popper': 'Party',
    },
  },
  statistics: {
    heading: 'Statistics',
    close: 'Close statistics',
    copy: 'Copy',
    copied: 'Statistics copied',
    notCopied: 'The statistics could not be copied.',
    waiting: 'The first figures come in a second.',
    none: 'Nothing at the moment',
    unknown: 'not known',
    connection: 'Connection',
    sending: 'You send',
    receiving: 'You receive',
    down: 'Receiving',
    up: 'Sending',
    roundTrip: 'Round trip',
    loss: 'Lost on the way out',
    room: 'Room to send',
    path: 'Way',
    server: 'Server',
    source: 'What',
    picture: 'Picture',
    rateHead: 'Rate',
    lossHead: 'Lost',
    codec: 'Codec',
    layers: 'Layers',
    bufferHead: 'Buffer',
    /** @type {Record<'microphone' | 'camera' | 'screen' | 'screen-audio', string>} */
    sources: { microphone: 'Microphone', camera: 'Camera', screen: 'Screen', 'screen-audio': 'Sound of the screen' },
    /** @type {Record<string, string>} */
    limited: { bandwidth: 'smaller for the line', cpu: 'smaller for the processor' },
    /** @param {string} name @param {string} source */
    of: (name, source) => `${name}, ${source.toLowerCase()}`,
    /** @param {number} width @param {number} height @param {number} fps */
    size: (width, height, fps) => `${width} × ${height}, ${Math.round(fps)} fps`,
    /** @param {number} bps */
    rate: bps => (bps < 999_500 ? `${Math.round(bps / 1000)} kbit/s` : `${(bps / 1e6).toFixed(1)} Mbit/s`),
    /** @param {number} ms */
    ms: ms => `${Math.round(ms)} ms`,
    /** @param {number} part of one */
    part: part => `${(100 * part).toFixed(part > 0 && part < 0.0995 ? 1 : 0)} %`,
    /** @param {number} n */
    people: n => `${count(n, 'person', 'people')} in the call`,
    /** @param {Date} at */
    report: at => `Parley, ${at.toISOString()}`,
  },
  said: {
    /** @param {string[]} messages */
    wrote: messages => (messages.length > 1 ? `${messages.length} new messages` : (messages[0] ?? '')),
    /** @param {string[]} names */
    joined: names => (names.length > 1 ? `${names.length} people joined` : `${names[0]} joined`),
    /** @param {string[]} names */
    left: names => (names.length > 1 ? `${names.length} people left` : `${names[0]} left`),
    /** @param {string} name */
    shares: name => `${name} shares a screen`,
    /** @param {string} name */
    stopped: name => `${name} stopped sharing`,
    youShare: 'You share your screen',
    youStopped: 'You stopped sharing',
    reconnecting: 'Reconnecting',
    back: 'You are back',
    connected: 'You are in the call',
  },
  keys: {
    heading: 'Keyboard shortcuts',
    close: 'Close',
    list: [
      ['Microphone', ['M', 'Ctrl D']],
      ['Camera', ['V', 'Ctrl E']],
      ['Talk while held', ['Space']],
      ['Share your screen', ['S']],
      ['Raise or lower your hand', ['H']],
      ['React', ['R']],
      ['Chat', ['C']],
      ['People', ['P']],
      ['Full screen', ['F']],
      ['Turn pages', ['PageUp', 'PageDown']],
      ['This sheet', ['?']],
    ],
  },
};

/** @typedef {typeof texts} Texts */
