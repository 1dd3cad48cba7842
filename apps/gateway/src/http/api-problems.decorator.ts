import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { createDto } from './create-dto';
import { PROBLEM_MEDIA_TYPE, problemDocumentSchema } from '../problems/problem-document';

class ProblemDocumentDto extends createDto(problemDocumentSchema) {}

/** What a route's refusals mean, by status. */
export const REASONS: Record<number, string> = {
  400: 'Not valid; `errors` names each field at fault',
  401: 'No token, or one that is not valid',
  403: 'The role is not enough',
  404: 'There is no such thing',
  409: 'Not as things stand now; `code` says why',
  413: 'The body is too large',
  415: 'The body is of a kind that is not read here',
  422: 'Well formed, and yet not of this plan; `errors` names the field',
  429: 'Too many requests; ask again after `Retry-After` seconds',
  503: 'A service is away; ask again after `Retry-After` seconds',
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
