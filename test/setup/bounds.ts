// No test waits longer than this, whatever it waits for.
jest.setTimeout(30_000);
