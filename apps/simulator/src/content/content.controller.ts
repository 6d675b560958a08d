import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req, UseGuards } from '@nestjs/common';
import { Fields } from '../control/fields';
import type { SimulatedAccount } from '../accounts';
import { type AuthorizedRequest, TwilioAuthGuard } from '../rest/twilio-auth.guard';
import { refusals } from '../rest/twilio-error';
import { ContentStore, type StoredContent } from './content-store';

/** The part of Twilio's Content API that a shop needs for buttons, lists and templates. */
@Controller('v1')
@UseGuards(TwilioAuthGuard)
export class ContentController {
  constructor(private readonly contents: ContentStore) {}

  @Post('Content')
  create(@Req() { account }: AuthorizedRequest, @Body() body: unknown): object {
    const fields = new Fields(body);
    const types = fields.value('types');
    if (typeof types !== 'object' || types === null || Object.keys(types).length === 0) {
      throw refusals.parameterInvalid('types');
    }
    const content = this.contents.add({
      accountSid: account.sid,
      friendlyName: fields.text('friendly_name', ''),
      language: fields.text('language'),
      variables: fields.texts('variables'),
      types: { ...types },
    });
    return this.toResource(content);
  }

  @Get('Content')
  list(@Req() { account }: AuthorizedRequest): object {
    return this.page(account, 'contents', 'Content', (content) => this.toResource(content));
  }

  @Get('ContentAndApprovals')
  listWithApprovals(@Req() { account }: AuthorizedRequest): object {
    return this.page(account, 'contents', 'ContentAndApprovals', (content) => ({
      ...this.toResource(content),
      approval_requests: approvalOf(content),
    }));
  }

  @Get('Content/:sid')
  fetch(@Req() { account }: AuthorizedRequest, @Param('sid') sid: string): object {
    return this.toResource(this.find(account, sid));
  }

  @Delete('Content/:sid')
  @HttpCode(204)
  delete(@Req() { account }: AuthorizedRequest, @Param('sid') sid: string): void {
    this.contents.delete(this.find(account, sid).sid);
  }

  /** Approved at once: nobody at Meta reads a simulated template. */
  @Post('Content/:sid/ApprovalRequests/whatsapp')
  approve(@Req() { account }: AuthorizedRequest, @Param('sid') sid: string, @Body() body: unknown): object {
    const content = this.find(account, sid);
    const fields = new Fields(body);
    content.approval = { name: fields.text('name'), category: fields.text('category', 'UTILITY') };
    return approvalOf(content);
  }

  @Get('Content/:sid/ApprovalRequests')
  approval(@Req() { account }: AuthorizedRequest, @Param('sid') sid: string): object {
    const content = this.find(account, sid);
    return {
      sid,
      account_sid: account.sid,
      whatsapp: approvalOf(content),
      url: `${this.url(content)}/ApprovalRequests`,
    };
  }

  private find({ sid: accountSid }: SimulatedAccount, sid: string): StoredContent {
    const content = this.contents.find(accountSid, sid);
    if (!content) {
      throw refusals.notFound(`/v1/Content/${sid}`);
    }
    return content;
  }

  private url(content: StoredContent): string {
    return `https://content.twilio.com/v1/Content/${content.sid}`;
  }

  private toResource(content: StoredContent): object {
    const created = new Date(content.createdAt).toISOString().replace(/\.\d+Z$/, 'Z');
    const url = this.url(content);
    return {
      sid: content.sid,
      account_sid: content.accountSid,
      friendly_name: content.friendlyName,
      language: content.language,
      variables: content.variables,
      types: content.types,
      url,
      date_created: created,
      date_updated: created,
      links: {
        approval_create: `${url}/ApprovalRequests/whatsapp`,
        approval_fetch: `${url}/ApprovalRequests`,
      },
    };
  }

  private page(
    { sid }: SimulatedAccount,
    key: string,
    path: string,
    toResource: (content: StoredContent) => object,
  ): object {
    const rows = this.contents
      .all()
      .filter(({ accountSid }) => accountSid === sid)
      .map(toResource);
    const url = `https://content.twilio.com/v1/${path}?PageSize=${Math.max(rows.length, 1)}&Page=0`;
    return {
      [key]: rows,
      meta: {
        page: 0,
        page_size: Math.max(rows.length, 1),
        first_page_url: url,
        previous_page_url: null,
        url,
        next_page_url: null,
        key,
      },
    };
  }
}

function approvalOf(content: StoredContent): object {
  return {
    name: content.approval?.name ?? '',
    category: content.approval?.category ?? '',
    content_type: Object.keys(content.types)[0] ?? '',
    status: content.approval === null ? 'unsubmitted' : 'approved',
    rejection_reason: '',
    allow_category_change: true,
  };
}
