import { Injectable } from '@nestjs/common';
import { AuditLog, type Staff } from '@app/access';
import { Database } from '@app/database';
import type { Result } from '@app/kernel';
import { type Media, MediaService } from '@app/media';

/** What staff do with shoppers' files, and the record of it: one transaction. */
@Injectable()
export class StaffMediaService {
  constructor(
    private readonly database: Database,
    private readonly media: MediaService,
    private readonly audit: AuditLog,
  ) {}

  /** Refuses with MEDIA_NOT_FOUND or MEDIA_DELETED. What a crash, or a store that is away, leaves of the bytes is removed by a worker. */
  async delete(id: string, by: Staff): Promise<Result<Media>> {
    const deleted = await this.database.transaction(async (tx) => {
      const result = await this.media.delete(tx, id);
      if (result.ok) {
        const { status, bytes } = result.value;
        await this.audit.record(tx, {
          by,
          action: 'media.delete',
          target: { type: 'media', id: result.value.id },
          before: { status, bytes },
          after: { status: 'deleted' },
        });
      }
      return result;
    });
    if (deleted.ok && deleted.value.sha256 !== null) {
      await this.media.purge(deleted.value.sha256).catch(() => undefined);
    }
    return deleted;
  }
}
