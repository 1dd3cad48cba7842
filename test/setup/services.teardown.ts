import { releaseTestServers } from './test-servers';

/** Jest's hook after a project that needed real servers. */
export default releaseTestServers;
