import { crc32 } from 'node:zlib';

/** Begins every record. 0xFF and 0xFE occur in no UTF-8 text, so that no payload can pretend to be a record. */
const MAGIC = Buffer.from([0xff, 0x50, 0x4a, 0xfe]);

/** magic · length of the payload · CRC-32 of all that follows · time in ms (double) · payload */
const LENGTH_AT = 4;
const CRC_AT = 8;
const TIME_AT = 12;
const HEADER_BYTES = 20;

/** Something that was made durable. */
export interface JournalRecord {
  payload: string;
  /** When it was appended, in ms of the epoch. */
  time: number;
}

/** What a segment holds. Whatever a crash or a disk did to it, a record comes out as it went in or not at all. */
export interface Scan {
  records: JournalRecord[];
  /** Places where something complete lay that is no record any more. */
  damages: number;
  /** Whether the segment ends inside a record: its writer died before it was durable, so nobody was told it was. */
  torn: boolean;
}

export function encodeRecord({ payload, time }: JournalRecord): Buffer {
  const length = Buffer.byteLength(payload);
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + length);
  MAGIC.copy(bytes);
  bytes.writeUInt32LE(length, LENGTH_AT);
  bytes.writeDoubleLE(time, TIME_AT);
  bytes.write(payload, HEADER_BYTES);
  bytes.writeUInt32LE(checksum(bytes), CRC_AT);
  return bytes;
}

/** Reads everything that is readable, in order: after a damage it goes on at the next whole record. */
export function scan(bytes: Buffer): Scan {
  const found: Scan = { records: [], damages: 0, torn: false };
  let at = 0;
  while (at < bytes.length) {
    const end = endOfRecord(bytes, at);
    if (end !== undefined) {
      found.records.push(decode(bytes.subarray(at, end)));
      at = end;
      continue;
    }
    const next = nextRecord(bytes, at);
    if (next === undefined && isBeginOfRecord(bytes.subarray(at))) {
      found.torn = true;
    } else {
      found.damages += 1;
    }
    at = next ?? bytes.length;
  }
  return found;
}

/** Where the whole record that begins at `at` ends; undefined when none begins there. */
function endOfRecord(bytes: Buffer, at: number): number | undefined {
  const header = bytes.subarray(at, at + HEADER_BYTES);
  if (header.length < HEADER_BYTES || !header.subarray(0, MAGIC.length).equals(MAGIC)) {
    return undefined;
  }
  const end = at + HEADER_BYTES + header.readUInt32LE(LENGTH_AT);
  return end <= bytes.length && checksum(bytes.subarray(at, end)) === header.readUInt32LE(CRC_AT)
    ? end
    : undefined;
}

function nextRecord(bytes: Buffer, after: number): number | undefined {
  let at = bytes.indexOf(MAGIC, after + 1);
  while (at !== -1 && endOfRecord(bytes, at) === undefined) {
    at = bytes.indexOf(MAGIC, at + 1);
  }
  return at === -1 ? undefined : at;
}

/** Whether more bytes could still make a record of this: a write that was cut. */
function isBeginOfRecord(rest: Buffer): boolean {
  const magic = rest.subarray(0, MAGIC.length);
  const isMagic = magic.equals(MAGIC.subarray(0, magic.length));
  return isMagic && (rest.length < HEADER_BYTES || HEADER_BYTES + rest.readUInt32LE(LENGTH_AT) > rest.length);
}

function decode(record: Buffer): JournalRecord {
  return { time: record.readDoubleLE(TIME_AT), payload: record.toString('utf8', HEADER_BYTES) };
}

/** Over the length too, because a wrong one would find a wrong payload. */
function checksum(record: Buffer): number {
  return crc32(record.subarray(TIME_AT), crc32(record.subarray(LENGTH_AT, CRC_AT)));
}
