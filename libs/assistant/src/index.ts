export { ASSISTANT, type Assistant, type AssistantQuestion } from './assistant';
export { AssistantModule } from './assistant.module';
