import type { variables } from './variables';

type Parsed = { [K in keyof typeof variables]: ReturnType<(typeof variables)[K]['parse']> };

type WithoutDefault =
  | 'assistantBaseUrl'
  | 'assistantModel'
  | 'assistantApiKey'
  | 'mediaS3Bucket'
  | 'mediaS3Endpoint'
  | 'mediaS3AccessKeyId'
  | 'mediaS3SecretAccessKey'
  | 'redisUrl'
  | 'twilioAuthTokenNext'
  | 'twilioApiKey'
  | 'twilioApiSecret'
  | 'twilioSenders'
  | 'twilioSmsFrom'
  | 'twilioApiBaseUrl'
  | 'webhookFallbackUrl'
  | 'webhookUrlCandidates'
  | 'jwtSecretPrevious'
  | 'adminPassword'
  | 'quietHours'
  | 'trustProxy'
  | 'metricsToken';

/** The validated environment, frozen. Fields are the variables of .env.example in camel case. */
export type Settings = Readonly<
  Omit<Parsed, WithoutDefault> &
    Partial<Pick<Parsed, WithoutDefault>> & {
      /** NODE_ENV is neither `development` nor `test`. */
      production: boolean;
    }
>;

/** Injection token of {@link Settings}. */
export const SETTINGS = Symbol('SETTINGS');
