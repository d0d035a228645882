import { SOURCES } from '../call/sources.js';
import { StatisticsPanel } from '../ui/statistics.js';
import { Arrivals } from './arrivals.js';
import { copyText } from './cards.js';
import { Quality } from './quality.js';
import { connection, receiving, report, sending } from './statistics.js';

/** @typedef {import('../call/measures.js').Rates} Rates */

/** What the browser counts, put to use: marks on tiles whose line is weak, and statistics for those who open them. */
export class Figures {
  #quality = new Quality();
  #arrivals = new Arrivals();
  /** @type {Rates | null} */
  #rates = null;
  /** @type {(() => void)[]} */
  #ends = [];
  #parts;
  #page;

  /**
   * @param {import('./view.js').Parts} parts
   * @param {{ changed: () => void, shown: () => Set<string>, closed: () => void }} page `shown`: whose tiles are to be seen
   */
  constructor(parts, page) {
    const { call, texts } = parts;
    this.#parts = parts;
    this.#page = page;
    this.panel = new StatisticsPanel(texts.statistics, { close: () => this.toggle(), copy: () => this.#copy() });
    const turned = () => this.#forget(); // in the background pictures do not come, and that is nobody's line
    document.addEventListener('visibilitychange', turned);
    this.#ends = [
      call.gauge.on('rates', rates => document.visibilityState === 'hidden' || this.#see(rates)),
      call.gauge.on('anew', () => this.#forget()),
      () => call.gauge.closely(false),
      () => document.removeEventListener('visibilitychange', turned),
    ];
  }

  close() {
    this.#ends.forEach(end => end());
  }

  /** How weak somebody's line is, in words. @param {string} id @param {string} name @returns {import('../ui/tile.js').Mark | null} */
  mark(id, name) {
    const mark = this.#quality.of(id);
    return mark && { level: mark.level, says: this.#parts.texts.tile.weak[mark.whose](name) };
  }

  /** Opens the statistics, or closes them. */
  toggle() {
    const open = !this.panel.open;
    this.panel.show(open);
    this.#parts.call.gauge.closely(open);
    if (!open) this.#page.closed();
  }

  /** @param {Rates} rates */
  #see(rates) {
    const { call } = this.#parts;
    const arrivals = this.#arrivals.of(rates, call.slots.taken(), id => call.roster.get(id), this.#page.shown());
    this.#quality.see(call.self, arrivals, rates.line, performance.now());
    this.#rates = rates;
    if (this.panel.open) this.panel.update(this.#statistics(rates));
    this.#page.changed();
  }

  #forget() {
    this.#quality.forget();
    this.#arrivals.forget();
  }

  /** @param {Rates} rates */
  #statistics(rates) {
    const { call, texts } = this.#parts;
    const words = texts.statistics;
    const sources = new Map(SOURCES.map(s => [call.peer.midOf(s), s]));
    return [
      connection(rates, words),
      sending(rates.sent, mid => sources.get(mid) ?? null, words),
      receiving(rates.received, mid => whose(call, mid), words),
    ];
  }

  async #copy() {
    if (!this.#rates) return;
    const { call, texts, toasts } = this.#parts;
    const words = texts.statistics;
    const head = [words.report(new Date()), `  ${navigator.userAgent}`, `  ${words.people(call.people)}`];
    const copied = await copyText(report(this.#statistics(this.#rates), head));
    toasts.show(copied ? words.copied : words.notCopied);
  }
}

/** Who is seen or heard in a section now. @param {import('../call/call.js').Call} call @param {string} mid */
function whose({ slots, roster }, mid) {
  const slot = slots.taken().find(s => s.audioMid === mid || s.videoMid === mid);
  const member = roster.get(slot?.participant ?? '');
  const track = member?.tracks.find(t => t.id === (slot?.videoMid === mid ? slot.video : slot?.audio));
  return member && track ? { name: member.name, source: track.source } : null;
}
