import {
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Param,
  Post,
  Res,
  type StreamableFile,
} from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Staff } from '@app/access';
import { MessageHistory } from '@app/delivery';
import { MediaLinks, MediaService } from '@app/media';
import { NeedsRole } from '../auth/needs-role.decorator';
import { CurrentStaff } from '../auth/staff-request';
import { STAFF } from '../http/openapi';
import { orThrow, ProblemException } from '../http/problem.exception';
import { ProblemResponses } from '../http/problem-responses.decorator';
import { answerFile } from './answer-file';
import { MediaLinkResponse, MediaListResponse, toMediaLinkResponse, toMediaResponse } from './media.response';
import { StaffMediaService } from './staff-media.service';

const ID = { name: 'id', description: 'Id of the file.', example: '7' };
const NOT_SHOWN = {
  401: ['UNAUTHENTICATED'],
  404: ['MEDIA_NOT_FOUND', 'MEDIA_BYTES_MISSING'],
  409: ['MEDIA_PENDING', 'MEDIA_FAILED'],
  410: ['MEDIA_DELETED'],
};

@ApiTags('Messages')
@ApiBearerAuth(STAFF)
@Controller('api/v1')
export class MediaController {
  constructor(
    private readonly history: MessageHistory,
    private readonly media: MediaService,
    private readonly links: MediaLinks,
    private readonly staffMedia: StaffMediaService,
  ) {}

  @Get('messages/:sid/media')
  @ApiOperation({
    summary: 'List the files of a message',
    description:
      'Pictures, voice notes, documents, contacts. A worker fetches them after the message was answered.',
  })
  @ApiParam({ name: 'sid', description: "Twilio's SID of the message, or our id." })
  @ApiOkResponse({ type: MediaListResponse })
  @ProblemResponses({ 401: ['UNAUTHENTICATED'], 404: ['MESSAGE_NOT_FOUND'] })
  async list(@Param('sid') sid: string): Promise<MediaListResponse> {
    const message = await this.history.find(sid);
    if (!message) {
      throw new ProblemException({ code: 'MESSAGE_NOT_FOUND', detail: 'No message has this id or SID.' });
    }
    const files = message.sid === null ? [] : await this.media.ofMessage(message.sid);
    return { items: files.map(toMediaResponse) };
  }

  @Get('media/:id')
  @ApiOperation({
    summary: 'Fetch a file of a shopper',
    description: 'As it was sent. Only pictures are shown inline; nothing in a file can run.',
  })
  @ApiParam(ID)
  @ApiOkResponse({ content: { '*/*': { schema: { type: 'string', format: 'binary' } } } })
  @ProblemResponses({ ...NOT_SHOWN, 503: ['MEDIA_STORE_AWAY'] })
  async read(
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const media = orThrow(await this.media.stored(id));
    return answerFile(reply, media, orThrow(await this.media.open(media)));
  }

  @Post('media/:id/link')
  @NeedsRole('agent')
  @ApiOperation({
    summary: 'Make a link to a file',
    description:
      'For `mediaUrl` of POST /whatsapp/send: Twilio fetches the file there. Valid for 24 hours, for whoever has it.',
  })
  @ApiParam(ID)
  @ApiCreatedResponse({ type: MediaLinkResponse })
  @ProblemResponses({ ...NOT_SHOWN, 403: ['FORBIDDEN'], 404: ['MEDIA_NOT_FOUND'] })
  async link(@Param('id') id: string): Promise<MediaLinkResponse> {
    return toMediaLinkResponse(this.links.create(orThrow(await this.media.stored(id)).id));
  }

  @Delete('media/:id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({
    summary: 'Delete a file',
    description:
      'Its bytes are removed, unless another message brought the same ones. That there was one stays to be seen; the ' +
      'audit log says who deleted it.',
  })
  @ApiParam(ID)
  @ApiNoContentResponse()
  @ProblemResponses({
    401: ['UNAUTHENTICATED'],
    403: ['FORBIDDEN'],
    404: ['MEDIA_NOT_FOUND'],
    410: ['MEDIA_DELETED'],
  })
  async delete(@Param('id') id: string, @CurrentStaff() staff: Staff): Promise<void> {
    orThrow(await this.staffMedia.delete(id, staff));
  }
}
