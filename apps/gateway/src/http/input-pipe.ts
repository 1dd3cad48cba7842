import { fieldProblems, identifierSchema, InvalidInputError, plainWords, type FieldProblem } from '@fiction/contracts';
import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { isZodDto } from 'nestjs-zod/dto';
import type { z } from 'zod';
import { unkeptTexts } from './unkept-texts';

/**
 * Checks what a route is given: what stands in its path is an identifier, its query has no control characters, its body
 * nothing that no database keeps, and what has a schema fits it. Every field at fault is named. So nothing reaches a service, or a database, that it cannot be
 * asked for, whatever a route's own schema leaves open.
 */
@Injectable()
export class InputPipe implements PipeTransform {
  transform(value: unknown, { type, data, metatype }: ArgumentMetadata): unknown {
    if (type === 'param') refuse(pathProblems(value, data ?? '(path)'));
    if (type === 'query') refuse(controlCharacters(value));
    if (!isZodDto(metatype)) return value;
    if (type === 'body') refuse(unkeptTexts(value));
    // No body is as good as an empty one: what it lacks is then named field by field.
    const given = type === 'body' ? (value ?? {}) : value;
    const parsed = (metatype.schema as z.ZodType).safeParse(given, { error: plainWords });
    if (!parsed.success) refuse(fieldProblems(parsed.error));
    return parsed.data;
  }
}

function refuse(problems: FieldProblem[]): void {
  if (problems.length > 0) throw new InvalidInputError('The request is not valid.', problems);
}

function pathProblems(value: unknown, field: string): FieldProblem[] {
  const parsed = identifierSchema.safeParse(value, { error: plainWords });
  return parsed.success ? [] : fieldProblems(parsed.error).map(({ message }) => ({ field, message }));
}

function controlCharacters(query: unknown): FieldProblem[] {
  return Object.entries((query ?? {}) as Record<string, unknown>)
    .filter((parameter) => textsOf(parameter).some((text) => /\p{Cc}/u.test(text)))
    .map(([name]) => ({ field: name.replaceAll(/\p{Cc}/gu, '?'), message: 'must not contain control characters' }));
}

/** Every text in a value, names of fields among them. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.entries(value).flat().flatMap(textsOf) : [];
}
