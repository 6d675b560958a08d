import { createHash } from 'node:crypto';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { ConfigModule } from '@app/config';
import { Database, DatabaseModule, queryRows } from '@app/database';
import { MediaIntake, MediaModule, MediaService } from '@app/media';
import { type FetchedMedia, MEDIA_SOURCE, type MediaAddress, type MediaSource } from '@app/messaging';
import { ObservabilityModule } from '@app/observability';
import { testDatabase, testSettings } from '@app/testing';

export interface MediaRow {
  id: string;
  message_sid: string;
  status: string;
  content_type: string | null;
  sha256: string | null;
  error: string | null;
  attempts: number;
}

/** Twilio's side: what it answers, and what it was asked. */
export class FakeSource implements MediaSource {
  readonly asked: MediaAddress[] = [];
  answer: (media: MediaAddress) => FetchedMedia | Promise<FetchedMedia> = ({ url }) => picture(url);

  async fetch(media: MediaAddress): Promise<FetchedMedia> {
    this.asked.push(media);
    return this.answer(media);
  }
}

export interface Worker {
  intake: MediaIntake;
  media: MediaService;
  database: Database;
  close(): Promise<void>;
}

export interface MediaSide {
  source: FakeSource;
  workers: readonly [Worker, Worker];
  /** Stores processed messages with a file each. */
  messages(...sids: string[]): Promise<void>;
  rows(): Promise<MediaRow[]>;
  sql(statement: string): Promise<void>;
  /** Whether a file of these bytes lies in the store. */
  isKept(bytes: Uint8Array): Promise<boolean>;
  close(): Promise<void>;
}

export const pngOf = (text: string): Buffer =>
  Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from(text)]);

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const sidOf = (number: number): string => `MM${String(number).padStart(32, '0')}`;

export const picture = (text: string): FetchedMedia => ({
  kind: 'fetched',
  bytes: pngOf(text),
  contentType: 'image/png',
});

/** Two workers of one shop, with one store, and nobody who starts them. */
export async function openMedia(): Promise<MediaSide> {
  const { url, drop } = await testDatabase();
  const settings = testSettings(url);
  const source = new FakeSource();

  @Module({ providers: [{ provide: MEDIA_SOURCE, useValue: source }], exports: [MEDIA_SOURCE] })
  class FakeTwilioModule {}

  const openWorker = async (): Promise<Worker> => {
    const module = await Test.createTestingModule({
      imports: [
        ConfigModule.forRoot(settings),
        ObservabilityModule,
        DatabaseModule,
        { module: FakeTwilioModule, global: true },
        MediaModule,
      ],
    }).compile();
    await module.init();
    return {
      intake: module.get(MediaIntake),
      media: module.get(MediaService),
      database: module.get(Database),
      close: () => module.close(),
    };
  };
  const workers = [await openWorker(), await openWorker()] as const;
  const [{ database }] = workers;
  return {
    source,
    workers,
    messages: async (...sids) => {
      for (const sid of sids) {
        await queryRows(
          database.pool,
          `WITH message AS (
             INSERT INTO inbox_messages (sid, source, address, sender, content, params, correlation_id, status)
             VALUES ($1, 'webhook', 'whatsapp:+9779800000001', 'whatsapp:+14155238886', $2, '{}', 'c', 'processed')
             RETURNING sid, id)
           INSERT INTO message_sids (sid, direction, message_id) SELECT sid, 'inbound', id FROM message`,
          [sid, { type: 'media', text: '', media: [{ url: `file of ${sid}`, contentType: 'image/png' }] }],
        );
      }
    },
    rows: () => queryRows<MediaRow>(database.pool, 'SELECT * FROM media ORDER BY message_sid'),
    sql: async (statement) => {
      await queryRows(database.pool, statement);
    },
    isKept: (bytes) => {
      const hash = hashOf(bytes);
      return access(join(settings.pasalHome, 'media', hash.slice(0, 2), hash)).then(
        () => true,
        () => false,
      );
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.close()));
      await drop();
    },
  };
}
