import { join } from 'node:path';
import type { FactoryProvider } from '@nestjs/common';
import { SETTINGS, type Settings } from '@app/config';
import { Journal } from '@app/journal';
import { Log, Metrics } from '@app/observability';

/** Hours of messages at the pace of a busy shop. */
const MOST_BYTES = 256 * 1024 * 1024;
const SEGMENT_BYTES = 4 * 1024 * 1024;

/** Where the journal of a PASAL_HOME lies. */
export function journalFolder(home: string): string {
  return join(home, 'journal');
}

/** The journal of this process. */
export const journalProvider: FactoryProvider<Journal> = {
  provide: Journal,
  inject: [SETTINGS, Metrics, Log],
  useFactory: ({ pasalHome }: Settings, metrics: Metrics, log: Log) =>
    new Journal({
      folder: journalFolder(pasalHome),
      mostBytes: MOST_BYTES,
      segmentBytes: SEGMENT_BYTES,
      onDamage: (file, damages) => {
        metrics.journalDamaged.inc(damages);
        log.error({ file: `${file}.damaged`, damages }, 'Damaged records of the journal are set aside');
      },
    }),
};
