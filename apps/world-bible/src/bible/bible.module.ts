import { Global, Module } from '@nestjs/common';
import { BibleShelf } from './shelf/bible.shelf';
import { EntryVersions } from './entry-versions';
import { StandingEntries } from '../telling/standing-entries';
import { Worlds } from './shelf/worlds';

/** The bible itself; global, because the world phase fills it and every answer reads it. */
@Global()
@Module({
  providers: [EntryVersions, Worlds, BibleShelf, StandingEntries],
  exports: [EntryVersions, Worlds, BibleShelf, StandingEntries],
})
export class BibleModule {}
