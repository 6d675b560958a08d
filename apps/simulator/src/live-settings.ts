import { Inject, Injectable } from '@nestjs/common';
import {
  SIMULATOR_SETTINGS,
  type Retention,
  type SimulatorSettings,
  type Timings,
} from './simulator-settings';

const DEFAULT_TIMINGS: Timings = { sentMs: 60, deliveredMs: 150, readMs: 400 };
const DEFAULT_RETENTION: Retention = { perPhone: 2_000, total: 200_000 };

export type CallbackMode = 'on' | 'paused' | 'off';

/** The settings that the control API may change while the simulator runs. */
@Injectable()
export class LiveSettings {
  readonly shopName: string;
  readonly retention: Retention;
  webhookUrl: string;
  fallbackUrl: string | undefined;
  statusCallbackUrl: string | undefined;
  /** The webhook sink of Event Streams; empty switches the feed off. */
  eventsUrl = '';
  timings: Timings;
  callbacks: CallbackMode = 'on';
  /** Twilio's "HTTP basic authentication for media access", off by default there too. */
  mediaAuth = false;
  /** Known only once the server listens. */
  publicUrl = '';

  constructor(@Inject(SIMULATOR_SETTINGS) private readonly initial: SimulatorSettings) {
    this.shopName = initial.shopName;
    this.retention = { ...DEFAULT_RETENTION, ...initial.keep };
    this.webhookUrl = initial.webhookUrl;
    this.fallbackUrl = initial.fallbackUrl;
    this.statusCallbackUrl = initial.statusCallbackUrl;
    this.timings = { ...DEFAULT_TIMINGS, ...initial.timings };
  }

  /** Back to how the simulator started, except for the URLs: a test sets those once. */
  restore(): void {
    this.timings = { ...DEFAULT_TIMINGS, ...this.initial.timings };
    this.callbacks = 'on';
    this.mediaAuth = false;
  }
}
