import { Controller, Get, Header } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { HealthCheck, type HealthCheckResult, HealthCheckService } from '@nestjs/terminus';
import { Public } from '@app/access';
import { DependencyHealth } from './dependency-health';

@ApiTags('Operation')
@Public()
@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly dependencies: DependencyHealth,
  ) {}

  @Get('health/live')
  @Header('cache-control', 'no-store')
  @HealthCheck()
  @ApiOperation({ summary: 'Is the process alive? Touches no dependency.' })
  live(): Promise<HealthCheckResult> {
    return this.health.check([]);
  }

  @Get(['health', 'health/ready', 'api/v1/health'])
  @Header('cache-control', 'no-store')
  @HealthCheck()
  @ApiOperation({
    summary:
      'Can messages be accepted? With the database or the queue away it is degraded, not unready, as long as the journal takes messages.',
  })
  ready(): Promise<HealthCheckResult> {
    return this.health.check([
      () => this.dependencies.process(),
      () => this.dependencies.postgres(),
      () => this.dependencies.journal(),
      () => this.dependencies.hints(),
      () => this.dependencies.senders(),
    ]);
  }
}
