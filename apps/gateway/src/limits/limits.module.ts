import { Module } from '@nestjs/common';
import { FailedLogins } from './failed-logins';
import { RequestLimit } from './request-limit';

/** How much may be asked, by whom. */
@Module({ providers: [FailedLogins, RequestLimit], exports: [FailedLogins, RequestLimit] })
export class LimitsModule {}
