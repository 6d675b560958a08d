import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Senders, SETTINGS, type Settings } from '@app/config';
import { Database, type Tx } from '@app/database';
import { ok, refuse, type Result } from '@app/kernel';
import { CONTENT_LIBRARY, type ContentLibrary, type ContentResource } from '@app/messaging';
import { fillTemplate } from './domain/fill-template';
import type { BoundTopic, Fields, TemplateFile } from './domain/template-file';
import type { CreateOutcome, SyncReport, Template, TemplateInPlace } from './template';
import { readTemplateFiles } from './template-files';
import { type SyncedTemplate, TemplatesRepository } from './templates.repository';

const CLOSED = 'The recipient has not written for 24 hours: WhatsApp permits only an approved template';

/** The message that something is to stand in for. */
export interface InPlace<Topic extends BoundTopic> {
  topic: Topic;
  /** Its account must have the template. */
  sender: string;
  language: string;
  fields: Omit<Fields<Topic>, 'shop'>;
}

/** Templates: what Twilio has for each account, what our files say they are for, and which stands in for a message. */
@Injectable()
export class TemplatesService implements OnApplicationBootstrap {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CONTENT_LIBRARY) private readonly library: ContentLibrary,
    private readonly senders: Senders,
    private readonly database: Database,
    private readonly templates: TemplatesRepository,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.database.whenOpen(() =>
      this.templates.adopt(this.database.pool, this.senders.first.account.sid),
    );
  }

  /** As last synchronised, by account, name and language. */
  list(): Promise<Template[]> {
    return this.templates.list(this.database.reports);
  }

  /**
   * What goes out in place of a text outside the conversation window: the approved template bound to its topic, in the
   * shopper's language or else the shop's, with every variable. Refusal: WINDOW_CLOSED.
   */
  async inPlaceOf<Topic extends BoundTopic>(
    tx: Tx,
    { topic, sender, language, fields }: InPlace<Topic>,
  ): Promise<Result<TemplateInPlace>> {
    const { shopLanguage, shopName } = this.settings;
    const account = this.senders.byAddress(sender)?.account.sid;
    const languages = [language, shopLanguage];
    const template =
      account === undefined ? undefined : await this.templates.bound(tx, account, topic, languages);
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

  /** Whether a sender may use a template: not when it is known to be of another account. */
  async mayUse(tx: Tx, sender: string, contentSid: string): Promise<boolean> {
    const owner = await this.templates.accountOf(tx, contentSid);
    return owner === undefined || owner === this.senders.byAddress(sender)?.account.sid;
  }

  /**
   * Brings our table up to date with Twilio's lists and with the files. Where one account does not answer, the others are
   * brought up to date all the same. Refusal: CONTENT_API_UNAVAILABLE.
   */
  async sync(folder?: string): Promise<Result<SyncReport>> {
    const { templates: files } = await readTemplateFiles(folder);
    const all: SyncedTemplate[] = [];
    const problems: string[] = [];
    for (const { sid: account } of this.senders.accounts) {
      const listed = await this.library.list(account);
      if (listed.kind !== 'found') {
        problems.push(listed.message);
        continue;
      }
      const synced = listed.value.map((resource) => toSynced(account, resource, files));
      await this.database.transaction((tx) => this.templates.replace(tx, account, synced));
      all.push(...synced);
    }
    if (problems.length > 0) {
      return refuse('CONTENT_API_UNAVAILABLE', `Templates could not be listed: ${problems.join('; ')}.`);
    }
    const approved = all.filter(({ approval }) => approval === 'approved');
    return ok({
      templates: all.length,
      approved: approved.length,
      bound: approved.filter(({ topic }) => topic !== null).length,
    });
  }

  /**
   * Creates the files' templates in each account that does not have them, submits those that need approval, and synchronises. Nothing is
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
    const outcomes: CreateOutcome[] = [];
    for (const { sid: account } of this.senders.accounts) {
      const listed = await this.library.list(account);
      if (listed.kind !== 'found') {
        return refuse('CONTENT_API_UNAVAILABLE', `Templates could not be listed: ${listed.message}.`);
      }
      for (const file of files) {
        const outcome = await this.createOne(account, file, listed.value);
        if (!outcome.ok) {
          return outcome;
        }
        outcomes.push(outcome.value);
      }
    }
    const synced = await this.sync(folder);
    return synced.ok ? ok(outcomes) : synced;
  }

  private async createOne(
    account: string,
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
      : await this.library.create(account, { name, language, types, samples });
    if (created.kind !== 'found') {
      return refuse(
        'CONTENT_API_UNAVAILABLE',
        `${name} (${language}) could not be created: ${created.message}.`,
      );
    }
    const contentSid = created.value;
    const outcome = there === undefined ? 'created' : isSame(there, file) ? 'exists' : 'differs';
    if (category === null || outcome === 'differs' || (there && there.approval !== 'unsubmitted')) {
      return ok({ account, name, language, outcome, contentSid, approval: there?.approval ?? null });
    }
    const submitted = await this.library.submit(account, contentSid, name, category);
    return submitted.kind === 'found'
      ? ok({ account, name, language, outcome, contentSid, approval: submitted.value })
      : refuse(
          'CONTENT_API_UNAVAILABLE',
          `${name} (${language}) could not be submitted: ${submitted.message}.`,
        );
  }
}

/** A file tells what its template is for only while both say the same: else a variable might go out unfilled. */
function toSynced(
  account: string,
  resource: ContentResource,
  files: readonly TemplateFile[],
): SyncedTemplate {
  const { sid, name, language, category, approval, rejectionReason, types, createdAt } = resource;
  const file = files.find((candidate) => isNamed(resource, candidate) && isSame(resource, candidate));
  return {
    contentSid: sid,
    account,
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
