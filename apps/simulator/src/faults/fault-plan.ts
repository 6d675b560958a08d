import { seededRandom } from '../shared/seeded-random';

/** When a fault strikes: the first `times` requests, `percent` of them, or both; all when neither is given. */
export interface FaultRule {
  readonly times?: number | undefined;
  readonly percent?: number | undefined;
  /** Only for messages to this address; for webhooks, from it. */
  readonly to?: string | undefined;
}

export const API_FAULTS = ['refuse', 'rateLimit', 'failBefore', 'reject', 'failAfter', 'cutAfter'] as const;
export const CALLBACK_FAULTS = [
  'dropCallbacks',
  'repeatCallbacks',
  'reorderCallbacks',
  'callbackBeforeAnswer',
] as const;

/** Lost on their way to the shop; the message is in Twilio's list all the same. */
export const WEBHOOK_FAULTS = ['dropWebhooks'] as const;
/** The list alone does not answer; messages are sent and fetched as ever. */
export const LIST_FAULTS = ['failLists'] as const;

export type ApiFault = (typeof API_FAULTS)[number];
type CallbackFault = (typeof CALLBACK_FAULTS)[number];
export type FaultName =
  ApiFault | CallbackFault | (typeof WEBHOOK_FAULTS)[number] | (typeof LIST_FAULTS)[number];

export interface FaultRequest {
  readonly seed: number;
  /** How long every API answer takes: a number, or a range to draw from. */
  readonly latencyMs: readonly [number, number];
  /** Messages younger than this are missing from the list. */
  readonly listLagMs: number;
  /** What `failLists` answers: 404 where lists do not exist. */
  readonly listStatus: number;
  /** Faults of the API strike reads too, not only `POST Messages.json`. */
  readonly onReads: boolean;
  readonly failStatus: number;
  readonly rejectCode: number;
  readonly rejectStatus: number;
  readonly rules: Readonly<Partial<Record<FaultName, FaultRule>>>;
}

export const NO_FAULTS: FaultRequest = {
  seed: 1,
  latencyMs: [0, 0],
  listLagMs: 0,
  listStatus: 404,
  onReads: false,
  failStatus: 500,
  rejectCode: 63038,
  rejectStatus: 429,
  rules: {},
};

/** Decides, request by request, what goes wrong. The same plan over the same requests decides the same. */
export class FaultPlan {
  readonly struck = new Map<FaultName, number>();
  private readonly random: () => number;

  constructor(readonly request: FaultRequest) {
    this.random = seededRandom(request.seed);
  }

  latencyMs(): number {
    const [least, most] = this.request.latencyMs;
    return most > least ? least + Math.floor(this.random() * (most - least + 1)) : least;
  }

  apiFault(to: string | null): ApiFault | undefined {
    return API_FAULTS.find((fault) => this.strikes(fault, to));
  }

  strikes(fault: FaultName, to: string | null): boolean {
    const rule = this.request.rules[fault];
    if (!rule || (rule.to !== undefined && rule.to !== to)) {
      return false;
    }
    const struck = this.struck.get(fault) ?? 0;
    if (rule.times !== undefined && struck >= rule.times) {
      return false;
    }
    if (rule.percent !== undefined && this.random() * 100 >= rule.percent) {
      return false;
    }
    this.struck.set(fault, struck + 1);
    return true;
  }
}
