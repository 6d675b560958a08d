/*
 * What Pasal's webhook is measured against: Express with Twilio's own middleware, as its documentation shows it, storing
 * nothing. Argument: port.
 */
import express from 'express';
import twilio from 'twilio';
import { AUTH_TOKEN, PUBLIC_ORIGIN, WEBHOOK_PATH } from '../load/webhooks.mjs';

const app = express();
app.use(express.urlencoded({ extended: false }));
app.post(
  WEBHOOK_PATH,
  twilio.webhook({ url: PUBLIC_ORIGIN + WEBHOOK_PATH }, AUTH_TOKEN),
  (_request, response) => {
    response.type('text/xml').send('<Response/>');
  },
);
app.listen(Number(process.argv[2]), '127.0.0.1');
