import { TEST_ACCOUNT_SID, TEST_AUTH_TOKEN } from '@app/testing';
import { type RunningSimulator, startSimulator } from '../../../apps/simulator/src/start-simulator';

/** The simulator as Twilio of the tests' account, in a hurry, on any port; its webhook is set once the shop has one. */
export function startTwilio(
  further: Partial<Parameters<typeof startSimulator>[0]> = {},
): Promise<RunningSimulator> {
  return startSimulator({
    host: '127.0.0.1',
    port: 0,
    accountSid: TEST_ACCOUNT_SID,
    authToken: TEST_AUTH_TOKEN,
    sender: 'whatsapp:+14155238886',
    shopName: 'Pasal',
    webhookUrl: '',
    timings: { sentMs: 5, deliveredMs: 5, readMs: 5 },
    ...further,
  });
}
