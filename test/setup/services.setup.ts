import { acquireTestServers } from './test-servers';

/** Jest's hook before a project that needs real servers. */
export default acquireTestServers;
