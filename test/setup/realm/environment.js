const { TestEnvironment } = require('jest-environment-node');

/** Tests run in Node's own realm, as services do, and not in a `vm` context of each file: see `runtime.js` for why. */
module.exports = class OneRealmEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    const { projectConfig } = config;
    const { fakeTimersModern, moduleMocker } = this;
    fakeTimersModern.dispose();
    this.global = globalThis;
    this.fakeTimersModern = new fakeTimersModern.constructor({ config: projectConfig, global: globalThis });
    this.moduleMocker = new moduleMocker.constructor(globalThis);
  }
};
