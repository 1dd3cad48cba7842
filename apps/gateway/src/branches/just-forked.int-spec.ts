import {
  listAccepted,
  listObligations,
  type ReplyOf,
  type RequestContract,
  type RequestOf,
  type ServiceName,
  natsServer,
} from '@fiction/contracts';
import { AnswersRequest, connectRequestServer, Requester, type Bus } from '@fiction/messaging';
import { loadConfig } from '@fiction/platform';
import { BranchNotReadyError } from '@fiction/runtime';
import { Controller, Module, type INestApplication, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { connect, type NatsConnection } from 'nats';
import { startGateway, type TestGateway } from '../gateway.fixture';
import { teachBook } from '../manuscript/book/book.fixture';

/** Word of a branch, which a test holds back. */
class Word {
  private arrived = false;
  private asked!: () => void;
  /** Somebody has asked in vain. */
  readonly awaited = new Promise<void>((resolve) => (this.asked = resolve));

  require(branch: string): void {
    if (this.arrived) return;
    this.asked();
    throw new BranchNotReadyError(branch);
  }

  arrive(): void {
    this.arrived = true;
  }
}

const prose = new Word();
const promises = new Word();

@Controller()
class Prose {
  @AnswersRequest(listAccepted)
  async accepted({ branch }: RequestOf<typeof listAccepted>): Promise<ReplyOf<typeof listAccepted>> {
    prose.require(branch);
    return { items: [], nextCursor: null };
  }
}

@Controller()
class Promises {
  @AnswersRequest(listObligations)
  async owed({ branch }: RequestOf<typeof listObligations>): Promise<ReplyOf<typeof listObligations>> {
    promises.require(branch);
    return { items: [], nextCursor: null, counts: { open: 0, overdue: 0, resolved: 0, dismissed: 0 } };
  }
}

let gateway: TestGateway;
let nats: NatsConnection;
const apps: INestApplication[] = [];
beforeAll(async () => {
  gateway = await startGateway();
  nats = await connect(natsServer(gateway.nats.url));
  await serve('scene-weaver', Prose);
  await serve('world-bible', Promises);
  teachBook(gateway.services, { chapters: 1, scenesPerChapter: 1 });
  overTheBus(listAccepted);
  overTheBus(listObligations);
});
afterAll(async () => {
  await Promise.all(apps.map((app) => app.close()));
  await nats.close();
  await gateway.stop();
});

/** One service, as far as it answers, on the gateway's bus. */
async function serve(service: ServiceName, controller: Type<unknown>): Promise<void> {
  class ServiceModule {}
  Module({ controllers: [controller] })(ServiceModule);
  const app = await NestFactory.create(ServiceModule, { logger: false });
  apps.push(app);
  connectRequestServer(
    app,
    loadConfig(service, {
      DATABASE_URL: gateway.database.url,
      NATS_URL: gateway.nats.url,
      REDIS_URL: 'redis://127.0.0.1:1',
    }),
  );
  await app.startAllMicroservices();
}

function overTheBus<Q, A>(contract: RequestContract<Q, A>): void {
  const requester = new Requester({ nats } as Bus);
  gateway.services.on(contract, (question) => requester.ask(contract, question as never));
}

it('a manuscript that is asked for before every service has heard of its branch is told whole', async () => {
  const answer = gateway.call('/api/fiction/plans/p/manuscript?branch=just-forked&format=json');
  await prose.awaited;
  prose.arrive();
  // The next service has not heard of it either: the book does not break off there.
  await promises.awaited;
  promises.arrive();
  const response = await answer;
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ source: { branch: 'just-forked' } });
});
