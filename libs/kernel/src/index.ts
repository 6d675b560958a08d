export { assertNever } from './assert-never';
export { type Clock, systemClock } from './clock';
export { formatMoney, lineTotalMinor } from './money';
export { formatQuantity } from './quantity';
export { type FieldError, ok, refuse, type Refusal, type Result } from './result';
