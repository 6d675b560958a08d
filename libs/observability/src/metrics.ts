import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

const LATENCY_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Every metric of the process, by the names of the outside contract. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  private readonly own = { registers: [this.registry] };

  readonly webhookRequests = new Counter({
    ...this.own,
    name: 'webhook_requests_total',
    help: 'Webhooks received, signed or not',
    labelNames: ['source'],
  });
  readonly signatureErrors = new Counter({
    ...this.own,
    name: 'webhook_signature_errors_total',
    help: 'Webhooks refused for a missing or wrong signature',
    labelNames: ['source'],
  });
  readonly streamEvents = new Counter({
    ...this.own,
    name: 'stream_events_total',
    help: 'Events of the Event Streams sink',
    labelNames: ['kind', 'outcome'],
  });
  readonly webhookRefused = new Counter({
    ...this.own,
    name: 'webhook_refused_total',
    help: 'Webhooks refused, by cause',
    labelNames: ['source', 'cause'],
  });
  readonly webhookVerified = new Counter({
    ...this.own,
    name: 'webhook_verified_total',
    help: 'Webhooks with a valid signature, by what it was made with',
    labelNames: ['token', 'way', 'origin', 'account'],
  });
  readonly tokenLastUsed = new Gauge({
    ...this.own,
    name: 'webhook_token_last_used_timestamp_seconds',
    help: 'When an auth token of an account last verified a webhook',
    labelNames: ['token', 'account'],
  });
  readonly quarantined = new Counter({
    ...this.own,
    name: 'inbox_quarantined_total',
    help: 'Signed webhooks that could not be used',
    labelNames: ['reason'],
  });
  readonly webhookSeconds = new Histogram({
    ...this.own,
    name: 'webhook_answer_seconds',
    help: 'Time from a webhook to its answer',
    labelNames: ['source'],
    buckets: LATENCY_BUCKETS,
  });
  readonly hintsLost = new Counter({
    ...this.own,
    name: 'wake_up_hints_lost_total',
    help: 'Hints that the queue did not take; the sweeper finds their rows',
    labelNames: ['job'],
  });
  readonly assistantProposals = new Counter({
    ...this.own,
    name: 'assistant_proposals_total',
    help: 'Messages that the assistant was asked about: proposed, none, late, failed, busy',
    labelNames: ['outcome'],
  });
  readonly jobSeconds = new Histogram({
    ...this.own,
    name: 'job_run_seconds',
    help: 'Run time of a job',
    labelNames: ['job'],
    buckets: LATENCY_BUCKETS,
  });
  readonly messagesSent = new Counter({
    ...this.own,
    name: 'twilio_messages_sent_total',
    help: 'Messages that Twilio accepted',
  });
  readonly windowClosed = new Counter({
    ...this.own,
    name: 'outbound_window_closed_total',
    help: 'Messages outside the conversation window: refused before any call, or repaired by template',
    labelNames: ['outcome'],
  });
  readonly sendFailures = new Counter({
    ...this.own,
    name: 'twilio_send_failures_total',
    help: 'Messages that Twilio refused, or whose outcome is unknown',
    labelNames: ['code'],
  });
  readonly errorActions = new Counter({
    ...this.own,
    name: 'twilio_error_actions_total',
    help: 'Error codes of Twilio by what they asked of us; way: in the answer to a send, or in a status callback',
    labelNames: ['action', 'way'],
  });
  readonly sendersStopped = new Gauge({
    ...this.own,
    name: 'senders_stopped',
    help: 'Senders whose messages wait until staff resume them',
  });
  readonly rateLimited = new Counter({
    ...this.own,
    name: 'twilio_rate_limit_exceeded_total',
    help: 'Sends that Twilio answered with a rate limit',
  });
  readonly senderRate = new Gauge({
    ...this.own,
    name: 'sender_messages_per_second',
    help: 'Messages a second that a sender may send, all processes together, as far as this process knows',
    labelNames: ['sender'],
  });
  readonly outboundDuplicates = new Counter({
    ...this.own,
    name: 'outbound_duplicates_total',
    help: 'Second SIDs seen for one outbox row',
  });
  readonly smsFallbacks = new Counter({
    ...this.own,
    name: 'sms_fallbacks_total',
    help: 'SMS written in place of messages that WhatsApp did not bring',
  });
  readonly uncertainResolved = new Counter({
    ...this.own,
    name: 'outbound_uncertain_resolved_total',
    help: 'Messages that may or may not have gone out, by what ended the doubt: callback, list, absent (sent again), dead',
    labelNames: ['by'],
  });
  readonly broadcastRecipients = new Counter({
    ...this.own,
    name: 'broadcast_recipients_total',
    help: 'Recipients of broadcasts: message written to the outbox, skipped, or canceled there by a stop',
    labelNames: ['result'],
  });
  readonly broadcastsRunning = new Gauge({
    ...this.own,
    name: 'broadcasts_running',
    help: 'Broadcasts whose recipients are being found or served; every worker tells the same number',
  });
  readonly replySeconds = new Histogram({
    ...this.own,
    name: 'reply_accepted_seconds',
    help: 'Time from a webhook to the acceptance of its reply by Twilio',
    buckets: LATENCY_BUCKETS,
  });
  readonly inboxMessages = new Counter({
    ...this.own,
    name: 'inbox_messages_total',
    help: 'Messages stored, by the way they came in',
    labelNames: ['source'],
  });
  readonly reconciledMessages = new Counter({
    ...this.own,
    name: 'reconciled_messages_total',
    help: "Shoppers' messages that only Twilio's list told of",
  });
  readonly reconciledAt = new Gauge({
    ...this.own,
    name: 'reconciliation_last_run_timestamp_seconds',
    help: "When this process last compared our messages with Twilio's to the end",
  });
  readonly backlogDepth = new Gauge({
    ...this.own,
    name: 'backlog_depth',
    help: 'Rows that wait',
    labelNames: ['box'],
  });
  readonly backlogAge = new Gauge({
    ...this.own,
    name: 'backlog_oldest_seconds',
    help: 'Age of the oldest row that waits',
    labelNames: ['box'],
  });
  readonly groupSize = new Histogram({
    ...this.own,
    name: 'ingress_group_size',
    help: 'Messages or reports that shared a commit',
    labelNames: ['of'],
    buckets: [1, 2, 5, 10, 20, 50, 100, 200],
  });
  readonly journalBytes = new Gauge({
    ...this.own,
    name: 'journal_bytes',
    help: "Size of this process's journal",
  });
  readonly journalRecords = new Counter({
    ...this.own,
    name: 'journal_records_total',
    help: 'Webhooks that PostgreSQL did not take and the journal did',
    labelNames: ['kind'],
  });
  readonly journalReplayed = new Counter({
    ...this.own,
    name: 'journal_replayed_total',
    help: 'Records of the journal that PostgreSQL took later',
  });
  readonly journalDamaged = new Counter({
    ...this.own,
    name: 'journal_damaged_total',
    help: 'Places of the journal that could not be read any more',
  });

  readonly mediaFetched = new Counter({
    ...this.own,
    name: 'media_fetched_total',
    help: "Shoppers' files: stored, put off, or why they never will be",
    labelNames: ['outcome'],
  });
  readonly mediaStoredBytes = new Gauge({
    ...this.own,
    name: 'media_stored_bytes',
    help: "Size of shoppers' files in the store",
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }
}
