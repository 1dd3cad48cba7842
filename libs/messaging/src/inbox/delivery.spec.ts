import { Delivery } from './delivery';

type Message = ConstructorParameters<typeof Delivery>[0];
const delivered = (reply: string, id?: string): Delivery =>
  new Delivery({ reply, headers: id === undefined ? undefined : { get: () => id } } as unknown as Message);

it.each([
  ['plainly', '$JS.ACK.COMMANDS.weaver.3.71.12.1700000000000000000.0'],
  ['in a domain of an account', '$JS.ACK.hub.A1.COMMANDS.weaver.3.71.12.1700000000000000000.0.token'],
])('a message that comes %s is known by its place in the stream, and by how often it came', (_how, reply) => {
  expect(delivered(reply)).toMatchObject({ id: 'COMMANDS:71', count: 3 });
  expect(delivered(reply, 'given')).toMatchObject({ id: 'given', count: 3 });
});
