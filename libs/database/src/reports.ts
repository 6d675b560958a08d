/** Injection token of the connections that staff read with. */
export const REPORTS = Symbol('REPORTS');
