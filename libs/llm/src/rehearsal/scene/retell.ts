import { conjugate } from '../language/verbs';
import { capitalised } from '../language/wording';
import type { SceneStage } from './scene-stage';

/**
 * Tells a beat that no bank knows in the person and tense of the book, as far as its first verb can be found: "Mara
 * opens the box" becomes "I opened the box" or "Mara opened the box".
 */
export function retell(stage: SceneStage, text: string): string {
  const plain = text.trim().replace(/[.\s]+$/, '');
  const subject = [stage.pov, ...stage.others]
    .flatMap((person) => [person.name, person.short].map((word) => ({ person, word })))
    .find(({ word }) => plain.startsWith(`${word} `));
  if (subject === undefined) return `${capitalised(plain)}.`;
  const rest = plain.slice(subject.word.length + 1);
  const [verb = '', ...others] = rest.split(' ');
  const base = baseOf(verb);
  const isPov = subject.person === stage.pov;
  const name = isPov && stage.context.subject === 'I' ? 'I' : subject.word;
  if (base === undefined) return `${name} ${rest}.`;
  const form = conjugate(base, isPov ? stage.context.subject : 's', stage.context.tense);
  return `${capitalised(name)} ${[form, ...others].join(' ')}.`;
}

function baseOf(verb: string): string | undefined {
  if (verb === 'is') return 'be';
  if (verb === 'has') return 'have';
  if (!/^[a-z]+s$/.test(verb) || verb.endsWith('ss')) return undefined;
  if (/(ches|shes|xes|sses|zzes|oes)$/.test(verb)) return verb.slice(0, -2);
  if (verb.endsWith('ies') && verb.length > 4) return `${verb.slice(0, -3)}y`;
  return verb.slice(0, -1);
}
