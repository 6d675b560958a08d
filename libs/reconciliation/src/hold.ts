/** The right to go on with a comparison. */
export interface Hold {
  /**
   * Asked before each step that takes time. False when the work must end: the process stops, or the lease is another's.
   * @param reached moves the mark up to this time: everything before is compared
   */
  keep(reached?: string): Promise<boolean>;
}
