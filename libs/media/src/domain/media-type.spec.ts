import fc from 'fast-check';
import { acceptedType, isPicture } from './media-type';

const of = (...bytes: (number | string)[]): Uint8Array =>
  Buffer.concat(
    bytes.map((part) => (typeof part === 'number' ? Buffer.of(part) : Buffer.from(part, 'latin1'))),
  );

const PNG = of(0x89, 'PNG\r\n', 0x1a, '\n rest');

describe('the type of a file', () => {
  it.each([
    ['image/jpeg', of(0xff, 0xd8, 0xff, 0xe0), 'image/jpeg'],
    ['image/jpg', of(0xff, 0xd8, 0xff, 0xe0), 'image/jpeg'],
    ['IMAGE/PNG; name="a"', PNG, 'image/png'],
    ['image/webp', of('RIFF1234WEBPVP8 '), 'image/webp'],
    ['audio/ogg; codecs=opus', of('OggS'), 'audio/ogg'],
    ['audio/amr', of('#!AMR\n'), 'audio/amr'],
    ['audio/mpeg', of('ID3'), 'audio/mpeg'],
    ['audio/mpeg', of(0xff, 0xfb, 0x90), 'audio/mpeg'],
    ['audio/aac', of(0xff, 0xf1, 0x50), 'audio/aac'],
    ['audio/mp4', of(0, 0, 0, 0x1c, 'ftypM4A '), 'audio/mp4'],
    ['video/mp4', of(0, 0, 0, 0x1c, 'ftypisom'), 'video/mp4'],
    ['video/3gpp', of(0, 0, 0, 0x1c, 'ftyp3gp4'), 'video/3gpp'],
    ['application/pdf', of('%PDF-1.7'), 'application/pdf'],
    ['text/x-vcard', of('BEGIN:VCARD\r\nVERSION:3.0'), 'text/vcard'],
    ['text/vcard', of(0xef, 0xbb, 0xbf, 'BEGIN:VCARD\nVERSION:3.0'), 'text/vcard'],
  ])('is taken as declared when the bytes agree: %s', (declared, bytes, type) => {
    expect(acceptedType(declared, bytes)).toEqual({ ok: true, value: type });
  });

  it.each([
    ['text/html', of('<html>')],
    ['image/svg+xml', of('<svg onload="alert(1)"/>')],
    ['application/zip', of('PK', 3, 4)],
    ['application/x-msdownload', of('MZ')],
    ['', PNG],
    ['constructor', PNG],
    ['__proto__', PNG],
  ])('is refused when we do not keep such files: %p', (declared, bytes) => {
    expect(acceptedType(declared, bytes)).toMatchObject({ refusal: { code: 'type_not_allowed' } });
  });

  it.each([
    ['image/png', of('<html><script>')],
    ['image/jpeg', PNG],
    ['image/webp', of('RIFF1234WAVE')],
    ['audio/aac', of(0xff, 0xfb)],
    ['audio/mpeg', of(0xff, 0xf1)],
    ['application/pdf', of('PK')],
    ['text/vcard', of('<BEGIN:VCARD')],
    ['image/png', of()],
  ])('is refused when the bytes say otherwise: %s', (declared, bytes) => {
    expect(acceptedType(declared, bytes)).toMatchObject({ refusal: { code: 'type_mismatch' } });
  });

  it('is one of the list or a refusal, whatever comes', () => {
    fc.assert(
      fc.property(fc.string(), fc.uint8Array({ maxLength: 80 }), (declared, bytes) => {
        const type = acceptedType(declared, bytes);
        expect(type.ok ? type.value : type.refusal.code).toMatch(
          /^(\w+\/[\w.+-]+|type_not_allowed|type_mismatch)$/,
        );
      }),
    );
  });

  it('is shown as a picture only when browsers and phones show it as one', () => {
    expect(['image/jpeg', 'image/png', 'image/webp', 'image/svg+xml', 'text/html'].filter(isPicture)).toEqual(
      ['image/jpeg', 'image/png', 'image/webp'],
    );
  });
});
