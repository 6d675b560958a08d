export type { BoundTopic, Finding } from './domain/template-file';
export type { CreateOutcome, SyncReport, Template, TemplateInPlace } from './template';
export { readTemplateFiles, type TemplateFiles } from './template-files';
export { TemplatesModule } from './templates.module';
export { TemplatesService } from './templates.service';
