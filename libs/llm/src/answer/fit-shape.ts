import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { WrittenNumber } from './loose-json';

const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, false: false };
/** Where a list is asked for and one text stands, it may be a list all the same. */
const MAY_BE_SEVERAL = /[,;、，；/|&•\n]|\s(?:and|und|et|y|e|i|og|och|en|и)\s/i;
/** What stands for an empty list, in the languages of most books. */
const SAYS_NONE =
  /^(?:none|nothing|null|nil|n\/a|nichts|keine?r?s?|rien|aucune?|nada|ning[uú]n[oa]?|nenhuma?|niente|nessun[oa]?|geen|ing[ae]n?|nie|brak|нет|无|なし|-|–|—)?\.?$/i;

/**
 * A value in the shape that was asked for, where it does not fit and can mean nothing else: a number or boolean in quotation
 * marks, a word of a few that is spelt in another way, one value for a list of one and a list of one for its value, a name in
 * another spelling, what nobody has asked for, nothing where nothing need be said. What fits is left as it is, and so is
 * what is unclear: whoever judges the value finds it wrong then.
 */
export function fitShape(schema: z.ZodType, value: unknown): unknown {
  if (fits(schema, value)) return value;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return value === null ? undefined : fitShape(schema.unwrap() as z.ZodType, value);
  }
  if (schema instanceof z.ZodNullable) {
    return value === undefined || isNullWord(value) ? null : fitShape(schema.unwrap() as z.ZodType, value);
  }
  if (schema instanceof z.ZodArray) return fitList(schema, value);
  if (schema instanceof z.ZodObject) return isObject(value) ? fitObject(schema, value) : value;
  if (schema instanceof z.ZodUnion) return fitUnion(schema, value);
  return Array.isArray(value) && value.length === 1 ? fitOne(schema, value[0]) : fitOne(schema, value);
}

/** Text, number, boolean, or one of a few words. */
function fitOne(schema: z.ZodType, value: unknown): unknown {
  if (value instanceof WrittenNumber) return schema instanceof z.ZodString ? value.written : Number(value.written);
  if (typeof value !== 'string') return value;
  const text = value.trim();
  if (schema instanceof z.ZodNumber) return NUMBER.test(text) ? Number(text) : value;
  if (schema instanceof z.ZodBoolean) return BOOLEANS[text.toLowerCase()] ?? value;
  if (!(schema instanceof z.ZodEnum)) return value;
  const meant = schema.options.filter((option) => spelling(String(option)) === spelling(text));
  return meant.length === 1 ? meant[0] : value;
}

function fitList(schema: z.ZodArray, value: unknown): unknown {
  const each = schema.element as z.ZodType;
  if (Array.isArray(value)) return value.map((one) => fitShape(each, one));
  if (value === null || (typeof value === 'string' && SAYS_NONE.test(value.trim()))) return [];
  // A number in place of a list may as well be how many there are.
  const isOne = typeof value === 'string' ? !MAY_BE_SEVERAL.test(value.trim()) : isObject(value);
  return isOne ? [fitShape(each, value)] : value;
}

function fitUnion(schema: z.ZodUnion, value: unknown): unknown {
  const fitting = (schema.options as z.ZodType[])
    .map((option) => [option, fitShape(option, value)] as const)
    .filter(([option, fitted]) => fits(option, fitted));
  return fitting.length > 0 && fitting.every(([, fitted]) => isDeepStrictEqual(fitted, fitting[0]![1]))
    ? fitting[0]![1]
    : value;
}

function fitObject(schema: z.ZodObject, value: Record<string, unknown>): unknown {
  const shape = schema.shape as Record<string, z.ZodType>;
  const named = rename(value, Object.keys(shape));
  const fitted: Record<string, unknown> = {};
  const missing = Object.keys(shape).filter((name) => !(name in named));
  for (const [name, one] of Object.entries(named)) {
    const member = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (member === undefined) {
      // Under another name it may be what is missing; then it is not for us to leave it out.
      if (missing.some((other) => fits(shape[other]!, fitShape(shape[other]!, one)))) fitted[name] = one;
      continue;
    }
    const fitting = fitShape(member, one);
    if (fitting !== undefined) fitted[name] = fitting;
  }
  for (const name of missing) {
    if (!fits(shape[name]!, undefined) && fits(shape[name]!, null)) fitted[name] = null;
  }
  return fitted;
}

/** The object with the names that were asked for in place of others that are spelt alike, such as `author_summary`. */
function rename(value: Record<string, unknown>, names: string[]): Record<string, unknown> {
  const taken = new Set(Object.keys(value));
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => {
      const meant = names.find((name) => !taken.has(name) && spelling(name) === spelling(key));
      if (meant === undefined || names.includes(key)) return [key, one];
      taken.add(meant);
      return [meant, one];
    }),
  );
}

function spelling(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

function fits(schema: z.ZodType, value: unknown): boolean {
  return schema.safeParse(value).success;
}

function isNullWord(value: unknown): boolean {
  return typeof value === 'string' && value.trim().toLowerCase() === 'null';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof WrittenNumber);
}
