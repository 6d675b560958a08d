import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type Settings } from '@app/config';
import { Database, type Tx } from '@app/database';
import { ok, refuse, type Result } from '@app/kernel';
import { CONTENT_LIBRARY, type ContentLibrary, type ContentResource } from '@app/messaging';
import { fillTemplate } from './domain/fill-template';
import type { BoundTopic, Fields, TemplateFile } from './domain/template-file';
import type { CreateOutcome, SyncReport, Template, TemplateInPlace } from './template';
import { readTemplateFiles } from './template-files';
import { type SyncedTemplate, TemplatesRepository } from './templates.repository';

const CLOSED = 'The recipient has not written for 24 hours: WhatsApp permits only an approved template';

/** Templates: what Twilio has, what our files say they are for, and which stands in for a message. */
@Injectable()
export class TemplatesService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CONTENT_LIBRARY) private readonly library: ContentLibrary,
    private readonly database: Database,
    private readonly templates: TemplatesRepository,
  ) {}

  /** As last synchronised, by name and language. */
  list(): Promise<Template[]> {
    return this.templates.list(this.database.reports);
  }

  /**
   * What goes out in place of a text outside the conversation window: the approved template bound to its topic, in the
   * shopper's language or else the shop's, with every variable. Refusal: WINDOW_CLOSED.
   */
  async inPlaceOf<Topic extends BoundTopic>(
    tx: Tx,
    topic: Topic,
    language: string,
    fields: Omit<Fields<Topic>, 'shop'>,
  ): Promise<Result<TemplateInPlace>> {
    const { shopLanguage, shopName } = this.settings;
    const template = await this.templates.bound(tx, topic, [language, shopLanguage]);
    if (!template) {
      return refuse('WINDOW_CLOSED', `${CLOSED}, and none is bound to messages of the kind "${topic}".`);
    }
    const filled = fillTemplate(template, { ...fields, shop: shopName });
    if (!filled.ok) {
      return refuse(
        'WINDOW_CLOSED',
        `${CLOSED}, and ${template.name} can't say this: ${filled.refusal.detail}.`,
      );
    }
    const { variables, body } = filled.value;
    return ok({ content: { type: 'template', contentSid: template.contentSid, variables }, body });
  }

  /** Brings our table up to date with Twilio's list and with the files. Refusal: CONTENT_API_UNAVAILABLE. */
  async sync(folder?: string): Promise<Result<SyncReport>> {
    const { templates: files } = await readTemplateFiles(folder);
    const listed = await this.library.list();
    if (listed.kind !== 'found') {
      return refuse('CONTENT_API_UNAVAILABLE', `Templates could not be listed: ${listed.message}.`);
    }
    const synced = listed.value.map((resource) => toSynced(resource, files));
    await this.database.transaction((tx) => this.templates.replace(tx, synced));
    const approved = synced.filter(({ approval }) => approval === 'approved');
    return ok({
      templates: synced.length,
      approved: approved.length,
      bound: approved.filter(({ topic }) => topic !== null).length,
    });
  }

  /**
   * Creates the files' templates that Twilio does not have, submits those that need approval, and synchronises. Nothing is
   * sent while a file has a fault. Refusals: TEMPLATES_INVALID, CONTENT_API_UNAVAILABLE.
   */
  async create(folder?: string): Promise<Result<CreateOutcome[]>> {
    const { templates: files, findings } = await readTemplateFiles(folder);
    if (findings.length > 0) {
      const errors = findings.map(({ file, field, problem, fix }) => ({
        field: `${file}: ${field}`,
        message: `${problem}: ${fix}`,
      }));
      return refuse('TEMPLATES_INVALID', 'Twilio or WhatsApp would refuse these templates.', errors);
    }
    const listed = await this.library.list();
    if (listed.kind !== 'found') {
      return refuse('CONTENT_API_UNAVAILABLE', `Templates could not be listed: ${listed.message}.`);
    }
    const outcomes: CreateOutcome[] = [];
    for (const file of files) {
      const outcome = await this.createOne(file, listed.value);
      if (!outcome.ok) {
        return outcome;
      }
      outcomes.push(outcome.value);
    }
    const synced = await this.sync(folder);
    return synced.ok ? ok(outcomes) : synced;
  }

  private async createOne(
    file: TemplateFile,
    known: readonly ContentResource[],
  ): Promise<Result<CreateOutcome>> {
    const { name, language, category, types } = file;
    const there = known.find((resource) => isNamed(resource, file));
    const samples = Object.fromEntries(
      Object.entries(file.variables).map(([key, { sample }]) => [key, sample]),
    );
    const created = there
      ? ({ kind: 'found', value: there.sid } as const)
      : await this.library.create({ name, language, types, samples });
    if (created.kind !== 'found') {
      return refuse(
        'CONTENT_API_UNAVAILABLE',
        `${name} (${language}) could not be created: ${created.message}.`,
      );
    }
    const contentSid = created.value;
    const outcome = there === undefined ? 'created' : isSame(there, file) ? 'exists' : 'differs';
    if (category === null || outcome === 'differs' || (there && there.approval !== 'unsubmitted')) {
      return ok({ name, language, outcome, contentSid, approval: there?.approval ?? null });
    }
    const submitted = await this.library.submit(contentSid, name, category);
    return submitted.kind === 'found'
      ? ok({ name, language, outcome, contentSid, approval: submitted.value })
      : refuse(
          'CONTENT_API_UNAVAILABLE',
          `${name} (${language}) could not be submitted: ${submitted.message}.`,
        );
  }
}

/** A file tells what its template is for only while both say the same: else a variable might go out unfilled. */
function toSynced(resource: ContentResource, files: readonly TemplateFile[]): SyncedTemplate {
  const { sid, name, language, category, approval, rejectionReason, types, createdAt } = resource;
  const file = files.find((candidate) => isNamed(resource, candidate) && isSame(resource, candidate));
  return {
    contentSid: sid,
    name,
    language,
    topic: file?.topic ?? null,
    category,
    approval,
    rejectionReason,
    body: bodyOf(types),
    variables: Object.fromEntries(
      Object.entries(file?.variables ?? {}).map(([key, { field }]) => [key, field]),
    ),
    createdAt,
    hasFile: file !== undefined,
  };
}

function isNamed({ name, language }: ContentResource, file: TemplateFile): boolean {
  return name === file.name && language === file.language;
}

/** Twilio adds fields to a form that were not given, as null. */
function isSame({ types }: ContentResource, file: TemplateFile): boolean {
  return isDeepStrictEqual(withoutNulls(types), withoutNulls(file.types));
}

function withoutNulls(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, inner: unknown) => inner ?? undefined)) as unknown;
}

function bodyOf(types: ContentResource['types']): string {
  const forms = [types['twilio/text'], ...Object.values(types)] as ({ body?: unknown } | undefined)[];
  const bodies = forms.map((form) => form?.body);
  return bodies.find((body): body is string => typeof body === 'string') ?? '';
}
