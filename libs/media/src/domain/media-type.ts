import { ok, refuse, type Result } from '@app/kernel';

const text = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));

const starts =
  (...beginning: number[]) =>
  (bytes: Uint8Array): boolean =>
    beginning.every((byte, index) => bytes[index] === byte);

const isZip = starts(0x50, 0x4b, 0x03, 0x04);
const isOle = starts(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1);
const isIsoMedia = (bytes: Uint8Array): boolean => text(bytes, 4, 8) === 'ftyp';
/** Frame sync: eleven bits; the layer tells AAC (none) from MPEG audio. */
const isFrame = (bytes: Uint8Array): boolean => bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0;
const hasLayer = (bytes: Uint8Array): boolean => ((bytes[1] ?? 0) & 0x06) !== 0;
const isMpeg = (bytes: Uint8Array): boolean =>
  text(bytes, 0, 3) === 'ID3' || (isFrame(bytes) && hasLayer(bytes));
const isOgg = (bytes: Uint8Array): boolean => text(bytes, 0, 4) === 'OggS';

/** What WhatsApp carries (FACTS.md, section 4), and how a file of that type begins. Nothing else is kept or shown. */
const beginnings: Readonly<Record<string, (bytes: Uint8Array) => boolean>> = {
  'image/jpeg': starts(0xff, 0xd8, 0xff),
  'image/png': starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
  'image/webp': (bytes) => text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WEBP',
  'audio/ogg': isOgg,
  'audio/amr': (bytes) => text(bytes, 0, 5) === '#!AMR',
  'audio/mpeg': isMpeg,
  'audio/aac': (bytes) => isFrame(bytes) && !hasLayer(bytes),
  'audio/mp4': isIsoMedia,
  'audio/3gpp': isIsoMedia,
  'video/mp4': isIsoMedia,
  'video/3gpp': isIsoMedia,
  'application/pdf': (bytes) => text(bytes, 0, 5) === '%PDF-',
  'application/msword': isOle,
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': isZip,
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': isZip,
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': isZip,
  'text/vcard': (bytes) => /^(\u00ef\u00bb\u00bf)?\s*BEGIN:VCARD\r?\n/i.test(text(bytes, 0, 64)),
};

/** Other names that the same types go by. */
const aliases: Readonly<Record<string, string>> = {
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'audio/opus': 'audio/ogg',
  'application/ogg': 'audio/ogg',
  'audio/mp3': 'audio/mpeg',
  'audio/x-m4a': 'audio/mp4',
  'audio/m4a': 'audio/mp4',
  'text/x-vcard': 'text/vcard',
  'text/directory': 'text/vcard',
};

/** What a phone shows as a picture; WhatsApp takes no others as one. */
const pictures = new Set(['image/jpeg', 'image/png', 'image/webp']);

/**
 * The type under which a file is kept and shown: what it was declared as, when we take that type and the file begins like
 * one. Refuses with type_not_allowed or type_mismatch.
 */
export function acceptedType(declared: string, bytes: Uint8Array): Result<string> {
  const named = (declared.split(';', 1)[0] ?? '').trim().toLowerCase();
  const type = aliases[named] ?? named;
  const beginsLike = Object.hasOwn(beginnings, type) ? beginnings[type] : undefined;
  if (!beginsLike) {
    return refuse('type_not_allowed', `files of the type "${printable(named)}" are not kept`);
  }
  return beginsLike(bytes) ? ok(type) : refuse('type_mismatch', `the file does not begin like ${type}`);
}

export function isPicture(type: string): boolean {
  return pictures.has(type);
}

function printable(named: string): string {
  return named.slice(0, 80).replace(/[^\x21-\x7e]/g, '?');
}
