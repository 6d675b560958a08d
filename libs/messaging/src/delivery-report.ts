/** One status callback. No timestamp is documented, so the time of a status is its arrival. */
export interface DeliveryReport {
  sid: string;
  /** The provider's status word; unknown ones are kept, not refused. */
  status: string;
  errorCode: number | null;
  /** Our outbox row and its attempt, which come back in the callback's query. */
  messageId: string | null;
  attempt: number | null;
}
