import { Controller, Get, Param, Res, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '@app/access';
import { MediaLinks, MediaService } from '@app/media';
import { orThrow } from '../http/problem.exception';
import { ProblemResponses } from '../http/problem-responses.decorator';
import { answerFile } from './answer-file';

/** Where Twilio fetches files of ours: the signed token is the permission. */
@ApiTags('Messages')
@Public()
@Controller('media/public')
export class PublicMediaController {
  constructor(
    private readonly links: MediaLinks,
    private readonly media: MediaService,
  ) {}

  @Get(':token')
  @ApiOperation({ summary: 'Fetch a file by its link', description: 'Open to whoever has the link.' })
  @ApiParam({ name: 'token', description: 'As POST /api/v1/media/{id}/link made it.' })
  @ApiOkResponse({ content: { '*/*': { schema: { type: 'string', format: 'binary' } } } })
  @ProblemResponses({
    404: ['MEDIA_NOT_FOUND', 'MEDIA_BYTES_MISSING'],
    410: ['MEDIA_DELETED', 'MEDIA_LINK_EXPIRED'],
    503: ['MEDIA_STORE_AWAY'],
  })
  async read(
    @Param('token') token: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const media = orThrow(await this.media.stored(orThrow(this.links.read(token))));
    return answerFile(reply, media, orThrow(await this.media.open(media)));
  }
}
