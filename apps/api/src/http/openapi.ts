import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { SETTINGS, type Settings } from '@app/config';

/** Name of the security scheme of staff routes: `@ApiBearerAuth(STAFF)`. */
export const STAFF = 'staff';

const ABOUT = `
The staff side of the shop: products, orders, messages.

**Try it here:** open *Access → POST /api/v1/auth/login*, "Try it out", log in with the address and password that were
printed at the first start. This page then carries the token by itself, and every route below works. (By hand: copy
\`accessToken\` into **Authorize**.)

Money is in integer minor units (18000 is Rs. 180). Times are ISO 8601 in UTC. Lists are pages: pass \`nextCursor\` as
\`cursor\` for the next one. Errors are \`application/problem+json\` with a stable \`code\`.
`;

/** Serves Swagger UI at /docs and the document at /docs-json, unless DOCS_ENABLED is false. */
export function setUpOpenApi(app: NestFastifyApplication): void {
  const { docsEnabled, shopName } = app.get<Settings>(SETTINGS);
  if (!docsEnabled) {
    return;
  }
  SwaggerModule.setup('docs', app, () => openApiDocument(app, shopName), {
    jsonDocumentUrl: 'docs-json',
    customSiteTitle: `${shopName}: API`,
    swaggerOptions: {
      persistAuthorization: true,
      displayRequestDuration: true,
      tryItOutEnabled: true,
      responseInterceptor: carryToken,
    },
  });
}

/** The OpenAPI document of everything that `app` serves. */
export function openApiDocument(app: NestFastifyApplication, shopName: string): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle(`${shopName}: API`)
    .setDescription(ABOUT.trim())
    .setVersion('1')
    .addTag('Access', 'Log in.')
    .addTag('Products', 'What the shop sells, and how much of it is left.')
    .addTag('Orders', 'What shoppers ordered, and how far it is.')
    .addTag('Messages', 'Write to shoppers, and see what became of a message.')
    .addTag('Conversations', 'Who is talking with whom: the bot or staff.')
    .addTag('Shoppers', 'Who shops, and what they want to hear of.')
    .addTag('Dead letters', 'Messages that could not be processed: inspect, replay, discard.')
    .addTag('Senders', 'Numbers that the shop sends from: whether they send, and how to resume one.')
    .addTag('Audit', 'Who of the staff changed what.')
    .addTag('Operation', 'Health, metrics, queues.')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, STAFF)
    .build();
  return SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
}

interface UiResponse {
  ok: boolean;
  url: string;
  text: string;
}

interface SwaggerUi {
  authActions: { authorizeWithPersistOption(authorization: object): void };
}

/** Runs in the browser, where it is sent as text: it may use nothing from this file. */
function carryToken(response: UiResponse): UiResponse {
  if (response.ok && response.url.endsWith('/api/v1/auth/login')) {
    const { ui } = globalThis as unknown as { ui: SwaggerUi };
    const { accessToken } = JSON.parse(response.text) as { accessToken: string };
    ui.authActions.authorizeWithPersistOption({
      staff: { name: 'staff', schema: { type: 'http', scheme: 'bearer' }, value: accessToken },
    });
  }
  return response;
}
