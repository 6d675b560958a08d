import { join } from 'node:path';
import { Senders, type Settings } from '@app/config';
import { reachable } from './reachable';
import type { StandaloneSettings } from './standalone-settings';

export interface WelcomeFacts extends StandaloneSettings {
  /** The first admin was made by this start. */
  adminIsNew: boolean;
  seconds: number;
}

/** The one screen of a start: where to go next. */
export function welcome(facts: WelcomeFacts): string {
  const { settings, usesSimulator, usesEmbeddedDatabase, seconds } = facts;
  const host = reachable(settings.host);
  const api = `http://${host}:${settings.port}`;
  const rows = [
    usesSimulator
      ? ['Phone page', `http://${host}:${settings.simulatorPort}  (open it and write "hi")`]
      : ['WhatsApp', `${numbersOf(settings)} through Twilio`],
    ...(usesSimulator ? [] : [['Webhook', `${settings.webhookUrl}  (what Twilio must call)`]]),
    ...(settings.docsEnabled ? [['Swagger', `${api}/docs`]] : []),
    ['Admin login', `${settings.adminEmail}  ${password(facts)}`],
    ['Health', `${api}/health`],
    ['Data', `${settings.pasalHome}${usesEmbeddedDatabase ? '' : '  (database: DATABASE_URL)'}`],
  ];
  return [
    '',
    `  ${settings.shopName} is open (started in ${seconds.toFixed(1)} s). Ctrl-C closes it.`,
    '',
    ...rows.map(([label = '', value = '']) => `  ${label.padEnd(12)} ${value}`),
    '',
    '',
  ].join('\n');
}

function numbersOf(settings: Settings): string {
  return new Senders(settings).all.map(({ address }) => address.replace('whatsapp:', '')).join(', ');
}

/** A generated password is shown once; one that somebody set is never shown. */
function password({ settings, adminPassword, adminIsNew }: WelcomeFacts): string {
  if (settings.adminPassword !== undefined) {
    return adminIsNew
      ? '(password: ADMIN_PASSWORD)'
      : '(password: as set at the first start, or changed since)';
  }
  return adminIsNew
    ? `password: ${adminPassword}  (shown this once)`
    : `(password: shown at the first start; kept in ${join(settings.pasalHome, 'secrets.json')})`;
}
