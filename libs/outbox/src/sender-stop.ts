/** Why a sender's messages wait. */
export interface SenderStop {
  sender: string;
  stoppedAt: Date;
  /** The provider's error code; null for an answer without one. */
  code: number | null;
  /** What the provider said. */
  reason: string;
}

/** A sender that was stopped at some time, and how much it has to send. */
export interface SenderState extends SenderStop {
  /** Null while the stop is in force. */
  resumedAt: Date | null;
}
