export { assertNever } from './assert-never';
export { formatMoney, lineTotalMinor } from './money';
export { GroupCommit, type GroupCommitOptions } from './group-commit';
export { formatQuantity } from './quantity';
export { isQuiet, type QuietHours } from './quiet-hours';
export { type FieldError, ok, refuse, type Refusal, type Result } from './result';
export { within } from './within';
