import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { createDto } from './create-dto';
import { PROBLEM_MEDIA_TYPE, problemDocumentSchema } from '../problems/problem-document';

class ProblemDocumentDto extends createDto(problemDocumentSchema) {}

/** What a route's refusals mean, by status. */
export const REASONS: Record<number, string> = {
  400: 'Invalid; `errors` names each field at fault',
  401: 'No valid access token',
  403: 'The role of the token may not do this',
  404: 'Not found',
  409: 'Not possible in the current state; `code` says why',
  413: 'The body is too large',
  415: 'The body has a content type that this route does not read',
  422: 'Well formed, but does not fit this plan; `errors` names the field',
  429: 'Too many requests; retry after `Retry-After` seconds',
  503: 'A service is unavailable; retry after `Retry-After` seconds',
};

/** Says in the API's description how a route may refuse. 401, 403, 429 and 503 go for all of them. */
export function ApiProblems(...statuses: number[]) {
  return applyDecorators(
    ApiExtraModels(ProblemDocumentDto),
    ...[...statuses, 401, 403, 429, 503].map((status) =>
      ApiResponse({
        status,
        description: REASONS[status] ?? 'Refused',
        content: { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: getSchemaPath(ProblemDocumentDto) } } },
      }),
    ),
  );
}
