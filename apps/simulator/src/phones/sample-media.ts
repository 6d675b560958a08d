/** Small valid files for a phone that sends "a picture" without saying which. */
const SAMPLES: Readonly<Record<string, string>> = {
  'image/png':
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'image/jpeg':
    '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AN//Z',
};

/** The first bytes that a reader would check. */
const HEADERS: Readonly<Record<string, string>> = {
  'audio/ogg': 'OggS\u0000\u0002',
  'application/pdf': '%PDF-1.4\n%%EOF\n',
  'text/vcard': 'BEGIN:VCARD\nVERSION:3.0\nFN:Asha\nTEL:+9779800000001\nEND:VCARD\n',
};

export function sampleMedia(contentType: string): Buffer {
  const encoded = SAMPLES[contentType];
  return encoded === undefined
    ? Buffer.from(HEADERS[contentType] ?? contentType, 'latin1')
    : Buffer.from(encoded, 'base64');
}
