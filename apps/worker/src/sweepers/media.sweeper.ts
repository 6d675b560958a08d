import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { MediaIntake } from '@app/media';
import { Log } from '@app/observability';
import { repeat, type Repeating } from './repeat';
import { SideBySide } from './side-by-side';

/** No bell rings for files: staff look at them seconds later, and the shopper's answer does not wait for them. */
const PERIOD_MS = 1_000;
const TIDY_PERIOD_MS = 60_000;

/** Files at once: a slow one holds its lane, and at most this times 16 MiB are in memory. */
const LANES = 4;

/** Brings shoppers' files into the store. */
@Injectable()
export class MediaSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private passes: readonly Repeating[] = [];
  private readonly lanes = new SideBySide(LANES, (error) => {
    this.complain(error);
  });

  constructor(
    private readonly media: MediaIntake,
    private readonly log: Log,
  ) {
    log.setContext(MediaSweeper.name);
  }

  onApplicationBootstrap(): void {
    const complain = (error: Error): void => {
      this.complain(error);
    };
    this.passes = [
      repeat(PERIOD_MS, () => this.pass(), complain),
      repeat(TIDY_PERIOD_MS, () => this.media.tidy(), complain),
    ];
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.media.stop();
    await Promise.all(this.passes.map((pass) => pass.stop()));
    await this.lanes.ended();
  }

  private async pass(): Promise<void> {
    if (await this.media.look()) {
      for (let lane = 0; lane < LANES; lane += 1) {
        this.lanes.start(`lane-${lane}`, () => this.media.fetchDue());
      }
    }
  }

  private complain(error: Error): void {
    this.log.warn({ error: error.message }, 'A look for files failed; the next one follows');
  }
}
