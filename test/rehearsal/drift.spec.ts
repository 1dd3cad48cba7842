import { driftOf, profileOf, styleOf } from '@fiction/stylometry';
import { readBrief, settled, weaveOffline } from './weave-offline';

/** Those that make a persona's baseline. */
const BASELINE_SCENES = 5;

it.each(['the-salt-clock.md', 'the-second-signal.md', 'the-oath-lamp.md'])(
  'the rehearsal of %s does not drift from its own first scenes',
  (file) => {
    const book = weaveOffline(settled(readBrief(file)));
    const styles = book.chapters.flatMap(({ scenes }) =>
      scenes.map(({ prose }) => styleOf(prose, book.brief.language)),
    );
    expect(styles.length).toBeGreaterThan(BASELINE_SCENES);
    const profile = profileOf(styles.slice(0, BASELINE_SCENES));
    for (const style of styles.slice(BASELINE_SCENES)) {
      const { score, parts } = driftOf(style, profile);
      expect({ score: score < book.brief.drift.threshold, parts }).toMatchObject({ score: true });
    }
  },
);
