import {
  ALL_REQUESTS,
  cancelRunCommandOf,
  forkBranchCommandOf,
  listLore,
  startRunsCommandOf,
  type RequestContract,
} from '@fiction/contracts';
import { Controller, type Type } from '@nestjs/common';
import { HandlerError, type MessageHandlers } from '../inbox/message-handlers';
import { MessagingFixture } from '../testing/messaging.fixture';
import { AnswersRequest } from './answers-request.decorator';

const own = ALL_REQUESTS.filter((contract) => contract.service === 'scene-weaver');

/** A controller with one method for each of the contracts. */
function answering(contracts: RequestContract[]): Type<unknown> {
  class AnsweringController {}
  const prototype = AnsweringController.prototype as Record<string, (question: unknown) => Promise<unknown>>;
  for (const [n, contract] of contracts.entries()) {
    const name = `answer${n}`;
    prototype[name] = async () => undefined;
    const descriptor = Object.getOwnPropertyDescriptor(prototype, name)!;
    AnswersRequest(contract)(prototype, name, descriptor);
    Object.defineProperty(prototype, name, descriptor);
  }
  Controller()(AnsweringController);
  return AnsweringController;
}

function handle(handlers: MessageHandlers): void {
  handlers.register(startRunsCommandOf('scene-weaver'), async () => undefined);
  handlers.register(cancelRunCommandOf('scene-weaver'), async () => undefined);
  handlers.register(forkBranchCommandOf('scene-weaver'), async () => undefined);
}

let fixture: MessagingFixture;
beforeAll(async () => {
  fixture = await MessagingFixture.start({ replicas: 0, checked: true });
});
afterAll(() => fixture.stop());

it('succeeds when every message and request of the service is handled once', async () => {
  const replica = await fixture.tryReplica({ checked: true, handle, controllers: [answering(own)] });
  await replica.close();
});

it.each([
  ['a request that nobody answers', [answering(own.slice(1))], own[0]!.subject],
  ['a request that is answered twice', [answering(own), answering([own[0]!])], own[0]!.subject],
  ["another service's request", [answering(own), answering([listLore as RequestContract])], listLore.subject],
])('fails over %s', async (_what, controllers, named) => {
  const starting = fixture.tryReplica({ checked: true, handle, controllers });
  await expect(starting).rejects.toThrow(HandlerError);
  await expect(starting).rejects.toThrow(named);
});

it('fails over a message that nobody handles', async () => {
  const starting = fixture.tryReplica({ checked: true, controllers: [answering(own)] });
  await expect(starting).rejects.toThrow('fiction.command.scene-weaver.start-runs');
});
