import { setPriority } from 'node:os';

/** A third of an api's share where both want the processor (sched(7)). */
const NICE = 5;

/*
 * On a machine that both share, Twilio's webhooks are answered before a backlog of replies is worked off. Imported before
 * anything else: while it loads, a worker gives way too, also to those that work already.
 */
setPriority(NICE);
