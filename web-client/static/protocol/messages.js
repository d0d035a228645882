// Every message between this page and the server, as docs/protocol.md has them. Types only.

/** @typedef {'microphone' | 'camera' | 'screen' | 'screen-audio'} Source */
/** @typedef {{ mid: string, source: Source, muted: boolean }} AnnouncedTrack */
/** @typedef {{ id: string, kind: 'audio' | 'video', source: Source, codec: string | null, muted: boolean }} Track */
/**
 * @typedef {{ id: string, name: string, role: 'speaker' | 'viewer', state: 'connected' | 'away',
 *   via: 'web' | 'whip' | 'whep', joinedAt: string, tracks: Track[] }} Person
 */
/** @typedef {{ slot: number, audio: string | null, video: string | null }} SlotSections */
/** @typedef {{ slot: number, participant: string | null, video: string | null, audio: string | null }} SlotMapping */
/**
 * A tile of the page; one that is `hidden` (scrolled away, covered, on another page) keeps its slot and is sent nothing.
 * @typedef {{ participant: string, source: Source, width: number, height: number, pinned: boolean, hidden?: boolean }} ViewedTile
 */
/** A file in a message; whoever knows its `key` may read it. @typedef {{ key: string, name: string, size: number, type: string }} SaidFile */
/**
 * Something said: `n` is its place in the room's order, `v` the number of its last change.
 * @typedef {{ n: number, v: number, id: string, at: string, from: string, name: string, to?: string, toName?: string,
 *   reply?: number, text: string, edited?: boolean, deleted?: boolean, own?: boolean, file?: SaidFile }} Message
 */
/** What uploads are asked with: `max` bytes a file, `part` bytes a request. @typedef {{ token: string, max: number, part: number }} FilesGrant */
/** @typedef {{ participant: string, reaction: string }} Reacted */

// ---- requests: each has an id of the client's choice, its answer carries the same number as `re`

/**
 * @typedef {{ type: 'join', v: 1, room: string, name: string, token: string | null, device: string | null,
 *   resume: string | null, offer?: string, tracks?: AnnouncedTrack[], replace?: boolean }} Join
 */
/** @typedef {{ type: 'offer', offer: string }} Offer */
/** @typedef {{ type: 'mute', source: Source, muted: boolean }} Mute */
/** `cap`: the most to be sent to this client, in bits per second. @typedef {{ type: 'view', tiles: ViewedTile[], cap?: number | null }} View */
/** `decoded` grows while something comes out. @typedef {{ decoded: number, state: 'playing' | 'hidden' | 'paused' | 'blocked' }} Seen */
/** @typedef {{ slot: number, video?: Seen, audio?: Seen }} SlotSeen */
/** @typedef {{ type: 'report', slots: SlotSeen[] }} Report */
/** @typedef {{ type: 'people', after?: string }} People */
/** @typedef {{ type: 'ping' }} Ping */
/** @typedef {{ type: 'leave' }} Leave */
/** @typedef {{ type: 'chat', message: string, text: string, to?: string, reply?: number, file?: string }} Say */
/** @typedef {{ type: 'chat-edit', n: number, text: string }} Edit */
/** @typedef {{ type: 'chat-delete', n: number }} Delete */
/** @typedef {{ type: 'history', since?: number, before?: number }} History */
/** @typedef {{ type: 'hand', up: boolean }} Hand */
/** @typedef {{ type: 'react', reaction: string }} React */
/** @typedef {{ type: 'typing', typing: boolean }} Typing */
/** What is said beside media. @typedef {Say | Edit | Delete | History | Hand | React | Typing} TalkRequest */
/** @typedef {Join | Offer | Mute | View | Report | People | Ping | Leave | TalkRequest} Request */

// ---- answers

/**
 * @typedef {{ type: 'joined', re: number, participant: string, answer: string | null, resume: string,
 *   slots: SlotSections[], participants: Person[], viewers: number, people: number,
 *   chat: { history: string, last: number }, hands: string[], files?: FilesGrant | null }} Joined
 */
/** @typedef {{ type: 'answer', re: number, answer: string }} Answer */
/** @typedef {{ type: 'people', re: number, people: Person[], next: string | null }} PeoplePage */
/** @typedef {{ type: 'said', re: number, n: number, v: number, at: string }} Said */
/** @typedef {{ type: 'history', re: number, messages: Message[], last: number, more: boolean }} HistoryPage */
/** @typedef {{ type: 'done', re: number }} Done */
/** @typedef {{ type: 'error', re: number, code: string, detail: string }} Refusal */
/** @typedef {Joined | Answer | PeoplePage | Said | HistoryPage | Done | Refusal} Reply */

// ---- events

/**
 * @typedef {{ type: 'chat', after: number, message: Message } | { type: 'hands', hands: string[], count: number }
 *   | { type: 'reactions', reactions: Reacted[] } | { type: 'typing', typing: string[] }} TalkEvent
 */
/**
 * Which way talk comes from now on: `turn` counts the changes.
 * @typedef {{ type: 'chat-here', turn: number, history: string, last: number, hands: string[] }} ChatHere
 */
/** @typedef {TalkEvent | ChatHere | { type: 'data-ended', reason: string }} WayEvent */
/** @typedef {'left' | 'lost' | 'replaced' | 'removed' | 'failed' | 'unlisted'} LeaveReason */
/** @typedef {'lost' | 'handshake_failed' | 'fingerprint_mismatch' | 'internal_error'} TransportEnd */
/** @typedef {'replaced' | 'resumed' | 'draining' | 'removed'} MoveReason */
/** What is to be done for a track of which nothing comes out. @typedef {{ type: 'heal', slot: number, track: string, rung: 'restart' | 'transport' | 'none' }} Heal */
/**
 * @typedef {{ type: 'participant-joined', participant: Person }
 *   | { type: 'participant-changed', participant: Person }
 *   | { type: 'participant-left', participant: string, reason: LeaveReason }
 *   | { type: 'viewers', count: number, people: number }
 *   | { type: 'slots', map: SlotMapping[] }
 *   | { type: 'speakers', speaking: string[] }
 *   | { type: 'layers', track: string, source: Source, active: boolean[] }
 *   | { type: 'codec', source: Source, codec: string }
 *   | { type: 'paused', slot: number, track: string, paused: boolean, reason: string }
 *   | { type: 'undecodable', slot: number, track: string, codec: string }
 *   | { type: 'offer-wanted', audio: number, video: number }
 *   | { type: 'transport-closed', reason: TransportEnd }
 *   | { type: 'moved', reason: MoveReason, comeBackMs?: number }
 *   | Heal | WayEvent} ServerEvent
 */

export const SUBPROTOCOL = 'parley.v1';
/** @type {1} */
export const VERSION = 1;

/** Close codes that say something to a page; every other one is a lost connection. */
export const CLOSE = { moved: 4001, ended: 4002 };
