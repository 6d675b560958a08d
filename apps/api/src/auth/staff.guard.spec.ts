import { Controller, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { AccessService, Public, type Role, roles, type Staff } from '@app/access';
import { ok, refuse } from '@app/kernel';
import { HttpModule } from '../http/http.module';
import { NeedsRole } from './needs-role.decorator';
import { CurrentStaff } from './staff-request';
import { StaffGuard } from './staff.guard';

@Controller('probe')
class Probe {
  @Get()
  read(@CurrentStaff() { email }: Staff): string {
    return email;
  }

  @Patch()
  write(): string {
    return 'written';
  }

  @Post()
  @HttpCode(200)
  @NeedsRole('agent')
  move(): string {
    return 'moved';
  }

  @Get('open')
  @Public()
  open(): string {
    return 'open';
  }
}

/** Tokens of this double are the names of roles. */
const access = {
  authenticate: (token: string) =>
    Promise.resolve(
      roles.some((role) => role === token)
        ? ok({ id: '1', email: `${token}@pasal.local`, role: token as Role })
        : refuse('UNAUTHENTICATED', 'The token is not valid or has expired: log in again.'),
    ),
};

describe('StaffGuard', () => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    const module = await Test.createTestingModule({
      imports: [HttpModule],
      controllers: [Probe],
      providers: [
        { provide: AccessService, useValue: access },
        { provide: APP_GUARD, useClass: StaffGuard },
      ],
    }).compile();
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    await app.init();
  });
  afterAll(() => app.close());

  const call = async (method: 'GET' | 'PATCH' | 'POST', authorization?: string, url = '/probe') => {
    const { statusCode, headers, body } = await app.inject({
      method,
      url,
      headers: authorization === undefined ? {} : { authorization },
    });
    return { status: statusCode, challenge: headers['www-authenticate'], body };
  };

  it.each([undefined, '', 'Bearer', 'Bearer ', 'Basic b3duZXI6eA==', 'owner', 'Bearer owner, owner'])(
    'answers 401 to the header %p',
    async (authorization) => {
      const { status, challenge, body } = await call('GET', authorization);

      expect({ status, challenge }).toEqual({ status: 401, challenge: 'Bearer realm="pasal"' });
      expect(JSON.parse(body)).toMatchObject({ code: 'UNAUTHENTICATED', status: 401 });
    },
  );

  it('answers 401 to a token that is not valid', async () => {
    expect(await call('GET', 'Bearer forged')).toMatchObject({
      status: 401,
      challenge: 'Bearer realm="pasal", error="invalid_token"',
    });
  });

  it('lets everybody through a public route', async () => {
    expect(await call('GET', undefined, '/probe/open')).toMatchObject({ status: 200, body: 'open' });
  });

  it('tells the route who came', async () => {
    expect(await call('GET', 'bearer viewer')).toMatchObject({ status: 200, body: 'viewer@pasal.local' });
  });

  it.each<[Role, number, number, number]>([
    ['viewer', 200, 403, 403],
    ['agent', 200, 200, 403],
    ['manager', 200, 200, 200],
    ['owner', 200, 200, 200],
  ])('lets a %s read (%d), move (%d) and write (%d)', async (role, read, move, write) => {
    const answers = await Promise.all([
      call('GET', `Bearer ${role}`),
      call('POST', `Bearer ${role}`),
      call('PATCH', `Bearer ${role}`),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([read, move, write]);
  });

  it('says which role is needed', async () => {
    const { challenge, body } = await call('PATCH', 'Bearer viewer');

    expect(challenge).toContain('insufficient_scope');
    expect(JSON.parse(body)).toMatchObject({
      code: 'FORBIDDEN',
      detail: 'This needs the role manager; you are viewer.',
    });
  });
});
