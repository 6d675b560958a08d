export { Journal, type JournalOptions, type JournalState, readJournal, type SlotContents } from './journal';
export { type JournalRecord } from './record';
export { type Slot } from './slot';
