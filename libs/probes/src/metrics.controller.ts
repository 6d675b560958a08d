import { timingSafeEqual } from 'node:crypto';
import { Controller, Get, Header, Headers, Inject, UnauthorizedException } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '@app/access';
import { SETTINGS, type Settings } from '@app/config';
import { DeadLettersService, InboxService } from '@app/inbox';
import { Ingress } from '@app/ingress';
import { MediaService } from '@app/media';
import { maskAddress, Metrics } from '@app/observability';
import { OutboundDoubts, OutboxService, SenderStops } from '@app/outbox';
import { SendRates } from '@app/rates';

@ApiTags('Operation')
@Public()
@Controller('metrics')
export class MetricsController {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly metrics: Metrics,
    private readonly inbox: InboxService,
    private readonly outbox: OutboxService,
    private readonly doubts: OutboundDoubts,
    private readonly ingress: Ingress,
    private readonly deadLetters: DeadLettersService,
    private readonly stops: SenderStops,
    private readonly media: MediaService,
    private readonly rates: SendRates,
  ) {}

  @Get()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiOperation({ summary: 'Prometheus metrics. Needs a bearer token when METRICS_TOKEN is set.' })
  async read(@Headers('authorization') authorization = ''): Promise<string> {
    const { metricsToken } = this.settings;
    if (metricsToken !== undefined && !equalInConstantTime(authorization, `Bearer ${metricsToken}`)) {
      throw new UnauthorizedException('metrics need the token of METRICS_TOKEN');
    }
    this.readJournal();
    this.readRates();
    await Promise.all([this.readBacklogs(), this.readStops(), this.readMedia()]);
    return this.metrics.registry.metrics();
  }

  private readJournal(): void {
    const { records, bytes, oldestSeconds } = this.ingress.state.journal;
    this.metrics.backlogDepth.set({ box: 'journal' }, records);
    this.metrics.backlogAge.set({ box: 'journal' }, oldestSeconds);
    this.metrics.journalBytes.set(bytes);
  }

  private readRates(): void {
    for (const [sender, perSecond] of this.rates.perSecond()) {
      this.metrics.senderRate.set({ sender: maskAddress(sender) }, perSecond);
    }
  }

  private async readStops(): Promise<void> {
    const stopped = await unlessAway(() => this.stops.inForce());
    if (stopped) {
      this.metrics.sendersStopped.set(stopped.length);
    }
  }

  private async readMedia(): Promise<void> {
    const bytes = await unlessAway(() => this.media.storedBytes());
    if (bytes !== undefined) {
      this.metrics.mediaStoredBytes.set(bytes);
    }
  }

  private async readBacklogs(): Promise<void> {
    const boxes = await unlessAway(() =>
      Promise.all([this.inbox.state(), this.outbox.state(), this.doubts.state(), this.deadLetters.state()]),
    );
    for (const [index, box] of (['inbox', 'outbox', 'uncertain', 'dead_letters'] as const).entries()) {
      const state = boxes?.[index];
      if (state) {
        this.metrics.backlogDepth.set({ box }, state.pending);
        this.metrics.backlogAge.set({ box }, state.oldestSeconds);
      }
    }
  }
}

/** For gauges that live in the database: while it is away the last reading stays, and everything else is still served. */
async function unlessAway<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch {
    return undefined;
  }
}

function equalInConstantTime(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
