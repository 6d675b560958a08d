import { Fields } from '../control/fields';
import { toWhatsappAddress } from '../shared/address';
import {
  API_FAULTS,
  CALLBACK_FAULTS,
  LIST_FAULTS,
  NO_FAULTS,
  WEBHOOK_FAULTS,
  type FaultName,
  type FaultRequest,
  type FaultRule,
} from './fault-plan';

/**
 * The JSON of `PUT /simulator/faults`. A rule is `true` (always), a number (that many times) or
 * `{times?, percent?, to?}`; `latencyMs` is a number or `[least, most]`.
 */
export function readFaults(json: unknown): FaultRequest {
  const fields = new Fields(json);
  const rules: Partial<Record<FaultName, FaultRule>> = {};
  for (const name of [...API_FAULTS, ...CALLBACK_FAULTS, ...WEBHOOK_FAULTS, ...LIST_FAULTS]) {
    const rule = readRule(fields.value(name), name);
    if (rule) {
      rules[name] = rule;
    }
  }
  const request: FaultRequest = {
    seed: fields.number('seed', NO_FAULTS.seed),
    latencyMs: readRange(fields),
    listLagMs: fields.number('listLagMs', 0),
    listStatus: fields.number('listStatus', NO_FAULTS.listStatus),
    onReads: fields.flag('onReads', false),
    failStatus: fields.number('failStatus', NO_FAULTS.failStatus),
    rejectCode: fields.number('rejectCode', NO_FAULTS.rejectCode),
    rejectStatus: fields.number('rejectStatus', NO_FAULTS.rejectStatus),
    rules,
  };
  fields.refuseOthers();
  return request;
}

function readRule(value: unknown, name: FaultName): FaultRule | undefined {
  if (value === undefined || value === null || value === false || value === 0) {
    return undefined;
  }
  if (value === true) {
    return {};
  }
  if (typeof value === 'number') {
    return { times: value };
  }
  const fields = new Fields(value, name);
  const to = fields.optionalText('to');
  const rule: FaultRule = {
    times: fields.optionalNumber('times'),
    percent: fields.optionalNumber('percent'),
    to: to === undefined ? undefined : readRecipient(to),
  };
  fields.refuseOthers();
  return rule;
}

function readRange(fields: Fields): readonly [number, number] {
  const value = fields.value('latencyMs');
  if (Array.isArray(value)) {
    const [least, most] = value.map(Number);
    return [least ?? 0, most ?? least ?? 0];
  }
  const fixed = fields.number('latencyMs', 0);
  return [fixed, fixed];
}

/** `sms:+977…` strikes SMS, any other address WhatsApp. */
function readRecipient(typed: string): string {
  return typed.startsWith('sms:') ? typed.slice('sms:'.length) : toWhatsappAddress(typed);
}
