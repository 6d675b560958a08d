import type { FastifyReply } from 'fastify';

/** The client's socket breaks without an answer. */
export function cutConnection(reply: FastifyReply): void {
  reply.hijack();
  reply.raw.socket?.destroy();
}
