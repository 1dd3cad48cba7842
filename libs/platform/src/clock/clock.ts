import { Injectable } from '@nestjs/common';

/** What time it is. What depends on it asks here, so that tests can say it. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }
}
