import { Module } from '@nestjs/common';
import { SETTINGS, type Settings } from '@app/config';
import { Log, Metrics } from '@app/observability';
import { ASSISTANT, type Assistant } from './assistant';
import { LanguageModelAssistant } from './language-model-assistant';

const nobody: Assistant = { isThere: false, propose: () => Promise.resolve(undefined) };

/** The assistant of `ASSISTANT_BASE_URL`, or nobody. */
@Module({
  providers: [
    {
      provide: ASSISTANT,
      inject: [SETTINGS, Metrics, Log],
      useFactory: (settings: Settings, metrics: Metrics, log: Log): Assistant => {
        const { assistantBaseUrl: baseUrl, assistantModel: model, assistantApiKey: apiKey } = settings;
        const timeoutMs = settings.assistantTimeoutMs;
        return baseUrl === undefined || model === undefined
          ? nobody
          : new LanguageModelAssistant({ baseUrl, model, apiKey, timeoutMs }, metrics, log);
      },
    },
  ],
  exports: [ASSISTANT],
})
export class AssistantModule {}
