import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module';
import { FeedHub } from './feed-hub';
import { FeedGateway } from '../sockets/feed.gateway';
import { LiveFeed } from './live-feed';
import { SocketAccess } from '../sockets/socket-access';
import { TelemetryHistory } from './telemetry-history';

@Module({
  imports: [AccessModule],
  providers: [LiveFeed, TelemetryHistory, FeedHub, SocketAccess, FeedGateway],
})
export class FeedModule {}
