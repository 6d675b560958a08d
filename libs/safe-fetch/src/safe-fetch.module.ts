import { Module } from '@nestjs/common';
import { SafeFetcher } from './safe-fetcher';

/** Fetching what others name. */
@Module({ providers: [SafeFetcher], exports: [SafeFetcher] })
export class SafeFetchModule {}
