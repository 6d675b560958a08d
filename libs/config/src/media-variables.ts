import { origin, text, type Variable } from './variable';

/** Where shoppers' files are kept. */
export const mediaVariables = {
  mediaS3Bucket: {
    name: 'MEDIA_S3_BUCKET',
    about: 'Bucket of an S3-compatible store for the files of shoppers: needed where several machines run.',
    shownDefault: 'none: files are kept in PASAL_HOME',
    parse: text('the name of a bucket', /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
  },
  mediaS3Endpoint: {
    name: 'MEDIA_S3_ENDPOINT',
    about: 'Origin of that store, when it is not AWS.',
    shownDefault: 'none: AWS',
    parse: origin,
  },
  mediaS3Region: {
    name: 'MEDIA_S3_REGION',
    about: 'Region of the bucket; stores that know none take any.',
    shownDefault: 'us-east-1',
    parse: text('a region such as ap-south-1', /^[a-z0-9-]+$/),
  },
  mediaS3AccessKeyId: {
    name: 'MEDIA_S3_ACCESS_KEY_ID',
    about: 'Access key; goes with MEDIA_S3_SECRET_ACCESS_KEY.',
    shownDefault: "none: the machine's own role at AWS",
    parse: text('an access key', /^\S+$/),
  },
  mediaS3SecretAccessKey: {
    name: 'MEDIA_S3_SECRET_ACCESS_KEY',
    about: 'Secret of MEDIA_S3_ACCESS_KEY_ID.',
    secret: true,
    shownDefault: 'none',
    parse: text('a secret access key', /^\S+$/),
  },
} as const satisfies Record<string, Variable>;
