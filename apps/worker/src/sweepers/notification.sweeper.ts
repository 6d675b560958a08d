import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { OrderNotifications } from '@app/fulfilment';
import { Log } from '@app/observability';
import { repeat, type Repeating } from './repeat';

const PERIOD_MS = 1_000;

/** Sends news of orders when it is due. */
@Injectable()
export class NotificationSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private passes: Repeating | undefined;

  constructor(
    private readonly notifications: OrderNotifications,
    private readonly log: Log,
  ) {
    log.setContext(NotificationSweeper.name);
  }

  onApplicationBootstrap(): void {
    this.passes = repeat(
      PERIOD_MS,
      () => this.notifications.sendDue(),
      (error) => {
        this.log.warn({ error: error.message }, 'Notifications were not sent; the next pass follows');
      },
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.passes?.stop();
  }
}
