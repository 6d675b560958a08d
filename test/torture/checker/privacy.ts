import { createReadStream, readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import type { Shopper } from '../driver/shopper';
import type { Redis } from '../world/redis';
import { type Finding, finding } from './finding';

/** Every message carries words that stand nowhere else: who finds one in a log or in Redis has found personal data. */
export async function checkPrivacy(
  folder: string,
  redis: Redis,
  shoppers: readonly Shopper[],
): Promise<Finding[]> {
  // All of a number but its country: however it is written, these digits stand together.
  const words = new Set(shoppers.flatMap(({ canary, address }) => [canary, address.slice(-10)]));
  const personal = (text: string): string[] =>
    [...text.matchAll(/Zq[0-9a-f]{10}|98\d{8}/g)].map(([word]) => word).filter((word) => words.has(word));
  const inLogs: string[] = [];
  let lines = 0;
  for (const file of readdirSync(folder).filter((name) => /^(api|worker)-\d\.log$/.test(name))) {
    for await (const line of createInterface({ input: createReadStream(join(folder, file)) })) {
      lines += 1;
      inLogs.push(...personal(line).map((word) => `${file}: …${word.slice(-4)}`));
    }
  }
  const inRedis = [...redis.everSaid()].flatMap(personal);
  return [
    finding('log lines with personal data', lines, inLogs),
    finding(
      'words of shoppers in Redis',
      words.size,
      inRedis.map((word) => `…${word.slice(-4)}`),
    ),
  ];
}
