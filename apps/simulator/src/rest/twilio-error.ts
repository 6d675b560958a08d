/** A refusal in the shape of Twilio's 2010 API. */
export class TwilioError extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
  ) {
    super(message);
  }

  toBody(): { code: number; message: string; more_info: string; status: number } {
    return {
      code: this.code,
      message: this.message,
      more_info: `https://www.twilio.com/docs/errors/${this.code}`,
      status: this.status,
    };
  }
}

export const refusals = {
  unauthorized: () => new TwilioError(401, 20003, 'Authenticate'),
  notFound: (path: string) => new TwilioError(404, 20404, `The requested resource ${path} was not found`),
  tooManyRequests: () => new TwilioError(429, 20429, 'Too Many Requests'),
  serverError: (status: number) =>
    new TwilioError(
      status,
      status === 503 ? 20503 : 20500,
      status === 503 ? 'Service unavailable' : 'An internal server error has occurred',
    ),
  toMissing: () => new TwilioError(400, 21604, "A 'To' phone number is required."),
  toInvalid: (to: string) => new TwilioError(400, 21211, `Invalid 'To' Phone Number: ${to}`),
  fromMissing: () => new TwilioError(400, 21603, "A 'From' or 'MessagingServiceSid' parameter is required."),
  senderUnknown: () =>
    new TwilioError(400, 63007, 'Twilio could not find a Channel with the specified From address'),
  senderIsRecipient: () => new TwilioError(400, 63031, 'Message cannot have the same To and From'),
  bodyMissing: () => new TwilioError(400, 21619, 'A text message body or media urls must be specified.'),
  bodyTooLong: () =>
    new TwilioError(400, 21617, 'The concatenated message body exceeds the 1600 character limit'),
  statusCallbackInvalid: (url: string) =>
    new TwilioError(400, 21609, `The 'StatusCallback' URL ${url} is not a valid URL.`),
  mediaUrlInvalid: () => new TwilioError(400, 21620, 'Invalid media URL(s)'),
  tooManyMedia: () => new TwilioError(400, 21623, 'Number of media files exceeds allowed limit'),
  validityPeriodInvalid: () => new TwilioError(400, 21624, 'Invalid validity period value'),
  contentUnknown: () => new TwilioError(400, 21655, 'The ContentSid is Invalid'),
  contentVariablesInvalid: () => new TwilioError(400, 21656, 'The ContentVariables Parameter is invalid'),
  messagingServiceInvalid: () => new TwilioError(400, 21705, 'The Messaging Service is invalid'),
  scheduleNeedsService: () =>
    new TwilioError(400, 35118, 'MessagingServiceSid is required to schedule a message'),
  scheduleTimeUnreadable: () => new TwilioError(400, 35114, 'Scheduling does not support this timestamp'),
  scheduleTimeOutOfRange: () => new TwilioError(400, 35115, 'Scheduling does not support this timestamp'),
  cannotCancel: () => new TwilioError(400, 30409, 'This message cannot be canceled'),
  parameterInvalid: (name: string) => new TwilioError(400, 20422, `Invalid Parameter: ${name}`),
} as const;
