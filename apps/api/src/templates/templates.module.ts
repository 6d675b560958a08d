import { Module } from '@nestjs/common';
import { TemplatesModule } from '@app/templates';
import { TemplatesController } from './templates.controller';

/** Staff routes of templates. */
@Module({ imports: [TemplatesModule], controllers: [TemplatesController] })
export class TemplatesApiModule {}
