import { NotFoundError, resumeItem, type TaskMetadata } from '@fiction/contracts';
import { startGateway, type TestGateway } from '../gateway.fixture';

const METADATA: TaskMetadata = {
  planId: 'p',
  branch: 'main',
  backlogItemId: 'item:vision:p',
  taskId: 'task:vision:p#1',
  conversationId: 'conversation:author:p@main',
  conversationPlanId: 'p',
  agentId: 'agent_author',
  providerId: 'rehearsal',
  modelId: 'novelist',
  correlationId: 'c',
};

let gateway: TestGateway;
beforeAll(async () => (gateway = await startGateway()));
afterAll(() => gateway.stop());

it('the metadata of an item, as it is shown, is what a resume of it takes', async () => {
  gateway.services.on(resumeItem, () => {
    throw new NotFoundError('backlog item', 'x');
  });
  const response = await gateway.call(`/api/fiction/plans/p/backlog/${METADATA.backlogItemId}/resume`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(METADATA),
  });
  expect(response.status).toBe(404);
  const { branch, ...metadata } = METADATA;
  expect(gateway.services.asked).toMatchObject([{ question: { branch, metadata, rebind: false } }]);
});
