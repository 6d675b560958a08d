import type { Settings } from '@app/config';

export interface WelcomeFacts {
  settings: Settings;
  usesSimulator: boolean;
  usesEmbeddedDatabase: boolean;
  /** Shown once, when the admin is made. */
  newAdminPassword: string | undefined;
  seconds: number;
}

/** The one screen of a start: where to go next. */
export function welcome(facts: WelcomeFacts): string {
  const { settings, usesSimulator, usesEmbeddedDatabase, newAdminPassword, seconds } = facts;
  const host = settings.host === '0.0.0.0' || settings.host === '::' ? '127.0.0.1' : settings.host;
  const api = `http://${host}:${settings.port}`;
  const rows: [string, string][] = [
    ...(usesSimulator
      ? ([['Phone page', `http://${host}:${settings.simulatorPort}  (write "hi")`]] as [string, string][])
      : ([['WhatsApp', `${settings.twilioWhatsappFrom} through Twilio`]] as [string, string][])),
    ...(settings.docsEnabled ? ([['Swagger', `${api}/docs`]] as [string, string][]) : []),
    [
      'Admin login',
      newAdminPassword === undefined
        ? `${settings.adminEmail}  (password: as printed at the first start)`
        : `${settings.adminEmail}  password: ${newAdminPassword}`,
    ],
    ['Health', `${api}/health`],
    ['Data', `${settings.pasalHome}${usesEmbeddedDatabase ? '' : '  (database: DATABASE_URL)'}`],
  ];
  const lines = rows.map(([label, value]) => `  ${label.padEnd(12)} ${value}`);
  return [
    '',
    `  ${settings.shopName} is open (started in ${seconds.toFixed(1)} s). Ctrl-C closes it.`,
    '',
    ...lines,
    '',
    '',
  ].join('\n');
}
