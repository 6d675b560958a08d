import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AuditLog } from '@app/access';
import { NeedsRole } from '../auth/needs-role.decorator';
import { STAFF } from '../http/openapi';
import { decodeCursor, encodeCursor } from '../http/page.dto';
import { ProblemResponses } from '../http/problem-responses.decorator';
import { AuditListQuery, AuditListResponse, toAuditEntryResponse } from './audit.response';

@ApiTags('Audit')
@ApiBearerAuth(STAFF)
@Controller('api/v1/audit')
export class AuditController {
  constructor(private readonly audit: AuditLog) {}

  @Get()
  @NeedsRole('manager')
  @ApiOperation({
    summary: 'List what staff changed',
    description: 'Newest first, for managers and owners. Entries are never changed and never deleted.',
  })
  @ApiOkResponse({ type: AuditListResponse })
  @ProblemResponses({
    400: ['VALIDATION_FAILED', 'CURSOR_INVALID'],
    401: ['UNAUTHENTICATED'],
    403: ['FORBIDDEN'],
  })
  async list(@Query() { cursor, ...query }: AuditListQuery): Promise<AuditListResponse> {
    const page = await this.audit.list({ ...query, after: decodeCursor(cursor) });
    return { items: page.items.map(toAuditEntryResponse), nextCursor: encodeCursor(page.nextCursor) };
  }
}
