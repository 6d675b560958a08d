import type { FastifyInstance } from 'fastify';
import { refusals } from './twilio-error';

/** Twilio's API speaks forms; a repeated key is a list, so the parameters stay as they came. */
export function parseForms(server: FastifyInstance): void {
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => {
      done(null, new URLSearchParams(body.toString()));
    },
  );
}

/** Any other body holds no parameters, and Twilio then complains about the first one that is missing. */
export function formOf(body: unknown): URLSearchParams {
  return body instanceof URLSearchParams ? body : new URLSearchParams();
}

export function pathOf(url: string): string {
  return url.split('?')[0] ?? url;
}

export function queryOf(url: string): URLSearchParams {
  const start = url.indexOf('?');
  return new URLSearchParams(start === -1 ? '' : url.slice(start + 1));
}

/** `SM….json` → `SM…` */
export function sidOf(file: string): string {
  if (!file.endsWith('.json')) {
    throw refusals.notFound(file);
  }
  return file.slice(0, -'.json'.length);
}
