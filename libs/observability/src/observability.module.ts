import { Global, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import pino from 'pino';
import { SETTINGS, type Settings } from '@app/config';
import { maskAddressesIn } from './mask-address';
import { Metrics } from './metrics';

@Global()
@Module({
  imports: [
    LoggerModule.forRootAsync({
      inject: [SETTINGS],
      useFactory: ({ logLevel }: Settings) => ({
        // Its middleware makes a logger for every request; lines name the correlation id themselves.
        forRoutes: [],
        pinoHttp: {
          level: logLevel,
          // Requests carry phones, tokens and bodies; each part of Pasal logs what it did, not what it was sent.
          autoLogging: false,
          quietReqLogger: true,
          formatters: {
            level: (label: string) => ({ level: label }),
            // The last net: what an error says is not ours to trust.
            log: (fields: object) =>
              Object.fromEntries(
                Object.entries(fields).map(([name, value]: [string, unknown]) => [
                  name,
                  typeof value === 'string' ? maskAddressesIn(value) : value,
                ]),
              ),
          },
          base: null,
          // Lines share a write: each of their own wakes another thread, which was a twentieth of a message.
          stream: pino.destination({ minLength: 4_096, periodicFlush: 50 }),
        },
      }),
    }),
  ],
  providers: [Metrics],
  exports: [Metrics],
})
export class ObservabilityModule {}
