import { type DynamicModule, Module } from '@nestjs/common';
import { Senders } from './senders';
import { SETTINGS, type Settings } from './settings';

/** Makes the validated {@link Settings}, and {@link Senders} read from them, injectable everywhere. */
@Module({})
export class ConfigModule {
  static forRoot(settings: Settings): DynamicModule {
    return {
      module: ConfigModule,
      global: true,
      providers: [{ provide: SETTINGS, useValue: settings }, Senders],
      exports: [SETTINGS, Senders],
    };
  }
}
