import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Log } from '@app/observability';
import { TemplatesService } from '@app/templates';
import { repeat, type Repeating } from './repeat';

/** Approval takes minutes to days, and is taken back within minutes. */
const PERIOD_MS = 10 * 60 * 1_000;

/** Hears of approvals: Twilio does not tell by itself. */
@Injectable()
export class TemplatesSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private passes: Repeating | undefined;

  constructor(
    private readonly templates: TemplatesService,
    private readonly log: Log,
  ) {
    log.setContext(TemplatesSweeper.name);
  }

  onApplicationBootstrap(): void {
    this.passes = repeat(
      PERIOD_MS,
      () => this.pass(),
      (error) => {
        this.log.warn({ error: error.message }, 'Templates could not be synchronised; the next pass follows');
      },
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.passes?.stop();
  }

  /** An API without templates breaks nothing. */
  private async pass(): Promise<void> {
    const synced = await this.templates.sync();
    if (!synced.ok) {
      this.log.debug({ error: synced.refusal.detail }, 'Templates could not be synchronised');
    }
  }
}
