import { HealthController, MetricsController } from '@fiction/platform';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ApiExcludeController, DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { cleanupOpenApiDoc } from 'nestjs-zod';
import { REASONS } from './api-problems.decorator';
import { REQUIRED_ROLE_EXTENSION } from '../access/requires-role.decorator';

const DESCRIPTION = `Turns a writer's brief into a finished book.
Every answer but these pages needs \`Authorization: Bearer <token>\`; each route gives the lowest role that it needs as
\`x-required-role\`: \`viewer\`, \`writer\`, \`operator\` or \`admin\`, in this order. Errors are problem documents (RFC 9457)
with a stable \`code\`. Lists come in pages: pass \`nextCursor\` as \`cursor\` for the next one. Progress comes over socket.io,
namespace \`/fiction\`: emit \`subscribe {planId, afterSeq?}\`, hear \`FictionPhaseProgressed\`, and
\`FictionPlanChanged\` when a branch is complete, paused or failed.`;

// They are for whoever runs a service. They do not say so themselves: the other services would load all of Swagger for it.
[HealthController, MetricsController].forEach((controller) => ApiExcludeController()(controller));

/** Describes the API from its routes and schemas. */
export function openApiDocument(app: NestExpressApplication): OpenAPIObject {
  const settings = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Fiction Weaver')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer' })
    .addSecurityRequirements('bearer')
    .build();
  return sayBodies(sayRefusals(sayRoles(cleanupOpenApiDoc(SwaggerModule.createDocument(app, settings)))));
}

/** Says in words what each route's extension says to programs. */
function sayRoles(document: OpenAPIObject): OpenAPIObject {
  for (const item of Object.values(document.paths)) {
    for (const operation of Object.values(item) as { description?: string; [REQUIRED_ROLE_EXTENSION]?: string }[]) {
      const role = operation[REQUIRED_ROLE_EXTENSION];
      if (role === undefined) continue;
      const sentence = `Needs the role \`${role}\`${role === 'admin' ? '' : ' or a higher one'}.`;
      operation.description = [operation.description, sentence].filter(Boolean).join('\n\n');
    }
  }
  return document;
}

interface Described {
  requestBody?: { required?: boolean; content?: Record<string, { schema?: { $ref?: string } }> };
  responses: Record<string, object>;
}

/** Every route refuses an id or a query that it does not know. */
function sayRefusals(document: OpenAPIObject): OpenAPIObject {
  for (const item of Object.values(document.paths)) {
    for (const { responses } of Object.values(item) as Described[]) {
      responses['400'] ??= { ...responses['401'], description: REASONS[400] };
    }
  }
  return document;
}

/** A body of which nothing is required may be left out; one that is not JSON, or too large, is refused. */
function sayBodies(document: OpenAPIObject): OpenAPIObject {
  for (const item of Object.values(document.paths)) {
    for (const operation of Object.values(item) as Described[]) {
      const name = operation.requestBody?.content?.['application/json']?.schema?.$ref?.split('/').at(-1);
      if (name === undefined) continue;
      const schema = document.components?.schemas?.[name] as { required?: string[] } | undefined;
      operation.requestBody!.required = (schema?.required ?? []).length > 0;
      for (const status of [413, 415]) {
        operation.responses[status] ??= { ...operation.responses['400'], description: REASONS[status] };
      }
    }
  }
  return document;
}

/** Serves the description as a page and as JSON; it is made when first asked for. */
export function serveApiDocs(app: NestExpressApplication): void {
  let made: OpenAPIObject | undefined;
  const document = (): OpenAPIObject => (made ??= openApiDocument(app));
  SwaggerModule.setup('api/docs', app, document, {
    jsonDocumentUrl: 'api/docs-json',
    raw: ['json'],
    customSiteTitle: 'Fiction Weaver: the API',
  });
  app.use('/api/openapi.json', (_request: Request, response: Response) => void response.json(document()));
}
