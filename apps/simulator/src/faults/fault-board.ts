import { Injectable } from '@nestjs/common';
import { FaultPlan, NO_FAULTS, type FaultRequest } from './fault-plan';

/** The plan in force. Replacing it starts a new seed and new counts. */
@Injectable()
export class FaultBoard {
  plan = new FaultPlan(NO_FAULTS);

  set(request: FaultRequest): void {
    this.plan = new FaultPlan(request);
  }

  reset(): void {
    this.set(NO_FAULTS);
  }

  describe(): FaultRequest & { struck: Record<string, number> } {
    return { ...this.plan.request, struck: Object.fromEntries(this.plan.struck) };
  }
}
