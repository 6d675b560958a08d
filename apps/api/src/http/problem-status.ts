import { HttpStatus } from '@nestjs/common';

/** HTTP status of a refusal's code. A code that is not here stands for a conflict with the state of things: 409. */
const statusOfCode: Readonly<Record<string, HttpStatus>> = {
  BROADCAST_NOT_FOUND: HttpStatus.NOT_FOUND,
  CONTENT_API_UNAVAILABLE: HttpStatus.BAD_GATEWAY,
  CURSOR_INVALID: HttpStatus.BAD_REQUEST,
  DEAD_LETTER_NOT_FOUND: HttpStatus.NOT_FOUND,
  FORBIDDEN: HttpStatus.FORBIDDEN,
  INTERNAL: HttpStatus.INTERNAL_SERVER_ERROR,
  LOGIN_FAILED: HttpStatus.UNAUTHORIZED,
  MEDIA_BYTES_MISSING: HttpStatus.NOT_FOUND,
  MEDIA_DELETED: HttpStatus.GONE,
  MEDIA_LINK_EXPIRED: HttpStatus.GONE,
  MEDIA_NOT_FOUND: HttpStatus.NOT_FOUND,
  MEDIA_STORE_AWAY: HttpStatus.SERVICE_UNAVAILABLE,
  MESSAGE_NOT_FOUND: HttpStatus.NOT_FOUND,
  CONVERSATION_NOT_FOUND: HttpStatus.NOT_FOUND,
  ORDER_ADDRESS_REQUIRED: HttpStatus.BAD_REQUEST,
  ORDER_LINES_INVALID: HttpStatus.BAD_REQUEST,
  ORDER_NOT_FOUND: HttpStatus.NOT_FOUND,
  PICTURE_REFUSED: HttpStatus.BAD_REQUEST,
  PRODUCT_NOT_FOUND: HttpStatus.NOT_FOUND,
  PRODUCT_STOCK_NOT_WHOLE: HttpStatus.BAD_REQUEST,
  RECIPIENT_INVALID: HttpStatus.BAD_REQUEST,
  REVIEW_ENTRY_NOT_FOUND: HttpStatus.NOT_FOUND,
  SENDER_INVALID: HttpStatus.BAD_REQUEST,
  SENDER_NOT_FOUND: HttpStatus.NOT_FOUND,
  SHOPPER_NOT_FOUND: HttpStatus.NOT_FOUND,
  SIGNATURE_INVALID: HttpStatus.FORBIDDEN,
  UNAUTHENTICATED: HttpStatus.UNAUTHORIZED,
  VALIDATION_FAILED: HttpStatus.BAD_REQUEST,
};

/** Code of an error that the framework raised before any of our code ran. */
const codeOfStatus: Readonly<Record<number, string>> = {
  [HttpStatus.BAD_REQUEST]: 'BAD_REQUEST',
  [HttpStatus.UNAUTHORIZED]: 'UNAUTHENTICATED',
  [HttpStatus.FORBIDDEN]: 'FORBIDDEN',
  [HttpStatus.NOT_FOUND]: 'NOT_FOUND',
  [HttpStatus.METHOD_NOT_ALLOWED]: 'METHOD_NOT_ALLOWED',
  [HttpStatus.REQUEST_TIMEOUT]: 'REQUEST_TIMEOUT',
  [HttpStatus.PAYLOAD_TOO_LARGE]: 'BODY_TOO_LARGE',
  [HttpStatus.UNSUPPORTED_MEDIA_TYPE]: 'MEDIA_TYPE_NOT_SUPPORTED',
  [HttpStatus.TOO_MANY_REQUESTS]: 'TOO_MANY_REQUESTS',
  [HttpStatus.SERVICE_UNAVAILABLE]: 'UNAVAILABLE',
};

export function statusOf(code: string): HttpStatus {
  return statusOfCode[code] ?? HttpStatus.CONFLICT;
}

export function codeOf(status: number): string {
  return codeOfStatus[status] ?? (status < 500 ? 'BAD_REQUEST' : 'INTERNAL');
}
