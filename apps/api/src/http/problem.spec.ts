import {
  Body,
  Controller,
  Get,
  HttpCode,
  type INestApplication,
  Post,
  Req,
  ServiceUnavailableException,
} from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Type } from 'class-transformer';
import type { FastifyRequest } from 'fastify';
import { IsInt, IsString, Max, ValidateNested } from 'class-validator';
import { refuse } from '@app/kernel';
import { tellCorrelation } from './correlation';
import { HttpModule } from './http.module';
import { Optional } from './optional.decorator';
import { orThrow } from './problem.exception';

class Line {
  @IsString()
  sku!: string;
}

class Input {
  @IsInt()
  @Max(5)
  count!: number;

  @Optional()
  @ValidateNested({ each: true })
  @Type(() => Line)
  lines?: Line[];
}

@Controller('probe')
class Probe {
  @Post()
  @HttpCode(200)
  take(@Body() body: Input, @Req() { id }: FastifyRequest): { count: number; correlationId: string } {
    return { count: body.count, correlationId: id };
  }

  @Get('refused')
  refused(): never {
    return orThrow(refuse('ORDER_NOT_FOUND', 'No order has the id 7.'));
  }

  @Get('conflict')
  conflict(): never {
    return orThrow(refuse('SOMETHING_NEW', 'It is so.', [{ field: 'to', message: 'must be else' }]));
  }

  @Get('broken')
  broken(): never {
    throw Object.assign(new Error('password=hunter2'), { parameters: ['whatsapp:+9779800000001'] });
  }

  @Get('sick')
  sick(): never {
    throw new ServiceUnavailableException({ status: 'error', details: { database: { status: 'down' } } });
  }
}

describe('errors over HTTP', () => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    const module = await Test.createTestingModule({ imports: [HttpModule], controllers: [Probe] }).compile();
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter({ bodyLimit: 1024 }), {
      logger: false,
    });
    tellCorrelation(app);
    await app.init();
  });
  afterAll(() => (app as INestApplication).close());

  const post = (payload: string, type = 'application/json'): ReturnType<typeof request> =>
    request('POST', '/probe', payload, type);
  const request = async (
    method: 'GET' | 'POST',
    url: string,
    payload?: string,
    type?: string,
  ): Promise<{ status: number; type: string; correlation: string; body: Record<string, unknown> }> => {
    const answer = await app.inject({
      method,
      url,
      ...(payload !== undefined && { payload, headers: { 'content-type': type } }),
    });
    return {
      status: answer.statusCode,
      type: String(answer.headers['content-type']),
      correlation: String(answer.headers['x-correlation-id']),
      body: answer.json(),
    };
  };

  it('are problem+json that names the request', async () => {
    const { status, type, correlation, body } = await request('GET', '/probe/refused');

    expect({ status, type }).toEqual({ status: 404, type: 'application/problem+json; charset=utf-8' });
    expect(body).toEqual({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      code: 'ORDER_NOT_FOUND',
      detail: 'No order has the id 7.',
      correlationId: correlation,
    });
  });

  it('are a conflict for a refusal that has no status of its own', async () => {
    expect((await request('GET', '/probe/conflict')).body).toMatchObject({
      status: 409,
      code: 'SOMETHING_NEW',
      errors: [{ field: 'to', message: 'must be else' }],
    });
  });

  it('say nothing of what broke', async () => {
    const { status, body } = await request('GET', '/probe/broken');

    expect({ status, code: body['code'] }).toEqual({ status: 500, code: 'INTERNAL' });
    expect(JSON.stringify(body)).not.toMatch(/hunter2|977/);
  });

  it('leave the JSON of a health check as it is', async () => {
    expect(await request('GET', '/probe/sick')).toMatchObject({
      status: 503,
      body: { status: 'error', details: { database: { status: 'down' } } },
    });
  });

  it.each<[string, number, string, string, string | undefined]>([
    ['broken JSON', 400, 'BAD_REQUEST', '{"count":', undefined],
    ['a body that is too large', 413, 'BODY_TOO_LARGE', JSON.stringify({ pad: 'x'.repeat(2000) }), undefined],
    ['a type that nobody reads', 415, 'MEDIA_TYPE_NOT_SUPPORTED', '<count/>', 'application/xml'],
    ['no object', 400, 'VALIDATION_FAILED', '[]', undefined],
    ['null', 400, 'VALIDATION_FAILED', 'null', undefined],
  ])('answer %s with %d %s', async (_, status, code, payload, type) => {
    const { status: answered, type: answeredType, body } = await post(payload, type);

    expect({ answered, code: body['code'], answeredType }).toEqual({
      answered: status,
      code,
      answeredType: 'application/problem+json; charset=utf-8',
    });
  });

  it('answer an unknown route with 404', async () => {
    expect((await request('GET', '/nowhere')).body).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });

  it('name each wrong field and what it must be', async () => {
    const { body } = await post(JSON.stringify({ count: 9, lines: [{ sku: 'a' }, { sku: 7 }], more: true }));

    expect(body).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' });
    expect(body['errors']).toEqual([
      { field: 'more', message: 'is not a field of this request: leave it out' },
      { field: 'count', message: 'count must not be greater than 5' },
      { field: 'lines.1.sku', message: 'sku must be a string' },
    ]);
  });

  it('refuse null where a field may be left out', async () => {
    expect((await post(JSON.stringify({ count: 1, lines: null }))).body).toMatchObject({ status: 400 });
    expect((await post(JSON.stringify({ count: 1 }))).status).toBe(200);
  });

  it('carry one correlation id from the request through the handler to the answer', async () => {
    const [first, second] = await Promise.all([post('{"count":1}'), post('{"count":2}')]);

    expect(first.body['correlationId']).toBe(first.correlation);
    expect(second.body['correlationId']).toBe(second.correlation);
    expect(first.correlation).not.toBe(second.correlation);
  });
});
