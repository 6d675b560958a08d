import type { ValueTransformer } from 'typeorm';

/**
 * For `numeric` quantities (three decimals) and `bigint` money: pg delivers both as text, and both stay far inside what a
 * double holds exactly. Ids are `bigint` too, but stay text.
 */
export const numberColumn: ValueTransformer = {
  to: (value: number | undefined) => value,
  from: (value: string | null) => (value === null ? null : Number(value)),
};
