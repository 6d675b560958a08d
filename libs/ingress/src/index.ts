export { decodeEntry, type Entry } from './entry';
export { type Arrival, Ingress, type IngressState } from './ingress';
export { IngressModule } from './ingress.module';
export { journalFolder } from './journal.provider';
export { Replay } from './replay';
