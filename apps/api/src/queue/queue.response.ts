import { ApiProperty } from '@nestjs/swagger';

export class QueueResponse {
  @ApiProperty({ description: 'Name of the queue.', example: 'inbox' })
  name!: string;

  @ApiProperty({ description: 'Jobs that nobody has taken.' })
  waiting!: number;

  @ApiProperty({ description: 'Jobs that run.' })
  active!: number;

  @ApiProperty({ description: 'Jobs that are due later.' })
  delayed!: number;

  @ApiProperty({ description: 'Jobs that failed; what they were about is found by the sweeper.' })
  failed!: number;

  @ApiProperty({ description: 'Workers that are connected.' })
  workers!: number;
}

export class BacklogResponse {
  @ApiProperty({ description: 'Rows that wait.' })
  pending!: number;

  @ApiProperty({ description: 'Age of the oldest one, in seconds; 0 when none waits.' })
  oldestSeconds!: number;
}

export class QueueMetricsResponse {
  @ApiProperty({ enum: ['redis', 'postgres'], description: 'What BullMQ runs on.' })
  backend!: 'redis' | 'postgres';

  @ApiProperty({ type: [QueueResponse], description: 'Empty while the backend does not answer.' })
  queues!: QueueResponse[];

  @ApiProperty({ description: "Shoppers' messages that wait for their turn." })
  inbox!: BacklogResponse;

  @ApiProperty({ description: 'Messages to shoppers that wait to be sent.' })
  outbox!: BacklogResponse;
}
