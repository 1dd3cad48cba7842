const { createRequire } = require('node:module');
const { compileFunction } = require('node:vm');
const { default: JestRuntime } = require('jest-runtime');

/** What a file of ours calls a package, or a part of Node.js: a bare name that is none of our libraries. */
const isForeign = (name) => /^[^./]/.test(name) && !name.startsWith('@fiction/') && name !== '@jest/globals';

/**
 * Jest reads every package anew for every test file, which was two fifths of the processor time of the unit tests. Here packages are
 * read once by each worker, by Node.js itself; the project's own modules are still each file's own. That needs one realm
 * (`environment.js`): an error that a package throws is no `instanceof Error` for code that runs in another.
 *
 * So a test must leave packages, `process.env` and globals as it found them, and `jest.mock` of a package has no effect.
 */
class OneRealmRuntime extends JestRuntime {
  constructor(...args) {
    super(...args);
    const executor = this.cjsLoader?.executor;
    if (typeof executor?.compile !== 'function') throw new Error('this version of Jest compiles modules elsewhere');
    executor.compile = compileHere;
  }

  requireModuleOrMock(from, name) {
    return isForeign(name) ? createRequire(from)(name) : super.requireModuleOrMock(from, name);
  }
}

/** As Jest's own, but in the realm that is there. After the end of a test file nothing is compiled. */
function compileHere(source, filename) {
  if (this.environment.getVmContext() === null) return null;
  return compileFunction(source, this.injectedModuleParameters, { filename });
}

Object.defineProperty(exports, '__esModule', { value: true });
exports.default = OneRealmRuntime;
