import { filler } from '../answers';

/** Length of a request, about what those of the system have on average. */
const REQUEST_CHARACTERS = 10_000;
const PROMPT = filler(REQUEST_CHARACTERS - 600);
const SCENE = { pov: 'Ada Quill', beats: [{ text: 'Ada finds the brass key', mentions: ['brass key'] }] };

/** A request that no other call makes, for a draft, to which the model server's answer is of full length. */
export function plainRequest(book: number, call: number): string {
  const material = JSON.stringify({ book, call, scene: SCENE });
  return JSON.stringify({
    model: 'bench',
    messages: [
      { role: 'system', content: 'You write scenes of a novel.' },
      { role: 'user', content: `<material>\n${material}\n</material>\n\n# Task: scene.draft\n\n${PROMPT}` },
    ],
  });
}
