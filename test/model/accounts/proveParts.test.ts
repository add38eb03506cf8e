import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDefinitions } from '../../../src/definitions/readDefinitions.ts';
import { loadParser } from '../../../src/formula/parse.ts';
import { proveParts } from '../../../src/model/accounts/proveParts.ts';
import { changeYears } from '../../../src/model/accounts/selected.ts';
import { buildModel } from '../../../src/model/buildModel.ts';
import type { SemanticModel } from '../../../src/model/types.ts';
import { accountWorkspace } from '../../support/accounts.ts';
import {
  allAccounts,
  filesOf,
  type NaiveSelection,
  naively,
  selections,
} from '../../support/randomSelections.ts';

const parse = await loadParser();
const accounts = allAccounts();

/** Random selections need not make sense; those that the model refuses are no case. */
function modelled(written: readonly NaiveSelection[]): SemanticModel | undefined {
  return buildModel(readDefinitions([...accountWorkspace, ...filesOf(written)]), parse).value;
}

describe('the proof of a partition', () => {
  it('finds what trying every account finds, on random selections', () => {
    let proved = 0;
    fc.assert(
      fc.property(selections, (written) => {
        const model = modelled(written);
        fc.pre(model !== undefined);
        if (!model) return;
        const partition = { id: 't.p', label: { da: '', en: '' }, of: 't.a', parts: ['t.b', 't.c'] };
        const found = proveParts(partition, model).map(
          ({ kind, parts, year }) => `${kind} ${parts.join('+')} ${year}`,
        );
        const tried = changeYears(['t.a', 't.b', 't.c'], model.selections).flatMap((year) => {
          const inYear = (id: string) =>
            accounts.map((account) => naively(id, account, Math.max(1, Number(year)), written));
          const [a, b, c] = ['t.a', 't.b', 't.c'].map(inYear) as [boolean[], boolean[], boolean[]];
          return [
            ...(b.some((is, at) => is && c[at]) ? [`shared t.b+t.c ${year}`] : []),
            ...(a.some((is, at) => is && !b[at] && !c[at]) ? [`left-out  ${year}`] : []),
            ...(b.some((is, at) => is && !a[at]) ? [`outside t.b ${year}`] : []),
            ...(c.some((is, at) => is && !a[at]) ? [`outside t.c ${year}`] : []),
          ];
        });
        expect(found).toEqual(tried);
        proved += 1;
      }),
      { numRuns: 100 },
    );
    expect(proved).toBe(100);
  });

  it('holds of parts that are what others leave', () => {
    fc.assert(
      fc.property(selections, (written) => {
        const rest: NaiveSelection = {
          id: 't.rest',
          side: 'net',
          lists: [
            {
              from: 1,
              to: 9999,
              rules: [
                {
                  codes: { dranst: ['1', '2', '3', '4', '7', 'uoplyst'] },
                  selection: null,
                  except: [{ codes: {}, selection: 't.a', except: [] }],
                },
              ],
            },
          ],
        };
        const model = modelled([...written, rest]);
        fc.pre(model !== undefined);
        if (!model) return;
        expect(
          proveParts({ id: 't.p', label: { da: '', en: '' }, of: null, parts: ['t.a', 't.rest'] }, model),
        ).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});
