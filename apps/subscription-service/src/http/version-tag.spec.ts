import { describe, expect, it } from '@jest/globals';
import { versionsOf, versionTag } from './version-tag.js';

describe('the entity tag of a version', () => {
  it('is accepted as it was given out', () => {
    expect(versionsOf(versionTag(3))).toEqual([3]);
  });

  it.each<[string, string | undefined, readonly number[] | undefined]>([
    ['no header accepts any version', undefined, undefined],
    ['a star accepts any version', ' * ', undefined],
    ['a list accepts each of its versions', '"1", W/"22","3"', [1, 22, 3]],
    ['a tag of somebody else accepts none', '"abc"', []],
    ['a bare number accepts none', '3', []],
    ['a part of a tag accepts none', '"a"3"', []],
    ['a negative version accepts none', '"-1"', []],
    ['nothing accepts none', '', []],
  ])('%s', (_, header, versions) => {
    expect(versionsOf(header)).toEqual(versions);
  });
});
