import { loadPart, readEnvironment, Senders } from '@app/config';
import { runProcess } from '@app/platform';
import { toSimulated } from './to-simulated';
import { startSimulator } from './start-simulator';

void runProcess(async () => {
  const settings = loadPart(
    // Never a production process: it listens on loopback unless HOST says otherwise.
    { ...readEnvironment(), NODE_ENV: 'development' },
    [
      'host',
      'simulatorPort',
      'twilioAccountSid',
      'twilioAuthToken',
      'twilioWhatsappFrom',
      'webhookUrl',
      'shopName',
    ],
    ['twilioApiKey', 'twilioApiSecret', 'twilioSenders'],
  );
  const { all, first } = new Senders(settings);
  const { address: sender, ...account } = toSimulated(first);
  const simulator = await startSimulator({
    host: settings.host,
    port: settings.simulatorPort,
    ...account,
    sender,
    furtherSenders: all.slice(1).map(toSimulated),
    shopName: settings.shopName,
    webhookUrl: settings.webhookUrl,
  });
  // Started by standalone: it waits for this word, and its end, however sudden, is ours too.
  process.send?.({ url: simulator.url });
  process.once('disconnect', () => process.exit(0));
  return simulator;
});
