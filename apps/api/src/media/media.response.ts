import { ApiProperty } from '@nestjs/swagger';
import type { Media, MediaLink, MediaStatus } from '@app/media';

export class MediaResponse {
  @ApiProperty({ description: 'Id: `GET /api/v1/media/{id}` answers the file itself.', example: '7' })
  id!: string;

  @ApiProperty({
    description: "Twilio's SID of the message that it came with.",
    example: 'MM0123456789abcdef0123456789abcdef',
  })
  messageSid!: string;

  @ApiProperty({ type: 'integer', description: 'Place in the message, from 0.', example: 0 })
  place!: number;

  @ApiProperty({
    description:
      '`pending`: a worker will fetch it; `stored`; `failed`: it was not fetched, `error` says why; `deleted`.',
    enum: ['pending', 'stored', 'failed', 'deleted'],
  })
  status!: MediaStatus;

  @ApiProperty({
    description: 'What Twilio says that it is; nothing that was checked.',
    example: 'image/jpeg',
  })
  declaredType!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description:
      'What it is: a type that we keep, with which its first bytes agree. Null until it is stored.',
    example: 'image/jpeg',
  })
  contentType!: string | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Size in bytes; null until it is stored.',
    example: 48213,
  })
  bytes!: number | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description:
      'Why it could not be fetched, the last time or for ever: a stable word, a colon, and a sentence.',
    example: 'too_large: more than 16777216 bytes',
  })
  error!: string | null;

  @ApiProperty({ description: 'ISO 8601 in UTC.' })
  createdAt!: string;

  @ApiProperty({ type: String, nullable: true, description: 'When it was stored, ISO 8601 in UTC.' })
  storedAt!: string | null;
}

export class MediaListResponse {
  @ApiProperty({ description: 'Files of the message, in their order.', type: [MediaResponse] })
  items!: MediaResponse[];
}

export class MediaLinkResponse {
  @ApiProperty({ description: 'Whoever has this address can fetch the file, until it expires.' })
  url!: string;

  @ApiProperty({ description: 'ISO 8601 in UTC.' })
  expiresAt!: string;
}

export function toMediaResponse(media: Media): MediaResponse {
  const { id, messageSid, place, status, declaredType, contentType, bytes, error } = media;
  return {
    id,
    messageSid,
    place,
    status,
    declaredType,
    contentType,
    bytes,
    error,
    createdAt: media.createdAt.toISOString(),
    storedAt: media.storedAt?.toISOString() ?? null,
  };
}

export function toMediaLinkResponse({ url, expiresAt }: MediaLink): MediaLinkResponse {
  return { url, expiresAt: expiresAt.toISOString() };
}
