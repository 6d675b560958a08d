import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { InboxService } from '@app/inbox';
import { OutboxService } from '@app/outbox';
import { QueueMonitor } from '@app/queue';
import { STAFF } from '../http/openapi';
import { ProblemResponses } from '../http/problem-responses.decorator';
import { QueueMetricsResponse } from './queue.response';

@ApiTags('Operation')
@ApiBearerAuth(STAFF)
@Controller('api/v1/queue')
export class QueueController {
  constructor(
    private readonly monitor: QueueMonitor,
    private readonly inbox: InboxService,
    private readonly outbox: OutboxService,
  ) {}

  @Get('metrics')
  @ApiOperation({ summary: 'What waits, where, and for how long' })
  @ApiOkResponse({ type: QueueMetricsResponse })
  @ProblemResponses({ 401: ['UNAUTHENTICATED'] })
  async metrics(): Promise<QueueMetricsResponse> {
    const [queues, inbox, outbox] = await Promise.all([
      this.monitor.read().catch(() => []),
      this.inbox.state(),
      this.outbox.state(),
    ]);
    return { backend: this.monitor.backend, queues, inbox, outbox };
  }
}
