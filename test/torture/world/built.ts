import { join } from 'node:path';

/** A file of dist/, where this file itself runs in dist/test/torture/world. */
export function built(path: string): string {
  return join(__dirname, '../../..', path);
}
