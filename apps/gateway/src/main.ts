import { main } from '@fiction/platform';
import { GatewayModule } from './gateway.module';
import { checkTemporaryFolder } from './manuscript/temporary-folder';
import { prepareGateway } from './prepare-gateway';

main({
  service: 'gateway',
  module: (config) => GatewayModule.forService(config),
  prepare: (app) => {
    checkTemporaryFolder();
    prepareGateway(app);
  },
});
