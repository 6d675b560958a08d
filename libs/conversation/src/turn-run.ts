import type { InboxMessage, WaitingTurn } from '@app/inbox';
import type { Misheard } from '@app/review';
import { currentMinute, type Minute, restOfMinuteMs } from './domain/allowance';
import { type Heard, type Stand, standAfter } from './domain/answer';
import { burstWaitMs, isUnfinished } from './domain/burst';
import { newDialogue } from './domain/dialogue';
import { type Menu, menuOf } from './domain/menus';
import { mergeReplies, type ReplyPart } from './domain/merge-replies';
import { misheardIn, withHeard } from './domain/misheard';
import { mostAttempts, retryMs } from './domain/poison';
import { textsFor } from './domain/texts/languages';
import type { Step } from './domain/turn';
import type { LockedConversation } from './locked-conversation';

/** What becomes of a message of the turn. */
export interface Outcome {
  message: InboxMessage;
  status: 'processed' | 'pending' | 'dead';
  /** The attempt was not made, or not the message's failure. */
  givenBack: boolean;
  /** Put off until then. */
  waitMs: number | null;
  error: string | null;
}

/** A message that failed: put off, or given up when it has had its attempts. */
export function failed(message: InboxMessage, error: Error): Outcome {
  return message.attempts < mostAttempts
    ? {
        message,
        status: 'pending',
        givenBack: false,
        waitMs: retryMs(message.attempts),
        error: error.message,
      }
    : { message, status: 'dead', givenBack: false, waitMs: null, error: error.stack ?? error.message };
}

/** One conversation's turn while its transaction runs: where it stands, what was answered, what became of each message. */
export class TurnRun {
  readonly outcomes: Outcome[] = [];
  /** What was not understood, or was put right. */
  readonly misheard: Misheard[] = [];
  readonly minute: Minute;
  stand: Stand;
  toldToWait: boolean;

  private readonly parts: ReplyPart[] = [];
  private lastMenu: { twin: string; menu: Menu } | undefined;
  private previousAt: Date | null;

  constructor(
    readonly turn: WaitingTurn,
    readonly conversation: LockedConversation,
    private readonly now: Date,
    private readonly mostPerMinute: number,
  ) {
    const { dialogue, cart, cartVersion, handledBy, optedOut, language } = conversation;
    this.stand = {
      dialogue: { ...newDialogue, ...dialogue },
      cart: { version: cartVersion, lines: cart },
      handledBy,
      optedOut,
      language,
    };
    this.minute = currentMinute(conversation.minuteBegan, conversation.minuteMessages, now);
    this.previousAt = conversation.lastInboundAt;
    this.toldToWait = conversation.toldToWait && turn.full;
  }

  /** The message whose turn it is; undefined when the turn is over. */
  get current(): InboxMessage | undefined {
    return this.turn.messages[this.outcomes.length];
  }

  /** When the newest message arrived that was answered. */
  get lastInboundAt(): Date | null {
    return this.previousAt;
  }

  /** Messages that are done with. */
  get answered(): readonly InboxMessage[] {
    return this.outcomes.filter(({ status }) => status !== 'pending').map(({ message }) => message);
  }

  /** Ends the turn before a message that may not be answered now: the shopper's minute is full. Returns whether it is. */
  stopsForMinute(message: InboxMessage): boolean {
    if (this.minute.messages < this.mostPerMinute) {
      return false;
    }
    const { handledBy, optedOut, language } = this.stand;
    if (!this.conversation.toldToWait && handledBy === 'bot' && !optedOut && message.content.type !== 'sms') {
      this.parts.push({ text: textsFor(language).pleaseWait });
    }
    this.toldToWait = true;
    this.stopBefore(message, restOfMinuteMs(this.minute, this.now));
    return true;
  }

  /** Ends the turn before a message that looks like a piece of more that is coming. Returns whether it does. */
  stopsForBurst(message: InboxMessage, { meaning }: Heard): boolean {
    const isLast = this.outcomes.length === this.turn.messages.length - 1 && !this.turn.full;
    const text = 'text' in message.content ? message.content.text : '';
    if (!isLast || message.waited || message.attempts > 1 || !isUnfinished(meaning, text)) {
      return false;
    }
    const waitMs = burstWaitMs(this.previousAt, message.receivedAt, this.now);
    if (waitMs > 0) {
      this.stopBefore(message, waitMs);
    }
    return waitMs > 0;
  }

  /** The message is answered. */
  take(message: InboxMessage, heard: Heard, step: Step): void {
    const { meaning, stand } = heard;
    const understood = meaning.intent !== 'other' || meaning.kind !== 'unknown';
    const { reply, view, outdates, menu } = step;
    this.parts.push({ text: reply, understood, ...(view && { view }), ...(outdates && { outdates }) });
    this.stand = standAfter(stand, withHeard(message.content, heard, step));
    const misheard = misheardIn(message.content, heard);
    if (misheard) {
      this.misheard.push({ ...misheard, language: stand.language });
    }
    const { language, cart } = this.stand;
    this.lastMenu = menu && { twin: menu.twin, menu: menuOf(menu.name, language, cart) };
    this.outcomes.push({ message, status: 'processed', givenBack: false, waitMs: null, error: null });
    this.count(message);
  }

  /** The message failed: what was answered before it stays, it is tried again later or given up, the rest waits behind it. */
  fail(message: InboxMessage, error: Error): void {
    const outcome = failed(message, error);
    this.outcomes.push(outcome);
    if (outcome.status === 'dead') {
      // Whose replay failed too was told the first time.
      const text = message.replays === 0 ? textsFor(this.stand.language).apology : '';
      this.parts.push({ text });
      this.count(message);
    } else {
      this.giveBackRest();
    }
  }

  /** The one reply to the turn; empty when there is nothing to say. A menu stands for it where it says all of it. */
  reply(): { text: string; menu: Menu | null; inReplyTo: string[]; correlationId: string } {
    const { answered, lastMenu } = this;
    const { correlationId } = answered.at(-1) ?? this.turn.messages[0];
    const text = mergeReplies(this.parts);
    const menu = lastMenu?.twin === text ? lastMenu.menu : null;
    return { text, menu, inReplyTo: answered.map(({ sid }) => sid), correlationId };
  }

  private count({ content, receivedAt }: InboxMessage): void {
    this.minute.messages += 1;
    if (content.type === 'sms') {
      // It opens no window of WhatsApp's.
      return;
    }
    // A replayed dead letter is older than what was answered since.
    this.previousAt = this.previousAt !== null && this.previousAt > receivedAt ? this.previousAt : receivedAt;
  }

  private stopBefore(message: InboxMessage, waitMs: number): void {
    this.outcomes.push({ message, status: 'pending', givenBack: true, waitMs, error: null });
    this.giveBackRest();
  }

  private giveBackRest(): void {
    for (const message of this.turn.messages.slice(this.outcomes.length)) {
      this.outcomes.push({ message, status: 'pending', givenBack: true, waitMs: null, error: null });
    }
  }
}
