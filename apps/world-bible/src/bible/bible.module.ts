import { Global, Module } from '@nestjs/common';
import { BibleShelf } from './bible.shelf';
import { EntryVersions } from './entry-versions';
import { Worlds } from './worlds';

/** The bible itself; global, because the world phase fills it and every answer reads it. */
@Global()
@Module({
  providers: [EntryVersions, Worlds, BibleShelf],
  exports: [EntryVersions, Worlds, BibleShelf],
})
export class BibleModule {}
