import { Injectable } from '@nestjs/common';

/** Raw numbers for load runs. They never decrease except by reset, and don't depend on how many messages are kept. */
@Injectable()
export class Counters {
  private values = new Map<string, number>();
  private firstAcceptedAt: number | null = null;
  private lastAcceptedAt: number | null = null;

  add(name: string, amount = 1): void {
    this.values.set(name, (this.values.get(name) ?? 0) + amount);
  }

  accepted(at: number): void {
    this.add('accepted');
    this.firstAcceptedAt ??= at;
    this.lastAcceptedAt = at;
  }

  read(): Record<string, number | null> {
    return {
      accepted: 0,
      inbound: 0,
      ...Object.fromEntries(this.values),
      firstAcceptedAt: this.firstAcceptedAt,
      lastAcceptedAt: this.lastAcceptedAt,
    };
  }

  reset(): void {
    this.values = new Map();
    this.firstAcceptedAt = null;
    this.lastAcceptedAt = null;
  }
}
