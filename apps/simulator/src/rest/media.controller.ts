import { Controller, Delete, Get, HttpCode, Param, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Accounts } from '../accounts';
import { LiveSettings } from '../live-settings';
import { messagePath, rfc2822 } from '../messages/message-resource';
import { MessageStore, type StoredMedia } from '../messages/message-store';
import { MessagesService } from './messages.service';
import { pathOf } from './form-body';
import { type AuthorizedRequest, TwilioAuthGuard } from './twilio-auth.guard';
import { refusals } from './twilio-error';

interface MediaResource {
  account_sid: string;
  content_type: string;
  date_created: string;
  date_updated: string;
  parent_sid: string;
  sid: string;
  uri: string;
}

@Controller('2010-04-01/Accounts/:accountSid/Messages/:messageSid')
export class MediaController {
  constructor(
    private readonly settings: LiveSettings,
    private readonly store: MessageStore,
    private readonly messages: MessagesService,
    private readonly accounts: Accounts,
  ) {}

  @Get('Media.json')
  @UseGuards(TwilioAuthGuard)
  list(@Param('messageSid') messageSid: string, @Req() { account, url }: AuthorizedRequest): object {
    const media = this.messages
      .find(account, messageSid)
      .extras.media.flatMap(({ sid }) => this.resources(account.sid, sid));
    const uri = `${pathOf(url)}?PageSize=50&Page=0`;
    return {
      media_list: media,
      page: 0,
      page_size: 50,
      start: 0,
      end: Math.max(0, media.length - 1),
      first_page_uri: uri,
      next_page_uri: null,
      previous_page_uri: null,
      uri,
    };
  }

  /** The file itself: a redirect to a storage URL, open unless basic authentication for media is switched on. */
  @Get('Media/:file')
  fetch(
    @Param('accountSid') accountSid: string,
    @Param('messageSid') messageSid: string,
    @Param('file') file: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    const wantsResource = file.endsWith('.json');
    const { authorization } = request.headers;
    const mustAuthorize = wantsResource || this.settings.mediaAuth || authorization !== undefined;
    if (mustAuthorize && this.accounts.authenticated(authorization)?.sid !== accountSid) {
      throw refusals.unauthorized();
    }
    const media = this.find(accountSid, messageSid, file);
    if (wantsResource) {
      void reply.send(this.toResource(accountSid, media));
    } else {
      void reply.redirect(`/simulator/media/${media.sid}`, 307);
    }
  }

  @Delete('Media/:file')
  @UseGuards(TwilioAuthGuard)
  @HttpCode(204)
  delete(
    @Param('accountSid') accountSid: string,
    @Param('messageSid') messageSid: string,
    @Param('file') file: string,
  ): void {
    this.store.deleteMedia(this.find(accountSid, messageSid, file).sid);
  }

  private find(accountSid: string, messageSid: string, file: string): StoredMedia {
    const media = this.store.findMedia(file.replace(/\.json$/, ''));
    if (media?.messageSid !== messageSid || this.store.find(messageSid)?.accountSid !== accountSid) {
      throw refusals.notFound(`${messagePath(accountSid, messageSid)}/Media/${file}`);
    }
    return media;
  }

  private resources(accountSid: string, sid: string | null): MediaResource[] {
    const media = sid === null ? undefined : this.store.findMedia(sid);
    return media ? [this.toResource(accountSid, media)] : [];
  }

  private toResource(accountSid: string, media: StoredMedia): MediaResource {
    return {
      account_sid: accountSid,
      content_type: media.contentType,
      date_created: rfc2822(media.createdAt),
      date_updated: rfc2822(media.createdAt),
      parent_sid: media.messageSid,
      sid: media.sid,
      uri: `${messagePath(accountSid, media.messageSid)}/Media/${media.sid}.json`,
    };
  }
}
