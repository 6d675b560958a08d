export { publicHttpsUrl } from './public-url';
export { SafeFetchModule } from './safe-fetch.module';
export { type Admission, SafeFetcher } from './safe-fetcher';
