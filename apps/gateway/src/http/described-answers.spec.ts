import type { OpenAPIObject } from '@nestjs/swagger';
import { DescribedAnswers } from './described-answers.fixture';

const schema = { $ref: '#/components/schemas/Thing' };
const answers = new DescribedAnswers({
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  paths: {
    '/things/{id}': { get: { responses: { 200: { description: '', content: { 'application/json': { schema } } } } } },
    '/things/best': { get: { responses: { 204: { description: '' } } } },
  },
  components: {
    schemas: {
      Thing: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'], additionalProperties: false },
    },
  },
} satisfies OpenAPIObject);
const check = (path: string, response: Response) => answers.check('GET', path, response);

it('what is described passes, and so do what is not there and addresses that are nobody’s', async () => {
  await check('/things/a?limit=1', Response.json({ id: 'a' }));
  await check('/things/best', new Response(null, { status: 204 }));
  await check('/things/a', Response.json({ code: 'NOT_FOUND' }, { status: 404 }));
  await check('/others', Response.json({}));
});

it.each([
  ['a field more', '/things/a', Response.json({ id: 'a', name: 'b' })],
  ['a field less', '/things/a', Response.json({})],
  ['another status', '/things/a', Response.json({ id: 'a' }, { status: 201 })],
  ['a refusal of another kind', '/things/a', Response.json({ code: 'INPUT_INVALID' }, { status: 400 })],
  ['what another address may answer', '/things/best', Response.json({ id: 'a' })],
])('%s does not', async (_what, path, response) => {
  await expect(check(path, response)).rejects.toThrow('described');
});
