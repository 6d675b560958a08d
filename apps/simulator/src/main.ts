import { loadPart, readEnvironment } from '@app/config';
import { runProcess } from '@app/platform';
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
    ['twilioApiKey', 'twilioApiSecret', 'twilioSmsFrom'],
  );
  const { twilioApiKey, twilioApiSecret } = settings;
  const simulator = await startSimulator({
    host: settings.host,
    port: settings.simulatorPort,
    accountSid: settings.twilioAccountSid,
    authToken: settings.twilioAuthToken,
    ...(twilioApiKey && twilioApiSecret && { apiKey: { sid: twilioApiKey, secret: twilioApiSecret } }),
    sender: settings.twilioWhatsappFrom,
    smsSender: settings.twilioSmsFrom,
    shopName: settings.shopName,
    webhookUrl: settings.webhookUrl,
  });
  // Started by standalone: it waits for this word, and its end, however sudden, is ours too.
  process.send?.({ url: simulator.url });
  process.once('disconnect', () => process.exit(0));
  return simulator;
});
