// All cases in one process, so that they share one server and two browsers. Started by main.js.
import './cases/chat-ways.js';
import './cases/chat.js';
import './cases/data-channels.js';
import './cases/files.js';
import './cases/healing.js';
import './cases/hostile-files.js';
import './cases/hostile-chat.js';
import './cases/media.js';
import './cases/layers.js';
import './cases/lip-sync.js';
import './cases/pages.js';
import './cases/whip.js';
