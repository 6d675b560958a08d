import type { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { isPicture, type StoredMedia } from '@app/media';

/**
 * A stranger's file as an answer: it is what we found it to be and nothing that a browser guesses, it runs nothing, no
 * cache keeps it, and only a picture is shown where it is opened.
 */
export function answerFile(
  reply: FastifyReply,
  { contentType, bytes }: StoredMedia,
  stream: Readable,
): StreamableFile {
  void reply.headers({
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cache-control': 'private, no-store',
    'referrer-policy': 'no-referrer',
  });
  return new StreamableFile(stream, {
    type: contentType,
    disposition: isPicture(contentType) ? 'inline' : 'attachment',
    length: bytes,
  });
}
